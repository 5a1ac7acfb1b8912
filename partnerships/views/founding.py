"""A partnership begins, gets its name and day, and ends."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.models import User
from accounts.policy import Permission
from accounts.services import invite
from core import clock
from core.errors import DomainError
from core.i18n import _
from core.uploads import sent_file, takes_files
from municipalities.models import Municipality
from municipalities.queries import search
from partnerships import services
from partnerships.files.queries import attachment_by_id
from partnerships.files.services import most_bytes
from partnerships.forms import (
    ChangeFoundingForm,
    CloseForm,
    FoundForm,
    FoundingForm,
    OrganisationForm,
    SearchForm,
)
from partnerships.invitations import to_lead
from partnerships.models import Organisation, Partnership
from partnerships.organisations.services import keep_agreement
from partnerships.queries import animators_to_choose
from partnerships.queries.lists import with_open_partnership
from partnerships.sources import MUNICIPALITY, PARTNERSHIP
from partnerships.views.blueprint import ID, bp, to_partnership


@bp.get("/new")
@allowed(Permission.PARTNERSHIP_MANAGE)
def found() -> ResponseReturnValue:
    """First the municipality: names repeat, so it is chosen from a list."""
    form = SearchForm(formdata=request.args)
    text = (form.q.data or "")[:100]
    municipalities = search(text) if text else []
    return render_template(
        "partnerships/found.html",
        form=form,
        text=text,
        municipalities=municipalities,
        taken=with_open_partnership([one.id for one in municipalities]),
    )


@bp.route(f"/new/<{ID}:municipality_id>", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_MANAGE, MUNICIPALITY)
@takes_files(most_bytes)
def found_in(municipality: Municipality) -> ResponseReturnValue:
    form = FoundForm()
    animators = animators_to_choose()
    form.offer(animators)
    if form.validate_on_submit():
        try:
            partnership = _found(municipality, form, animators)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_partnership(partnership, _("The partnership is entered. Those concerned get a mail."))
    return render_template("partnerships/found_in.html", municipality=municipality, form=form), form.status


def _found(municipality: Municipality, form: FoundForm, animators: Sequence[User]) -> Partnership:
    """The animator first: then they hear of the leader, and the leader of them."""
    animator = next((one for one in animators if str(one.id) == form.animator_id.data), None)
    partnership = services.found_partnership(
        municipality, name=form.name.data or "", founded_on=form.founded_on.data, actor=current_person()
    )
    if animator is not None:
        services.assign_animator(municipality, animator, starts_on=clock.today(), actor=current_person())
    if form.leader_email.data:
        services.appoint_leader(
            partnership,
            invited_leader(partnership, name=form.leader_name.data or "", email=form.leader_email.data),
            starts_on=form.founded_on.data or clock.today(),
            organisation=named_organisation(municipality, form),
            actor=current_person(),
        )
    _keep_agreement(partnership, form)
    return partnership


def invited_leader(partnership: Partnership, *, name: str, email: str) -> User:
    """Whoever has no password yet is told in the invitation what for."""
    return invite(email, name, reason=to_lead(partnership), actor=current_person())


def named_organisation(municipality: Municipality, form: OrganisationForm) -> Organisation | None:
    """The organisation that a leader comes from, if one was named."""
    name, org_type = form.organisation_name.data, form.org_type.data
    if not name:
        return None
    return services.organisation_in(municipality, name=name, org_type=org_type)


@bp.route(f"/<{ID}:partnership_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, PARTNERSHIP)
@takes_files(most_bytes)
def edit(partnership: Partnership) -> ResponseReturnValue:
    form = ChangeFoundingForm(obj=partnership)
    if form.validate_on_submit():
        try:
            services.record_founding(
                partnership,
                name=form.name.data or "",
                founded_on=form.founded_on.data,
                actor=current_person(),
            )
            _keep_agreement(partnership, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_partnership(partnership, _("Name and founding are saved."))
    agreement = attachment_by_id(partnership.agreement_id) if partnership.agreement_id else None
    page = render_template("partnerships/edit.html", partnership=partnership, form=form, agreement=agreement)
    return page, form.status


def _keep_agreement(partnership: Partnership, form: FoundingForm) -> None:
    file = sent_file(form.file)
    if file is not None:
        title = _("Partnership agreement")
        keep_agreement(partnership, data=file.data, name=file.name, title=title, actor=current_person())


@bp.route(f"/<{ID}:partnership_id>/close", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_MANAGE, PARTNERSHIP)
def close(partnership: Partnership) -> ResponseReturnValue:
    form = CloseForm(closed_on=clock.today())
    if form.validate_on_submit():
        try:
            services.close_partnership(
                partnership,
                closed_on=form.closed_on.data or clock.today(),
                reason=form.reason.data or "",
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_partnership(partnership, _("The partnership is closed. Those concerned get a mail."))
    return render_template("partnerships/close.html", partnership=partnership, form=form), form.status
