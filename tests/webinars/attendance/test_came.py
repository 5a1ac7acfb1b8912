"""How many came, as the page of a webinar and the office's figures count them: each person once, wherever they stand."""

from datetime import date

from core.database import db
from tests.webinars.attendance.conftest import guest_of
from webinars.attendance import by_hand
from webinars.attendance.queries import came_to
from webinars.models import Attendance, AttendanceSource
from webinars.queries import figures
from webinars.registrations.models import AudienceGroup


def test_whoever_registered_as_from_elsewhere_came_from_elsewhere(make, held, office):
    """The municipality they named has no partnership."""
    webinar = held()
    seat = guest_of(webinar, "Ola Wróż", "ola@gosc.example", make.municipality())
    seat.group = AudienceGroup.OTHER
    by_hand.tick(webinar, [seat.id], actor=office)

    came, [row] = came_to(webinar), figures(date(2026, 4, 1), date(2026, 4, 30))

    assert (came.participants, came.others, came.municipalities) == (0, 1, 0)
    assert (row.registered, row.from_partnerships) == (row.attended, row.attended_from_partnerships) == (1, 0)


def test_whoever_came_from_elsewhere_and_leads_a_partnership_by_now_is_one_person(make, held):
    """They left early, began to lead, and watched the recording."""
    webinar, person = held(), make.user()
    for values in (
        {"source": AttendanceSource.IMPORT, "minutes": 20},
        {"source": AttendanceSource.RECORDING, "municipality": make.municipality()},
    ):
        db.session.add(Attendance(webinar=webinar, user=person, **values))
    db.session.add(Attendance(webinar=webinar, source=AttendanceSource.MANUAL, people_count=2))
    db.session.commit()

    came, [row] = came_to(webinar), figures(date(2026, 4, 1), date(2026, 4, 30))

    assert (came.participants, came.others, came.municipalities, came.long_enough) == (1, 2, 1, 3)
    assert (row.attended, row.attended_from_partnerships) == (came.people, came.participants)
