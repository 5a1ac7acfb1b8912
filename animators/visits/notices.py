"""Who is told what about a visit. Every mail says what to do next and by when; each is promised once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from accounts.mail_links import mail_link
from accounts.models import User
from accounts.policy import Permission, can
from accounts.queries import office_people
from animators.consultations.models import Consultation, Side, VisitSlot
from animators.visits.answering import check_answerable
from animators.visits.calendars import file_for
from animators.visits.sides import BOTH, Acting, other, partnership_of, people_of
from animators.visits.slots import Slot
from animators.visits.times import answer_by
from core import clock, mail
from core.calendars import Method
from core.database import db
from core.errors import DomainError
from core.i18n import in_language
from core.local_times import said
from core.reminders import Reminder

ACCEPT, NOT_RIGHT = "visit-accept", "visit-not-right"
"""What the links in the mails do: see ``animators/visits/deeds.py``."""
TIME_TO_OBJECT = timedelta(days=2)


OwnOf = Mapping[int, Callable[[], Any]]
"""By person what only their mail holds, made when it is written."""


@dataclass(frozen=True)
class InCalendar:
    """What the file of a mail does to a calendar."""

    slot: Slot
    method: Method = Method.REQUEST


def tell_proposed(visit: Consultation, slots: Sequence[VisitSlot], *, acting: Acting, instead: bool) -> None:
    """``instead``: other dates than those the reader proposed."""
    _ask(visit, "proposed", slots, acting, instead=instead)


def tell_move_asked(
    visit: Consultation, old: Slot, slots: Sequence[VisitSlot], *, reason: str, acting: Acting
) -> None:
    _ask(visit, "move_asked", slots, acting, old=old, reason=reason)


def reminders_of(visit: Consultation, slot: Slot) -> Iterator[Reminder]:
    """To both sides. A visit that moved is another date, of which they are reminded again."""
    for person in {one.id: one for one in _both_sides(visit, slot)}.values():
        context = {
            "visit": visit,
            "partnership": partnership_of(visit),
            "slot": slot,
            "said": said,
            "urgent": True,
        }
        key = f"visit-tomorrow:{visit.id}:{slot.starts_at.isoformat()}:{person.id}"
        yield Reminder(person, "visits/mail/tomorrow", key, context)


def tell_declined(visit: Consultation, *, note: str, acting: Acting) -> None:
    _tell(visit, "declined", _other_side(visit, acting), acting, note=note)


def tell_move_taken_back(visit: Consultation, slot: Slot, *, acting: Acting) -> None:
    _tell(visit, "move_taken_back", _other_side(visit, acting, [slot]), acting, slot=slot)


def tell_agreed(visit: Consultation, slot: Slot, *, old: Slot | None, acting: Acting) -> None:
    """To both, whoever accepted too: the entry for their calendars is in it."""
    people = _both_sides(visit, slot, *([old] if old else []))
    _tell(visit, "agreed", people, acting, slot=slot, old=old, calendar=InCalendar(slot))


def tell_entered(
    visit: Consultation, entered: VisitSlot, slot: Slot, *, old: Slot | None, acting: Acting
) -> None:
    """The other side can say with one button that it is not right, until the date stands or the visit is over."""
    objecting = people_of(partnership_of(visit), other(entered.proposed_by), slot.on)
    time_left = min(TIME_TO_OBJECT, slot.ends_at - clock.now())
    links: OwnOf = {
        person.id: partial(mail_link, NOT_RIGHT, entered, person, valid_for=time_left)
        for person in objecting
        if person.id != acting.person.id
    }
    people = [*objecting, *_both_sides(visit, slot, *([old] if old else [])), acting.person]
    _tell(
        visit, "entered", people, acting, slot=slot, old=old, stands_from=visit.stands_from,
        calendar=InCalendar(slot), own={"not_right": links},
    )  # fmt: skip


def tell_not_right(visit: Consultation, slot: Slot, *, note: str, acting: Acting) -> None:
    people = [*_both_sides(visit, slot), acting.person]
    _tell(visit, "not_right", people, acting, slot=slot, note=note, calendar=InCalendar(slot, Method.CANCEL))


def tell_cancelled(visit: Consultation, slot: Slot | None, *, acting: Acting, stays_owed: bool) -> None:
    """What never stood in a calendar need not be taken out."""
    if slot is None:
        _tell(visit, "cancelled", _other_side(visit, acting), acting, slot=None, stays_owed=stays_owed)
        return
    people = [*_both_sides(visit, slot), acting.person]
    calendar = InCalendar(slot, Method.CANCEL)
    _tell(visit, "cancelled", people, acting, slot=slot, stays_owed=stays_owed, calendar=calendar)


def tell_office_of_late_cancels(visit: Consultation, times: int, *, acting: Acting) -> None:
    _tell(visit, "late_again", office_people(), acting, times=times)


def tell_handed_over(visit: Consultation, slot: Slot, *, before: User | None) -> None:
    """Nobody did it by itself: the assignments changed. One calendar gets the entry, the other forgets it."""
    now = [visit.animator] if visit.animator else []
    _tell(visit, "handed_over", now, None, slot=slot, calendar=InCalendar(slot), takes=True)
    former = [before] if before and before.is_active else []
    _tell(
        visit, "handed_over", former, None, slot=slot, calendar=InCalendar(slot, Method.CANCEL), takes=False
    )


def tell_report_owed(visit: Consultation, slot: Slot) -> None:
    """Nobody did it: its end has passed."""
    _tell(visit, "report_owed", people_of(partnership_of(visit), Side.ANIMATOR, slot.on), None, slot=slot)


def _ask(visit: Consultation, what: str, slots: Sequence[VisitSlot], acting: Acting, **context: Any) -> None:
    """Of each date whoever answers has a link of their own."""
    answering = people_of(partnership_of(visit), other(acting.side), *_days_of(slots))
    links: OwnOf = {person.id: partial(_links_to_accept, slots, person) for person in answering}
    last = answer_by([slot.starts_at for slot in slots], asked_on=clock.today())
    _tell(
        visit, what, _other_side(visit, acting, slots), acting, slots=slots, answer_by=last,
        own={"accept": links}, **context,
    )  # fmt: skip


def _links_to_accept(slots: Sequence[VisitSlot], person: User) -> Mapping[int, str]:
    """By date, of those that they may accept today: an animator who only comes later has none yet."""
    now = clock.now()
    return {
        slot.id: mail_link(ACCEPT, slot, person, valid_for=slot.starts_at - now)
        for slot in slots
        if _may_accept(slot, person)
    }


def _may_accept(slot: VisitSlot, person: User) -> bool:
    try:
        check_answerable(slot, actor=person)
    except DomainError:
        return False
    return can(person, Permission.VISIT_AGREE, slot)


def _other_side(
    visit: Consultation, acting: Acting, slots: Sequence[VisitSlot | Slot] = ()
) -> Sequence[User]:
    """Where the office acts for one side, that side learns of it too."""
    sides = BOTH if acting.by_office else (other(acting.side),)
    days = _days_of(slots)
    return [person for side in sides for person in people_of(partnership_of(visit), side, *days)]


def _days_of(slots: Sequence[VisitSlot | Slot]) -> list[date]:
    return [clock.local(slot.starts_at).date() for slot in slots]


def _both_sides(visit: Consultation, *slots: Slot) -> Sequence[User]:
    days = [slot.on for slot in slots]
    return [person for side in BOTH for person in people_of(partnership_of(visit), side, *days)]


def _tell(
    visit: Consultation,
    what: str,
    people: Iterable[User],
    acting: Acting | None,
    *,
    calendar: InCalendar | None = None,
    own: Mapping[str, OwnOf] | None = None,
    **context: Any,
) -> None:
    """One mail to each; whoever did it only gets one that holds an entry for the calendar.

    The visit's own counter keeps two turns apart. ``own`` is made for each person alone.
    """
    db.session.flush()
    actor = acting.person if acting else None
    for person in {person.id: person for person in people}.values():
        if actor is not None and person.id == actor.id and calendar is None:
            continue
        with in_language(person.mail_language):
            file = file_for(person, visit, calendar.slot, calendar.method) if calendar else None
        private: dict[str, Any] = {
            name: by_id[person.id]() if person.id in by_id else None for name, by_id in (own or {}).items()
        }
        mail.queue(
            person,
            f"visits/mail/{what}",
            dedupe_key=f"visit-{what}:{visit.id}:{visit.row_version}:{person.id}",
            reply_to=actor.mail_address if actor else None,
            calendar=file,
            visit=visit,
            partnership=partnership_of(visit),
            acting=acting,
            actor=actor,
            said=said,
            is_own=actor is not None and actor.id == person.id,
            **private,
            **context,
        )
