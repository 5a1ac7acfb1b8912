"""Two people work on who came at the same moment: what one has taken away the other is told of. On both databases."""

import pytest
from sqlalchemy import delete, select

from accounts.models import User
from core.database import db
from core.workflow import NotNow
from tests.support.at_once import at_once
from tests.webinars.attendance.conftest import attendances, guest_of, report_of
from webinars.attendance import by_hand, queries, reports
from webinars.attendance.models import AttendanceLine, AttendanceReport
from webinars.models import Attendance

CLICKS = 4


def test_taken_out_with_a_double_click_somebody_is_taken_out_once(app, held, office):
    webinar = held()
    by_hand.tick(webinar, [guest_of(webinar, "Ola Wróż", "ola@gosc.example").id], actor=office)
    row_id, actor_id = db.session.scalars(select(Attendance.id)).one(), office.id

    def take_out() -> None:
        row = db.session.get(Attendance, row_id)
        if row is None:
            raise NotNow
        by_hand.remove(row, actor=db.session.get_one(User, actor_id))

    assert at_once(app, *[take_out] * CLICKS) == ["NotNow"] * (CLICKS - 1) + ["done"]
    assert attendances(webinar) == []


@pytest.fixture
def draft(held, office):
    report = reports.take_in(held(), report_of(("obcy", "", 40)), actor=office)
    db.session.commit()
    return report


def test_a_draft_that_gave_way_to_another_is_neither_saved_nor_settled(draft, office):
    line = queries.line_by_id(reports.lines_of(draft)[0].id)
    assert line is not None
    assert line.report.webinar.title
    db.session.execute(delete(AttendanceLine).where(AttendanceLine.report_id == draft.id))
    db.session.execute(delete(AttendanceReport).where(AttendanceReport.id == draft.id))

    with pytest.raises(NotNow):
        reports.settle_as_other(line, actor=office)
    for verb in (reports.save, reports.discard):
        with pytest.raises(NotNow):
            verb(draft, actor=office)
    assert draft.webinar.title
