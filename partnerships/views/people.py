"""Who leads, who helps to, who advises."""

from datetime import date, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from accounts.services import invite
from core import clock
from core.errors import DomainError
from core.formatting import day
from core.i18n import _
from partnerships import services
from partnerships.forms import AppointDeputyForm, AppointLeaderForm, AssignForm, EndTermForm
from partnerships.invitations import to_deputise
from partnerships.models import AssignmentKind, LeaderTerm, Partnership
from partnerships.queries import animators_to_choose, assignments_from
from partnerships.sources import PARTNERSHIP, TERM
from partnerships.views.blueprint import ID, bp, to_partnership
from partnerships.views.founding import invited_leader, named_organisation


@bp.route(f"/<{ID}:partnership_id>/leader", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_MANAGE, PARTNERSHIP)
def appoint_leader(partnership: Partnership) -> ResponseReturnValue:
    form = AppointLeaderForm(starts_on=clock.today())
    form.offer_types()
    if form.validate_on_submit():
        try:
            services.appoint_leader(
                partnership,
                invited_leader(partnership, name=form.person_name.data or "", email=form.email.data or ""),
                starts_on=form.starts_on.data or clock.today(),
                organisation=named_organisation(partnership.municipality, form),
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_partnership(partnership, _("The leader is appointed and gets a mail."))
    return render_template("partnerships/leader.html", partnership=partnership, form=form), form.status


@bp.route(f"/<{ID}:partnership_id>/deputies/add", methods=["GET", "POST"])
@allowed_on(Permission.TERM_EDIT, PARTNERSHIP)
def appoint_deputy(partnership: Partnership) -> ResponseReturnValue:
    form = AppointDeputyForm(starts_on=clock.today())
    if form.validate_on_submit():
        try:
            _appoint_deputy(partnership, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_partnership(partnership, _("The deputy is appointed and gets a mail."))
    return render_template("partnerships/deputy.html", partnership=partnership, form=form), form.status


def _appoint_deputy(partnership: Partnership, form: AppointDeputyForm) -> None:
    email, name = form.email.data or "", form.person_name.data or ""
    person = invite(email, name, reason=to_deputise(partnership), actor=current_person())
    services.appoint_deputy(
        partnership,
        person,
        starts_on=form.starts_on.data or clock.today(),
        ends_on=form.ends_on.data,
        can_submit=form.can_submit.data,
        can_publish=form.can_publish.data,
        actor=current_person(),
    )


@bp.route(f"/terms/<{ID}:term_id>/end", methods=["GET", "POST"])
@allowed_on(Permission.TERM_EDIT, TERM)
def end_term(term: LeaderTerm) -> ResponseReturnValue:
    """One that has not begun is taken back, so it needs no day."""
    form, partnership = EndTermForm(ends_on=clock.today()), term.partnership
    told = _("The last day is saved. Those concerned get a mail.")
    if term.is_to_come:
        del form.ends_on
        told = _("The term is taken back. Those concerned get a mail.")
    if form.validate_on_submit():
        try:
            services.end_term(
                term,
                ends_on=clock.today() if term.is_to_come else form.ends_on.data or clock.today(),
                reason=form.reason.data or "",
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_partnership(partnership, told)
    return render_template("partnerships/end_term.html", term=term, form=form), form.status


@bp.route(f"/<{ID}:partnership_id>/animator", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_MANAGE, PARTNERSHIP)
def assign_animator(partnership: Partnership) -> ResponseReturnValue:
    form = AssignForm(starts_on=clock.today())
    animators = {str(one.id): one for one in animators_to_choose()}
    form.offer(list(animators.values()), assignments_from(partnership.municipality, clock.today()))
    if form.validate_on_submit():
        try:
            services.assign_animator(
                partnership.municipality,
                animators[form.animator_id.data],
                kind=AssignmentKind(form.kind.data),
                starts_on=form.starts_on.data or clock.today(),
                ends_on=form.ends_on.data,
                reason=form.reason.data,
                takes_back=[int(one) for one in form.takes_back.data or ()],
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_partnership(partnership, _said_of_assignment(partnership, form.ends_on.data))
    return render_template("partnerships/animator.html", partnership=partnership, form=form), form.status


def _said_of_assignment(partnership: Partnership, ends_on: date | None) -> str:
    """With what is left to do, where nobody advises after the last day."""
    if ends_on is None or ends_on < clock.today() or partnership.animator(ends_on + timedelta(days=1)):
        return _("The assignment is saved. Those concerned get a mail.")
    return _(
        "The assignment is saved. Those concerned get a mail. Nobody is assigned after %(day)s: assign somebody before.",
        day=day(ends_on),
    )
