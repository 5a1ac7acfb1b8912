"""The page of a month: whose dates it shows, and how."""

from datetime import UTC, date, datetime

import pytest

from animators.consultations.models import ConsultationStatus, Side
from core.database import db
from partnerships.models import AssignmentKind
from plans.workflow import PlanStatus
from tests.progress.advising import advised, next_step, proposed, visit_at
from tests.progress.past import since
from tests.visit import Page
from webinars.models import Webinar, WebinarStatus
from webinars.registrations import services as seats

SOON = date(2026, 4, 20)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def days(page: Page) -> dict[str, list[str]]:
    """What stands on each day, as it is read."""
    cells = page.tree.xpath("//td[.//li]")
    return {
        cell.find(".//time").get("datetime"): [" ".join(li.text_content().split()) for li in cell.iter("li")]
        for cell in cells
    }


def test_a_leader_sees_meetings_and_webinars_of_the_month(make, visit, meeting):
    leader = make.user()
    partnership = make.partnership(municipality=make.municipality("Lubań"), leader=leader)
    found = meeting(partnership, SOON)
    meeting(partnership, date(2026, 5, 20))
    meeting(partnership, date(2026, 4, 21), None, called_off_at=datetime(2026, 4, 1, tzinfo=UTC))
    webinar("Safe passwords", datetime(2026, 4, 22, 8, 0, tzinfo=UTC))

    page = visit(as_=leader).open("/calendar")

    assert days(page) == {
        "2026-04-20": ["17:00 Partnership meeting Lubań Library"],
        "2026-04-22": ["10:00 Webinar Safe passwords Online"],
    }
    assert page.links["17:00 Partnership meeting Lubań"] == f"/meetings/{found.id}"
    assert page.headings[0] == "April 2026"


def webinar(title: str, starts_at: datetime, status: WebinarStatus = WebinarStatus.ANNOUNCED) -> None:
    db.session.add(Webinar(title=title, starts_at=starts_at, minutes=60, status=status))
    db.session.commit()


def test_what_is_earlier_on_a_day_stands_first_whoever_tells_of_it(make, visit, meeting):
    """Seats and visits are told in UTC, the others by the clock on the wall."""
    leader = make.user()
    partnership = make.partnership(municipality=make.municipality("Lubań"), leader=leader)
    meeting(partnership, SOON)
    for title, hour in (("Nine", 7), ("Ten", 8), ("Twelve", 10), ("Six", 16)):
        webinar(title, datetime(2026, 4, 20, hour, 0, tzinfo=UTC))
    for title in ("Ten", "Six"):
        found = db.session.query(Webinar).filter_by(title=title).one()
        seats.register(found, leader)
    db.session.commit()

    [listed] = days(visit(as_=leader).open("/calendar")).values()

    assert [one[:5] for one in listed] == ["09:00", "10:00", "12:00", "17:00", "18:00"]


def test_a_webinar_that_is_a_draft_or_called_off_is_nobodys_date(make, visit):
    for status in (WebinarStatus.DRAFT, WebinarStatus.CANCELLED):
        webinar("Not yet", datetime(2026, 4, 22, 8, 0, tzinfo=UTC), status)

    assert days(visit(as_=make.user()).open("/calendar")) == {}


def test_nobody_sees_dates_of_partnerships_they_have_nothing_to_do_with(make, visit, meeting):
    meeting(make.partnership(), SOON)
    mine = make.partnership()
    former, animator_before = make.user(), make.animator()
    make.term(mine, former, ends_on=date(2026, 4, 14))
    elsewhere = make.municipality()
    make.assignment(elsewhere, animator_before, ends_on=date(2026, 4, 14))
    meeting(mine, SOON)
    meeting(make.partnership(municipality=elsewhere, advised=False), SOON)

    strangers = [make.partnership().leader(SOON), make.animator(), make.admin(), former, animator_before]

    assert [days(visit(as_=person).open("/calendar")) for person in strangers] == [{}] * 5


def test_deputies_and_the_animator_of_the_day_see_what_the_leader_sees(make, visit, meeting):
    deputy, animator, cover = make.user(), make.animator(), make.animator()
    partnership = make.partnership(animator=animator)
    make.term(partnership, deputy)
    meeting(partnership, SOON)
    cover_of = make.assignment(
        partnership.municipality, cover, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 10), ends_on=SOON
    )

    seen = {name: len(days(visit(as_=person).open("/calendar"))) for name, person in
            {"deputy": deputy, "animator": animator, "cover": cover}.items()}  # fmt: skip

    assert (seen, cover_of.ends_on) == ({"deputy": 1, "animator": 0, "cover": 1}, SOON)


def test_an_animator_sees_by_when_to_answer_and_a_leader_by_when_to_publish(make, visit):
    animator, leader = make.animator(), make.user()
    partnership = make.partnership(municipality=make.municipality("Żnin"), animator=animator, leader=leader)
    submitted = make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)
    since(submitted, datetime(2026, 4, 8, 9, 0, tzinfo=UTC))
    make.general_plan(
        PlanStatus.APPROVED,
        partnership=make.partnership(municipality=make.municipality("Łask"), leader=leader),
    )

    assert days(visit(as_=animator).open("/calendar")) == {"2026-04-22": ["Review due Żnin"]}
    assert days(visit(as_=leader).open("/calendar")) == {"2026-04-29": ["Publish by Łask"]}


