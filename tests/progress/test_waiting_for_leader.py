"""What waits for a leader besides the plan, and when it is the next step itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from animators.consultations.models import Channel, ConsultationStatus, Side
from plans.workflow import PlanStatus
from tests.progress.advising import advised, days_ago, next_step, proposed, used, visit_at

AT_TEN = datetime(2026, 4, 20, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day: Wednesday, 15 April 2026, 12:00."""


@pytest.fixture
def leader(make):
    return make.user("Ewa Lis")


@pytest.fixture
def partnership(make, leader):
    return make.partnership("Together", municipality=make.municipality("Lubań"), leader=leader)


def card(page) -> list[str]:
    """What the card of the next step says: title, text, since and until when, button."""
    [section] = page.tree.xpath("//section[contains(@class, 'next-step')]")
    texts = [section.find(".//h2"), *section.findall(".//p")[1:], section.find(".//a[@data-variant]")]
    return [" ".join(one.text_content().split()) for one in texts if one is not None]


def lines(page) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page.tree.xpath("//ul[@class='quiet-lines']/li")]


def test_while_the_plan_waits_for_the_animator_dates_of_a_visit_are_the_next_step(
    make, leader, partnership, visit
):
    make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)
    proposed(partnership, Side.ANIMATOR, AT_TEN)

    page = visit(as_=leader).open("/home")

    assert card(page) == [
        "Answer the dates of visit 1",
        "Your animator proposes dates. Accept one, or propose others.",
        "Your turn since 15 Apr 2026. Due by 20 Apr 2026.",
        "Answer",
    ]
    assert "Waiting for" in page.text
    assert len(page.tree.xpath("//main//*[@data-variant='primary']")) == 1


def test_a_plan_that_waits_for_its_leader_stays_the_next_step(make, leader, partnership, visit):
    make.general_plan(PlanStatus.DRAFT, partnership=partnership)
    proposed(partnership, Side.ANIMATOR, AT_TEN)
    report = visit_at(
        partnership, ConsultationStatus.REPORTED, days_ago(2), number=2, actual_start=days_ago(2),
        actual_minutes=240, reported_at=days_ago(1),
    )  # fmt: skip
    next_step(report, "Book the room", Side.LEADER, due_on=date(2026, 4, 14))
    next_step(report, "Send the list", Side.ANIMATOR, due_on=date(2026, 4, 14))

    page = visit(as_=leader).open("/home")

    assert card(page)[0] == "Write the plan: General plan 2026–2028"
    assert lines(page) == [
        "Book the room next step until 14 Apr 2026",
        "Answer the dates of visit 1 1 date is proposed",
        "Confirm the report of visit 2 4 h, confirmed by itself on 21 Apr 2026",
    ]


def test_talks_are_one_line_and_never_the_next_step(make, leader, partnership, visit):
    make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)
    for days in (3, 1):
        advised(partnership, days_ago(days), ConsultationStatus.LOGGED)

    page = visit(as_=leader).open("/home")

    assert card(page)[0].startswith("Waiting for")
    assert lines(page) == ["Look at the 2 talks that were logged 1 h, confirmed by itself on 19 Apr 2026"]
    assert page.links["Look at the 2 talks that were logged"] == f"/partnerships/{partnership.id}/advice"


def test_what_waits_for_the_animator_or_for_nobody_is_not_told(make, leader, partnership, visit):
    make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)
    proposed(partnership, Side.LEADER, AT_TEN)
    advised(partnership, days_ago(9), ConsultationStatus.CONFIRMED)
    visit_at(partnership, ConsultationStatus.AGREED, AT_TEN, number=2)

    page = visit(as_=leader).open("/home")

    assert (card(page)[0].startswith("Waiting for"), lines(page)) == (True, [])


def test_who_gave_the_advice_is_not_asked_to_confirm_it(make, visit):
    both = make.animator("Ola Maj")
    partnership = make.partnership(leader=both, animator=both)
    advised(partnership, days_ago(1), ConsultationStatus.LOGGED, channel=Channel.ONLINE)

    assert "talk that was logged" not in visit(as_=both).open("/home").text


def test_another_leader_sees_nothing_of_it(make, partnership, visit):
    other = make.user()
    make.partnership(leader=other)
    proposed(partnership, Side.ANIMATOR, AT_TEN)
    advised(partnership, days_ago(1), ConsultationStatus.LOGGED)
    used(partnership, 300)

    page = visit(as_=other).open("/home")

    assert ("Answer the dates" in page.text, lines(page), "3 h of 8 h left" in page.text) == (
        False,
        [],
        False,
    )


def test_a_leader_sees_what_is_left_of_both_pots(leader, partnership, visit):
    used(partnership, 90)

    page = visit(as_=leader).open("/home")

    assert [
        " ".join(one.text_content().split()) for one in page.tree.xpath("//*[@class='hour-bar-left']")
    ] == [
        "8 h of 8 h left",
        "6 h 30 min of 8 h left",
    ]
    assert page.links["Remote advice"] == f"/partnerships/{partnership.id}/hours"


def test_more_that_waits_asks_no_more_questions(make, leader, visit, count_queries):
    def one_more() -> None:
        partnership = make.partnership(leader=leader)
        proposed(partnership, Side.ANIMATOR, AT_TEN, AT_TEN + timedelta(days=1))
        talk = advised(partnership, days_ago(1), ConsultationStatus.LOGGED)
        next_step(talk, "Book the room", Side.LEADER, due_on=date(2026, 4, 14))

    one_more()
    visitor = visit(as_=leader)
    visitor.open("/home")
    with count_queries() as one:
        visitor.open("/home")
    one_more()
    one_more()

    with count_queries() as three:
        visitor.open("/home")

    assert three.count == one.count, str(three)
    assert three.count <= 18, str(three)


def test_a_cancelled_visit_is_still_owed_to_the_leader_too(partnership, visit, leader):
    visit_at(partnership, ConsultationStatus.CANCELLED, AT_TEN, cancelled_at=days_ago(1))

    page = visit(as_=leader).open("/home")

    assert "Agree on another date of visit 1" in page.text
    assert "cancelled on 14 Apr 2026" in page.text
