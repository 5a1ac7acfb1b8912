"""Visits in the calendars of those who hold them: agreed ones, and dates that wait for an answer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flask import url_for

from accounts.models import User
from animators.consultations.models import Consultation
from animators.visits.calendars import entry_of, slot_of
from animators.visits.queries import all_visits_between, visits_between
from animators.visits.slots import Slot
from animators.visits.states import waiting_slots
from core import clock
from core.agenda import Appointment, Group
from core.calendars import Entry
from core.i18n import _, _l

VISIT, PROPOSED = _l("Visit"), _l("Proposed visit")


def visits_in_agenda(person: User, first: date, last: date) -> Iterator[Appointment]:
    for visit in visits_between(person, first, last):
        for one in _dates_of(visit):
            if first <= one.day <= last and _is_theirs(visit, person, one.day):
                yield one


def all_visits(_person: User, first: date, last: date) -> Iterator[Appointment]:
    for visit in all_visits_between(first, last):
        animators = {visit.animator.id: visit.animator.name} if visit.animator else {}
        region = visit.municipality.voivodeship.name
        for one in _dates_of(visit):
            if first <= one.day <= last:
                yield replace(one, group=Group.VISIT, region=region, animators=animators)


def _dates_of(visit: Consultation) -> Iterator[Appointment]:
    """The one that was agreed on, and those that wait for an answer."""
    path, slot = url_for("visits.show", visit_id=visit.id), slot_of(visit)
    if slot is not None:
        yield Appointment(entry_of(visit, slot), VISIT, path, visit.municipality.name)
    for proposed in waiting_slots(visit):
        one = Slot(proposed.starts_at, proposed.minutes, proposed.place)
        yield Appointment(_as_proposed(visit, one, proposed.id), PROPOSED, path, visit.municipality.name)


def _is_theirs(visit: Consultation, person: User, on: date) -> bool:
    """Leaders and deputies of today; of animators whoever advises on the day of the visit."""
    today = clock.today()
    return person.id in visit.leader_ids(today) | visit.deputy_ids(today) | visit.animator_ids(on)


def _as_proposed(visit: Consultation, slot: Slot, slot_id: int) -> Entry:
    return Entry(
        uid=f"visit-date-{slot_id}",
        sequence=0,
        changed_at=visit.updated_at,
        title=_(
            "Proposed: visit %(number)s, %(place)s", number=visit.visit_no, place=visit.municipality.name
        ),
        begins=slot.starts_at,
        ends=slot.ends_at,
        place=slot.tidy_place,
        is_tentative=True,
    )
