"""Next steps of consultations: the side that took one on is reminded before its day, and once after it."""

from datetime import date, timedelta

import pytest

from animators.consultations.jobs import remind_of_steps
from animators.consultations.models import ConsultationStatus, FollowUp, Side
from core.database import db
from tests.support.days import run_on_days

MONDAY = date(2026, 5, 4)
"""After a weekend with the third of May in it; the first was a holiday on a Friday: the working day before is 30 April."""


@pytest.fixture
def step(held, office):
    def made(owner=Side.LEADER, due_on=MONDAY):
        found = FollowUp(consultation=held, text="Ask the school for its room", owner=owner, due_on=due_on)
        db.session.add(found)
        db.session.commit()
        return found

    return made


def days(first, count):
    return [first + timedelta(days=number) for number in range(count)]


def reminders(outbox):
    return [(mail.to_name, mail.subject) for mail in outbox() if mail.dedupe_key.startswith("step-")]


def test_the_working_day_before_and_once_when_it_is_late(step, clock, outbox):
    step()

    said = run_on_days(remind_of_steps, clock, days(date(2026, 4, 15), 60))

    assert said == {date(2026, 4, 30): "1 reminded", date(2026, 5, 5): "1 reminded"}
    assert reminders(outbox) == [
        ("Ewa Nowak", "Ostrowice: a next step is due on 4 May 2026"),
        ("Ewa Nowak", "Ostrowice: a next step was due on 4 May 2026"),
    ]
    assert "- Ask the school for its room" in outbox()[0].body


@pytest.mark.parametrize(("owner", "name"), [
    (Side.LEADER, "Ewa Nowak"), (Side.ANIMATOR, "Anna Lis"), (Side.OFFICE, "Biuro Projektu")
])  # fmt: skip
def test_the_side_that_took_it_on_is_reminded(step, clock, outbox, owner, name):
    step(owner)

    run_on_days(remind_of_steps, clock, [date(2026, 4, 30)])

    assert [told for told, _subject in reminders(outbox)] == [name]


def test_after_a_gap_what_is_late_is_told_once(step, clock, outbox):
    step()

    run_on_days(remind_of_steps, clock, [date(2026, 4, 15), *days(date(2026, 6, 1), 5)])

    assert reminders(outbox) == [("Ewa Nowak", "Ostrowice: a next step was due on 4 May 2026")]


def test_what_is_done_void_or_without_a_day_is_left_alone(step, held, clock):
    done, _dayless = step(), step(due_on=None)
    done.done_on = date(2026, 4, 16)
    db.session.commit()
    assert run_on_days(remind_of_steps, clock, days(date(2026, 4, 28), 10)) == {}

    step()
    held.status = ConsultationStatus.VOID
    db.session.commit()

    assert run_on_days(remind_of_steps, clock, days(date(2026, 4, 28), 10)) == {}


def test_a_step_put_off_is_reminded_of_before_its_new_day(step, clock, outbox):
    found = step()
    run_on_days(remind_of_steps, clock, [date(2026, 4, 30)])
    found.due_on = date(2026, 5, 20)
    db.session.commit()

    said = run_on_days(remind_of_steps, clock, days(date(2026, 5, 1), 19))

    assert said == {date(2026, 5, 19): "1 reminded"}


def test_more_steps_ask_no_more_questions(app, step, clock, count_queries):
    counts = []
    for number in (1, 3):
        for _ in range(number):
            step(due_on=date(2026, 4, 16))
        remind_of_steps()
        db.session.rollback()
        with app.app_context(), count_queries() as queries:
            assert remind_of_steps() == "0 reminded"
        counts.append(queries.count)

    assert counts[0] == counts[1]
