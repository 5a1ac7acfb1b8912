"""Visits in the calendars of those who hold them: agreed ones, and dates that wait for an answer."""

from collections.abc import Iterator
from datetime import date

from flask import url_for

from accounts.models import User
from animators.consultations.models import Consultation
from animators.visits.calendars import entry_of, slot_of
from animators.visits.queries import visits_between
from animators.visits.slots import Slot
from animators.visits.states import waiting_slots
from core import clock
from core.agenda import Appointment
from core.calendars import Entry
from core.i18n import _, _l

VISIT, PROPOSED = _l("Visit"), _l("Proposed visit")


def visits_in_agenda(person: User, first: date, last: date) -> Iterator[Appointment]:
    for visit in visits_between(person, first, last):
        path = url_for("visits.show", visit_id=visit.id)
        slot = slot_of(visit)
        if slot is not None and first <= slot.on <= last and _is_theirs(visit, person, slot.on):
            yield Appointment(entry_of(visit, slot), VISIT, path, visit.municipality.name)
        for proposed in waiting_slots(visit):
            one = Slot(proposed.starts_at, proposed.minutes, proposed.place)
            if first <= one.on <= last and _is_theirs(visit, person, one.on):
                yield Appointment(
                    _as_proposed(visit, one, proposed.id), PROPOSED, path, visit.municipality.name
                )


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
