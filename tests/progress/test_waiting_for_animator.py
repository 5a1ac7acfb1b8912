"""What waits for an animator besides plans: on their home in order, and on a page of its own."""

from datetime import UTC, date, datetime, timedelta

import pytest

from animators.consultations.models import ConsultationStatus, Side
from animators.hours.models import Pot
from core.clock import now
from core.database import db
from partnerships.models import AssignmentKind
from plans.workflow import PlanStatus
from tests.progress.advising import advised, asked, days_ago, next_step, proposed, used, visit_at
from tests.progress.past import since

AT_TEN = datetime(2026, 4, 20, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day: Wednesday, 15 April 2026, 12:00."""


@pytest.fixture
def animator(make):
    return make.animator("Ola Maj")


@pytest.fixture
def place(make, animator):
    """``place("Lubań")``: a partnership there that was advised lately."""

    def make_one(name: str, **values: object):
        partnership = make.partnership(
            f"P {name}",
            municipality=make.municipality(name),
            animator=values.pop("animator", animator),
            **values,
        )
        advised(partnership, days_ago(1))
        return partnership

    return make_one


def rows(page) -> list[list[str]]:
    return [row for table in page.tables for row in table[1:]]


def test_everything_that_waits_stands_in_one_list_by_urgency(place, make, visit, animator):
    review = make.general_plan(PlanStatus.SUBMITTED, partnership=place("Review"))
    since(review, datetime(2026, 4, 1, 9, 0, tzinfo=UTC))
    visit_at(place("Report"), ConsultationStatus.AGREED, datetime(2026, 4, 13, 8, 0, tzinfo=UTC))
    proposed(place("Dates"), Side.LEADER, AT_TEN, AT_TEN + timedelta(days=1))
    asked(place("Question"))
    stepping = place("Step")
    next_step(advised(stepping, days_ago(3)), "Send the list", Side.ANIMATOR, due_on=date(2026, 4, 15))

    page = visit(as_=animator).open("/home")

    assert rows(page) == [
        ["Report", "Report visit 1, held on 13 Apr 2026", "13 Apr 2026", "2 working days over", "Write the report"],
        ["Step", "Send the list, next step until 15 Apr 2026", "15 Apr 2026", "due today", "Open the consultation (Step)"],
        ["Question", "Answer the request for advice, annual training plan", "–", "since 15 Apr 2026", "Answer (Question)"],
        ["Review", "General plan 2026–2028, first round", "16 Apr 2026", "1 working day left", "Open the review (Review)"],
        ["Dates", "Answer the dates of visit 1, 2 dates are proposed", "20 Apr 2026", "3 working days left", "Answer (Dates)"],
    ]  # fmt: skip
    assert "What waits for you 5" in page.headings
    assert len(page.tree.xpath("//main//*[@data-variant='primary']")) == 1
    assert page.links["Log advice"] == "/advice/log"


def test_what_waits_on_the_other_side_is_not_in_the_list(place, visit, animator):
    proposed(place("Mine"), Side.ANIMATOR, AT_TEN)
    visit_at(place("Agreed"), ConsultationStatus.AGREED, AT_TEN)
    next_step(advised(place("Theirs"), days_ago(3)), "Ask the mayor", Side.LEADER, due_on=date(2026, 4, 1))
    mine = advised(place("Done"), days_ago(3))
    next_step(mine, "Send it", Side.ANIMATOR, due_on=date(2026, 4, 1), done_on=date(2026, 4, 2))
    next_step(mine, "Later", Side.ANIMATOR, due_on=date(2026, 4, 16))
    next_step(mine, "Some day", Side.ANIMATOR)

    page = visit(as_=animator).open("/home")

    assert "Nothing waits for you" in page.headings
    assert [one.text_content().strip() for one in page.tree.xpath("//main//*[@data-variant='primary']")] == [
        "Log advice"
    ]


def test_a_date_that_was_not_right_is_to_be_agreed_on_anew(place, visit, animator):
    visit_at(place("Lubań"), ConsultationStatus.PROPOSED)

    [row] = rows(visit(as_=animator).open("/home"))

    assert row[1:] == [
        "Agree on a date of visit 1, no date is proposed",
        "since 15 Apr 2026",
        "Agree on a date",
    ]


def test_a_cancelled_visit_stays_owed_until_another_date_is_on_its_way(place, visit, animator):
    here = place("Lubań")
    visit_at(here, ConsultationStatus.CANCELLED, days_ago(20), cancelled_at=days_ago(21))
    visit_at(here, ConsultationStatus.CANCELLED, AT_TEN, cancelled_at=days_ago(1))
    again = place("Again")
    visit_at(again, ConsultationStatus.CANCELLED, AT_TEN, cancelled_at=days_ago(1))
    visit_at(again, ConsultationStatus.AGREED, AT_TEN)

    [row] = rows(visit(as_=animator).open("/home"))

    assert row == [
        "Lubań",
        "Agree on another date of visit 1, cancelled on 14 Apr 2026",
        "28 Apr 2026",
        "9 working days left",
        "Agree on a date",
    ]


def test_nobody_sees_what_waits_elsewhere(place, make, visit, animator):
    foreign = place("Foreign", animator=make.animator())
    covered = place("Covered")
    make.assignment(
        covered.municipality, make.animator(), kind=AssignmentKind.COVER, starts_on=date(2026, 4, 1)
    )
    for partnership in (foreign, covered):
        asked(partnership)
        proposed(partnership, Side.LEADER, AT_TEN)
        visit_at(partnership, ConsultationStatus.HELD, days_ago(4), number=2)
        used(partnership, 480)
        advised(
            partnership,
            days_ago(2),
            ConsultationStatus.DISPUTED,
            disputed_at=days_ago(1),
            dispute_reason="No",
        )

    page = visit(as_=animator).open("/waiting")

    assert (rows(page), "Nothing waits for you" in page.headings) == ([], True)


def test_hours_are_a_matter_from_three_quarters_on(place, visit, animator):
    for name, minutes in {"Calm": 359, "Near": 360, "Full": 480}.items():
        used(place(name), minutes)
    used(place("Visits"), 480, Pot.VISIT, granted=960)

    page = visit(as_=animator).open("/waiting")

    assert "Little is left of the hours 2" in page.headings
    assert [row[:2] for row in rows(page)] == [
        ["Full", "Remote advice: 0 h of 8 h left"],
        ["Near", "Remote advice: 2 h of 8 h left"],
    ]
    assert visit(as_=animator).open("/home").links["Little is left of the hours 2"] == "/waiting#budget"


@pytest.mark.parametrize(("days", "told"), [(60, False), (61, True)])
def test_after_sixty_days_without_a_talk_or_a_visit_a_municipality_is_named(
    make, visit, animator, days, told
):
    partnership = make.partnership(municipality=make.municipality("Lubań"), animator=animator)
    advised(partnership, days_ago(days), ConsultationStatus.LOGGED)
    advised(partnership, days_ago(1), ConsultationStatus.VOID)
    visit_at(partnership, ConsultationStatus.CANCELLED, days_ago(1))
    visit_at(partnership, ConsultationStatus.AGREED, AT_TEN)

    page = visit(as_=animator).open("/waiting")

    last = (now() - timedelta(days=days)).date()
    assert [row[:2] for row in rows(page)] == (
        [["Lubań", f"Last contact on {last.day} Feb 2026"]] if told else []
    )


def test_who_was_never_advised_is_named_from_the_founding_on(make, visit, animator):
    make.partnership(municipality=make.municipality("Old"), animator=animator)
    make.partnership(municipality=make.municipality("New"), animator=animator, founded_on=date(2026, 3, 1))

    page = visit(as_=animator).open("/waiting")

    assert rows(page) == [["Old", "No contact yet", "since 1 Jan 2024", "Call (Old)"]]


def test_a_visit_that_was_held_is_a_contact_before_its_report_is_there(make, visit, animator):
    partnership = make.partnership(animator=animator)
    visit_at(partnership, ConsultationStatus.AGREED, days_ago(1))

    assert "Long without contact 1" not in visit(as_=animator).open("/waiting").headings


def test_a_disputed_report_is_told_but_waits_for_the_office(place, visit, animator):
    advised(
        place("Lubań"), days_ago(2), ConsultationStatus.DISPUTED, disputed_at=days_ago(1), dispute_reason="No"
    )

    home, page = visit(as_=animator).open("/home"), visit(as_=animator).open("/waiting")

    assert "Nothing waits for you" in home.headings
    assert rows(page) == [
        [
            "Lubań",
            "The partnership disputes: Phone, the programme office decides",
            "since 14 Apr 2026",
            "Read why (Lubań)",
        ]
    ]


def test_what_the_office_decided_in_a_dispute_is_told_for_a_week(place, visit, animator, clock):
    advised(
        place("Lubań"), days_ago(3), disputed_at=days_ago(2), dispute_reason="No", decision_note="Yes",
        confirmed_at=days_ago(1),
    )  # fmt: skip

    page = visit(as_=animator).open("/waiting")
    clock.tick(days=8)
    later = visit(as_=animator).open("/waiting")

    assert rows(page) == [
        [
            "Lubań",
            "The dispute is decided: Phone, you need not do anything",
            "since 14 Apr 2026",
            "Read the decision (Lubań)",
        ]
    ]
    assert "Disputed reports 1" in page.headings
    assert "Disputed reports 1" not in later.headings


def test_the_home_shows_the_most_urgent_and_leads_to_the_rest(place, visit, animator):
    for number in range(9):
        asked(place(f"Place {number}"))

    page = visit(as_=animator).open("/home")

    assert (len(rows(page)), "What waits for you 9" in page.headings) == (6, True)
    assert page.links["Requests for advice 9"] == "/waiting#request"
    assert len(rows(visit(as_=animator).open("/waiting"))) == 9


def test_the_next_three_dates_are_on_the_home_and_what_is_over_is_not(place, visit, animator):
    partnership = place("Lubań")
    for number, days in enumerate((-0.5, 1, 2, 3, 4), 1):
        start = days_ago(0) + timedelta(days=days)
        visit_at(partnership, ConsultationStatus.AGREED, start, number=number)

    page = visit(as_=animator).open("/home")

    dates = page.tree.xpath("//ul[@class='date-lines']/li//time")
    assert [one.text_content() for one in dates] == [
        "Thursday, 16 April, 12:00",
        "Friday, 17 April, 12:00",
        "Saturday, 18 April, 12:00",
    ]


def test_forty_municipalities_ask_no_more_questions_than_one(place, make, visit, animator, count_queries):
    def one_more(number: int) -> None:
        partnership = place(f"Place {number}")
        asked(partnership)
        proposed(partnership, Side.LEADER, AT_TEN)
        visit_at(partnership, ConsultationStatus.HELD, days_ago(4), number=2)
        next_step(advised(partnership, days_ago(3)), "Send it", Side.ANIMATOR, due_on=date(2026, 4, 1))
        advised(
            partnership,
            days_ago(2),
            ConsultationStatus.DISPUTED,
            disputed_at=days_ago(1),
            dispute_reason="No",
        )
        used(partnership, 480)
        db.session.commit()

    one_more(0)
    make.general_plan(PlanStatus.SUBMITTED, partnership=place("First plan"))
    visitor = visit(as_=animator)
    visitor.open("/home"), visitor.open("/waiting")
    with count_queries() as home:
        visitor.open("/home")
    with count_queries() as everything:
        visitor.open("/waiting")
    for number in range(1, 40):
        one_more(number)
    make.general_plan(PlanStatus.SUBMITTED, partnership=place("Second plan"))

    with count_queries() as home_of_forty:
        visitor.open("/home")
    with count_queries() as everything_of_forty:
        visitor.open("/waiting")

    assert (home_of_forty.count, everything_of_forty.count) == (home.count, everything.count), str(
        home_of_forty
    )
    assert home.count <= 40, str(home)
