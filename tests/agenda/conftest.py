"""Dates of the tests about calendars."""

from datetime import date, time

import pytest

from core.database import db
from meetings.models import PartnershipMeeting
from partnerships.models import Partnership


@pytest.fixture
def meeting(app):
    """``meeting(partnership, date(2026, 4, 20))`` at 17:00 in the library."""

    def make(
        partnership: Partnership, on: date, at: time | None = time(17), **values: object
    ) -> PartnershipMeeting:
        number = db.session.query(PartnershipMeeting).count()
        made = PartnershipMeeting(
            partnership=partnership, held_on=on, starts_at=at, minutes=90, place="Library",
            calendar_uid=f"meeting-{number}", **values,
        )  # fmt: skip
        db.session.add(made)
        db.session.commit()
        return made

    return make
