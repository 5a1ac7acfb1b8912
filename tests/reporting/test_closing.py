"""What the closing list of a period still misses."""

from datetime import UTC, date, datetime

import pytest

from core.database import db
from reporting.closing import closing_list
from reporting.rows import Span
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarStatus

QUARTER = Span(date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("source", "is_missed"),
    [(None, True), (AttendanceSource.RECORDING, True), (AttendanceSource.IMPORT, False), (AttendanceSource.MANUAL, False)],
)  # fmt: skip
def test_who_came_to_a_webinar_is_missed_also_when_somebody_has_watched_its_recording(
    make, clock, source, is_missed
):
    webinar = Webinar(
        title="Hasła", starts_at=datetime(2026, 3, 3, 9, tzinfo=UTC), minutes=60, status=WebinarStatus.HELD
    )
    db.session.add(webinar)
    if source is not None:
        person, place = make.user(), make.municipality()
        db.session.add(Attendance(webinar=webinar, user=person, municipality=place, source=source))
    db.session.commit()

    lacks = [one for one in closing_list(QUARTER) if one.endpoint == "webinars.show"]

    assert bool(lacks) is is_missed
