"""What the pages say about visits: where each stands, what is next, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from accounts.models import User
from accounts.policy import Permission, can
from animators.consultations.models import Consultation, ConsultationStatus, Side, SlotAnswer, VisitSlot
from animators.visits.calendars import slot_of
from animators.visits.sides import own_side
from animators.visits.slots import Slot
from animators.visits.states import (
    entered_by_phone,
    last_word,
    may_be_objected_to,
    state_of,
    waiting_slots,
    waits_on,
)
from animators.visits.workflow import OVER, TO_AGREE
from core.formatting import day, moment
from core.i18n import _, ngettext
from core.local_times import said
from partnerships.models import Partnership
from programme.queries import the_programme

REPORTED = frozenset({ConsultationStatus.REPORTED, ConsultationStatus.DISPUTED, ConsultationStatus.CONFIRMED})


@dataclass(frozen=True)
class Action:
    label: str
    url: str


@dataclass(frozen=True)
class Card:
    """One of the visits that a municipality has."""

    number: int
    visit: Consultation | None
    state: ConsultationStatus | None
    when: str
    place: str
    text: str
    """Where it stands and who is to do what."""
    action: Action | None
    other_action: Action | None = None
    is_turn: bool = False
    """It waits for the reader."""


def cards_of(partnership: Partnership, visits: Sequence[Consultation], person: User) -> list[Card]:
    """One for each number, and one more for a second visit of a number, as after a merger."""
    living = [visit for visit in visits if visit.status not in OVER]
    numbers = range(1, the_programme().settings.visits_per_municipality + 1)
    cards = [card_of(partnership, visit, person) for visit in living]
    free = set(numbers) - {visit.visit_no for visit in living}
    room = max(len(numbers) - len(living), 0)
    cards += [_owed(partnership, number, person) for number in sorted(free)[:room]]
    return sorted(cards, key=lambda card: card.number)


def card_of(partnership: Partnership, visit: Consultation, person: User) -> Card:
    slot, state = slot_of(visit), state_of(visit)
    turn = _turn(partnership, visit, person)
    return Card(
        number=visit.visit_no or 0,
        visit=visit,
        state=state,
        when=said(slot.starts_at, slot.minutes) if slot else "",
        place=slot.place if slot else "",
        text=standing(partnership, visit),
        action=_next(visit, state, person, is_turn=turn),
        is_turn=turn,
    )


def _owed(partnership: Partnership, number: int, person: User) -> Card:
    may = partnership.is_open and can(person, Permission.VISIT_AGREE, partnership)
    here = partnership.id
    return Card(
        number=number,
        visit=None,
        state=None,
        when="",
        place="",
        text=_("No date yet. The shortest way: call each other and enter what you agree."),
        action=Action(
            _("Enter what you agreed"), url_for("visits.enter_new", partnership_id=here, number=number)
        )
        if may
        else None,
        other_action=Action(
            _("Propose dates"), url_for("visits.propose_new", partnership_id=here, number=number)
        )
        if may
        else None,
        is_turn=may,
    )


def standing(partnership: Partnership, visit: Consultation) -> str:
    """In a sentence or two, the same for every reader."""
    state = state_of(visit)
    if state in TO_AGREE:
        return _to_agree(visit)
    if state is ConsultationStatus.AGREED:
        return _agreed(visit)
    if state is ConsultationStatus.CANCELLED:
        return _cancelled(visit)
    if state is ConsultationStatus.HELD:
        return _("It is over. The animator writes the report next.")
    if state is ConsultationStatus.REPORTED:
        return _("The report is written. The leader confirms it next.")
    return ""


def _to_agree(visit: Consultation) -> str:
    waiting = waiting_slots(visit)
    if waiting:
        who = (
            _("The animator answers next.")
            if waits_on(visit) is Side.ANIMATOR
            else _("The partnership answers next.")
        )
        said_so = ngettext("One date is proposed.", "%(num)d dates are proposed.", len(waiting))
        return f"{_moving(visit)}{said_so} {who}"
    word = last_word(visit)
    if word is not None:
        why = _("The date was declined: %(words)s", words=word.answer_note)
        return f"{_moving(visit)}{why}"
    return _moving(visit) + _("No date is proposed at the moment. Call each other, or propose dates.")


def _moving(visit: Consultation) -> str:
    if visit.status is not ConsultationStatus.MOVED:
        return ""
    who = visit.move_asked_by
    side = str(who.label) if who else ""
    return _("%(side)s asked to move it; the date above is given up once both agree again.", side=side) + " "


def _agreed(visit: Consultation) -> str:
    entered = entered_by_phone(visit)
    if entered is not None and may_be_objected_to(visit):
        return _(
            "%(side)s entered it as agreed by phone. The other side can say until %(moment)s that it is not right.",
            side=entered.proposed_by.label,
            moment=moment(visit.stands_from),
        )
    return _("Both sides have agreed.")


def _cancelled(visit: Consultation) -> str:
    late = " " + _("This counts as late.") if visit.cancelled_late else ""
    who = visit.cancelled_by.label if visit.cancelled_by else ""
    return (
        _(
            "%(side)s cancelled it on %(day)s: %(reason)s",
            side=who,
            day=day(visit.cancelled_at),
            reason=visit.cancel_reason or "–",
        )
        + late
    )


def _turn(partnership: Partnership, visit: Consultation, person: User) -> bool:
    """The office waits for nobody: it acts where it is asked to."""
    side, state = own_side(partnership, person), state_of(visit)
    if side is None:
        return False
    if state in TO_AGREE:
        return waits_on(visit) in (side, None)
    if state is ConsultationStatus.HELD:
        return side is Side.ANIMATOR
    return state is ConsultationStatus.REPORTED and side is Side.LEADER


def _next(visit: Consultation, state: ConsultationStatus, person: User, *, is_turn: bool) -> Action:
    """Once it was held its report is what matters."""
    if state is ConsultationStatus.HELD and can(person, Permission.CONSULTATION_REPORT, visit):
        return Action(_("Report the visit"), url_for("consultations.report", consultation_id=visit.id))
    if state in REPORTED:
        return Action(_("See the report"), url_for("consultations.show", consultation_id=visit.id))
    label = _("Answer") if is_turn and waiting_slots(visit) else _("See the visit")
    return Action(label, url_for("visits.show", visit_id=visit.id))


@dataclass(frozen=True)
class VisitPage:
    """What one visit's page offers this reader."""

    visit: Consultation
    partnership: Partnership
    state: ConsultationStatus
    slot: Slot | None
    text: str
    waiting: Sequence[VisitSlot]
    past: Sequence[VisitSlot]
    """Dates that were answered, or whose time has come."""
    may_answer: bool
    may_propose: bool
    may_object: bool
    may_move: bool
    may_take_back: bool
    may_cancel: bool
    report: Action | None
    """Once it was held."""


