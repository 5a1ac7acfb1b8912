"""Dates proposed for a visit: what makes one possible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from animators.consultations.models import Side
from animators.visits.errors import (
    LEAST_MINUTES,
    MOST_MINUTES,
    MOST_SLOTS,
    AfterTheProgramme,
    InThePast,
    LengthOutOfBounds,
    NobodyAdvises,
    NoDate,
    NoPlace,
    Overlaps,
    SlotRefused,
    SomebodyElseAdvises,
    TooManyDates,
)
from animators.visits.sides import Acting
from core import clock
from core.local_times import said
from partnerships.models import Partnership
from programme.queries import the_programme

LONGEST_PLACE = 300


@dataclass(frozen=True)
class Slot:
    """A date with its place."""

    starts_at: datetime
    minutes: int
    place: str

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def on(self) -> date:
        return clock.local(self.starts_at).date()

    @property
    def tidy_place(self) -> str:
        """On one line: it stands in the subject of mails and in calendars."""
        return " ".join(self.place.split())


def check_slots(slots: Sequence[Slot], partnership: Partnership, acting: Acting) -> None:
    """All rules about dates; a refusal says which date it is about."""
    if not slots:
        raise NoDate
    if len(slots) > MOST_SLOTS:
        raise TooManyDates(len(slots))
    for index, slot in enumerate(slots):
        try:
            check_slot(slot, partnership, acting)
        except SlotRefused as refusal:
            refusal.index = index
            raise
    for (_first, one), (second, another) in combinations(enumerate(slots), 2):
        if one.starts_at < another.ends_at and another.starts_at < one.ends_at:
            overlap = Overlaps(said(one.starts_at, one.minutes))
            overlap.index = second
            raise overlap


def check_slot(slot: Slot, partnership: Partnership, acting: Acting) -> None:
    if not LEAST_MINUTES <= slot.minutes <= MOST_MINUTES:
        raise LengthOutOfBounds
    if not 0 < len(slot.tidy_place) <= LONGEST_PLACE:
        raise NoPlace
    if slot.starts_at <= clock.now():
        raise InThePast(said(slot.starts_at, slot.minutes))
    ends_on = the_programme().row.ends_on
    if slot.on > ends_on:
        raise AfterTheProgramme(ends_on)
    advising = partnership.animator_ids(slot.on)
    if not advising:
        raise NobodyAdvises(partnership.municipality.name, slot.on)
    speaks_as_animator = acting.side is Side.ANIMATOR and not acting.by_office
    if speaks_as_animator and acting.person.id not in advising:
        raise SomebodyElseAdvises(partnership.municipality.name, slot.on)
