"""A hand-over that nobody answers: whoever has to is reminded three days before it expires, once."""

from datetime import date, timedelta

import pytest

from core.database import db
from partnerships.handovers.jobs import hand_over, remind_of_handovers
from tests.partnerships.handing_over import Cast, accepted, cast, confirmed, requested
from tests.support.days import run_on_days

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test begins on one day."""


def days(first, count):
    return [first + timedelta(days=number) for number in range(count)]


def reminders(outbox):
    return [
        (mail.to_name, mail.subject) for mail in outbox() if mail.dedupe_key.startswith("handover-waits:")
    ]


def test_a_successor_is_reminded_three_days_before_the_last_day_to_answer(make, clock, outbox):
    handover = requested(make)
    last = handover.answer_until

    said = run_on_days(remind_of_handovers, clock, days(TODAY, 30))

    assert said == {last - timedelta(days=3): "1 reminded"}
    name, subject = reminders(outbox)[0]
    assert (name, subject.partition("?")[0]) == ("Ewa Lis", "Will you lead the partnership Together")


def test_the_animator_is_reminded_three_days_before_the_day_of_the_hand_over(make, clock, outbox):
    handover = accepted(make)

    said = run_on_days(remind_of_handovers, clock, days(TODAY, 30))

    assert said == {handover.effective_on - timedelta(days=3): "1 reminded"}
    assert reminders(outbox) == [
        ("Marta Maj", "The new leader of Together still waits for your confirmation")
    ]


def test_the_office_is_asked_and_reminded_where_the_animator_is_suspended(make, clock, outbox, visit):
    people, office = cast(make), make.office("Ola Maj")
    people.animator.is_active = False

    handover = accepted(make, people=people)
    run_on_days(remind_of_handovers, clock, days(TODAY, 13))

    assert reminders(outbox) == [("Ola Maj", "The new leader of Together still waits for your confirmation")]
    assert "Please confirm the new leader of Together" in [
        mail.subject for mail in outbox() if mail.to_name == "Ola Maj"
    ]
    home = visit(as_=office).open("/home")
    assert "Nobody is assigned to confirm" in home.text
    assert home.links["Open the hand-over"] == f"/partnerships/handovers/{handover.id}"


def test_after_a_gap_nobody_is_reminded_of_what_has_expired(make, clock):
    requested(make)

    assert run_on_days(remind_of_handovers, clock, days(TODAY + timedelta(days=60), 3)) == {}


def test_of_what_is_confirmed_or_over_nobody_is_reminded(make, clock):
    confirmed(make)
    clock.tick(days=20)
    hand_over()

    assert run_on_days(remind_of_handovers, clock, days(TODAY, 30)) == {}


def test_more_of_them_ask_no_more_questions(app, make, clock, count_queries):
    clock.tick(days=5)
    counts = []
    for number in (1, 3):
        for _ in range(number):
            requested(make, people=somebody(make), effective_on=TODAY + timedelta(days=7))
        remind_of_handovers()
        db.session.rollback()
        with app.app_context(), count_queries() as queries:
            assert remind_of_handovers() == "0 reminded"
        counts.append(queries.count)

    assert counts[0] == counts[1]


def somebody(make):
    leader, successor, animator = make.user(), make.user(password="a long enough password"), make.animator()
    return Cast(make.partnership(leader=leader, animator=animator), leader, successor, animator)