def page_of(visit: Consultation, partnership: Partnership, person: User) -> VisitPage:
    side, state = own_side(partnership, person), state_of(visit)
    may = partnership.is_open and can(person, Permission.VISIT_AGREE, visit)
    by_office = may and side is None
    waiting, entered = waiting_slots(visit), entered_by_phone(visit)
    is_agreed, to_agree = state is ConsultationStatus.AGREED, state in TO_AGREE
    others_entered = entered is not None and (by_office or entered.proposed_by is not side)
    return VisitPage(
        visit=visit,
        partnership=partnership,
        state=state,
        slot=slot_of(visit),
        text=standing(partnership, visit),
        waiting=waiting,
        past=[slot for slot in visit.slots if slot not in waiting and not _is_plain(slot, visit)],
        may_answer=may and bool(waiting) and (by_office or waits_on(visit) is side),
        may_propose=may and to_agree,
        may_object=may and others_entered and may_be_objected_to(visit),
        may_move=may and is_agreed,
        may_take_back=may
        and to_agree
        and visit.move_asked_by is not None
        and (by_office or visit.move_asked_by is side),
        may_cancel=may and (is_agreed or to_agree or state is ConsultationStatus.HELD),
        report=_next(visit, state, person, is_turn=False)
        if state in (ConsultationStatus.HELD, *REPORTED)
        else None,
    )


def _is_plain(slot: VisitSlot, visit: Consultation) -> bool:
    """The date that stands, and nothing to say of it that the page does not say already."""
    stands = slot.answer is SlotAnswer.ACCEPTED and slot.starts_at == visit.planned_start
    return stands and not slot.by_office


def usual_place(partnership: Partnership) -> str:
    """Where a visit is likely to be: at the leader's institution."""
    term = next(iter(partnership.terms), None)
    for one in partnership.terms:
        if one.organisation is not None:
            term = one
    organisation = term.organisation if term else None
    if organisation is None:
        return ""
    return ", ".join(part for part in (organisation.name, organisation.address) if part)[:300]
