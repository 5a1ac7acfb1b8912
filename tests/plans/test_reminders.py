"""Answers that are due, and approved plans that are not public: who is reminded, on which day, and how often."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.clock import at
from core.database import db
from partnerships import services
from partnerships.models import AssignmentKind
from plans.reminders import remind_of_reviews, remind_to_publish
from plans.services import flow, review
from plans.workflow import PlanStatus
from tests.support.days import run_on_days

APPROVED_ON = SUBMITTED_ON = date(2026, 4, 15)
"""A Wednesday. Ten working days later is Wednesday the 29th."""


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test begins on that day."""


@pytest.fixture
def around(make):
    """A partnership of people who read English."""
    leader = make.user("Ewa Nowak", email="ewa@gromada.example", language="en")
    animator = make.animator("Anna Lis")
    municipality = make.municipality("Ostrowice")
    return make.partnership(municipality=municipality, leader=leader, animator=animator)


def clock_at(day):
    """Noon of that day."""
    return at(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))


def days(first, count):
    return [first + timedelta(days=number) for number in range(count)]


def reminders(outbox):
    """``(person, subject)``; what tells of the submission or the decision itself is left out."""
    names = ("review_due", "review_overdue", "publish_reminder")
    return [
        (mail.to_name, mail.subject)
        for mail in outbox()
        if mail.dedupe_key.startswith(tuple(f"plan-{name}:" for name in names))
    ]


DUE = ("Anna Lis", "Ostrowice: your answer to a plan is due on 29 Apr 2026")
OVERDUE = ("Anna Lis", "Ostrowice: the answer to a plan was due on 29 Apr 2026")


def test_an_animator_is_reminded_two_working_days_before_and_once_when_the_day_has_passed(
    make, around, clock, outbox
):
    make.general_plan(PlanStatus.SUBMITTED, partnership=around)

    said = run_on_days(remind_of_reviews, clock, days(SUBMITTED_ON, 40))

    assert said == {date(2026, 4, 27): "1 reminded", date(2026, 4, 30): "1 reminded"}
    assert reminders(outbox) == [DUE, OVERDUE]


def test_working_days_are_those_of_the_calendar_with_its_holidays(make, around, clock):
    clock.tick(days=7)
    make.general_plan(PlanStatus.SUBMITTED, partnership=around)

    said = run_on_days(remind_of_reviews, clock, days(date(2026, 4, 22), 30))

    assert said == {date(2026, 5, 5): "1 reminded", date(2026, 5, 8): "1 reminded"}


@pytest.mark.parametrize(("back_on", "expected"), [
    (date(2026, 4, 29), [DUE, OVERDUE]), (date(2026, 4, 30), [OVERDUE]), (date(2026, 6, 1), [OVERDUE])
])  # fmt: skip
def test_after_a_gap_an_animator_reads_what_is_true_then_and_once(
    make, around, clock, outbox, back_on, expected
):
    make.general_plan(PlanStatus.SUBMITTED, partnership=around)

    run_on_days(remind_of_reviews, clock, [SUBMITTED_ON, *days(back_on, 10)])

    assert reminders(outbox) == expected


def test_whoever_covers_is_reminded_in_place_of_the_animator(make, around, clock, outbox):
    make.general_plan(PlanStatus.SUBMITTED, partnership=around)
    cover = make.animator("Jan Wilk")
    make.assignment(
        around.municipality,
        cover,
        kind=AssignmentKind.COVER,
        starts_on=date(2026, 4, 20),
        ends_on=date(2026, 5, 15),
    )

    run_on_days(remind_of_reviews, clock, days(SUBMITTED_ON, 20))

    assert [name for name, _subject in reminders(outbox)] == ["Jan Wilk", "Jan Wilk"]


def test_nobody_is_reminded_of_what_was_answered_or_of_a_partnership_that_closed(make, around, clock):
    make.general_plan(PlanStatus.RETURNED, partnership=around)
    closed = make.general_plan(PlanStatus.SUBMITTED)
    services.close_partnership(closed.partnership, closed_on=SUBMITTED_ON, reason="Over", actor=make.office())
    db.session.commit()

    assert run_on_days(remind_of_reviews, clock, days(SUBMITTED_ON, 30)) == {}


def test_a_second_round_is_reminded_of_anew(make, around, clock, outbox):
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=around)
    animator, leader = around.animator(SUBMITTED_ON), around.leader(SUBMITTED_ON)
    run_on_days(remind_of_reviews, clock, days(SUBMITTED_ON, 14))
    review.start_review(version, actor=animator)
    review.return_plan(version, note="See the goals", actor=animator)
    again = flow.revise_plan(version, actor=leader)
    flow.submit_plan(again, actor=leader)
    db.session.commit()

    run_on_days(remind_of_reviews, clock, days(date(2026, 4, 29), 30))

    assert [subject.partition(" due on ")[2] for _name, subject in reminders(outbox)] == [
        "29 Apr 2026", "13 May 2026", "13 May 2026"
    ]  # fmt: skip


def test_who_may_publish_is_reminded_once_two_weeks_after_the_approval(make, around, clock, outbox):
    make.term(around, make.user("Kto Publikuje", language="en"), can_publish=True)
    make.term(around, make.user("Kto Nie", language="en"))
    make.general_plan(PlanStatus.APPROVED, partnership=around)

    said = run_on_days(remind_to_publish, clock, days(APPROVED_ON, 60))

    assert said == {date(2026, 4, 29): "2 reminded"}
    subject = "Ostrowice: an approved plan is not public yet"
    assert sorted(reminders(outbox)) == [("Ewa Nowak", subject), ("Kto Publikuje", subject)]


def test_after_a_gap_they_are_reminded_once_unless_it_is_public_by_then(make, around, clock, outbox):
    make.general_plan(PlanStatus.APPROVED, partnership=around)
    make.general_plan(PlanStatus.PUBLISHED)

    said = run_on_days(remind_to_publish, clock, days(date(2026, 8, 3), 5))

    assert said == {date(2026, 8, 3): "1 reminded"}


def test_more_plans_ask_no_more_questions(app, make, clock, count_queries):
    counts = []
    for number in (1, 3):
        for _ in range(number):
            make.general_plan(PlanStatus.SUBMITTED)
        with clock_at(date(2026, 4, 28)):
            remind_of_reviews()
            db.session.rollback()
            with app.app_context(), count_queries() as queries:
                assert remind_of_reviews() == "0 reminded"
        counts.append(queries.count)

    assert counts[0] == counts[1]
