"""Next steps in the calendars of the side that took them upon it, on the day by which they are to be done."""

from collections.abc import Iterator
from datetime import date

from flask import url_for

from accounts.models import User
from animators.consultations.models import FollowUp
from animators.consultations.queries import steps_between
from core.agenda import Appointment
from core.calendars import Entry
from core.i18n import _l

KIND = _l("Next step")


def next_steps_between(person: User, first: date, last: date) -> Iterator[Appointment]:
    for step in steps_between(person, first, last):
        path = url_for("consultations.show", consultation_id=step.consultation_id)
        yield Appointment(_entry(step), KIND, path, _title(step))


def _entry(step: FollowUp) -> Entry:
    """No mail holds it: its number of changes is that of the record."""
    return Entry(
        uid=f"next-step-{step.id}",
        sequence=step.row_version,
        changed_at=step.updated_at,
        title=_title(step),
        begins=step.due_on or step.created_at.date(),
    )


def _title(step: FollowUp) -> str:
    return f"{step.consultation.municipality.name}: {step.text}"
