"""A leader hands over, step by step; and the people of a partnership with their terms."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.models import User
from accounts.policy import Permission
from accounts.queries import person_by_email
from accounts.services import invite
from core import clock
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import LazyString, _, _l
from partnerships import services
from partnerships.errors import PersonSuspended
from partnerships.handovers.forms import ChangeDeputyForm, GivenReasonForm, ReasonForm, RequestHandoverForm
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.page import facts_of, next_of, stages_of, takes_part, way_to
from partnerships.handovers.queries import handovers_of
from partnerships.invitations import to_take_over
from partnerships.models import LeaderTerm, Partnership
from partnerships.sources import HANDOVER, PARTNERSHIP, TERM
from partnerships.terms_page import terms_of
from partnerships.views.blueprint import ID, bp
from partnerships.views.founding import named_organisation


@bp.get(f"/<{ID}:partnership_id>/people")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def terms(partnership: Partnership) -> ResponseReturnValue:
    handovers = handovers_of(partnership)
    return render_template(
        "partnerships/terms.html",
        partnership=partnership,
        terms=terms_of(partnership),
        under_way=next((one for one in handovers if one.is_open), None),
        earlier=[one for one in handovers if not one.is_open],
        is_leaderless=not partnership.leader_ids(clock.today()),
    )


@bp.route(f"/<{ID}:partnership_id>/handover", methods=["GET", "POST"])
@allowed_on(Permission.HANDOVER_REQUEST, PARTNERSHIP)
def request_handover(partnership: Partnership) -> ResponseReturnValue:
    form = RequestHandoverForm(data=_suggested(partnership))
    form.offer_types()
    if form.validate_on_submit():
        try:
            handover = _request(partnership, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            name = handover.to_user.name
            return _to_handover(handover, _("%(name)s is asked and gets a mail.", name=name))
    page = render_template("partnerships/request_handover.html", partnership=partnership, form=form)
    return page, form.status


def _suggested(partnership: Partnership) -> dict[str, str]:
    """A deputy, chosen on the page of people, is filled in."""
    chosen = request.args.get("deputy", "")
    person = next((one for one in partnership.deputies(clock.today()) if str(one.id) == chosen), None)
    return {"person_name": person.name, "email": person.email} if person else {}


def _request(partnership: Partnership, form: RequestHandoverForm) -> LeaderHandover:
    effective_on = form.effective_on.data or clock.today()
    what_for = to_take_over(partnership, effective_on)
    email = form.email.data or ""
    known = person_by_email(email)
    if known is not None and not known.is_active:
        raise PersonSuspended
    person = invite(email, form.person_name.data or "", reason=what_for, actor=current_person())
    return services.request_handover(
        partnership,
        person,
        effective_on=effective_on,
        organisation=named_organisation(partnership.municipality, form),
        note=form.note.data,
        actor=current_person(),
    )


@bp.get(f"/handovers/<{ID}:handover_id>")
@allowed_on(Permission.HANDOVER_READ, HANDOVER)
def handover(handover: LeaderHandover) -> ResponseReturnValue:
    person = current_person()
    return render_template(
        "partnerships/handover.html",
        handover=handover,
        partnership=handover.partnership,
        stages=stages_of(handover),
        next=next_of(handover, person),
        facts=facts_of(handover),
        back=way_to(handover, person),
        form=ConfirmForm(),
    )


@bp.post(f"/handovers/<{ID}:handover_id>/accept")
@allowed_on(Permission.HANDOVER_ANSWER, HANDOVER)
def accept_handover(handover: LeaderHandover) -> ResponseReturnValue:
    services.accept_handover(handover, actor=current_person())
    return _to_handover(handover, _("Thank you. The animator is asked to confirm it."))


@bp.route(f"/handovers/<{ID}:handover_id>/decline", methods=["GET", "POST"])
@allowed_on(Permission.HANDOVER_ANSWER, HANDOVER)
def decline_handover(handover: LeaderHandover) -> ResponseReturnValue:
    words = {"page_title": _("Decline to lead"), "button": _("Decline")}
    told = _l("You declined. Those concerned get a mail.")
    return _ended(handover, ReasonForm(), services.decline_handover, words=words, told=told)


@bp.route(f"/handovers/<{ID}:handover_id>/confirm", methods=["GET", "POST"])
@allowed_on(Permission.HANDOVER_CONFIRM, HANDOVER)
def confirm_handover(handover: LeaderHandover) -> ResponseReturnValue:
    """The animator confirms at once with a button; the office comes here and says why it does so in their place."""
    form, person = ReasonForm(), current_person()
    if form.validate_on_submit():
        try:
            services.confirm_handover(handover, reason=form.reason.data or "", actor=person)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_handover(handover, _("The hand-over is confirmed. Those concerned get a mail."))
    page = render_template(
        "partnerships/confirm_handover.html",
        handover=handover,
        form=form,
        takes_part=takes_part(handover, person),
    )
    return page, form.status


@bp.route(f"/handovers/<{ID}:handover_id>/refuse", methods=["GET", "POST"])
@allowed_on(Permission.HANDOVER_CONFIRM, HANDOVER)
def refuse_handover(handover: LeaderHandover) -> ResponseReturnValue:
    words = {"page_title": _("Refuse the hand-over"), "button": _("Refuse")}
    told = _l("The hand-over is refused. Those concerned get a mail.")
    return _ended(handover, GivenReasonForm(), services.refuse_handover, words=words, told=told)


@bp.route(f"/handovers/<{ID}:handover_id>/cancel", methods=["GET", "POST"])
@allowed_on(Permission.HANDOVER_CANCEL, HANDOVER)
def cancel_handover(handover: LeaderHandover) -> ResponseReturnValue:
    words = {"page_title": _("Call the hand-over off"), "button": _("Call it off")}
    told = _l("The hand-over is called off. Those concerned get a mail.")
    return _ended(handover, ReasonForm(), services.cancel_handover, words=words, told=told)


def _ended(
    handover: LeaderHandover,
    form: ReasonForm | GivenReasonForm,
    service: Callable[..., None],
    *,
    words: dict[str, str],
    told: LazyString,
) -> ResponseReturnValue:
    """The three ways to end it before its day have one page: what it means, and why."""
    person: User = current_person()
    if form.validate_on_submit():
        try:
            service(handover, reason=form.reason.data or "", actor=person)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(str(told), "success")
            return redirect(way_to(handover, person), 303)
    page = render_template("partnerships/end_handover.html", handover=handover, form=form, **words)
    return page, form.status


@bp.route(f"/terms/<{ID}:term_id>/rights", methods=["GET", "POST"])
@allowed_on(Permission.TERM_EDIT, TERM)
def change_deputy(term: LeaderTerm) -> ResponseReturnValue:
    form = ChangeDeputyForm(obj=term)
    if form.validate_on_submit():
        try:
            services.change_deputy(
                term,
                ends_on=form.ends_on.data,
                can_submit=form.can_submit.data,
                can_publish=form.can_publish.data,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("Rights and days are saved. Those concerned get a mail."), "success")
            return redirect(url_for(".terms", partnership_id=term.partnership_id), 303)
    return render_template("partnerships/change_deputy.html", term=term, form=form), form.status


def _to_handover(handover: LeaderHandover, message: str) -> ResponseReturnValue:
    """After its day a former leader has no way back to the page: they go home."""
    flash(message, "success")
    return redirect(url_for(".handover", handover_id=handover.id), 303)