def test_a_leave_is_one_line_for_who_is_away_who_covers_and_the_office(make, visit):
    away, covering = make.animator("Ola Maj"), make.animator("Jan Lis")
    for _ in range(5):
        place = make.municipality()
        make.assignment(place, away)
        make.assignment(
            place, covering, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 10), ends_on=date(2026, 4, 24)
        )

    def spans(person):
        page = visit(as_=person).open("/calendar")
        return [
            " ".join(one.text_content().split()) for one in page.tree.xpath("//ul[@class='month-spans']/li")
        ]

    assert [spans(person) for person in (away, covering, make.office(), make.animator())] == [
        ["10 Apr 2026 – 24 Apr 2026 Away, Jan Lis covers"],
        ["10 Apr 2026 – 24 Apr 2026 Cover for Ola Maj"],
        ["10 Apr 2026 – 24 Apr 2026 Jan Lis covers for Ola Maj"],
        [],
    ]


def test_a_month_without_anything_says_so_and_leads_on(make, visit):
    page = visit(as_=make.user()).open("/calendar?month=2027-01")

    assert "Nothing is planned for this month" in page.headings
    assert [
        page.links[name] for name in ("Previous month: December 2026", "Today", "Next month: February 2027")
    ] == [
        "/calendar?month=2026-12",
        "/calendar",
        "/calendar?month=2027-02",
    ]


@pytest.mark.parametrize("month", ["2000-01", "2099-12", "9999-99", "", "x"])
def test_any_month_can_be_asked_for(make, visit, month):
    assert visit(as_=make.user()).open("/calendar", month=month).tables


def test_three_of_everything_ask_no_more_questions_than_one(make, visit, meeting, count_queries):
    animator = make.animator()

    def more() -> None:
        partnership = make.partnership(animator=animator, leader=animator)
        meeting(partnership, SOON)
        make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=animator))
        led = make.general_plan(PlanStatus.APPROVED)
        make.term(led.partnership, animator)
        talk = advised(partnership, datetime(2026, 4, 10, 8, 0, tzinfo=UTC))
        next_step(talk, "Book the room", Side.LEADER, due_on=SOON)
        visit_at(partnership, ConsultationStatus.AGREED, datetime(2026, 4, 20, 8, 0, tzinfo=UTC))
        webinar("One more", datetime(2026, 4, 22, 8, 0, tzinfo=UTC))
        place = make.municipality()
        make.assignment(place, animator)
        make.assignment(
            place, make.animator(), kind=AssignmentKind.COVER, starts_on=date(2026, 4, 10), ends_on=SOON
        )

    more()
    visitor = visit(as_=animator)
    visitor.open("/calendar")
    with count_queries() as one:
        visitor.open("/calendar")
    more()
    more()
    with count_queries() as three:
        page = visitor.open("/calendar")

    assert three.count == one.count, str(three)
    assert three.count <= 18, str(three)
    assert len(days(page)["2026-04-20"]) == 9


def test_a_next_step_is_a_day_of_the_side_that_took_it_upon_it(make, visit):
    animator = make.animator()
    partnership = make.partnership(municipality=make.municipality("Lubań"), animator=animator)
    leader = partnership.leader(SOON)
    talk = advised(partnership, datetime(2026, 4, 10, 8, 0, tzinfo=UTC))
    next_step(talk, "Book the room", Side.LEADER, due_on=SOON)
    next_step(talk, "Send the list", Side.ANIMATOR, due_on=date(2026, 4, 21))
    next_step(talk, "Done already", Side.ANIMATOR, due_on=SOON, done_on=date(2026, 4, 14))
    next_step(talk, "Some day", Side.LEADER)
    void = advised(partnership, datetime(2026, 4, 10, 8, 0, tzinfo=UTC), ConsultationStatus.VOID)
    next_step(void, "Never", Side.LEADER, due_on=SOON)

    assert [days(visit(as_=person).open("/calendar")) for person in (leader, animator, make.animator())] == [
        {"2026-04-20": ["Next step Lubań: Book the room"]},
        {"2026-04-21": ["Next step Lubań: Send the list"]},
        {},
    ]


def test_visits_stand_there_for_both_sides_agreed_ones_and_proposed_dates(make, visit):
    animator = make.animator()
    partnership = make.partnership(municipality=make.municipality("Lubań"), animator=animator)
    visit_at(partnership, ConsultationStatus.AGREED, datetime(2026, 4, 20, 8, 0, tzinfo=UTC))
    proposed(partnership, Side.LEADER, datetime(2026, 4, 22, 8, 0, tzinfo=UTC), number=2)

    assert [
        days(visit(as_=person).open("/calendar"))
        for person in (partnership.leader(SOON), animator, make.user())
    ] == [
        {"2026-04-20": ["10:00 Visit Lubań Library"], "2026-04-22": ["10:00 Proposed visit Lubań Library"]},
        {"2026-04-20": ["10:00 Visit Lubań Library"], "2026-04-22": ["10:00 Proposed visit Lubań Library"]},
        {},
    ]
