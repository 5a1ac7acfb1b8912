"""The organisations that belong to a partnership."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core import clock
from core.errors import DomainError
from core.i18n import _
from partnerships import services
from partnerships.forms import AddMemberForm, MemberForm, MemberLeftForm
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries import members_of, organisations_of
from partnerships.sources import MEMBER, PARTNERSHIP
from partnerships.views.blueprint import ID, bp
from programme.queries import the_programme


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
def add_member(partnership: Partnership) -> ResponseReturnValue:
    form = AddMemberForm(joined_on=clock.today())
    form.offer()
    if form.validate_on_submit():
        try:
            member = _add(partnership, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_members(partnership, _("%(name)s is a member now.", name=member.organisation.name))
    known = organisations_of(partnership.municipality)
    page = render_template("partnerships/add_member.html", partnership=partnership, form=form, known=known)
    return page, form.status


def _add(partnership: Partnership, form: AddMemberForm) -> PartnershipMember:
    organisation = services.organisation_in(
        partnership.municipality, name=form.name.data or "", org_type=form.org_type.data
    )
    return services.add_member(
        partnership,
        organisation,
        role=form.role.data,
        contribution=form.contribution.data or [],
        contact_function=form.contact_function.data,
        contact_email=form.contact_email.data,
        joined_on=form.joined_on.data or clock.today(),
        actor=current_person(),
    )


@bp.route(f"/members/<{ID}:member_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, MEMBER)
def change_member(member: PartnershipMember) -> ResponseReturnValue:
    form = MemberForm(obj=member)
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
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_members(member.partnership, _("The member is saved."))
    return render_template("partnerships/change_member.html", member=member, form=form), form.status


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
