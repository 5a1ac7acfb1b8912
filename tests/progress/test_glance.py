"""The advice of one municipality at a glance, on the page of its partnership."""

from datetime import UTC, date, datetime, time

import pytest

from animators.consultations.models import ConsultationStatus, Side
from meetings.models import PartnershipMeeting
from partnerships.services import close_partnership
from tests.progress.advising import advised, asked, days_ago, kept, next_step, used, visit_at

LATER = datetime(2026, 4, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day: Wednesday, 15 April 2026, 12:00."""


@pytest.fixture
def partnership(make):
    return make.partnership(municipality=make.municipality("Lubań"), animator=make.animator("Ola Maj"))


def glance(page) -> dict[str, str]:
    rows = page.tree.xpath("//dl[@class='glance-lines']/div")
    return {
        row.find("dt").text_content().strip(): " ".join(row.find("dd").text_content().split()) for row in rows
    }


def meeting_on(partnership, day: date, at: time | None) -> None:
    kept(
        PartnershipMeeting(
            partnership=partnership, held_on=day, starts_at=at, place="Library", calendar_uid=f"{day}-{at}"
        )
    )


def test_an_animator_sees_everything_about_a_municipality_and_can_call(partnership, visit):
    used(partnership, 400)
    visit_at(
        partnership, ConsultationStatus.CONFIRMED, days_ago(30), actual_start=days_ago(30), actual_minutes=240
    )
    visit_at(partnership, ConsultationStatus.AGREED, LATER, number=2)
    talk = advised(partnership, days_ago(5))
    next_step(talk, "Book the room", Side.LEADER, due_on=date(2026, 4, 14))
    next_step(talk, "Send the list", Side.ANIMATOR)
    asked(partnership)
    meeting_on(partnership, date(2026, 5, 2), time(17))

    page = visit(as_=partnership.animator(date(2026, 4, 15))).open(f"/partnerships/{partnership.id}")

    assert glance(page) == {
        "Visit 1": "Confirmed Monday, 16 Mar 2026, 11:00–15:00",
        "Visit 2": "Agreed Wednesday, 22 Apr 2026, 10:00–14:00",
        "Last contact": "10 Apr 2026",
        "Next date": "22 Apr 2026, 10:00",
        "Open next steps": "2 1 overdue",
        "Open requests for advice": "1",
    }
    assert "1 h 20 min of 8 h left" in page.text
    assert (page.links["Call"], page.links["Log advice"]) == (
        f"/advice/call/{partnership.id}",
        f"/advice/log?municipality={partnership.municipality_id}",
    )


def test_where_nothing_happened_yet_it_says_so(partnership, visit):
    page = visit(as_=partnership.leader(date(2026, 4, 15))).open(f"/partnerships/{partnership.id}")

    assert glance(page) == {
        "Visit 1": "To be agreed",
        "Visit 2": "To be agreed",
        "Last contact": "none yet",
        "Next date": "none agreed",
        "Open next steps": "0",
        "Open requests for advice": "0",
    }
    assert "Call" not in page.links


@pytest.mark.parametrize(
    ("meetings", "told"),
    [
        ([(date(2026, 4, 22), None)], "22 Apr 2026"),
        ([(date(2026, 4, 22), time(9))], "22 Apr 2026, 09:00"),
        ([(date(2026, 4, 22), time(11))], "22 Apr 2026, 10:00"),
        ([(date(2026, 4, 14), time(9))], "22 Apr 2026, 10:00"),
    ],
)
def test_of_visits_and_meetings_the_next_one_is_told(partnership, visit, meetings, told):
    visit_at(partnership, ConsultationStatus.AGREED, LATER)
    for day, at in meetings:
        meeting_on(partnership, day, at)

    page = visit(as_=partnership.leader(date(2026, 4, 15))).open(f"/partnerships/{partnership.id}")

    assert glance(page)["Next date"] == told


def test_a_closed_partnership_needs_no_advice(make, partnership, visit):
    office = make.office()
    close_partnership(partnership, closed_on=date(2026, 4, 14), reason="Over", actor=office)
    kept(partnership)

    assert glance(visit(as_=office).open(f"/partnerships/{partnership.id}")) == {}


def test_more_of_everything_asks_no_more_questions(partnership, visit, count_queries):
    def more(number: int) -> None:
        visit_at(partnership, ConsultationStatus.AGREED, LATER, number=number)
        next_step(advised(partnership, days_ago(5)), "Book the room", Side.LEADER)
        asked(partnership)

    more(1)
    visitor = visit(as_=partnership.animator(date(2026, 4, 15)))
    visitor.open(f"/partnerships/{partnership.id}")
    with count_queries() as little:
        visitor.open(f"/partnerships/{partnership.id}")
    for number in range(2, 5):
        more(number)

    with count_queries() as much:
        visitor.open(f"/partnerships/{partnership.id}")

    assert much.count == little.count, str(much)
    assert much.count <= 26, str(much)
