"""Addresses about visits and their dates."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from animators.consultations.models import Consultation
from animators.visits import queries, services
from animators.visits.calendars import entry_of, slot_of
from animators.visits.errors import AnsweredAlready, StandsAlready
from animators.visits.forms import (
    AgreedForm,
    CancelForm,
    DeclineForm,
    ForSide,
    MoveForm,
    NotRightForm,
    ProposeForm,
)
from animators.visits.page import cards_of, page_of, usual_place
from animators.visits.services.changing import is_late
from animators.visits.sides import own_side, partnership_of
from animators.visits.sources import VISIT
from animators.visits.states import entered_by_phone
from core import clock
from core.calendars import MEDIA_TYPE, calendar_file
from core.errors import DomainError
from core.forms import BaseForm
from core.i18n import _
from core.local_times import said
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID
from programme.queries import the_programme

bp = Blueprint("visits", __name__)

OF_PARTNERSHIP = f"/partnerships/<{ID}:partnership_id>/visits"
ONE = f"/visits/<{ID}:visit_id>"
NUMBER = "int(min=1, max=99)"


@bp.get(OF_PARTNERSHIP)
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def of_partnership(partnership: Partnership) -> ResponseReturnValue:
    visits = queries.visits_of(partnership.municipality_id)
    return render_template(
        "visits/list.html",
        partnership=partnership,
        cards=cards_of(partnership, visits, current_person()),
        cancelled=[visit for visit in reversed(visits) if visit.cancelled_at is not None],
        said=said,
    )


@bp.route(f"{OF_PARTNERSHIP}/<{NUMBER}:number>/agreed", methods=["GET", "POST"])
@allowed_on(Permission.VISIT_AGREE, PARTNERSHIP)
def enter_new(partnership: Partnership, number: int) -> ResponseReturnValue:
    form = AgreedForm(minutes=_usual_minutes(), place=usual_place(partnership))

    def enter() -> Consultation:
        return services.enter_agreed(
            partnership, form.slot(), visit_no=number, actor=current_person(), for_side=form.side
        )

    return _form_page("visits/agreed.html", form, enter, _entered(), partnership=partnership, number=number)


@bp.route(f"{OF_PARTNERSHIP}/<{NUMBER}:number>/propose", methods=["GET", "POST"])
@allowed_on(Permission.VISIT_AGREE, PARTNERSHIP)
def propose_new(partnership: Partnership, number: int) -> ResponseReturnValue:
    form = ProposeForm(minutes=_usual_minutes(), place=usual_place(partnership))

    def propose() -> Consultation:
        return services.propose(
            partnership, form.slots(), visit_no=number, actor=current_person(), for_side=form.side
        )

    return _form_page(
        "visits/propose.html", form, propose, _proposed(), partnership=partnership, number=number
    )


@bp.get(ONE)
@allowed_on(Permission.VISIT_READ, VISIT)
def show(visit: Consultation) -> ResponseReturnValue:
    partnership = partnership_of(visit)
    page = page_of(visit, partnership, current_person())
    return render_template(
        "visits/show.html", page=page, visit=visit, partnership=partnership, form=ForSide(), said=said
    )


@bp.post(f"{ONE}/accept")
@allowed_on(Permission.VISIT_AGREE, VISIT)
def accept(visit: Consultation) -> ResponseReturnValue:
    form = ForSide()
    form.validate_on_submit()
    slot = next((one for one in visit.slots if str(one.id) == request.form.get("slot")), None)
    try:
        if slot is None:
            raise AnsweredAlready
        services.accept(slot, actor=current_person())
    except DomainError as refusal:
        return _refused(visit, refusal)
    return _to(visit, _("The visit is agreed. Both sides get a mail with the entry for their calendars."))


@bp.route(f"{ONE}/agreed", methods=["GET", "POST"])
@allowed_on(Permission.VISIT_AGREE, VISIT)
def enter(visit: Consultation) -> ResponseReturnValue:
    form = AgreedForm(**_earlier(visit))

    def deed() -> Consultation:
        return services.enter_agreed(visit, form.slot(), actor=current_person(), for_side=form.side)

    return _form_page("visits/agreed.html", form, deed, _entered(), visit=visit)


@bp.route(f"{ONE}/propose", methods=["GET", "POST"])
@allowed_on(Permission.VISIT_AGREE, VISIT)
def propose(visit: Consultation) -> ResponseReturnValue:
    form = ProposeForm(**_earlier(visit))

    def deed() -> Consultation:
        services.propose_again(visit, form.slots(), actor=current_person(), for_side=form.side)
        return visit

    return _form_page("visits/propose.html", form, deed, _proposed(), visit=visit)


@bp.route(f"{ONE}/move", methods=["GET", "POST"])
@allowed_on(Permission.VISIT_AGREE, VISIT)
def move(visit: Consultation) -> ResponseReturnValue:
    form = MoveForm(**_earlier(visit))

    def deed() -> Consultation:
        services.ask_to_move(
            visit, form.slots(), reason=form.reason.data or "", actor=current_person(), for_side=form.side
        )
        return visit

    return _form_page("visits/propose.html", form, deed, _proposed(), visit=visit, slot=slot_of(visit))


@bp.route(f"{ONE}/decline", methods=["GET", "POST"])
@allowed_on(Permission.VISIT_AGREE, VISIT)
def decline(visit: Consultation) -> ResponseReturnValue:
    form = DeclineForm()

    def deed() -> Consultation:
        services.decline(visit, note=form.note.data or "", actor=current_person())
        return visit

    message = _("The other side reads that these dates do not fit. Propose others, or call.")
    return _form_page("visits/decline.html", form, deed, message, visit=visit)


@bp.route(f"{ONE}/not-right", methods=["GET", "POST"])
@allowed_on(Permission.VISIT_AGREE, VISIT)
def not_right(visit: Consultation) -> ResponseReturnValue:
    form, entered = NotRightForm(), entered_by_phone(visit)

    def deed() -> Consultation:
        if entered is None:
            raise StandsAlready(None)
        return services.object_to(entered, note=form.note.data or "", actor=current_person())

    message = _("The date is not agreed any more, and both sides are told.")
    return _form_page("visits/not_right.html", form, deed, message, visit=visit, slot=slot_of(visit))


@bp.post(f"{ONE}/keep")
@allowed_on(Permission.VISIT_AGREE, VISIT)
def take_move_back(visit: Consultation) -> ResponseReturnValue:
    ForSide().validate_on_submit()
    try:
        services.take_move_back(visit, actor=current_person())
    except DomainError as refusal:
        return _refused(visit, refusal)
    return _to(visit, _("The visit stays on its date, and the other side is told."))


@bp.route(f"{ONE}/cancel", methods=["GET", "POST"])
@allowed_on(Permission.VISIT_AGREE, VISIT)
def cancel(visit: Consultation) -> ResponseReturnValue:
    form = CancelForm()

    def deed() -> Consultation:
        services.cancel(visit, reason=form.reason.data or "", actor=current_person(), for_side=form.side)
        return visit

    message = _("The visit is cancelled, and both sides are told. It stays owed: agree on another date.")
    slot = slot_of(visit)
    return _form_page(
        "visits/cancel.html", form, deed, message, visit=visit, slot=slot, late=is_late(visit),
        has_begun=slot is not None and slot.starts_at <= clock.now(), hours=the_programme().settings.late_cancel_hours,
    )  # fmt: skip


@bp.get(f"{ONE}/calendar.ics")
@allowed_on(Permission.VISIT_READ, VISIT)
def calendar(visit: Consultation) -> ResponseReturnValue:
    slot = slot_of(visit)
    cancelled = visit.cancelled_at is not None
    entries = [entry_of(visit, slot, is_cancelled=cancelled)] if slot and visit.calendar_uid else []
    answer = Response(calendar_file(entries), mimetype=MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"visit-{visit.id}.ics")
    return answer


def _form_page(
    template: str,
    form: BaseForm,
    deed: Callable[[], Consultation],
    message: str,
    *,
    visit: Consultation | None = None,
    partnership: Partnership | None = None,
    **context: object,
) -> ResponseReturnValue:
    """Show a form, or do what it says and go to the visit."""
    partnership = partnership or (partnership_of(visit) if visit else None)
    if form.validate_on_submit():
        try:
            return _to(deed(), message)
        except DomainError as refusal:
            form.reject(refusal)
    asks = partnership is not None and own_side(partnership, current_person()) is None
    page = render_template(
        template,
        form=form,
        visit=visit,
        partnership=partnership,
        number=context.pop("number", None) or (visit.visit_no if visit else None),
        asks_for_side=asks,
        said=said,
        **context,
    )
    return page, form.status


def _earlier(visit: Consultation) -> dict[str, object]:
    """Length and place as they were last spoken of."""
    last = max(visit.slots, key=lambda slot: slot.id, default=None)
    if last is not None:
        return {"minutes": last.minutes, "place": last.place}
    return {"minutes": _usual_minutes(), "place": usual_place(partnership_of(visit))}


def _usual_minutes() -> int:
    return the_programme().settings.visit_nominal_minutes


def _entered() -> str:
    return _(
        "The visit is entered. The other side gets a mail with the date and can say within 2 days that it is not right."
    )


def _proposed() -> str:
    return _("The dates are on their way to the other side, with a request to answer.")


def _refused(visit: Consultation, refusal: DomainError) -> ResponseReturnValue:
    flash(str(refusal), "danger")
    return redirect(url_for(".show", visit_id=visit.id), 303)


def _to(visit: Consultation, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("visits.show", visit_id=visit.id), 303)
