"""A trip: visits to several municipalities in a row, and what an animator should know before proposing them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from accounts.models import User
from animators.consultations.models import Consultation
from animators.visits.page import usual_place
from animators.visits.queries import advised_partnerships, living_visits
from animators.visits.services import propose
from animators.visits.slots import Slot
from core import clock
from core.agenda import Appointment, agenda_of
from core.errors import DomainError
from core.formatting import day, hours, weekday_in_a_line
from core.i18n import _
from core.local_times import said
from partnerships.models import Partnership
from programme.queries import the_programme


@dataclass(frozen=True)
class Stop:
    """One visit of a trip."""

    partnership: Partnership
    visit_no: int
    slot: Slot

    @property
    def name(self) -> str:
        return self.partnership.municipality.name


@dataclass(frozen=True)
class Choice:
    """A municipality that a trip can lead to: a visit of it is still owed."""

    partnership: Partnership
    visit_no: int


class StopRefused(DomainError):
    """A rule about one of the visits: none of them was proposed."""

    def __init__(self, index: int, refusal: DomainError) -> None:
        super().__init__(refusal.message)
        self.index, self.field = index, refusal.field


def choices_for(animator: User) -> list[Choice]:
    """Municipalities that they advise and that have a visit without a date, with the number it gets."""
    partnerships = advised_partnerships(animator)
    most = the_programme().settings.visits_per_municipality
    taken: dict[int, list[int]] = {one.municipality_id: [] for one in partnerships}
    for place, number, _status in living_visits(list(taken)):
        taken[place].append(number)
    choices = []
    for one in partnerships:
        living = taken[one.municipality_id]
        free = [number for number in range(1, most + 1) if number not in living]
        if free and len(living) < most:
            choices.append(Choice(one, free[0]))
    return choices


def in_a_row(choices: Sequence[Choice], begins: datetime, *, minutes: int, gap: int) -> list[Stop]:
    """The first begins at this moment, each next one when the one before has ended and the way is done.

    Counted in moments, so that a clock change in between takes nothing away.
    """
    stops = []
    for choice in choices:
        place = usual_place(choice.partnership) or choice.partnership.municipality.name
        stops.append(Stop(choice.partnership, choice.visit_no, Slot(begins, minutes, place)))
        begins += timedelta(minutes=minutes + gap)
    return stops


def send(stops: Sequence[Stop], *, actor: User) -> list[Consultation]:
    """All proposals at once: if one cannot be made, none is."""
    proposed = []
    for index, stop in enumerate(stops):
        try:
            proposed.append(propose(stop.partnership, [stop.slot], visit_no=stop.visit_no, actor=actor))
        except DomainError as refusal:
            raise StopRefused(index, refusal) from refusal
    return proposed


# --- What to know before: it never hinders ---------------------------------------------------------------------


def warnings_about(stops: Sequence[Stop], animator: User, *, gap: int) -> list[str]:
    """In sentences: no working day, another date at that time, too little time for the way."""
    if not stops:
        return []
    in_time = sorted(stops, key=lambda stop: stop.slot.starts_at)
    days = [stop.slot.on for stop in in_time]
    first, last = days[0], max(clock.local(stop.slot.ends_at).date() for stop in in_time)
    others = list(agenda_of(animator, first - timedelta(days=1), last))
    return [
        *_days_off(days),
        *_within(in_time, gap),
        *(said_so for stop in in_time for one in others if (said_so := _clash(stop, one, gap)) is not None),
    ]


def _days_off(days: Sequence[date]) -> Iterator[str]:
    for on in sorted(set(days)):
        if clock.is_working_day(on):
            continue
        if on.weekday() < 5:
            yield _("%(day)s is a public holiday.", day=day(on))
        else:
            yield _("%(day)s is a %(weekday)s.", day=day(on), weekday=weekday_in_a_line(on))


def _within(stops: Sequence[Stop], gap: int) -> Iterator[str]:
    for one, following in pairwise(stops):
        left = _minutes_between(one.slot.ends_at, following.slot.starts_at)
        if left < 0:
            yield _("%(one)s and %(other)s overlap.", one=one.name, other=following.name)
        elif left < gap:
            yield _(
                "Between %(one)s and %(other)s there is only %(left)s for the way.",
                one=one.name,
                other=following.name,
                left=hours(left),
            )


def _clash(stop: Stop, other: Appointment, gap: int) -> str | None:
    begins, ends = other.entry.begins, other.entry.ends
    if not isinstance(begins, datetime):
        if other.day <= stop.slot.on <= other.last_day:
            return _("%(name)s: that day also has “%(other)s”.", name=stop.name, other=other.entry.title)
        return None
    if not isinstance(ends, datetime):
        ends = begins
    names = {"name": stop.name, "other": other.entry.title}
    if begins < stop.slot.ends_at and stop.slot.starts_at < ends:
        length = _minutes_between(begins, ends)
        return _("%(name)s: at that time there is “%(other)s”, %(when)s.", when=said(begins, length), **names)
    between = max(_minutes_between(stop.slot.ends_at, begins), _minutes_between(ends, stop.slot.starts_at))
    if between < gap:
        return _("%(name)s: only %(left)s to or from “%(other)s”.", left=hours(between), **names)
    return None


def _minutes_between(first: datetime, second: datetime) -> int:
    return int((second - first).total_seconds() // 60)
