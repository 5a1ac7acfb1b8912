"""The organisations that belong to a partnership."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core import clock
from core.database import db
from core.errors import DomainError
from core.i18n import _
from core.uploads import sent_file, takes_files
from partnerships import services
from partnerships.files.services import most_bytes
from partnerships.forms import (
    AddKnownMemberForm,
    AddMemberForm,
    ChangeMemberForm,
    FindOrganisationForm,
    MemberForm,
    MemberLeftForm,
)
from partnerships.models import Organisation, Partnership, PartnershipMember
from partnerships.organisations.queries import MOST_FOUND, organisations_called
from partnerships.organisations.services import keep_agreement
from partnerships.queries import members_of, organisations_of
from partnerships.sources import MEMBER, PARTNERSHIP
from partnerships.views.blueprint import ID, bp
from programme.queries import the_programme

LARGEST_ID = 2**31


@bp.get(f"/<{ID}:partnership_id>/members")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def members(partnership: Partnership) -> ResponseReturnValue:
    everybody = members_of(partnership)
    return render_template(
        "partnerships/members.html",
        partnership=partnership,
        present=[member for member in everybody if member.left_on is None],
        former=[member for member in everybody if member.left_on is not None],
        wanted=the_programme().settings.min_members,
    )


@bp.route(f"/<{ID}:partnership_id>/members/add", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, PARTNERSHIP)
@takes_files(most_bytes)
def add_member(partnership: Partnership) -> ResponseReturnValue:
    """A new organisation by its name, or one that was found, wherever it is at home."""
    chosen = _chosen()
    form = AddKnownMemberForm(joined_on=clock.today()) if chosen else AddMemberForm(joined_on=clock.today())
    form.offer()
    if form.validate_on_submit():
        try:
            member = _add(partnership, chosen, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_members(partnership, _("%(name)s is a member now.", name=member.organisation.name))
    search = FindOrganisationForm(formdata=request.args)
    text = (search.q.data or "")[:100]
    found = organisations_called(text, near=partnership.municipality)
    page = render_template(
        "partnerships/add_member.html",
        partnership=partnership,
        form=form,
        chosen=chosen,
        known=organisations_of(partnership.municipality),
        search=search,
        text=text,
        found=found[:MOST_FOUND],
        are_more=len(found) > MOST_FOUND,
        present={member.organisation_id for member in partnership.members if member.left_on is None},
    )
    return page, form.status


def _chosen() -> Organisation | None:
    """The address names it; one that is not there, or no longer, is not chosen."""
    organisation_id = request.args.get("organisation", default=0, type=int)
    found = db.session.get(Organisation, organisation_id) if 0 < organisation_id < LARGEST_ID else None
    return found if found and found.ended_on is None else None


def _add(
    partnership: Partnership, chosen: Organisation | None, form: AddKnownMemberForm
) -> PartnershipMember:
    organisation = chosen
    if isinstance(form, AddMemberForm):
        organisation = services.organisation_in(
            partnership.municipality, name=form.name.data or "", org_type=form.org_type.data
        )
    if organisation is None:
        raise LookupError("neither a known organisation nor a new one")
    member = services.add_member(
        partnership,
        organisation,
        role=form.role.data,
        contribution=form.contribution.data or [],
        contact_function=form.contact_function.data,
        contact_email=form.contact_email.data,
        joined_on=form.joined_on.data or clock.today(),
        actor=current_person(),
    )
    _keep_agreement(member, form)
    return member


def _keep_agreement(member: PartnershipMember, form: MemberForm) -> None:
    file = sent_file(form.file)
    if file is not None:
        title = _("Agreement: %(name)s", name=member.organisation.name)
        keep_agreement(member, data=file.data, name=file.name, title=title[:200], actor=current_person())


@bp.route(f"/members/<{ID}:member_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, MEMBER)
@takes_files(most_bytes)
def change_member(member: PartnershipMember) -> ResponseReturnValue:
    """Of a former member only its last day may be put right: the rest is as it was then."""
    if member.left_on is not None:
        return _correct_last_day(member)
    form = ChangeMemberForm(obj=member)
    form.offer()
    if form.validate_on_submit():
        try:
            services.change_member(
                member,
                role=form.role.data,
                contribution=form.contribution.data or [],
                contact_function=form.contact_function.data,
                contact_email=form.contact_email.data,
                actor=current_person(),
            )
            _keep_agreement(member, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_members(member.partnership, _("The member is saved."))
    return render_template("partnerships/change_member.html", member=member, form=form), form.status


def _correct_last_day(member: PartnershipMember) -> ResponseReturnValue:
    form = MemberLeftForm(obj=member)
    if form.validate_on_submit():
        try:
            services.correct_last_day(
                member, left_on=form.left_on.data or clock.today(), actor=current_person()
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_members(member.partnership, _("The member is saved."))
    return render_template("partnerships/former_member.html", member=member, form=form), form.status


@bp.route(f"/members/<{ID}:member_id>/leave", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, MEMBER)
def member_left(member: PartnershipMember) -> ResponseReturnValue:
    form = MemberLeftForm(left_on=clock.today())
    if form.validate_on_submit():
        try:
            services.member_left(member, left_on=form.left_on.data or clock.today(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            name = member.organisation.name
            return _to_members(member.partnership, _("%(name)s is a former member now.", name=name))
    return render_template("partnerships/member_left.html", member=member, form=form), form.status


def _to_members(partnership: Partnership, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".members", partnership_id=partnership.id), 303)
