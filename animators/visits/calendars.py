"""Visits as calendars know them: one entry that is entered, moves, and is taken out again."""

from flask import current_app

from accounts.models import User
from animators.consultations.models import Consultation
from animators.visits.slots import Slot
from core.calendars import Entry, Method, Person, calendar_file
from core.i18n import _
from core.mail import link_to
from programme.queries import the_programme


def slot_of(visit: Consultation) -> Slot | None:
    """The date that was agreed on; None while there is none."""
    if visit.planned_start is None or visit.planned_minutes is None:
        return None
    return Slot(visit.planned_start, visit.planned_minutes, visit.place or "")


def entry_of(visit: Consultation, slot: Slot, *, is_cancelled: bool = False) -> Entry:
    """Its times are in UTC, which no calendar can misread in the nights when the clocks change.

    The programme invites, not a person: a calendar takes a change only from whoever invited, and people change.
    """
    return Entry(
        uid=visit.calendar_uid or "",
        sequence=visit.calendar_sequence,
        changed_at=visit.updated_at,
        title=title_of(visit),
        begins=slot.starts_at,
        ends=slot.ends_at,
        place=slot.tidy_place,
        text=link_to("visits.show", visit_id=visit.id),
        organiser=Person(the_programme().name, current_app.config["GROMADA"].mail_from),
        is_cancelled=is_cancelled,
    )


def title_of(visit: Consultation) -> str:
    return _("Visit %(number)s: %(place)s", number=visit.visit_no, place=visit.municipality.name)


def file_for(person: User, visit: Consultation, slot: Slot, method: Method) -> str:
    entry = entry_of(visit, slot, is_cancelled=method is Method.CANCEL)
    return calendar_file([entry], method=method, invited=Person(person.name, person.mail_address))
