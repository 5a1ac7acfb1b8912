"""On the day before a visit both sides are reminded, once for each date that it has."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.visits.jobs import remind_of_tomorrow
from core.database import db
from tests.support.days import run_on_days

THE_VISIT = datetime(2026, 4, 29, 8, 0, tzinfo=UTC)
"""Ten o'clock in Warsaw."""


@pytest.fixture
def visit_on(sides):
    def made(starts_at=THE_VISIT, status=ConsultationStatus.AGREED):
        visit = Consultation(
            municipality=sides.partnership.municipality, animator=sides.animator, channel=Channel.VISIT, visit_no=1,
            planned_start=starts_at, planned_minutes=240, place="Library, Long Street 1", status=status,
        )  # fmt: skip
        db.session.add(visit)
        db.session.commit()
        return visit

    return made


def days(first, count):
    return [first + timedelta(days=number) for number in range(count)]


def reminders(outbox):
    return [mail for mail in outbox() if mail.dedupe_key.startswith("visit-tomorrow:")]


def test_both_sides_are_reminded_on_the_day_before_and_at_once(visit_on, sides, clock, outbox):
    visit_on()

    said = run_on_days(remind_of_tomorrow, clock, days(date(2026, 4, 15), 30))

    assert said == {date(2026, 4, 28): "2 reminded"}
    mails = reminders(outbox)
    assert sorted(mail.to_name for mail in mails) == ["Anna Lis", "Jan Wilk"]
    assert {mail.subject for mail in mails} == {"Żółta Gęś: visit 1 on 29 Apr 2026, 10:00"}
    assert "Wednesday, 29 Apr 2026, 10:00–14:00" in mails[0].body
    assert {mail.held_until for mail in mails} == {None}


def test_after_a_gap_they_are_reminded_until_it_begins_and_not_after(visit_on, clock, outbox):
    visit_on()

    assert run_on_days(remind_of_tomorrow, clock, [date(2026, 4, 29)], at=time(9)) == {
        date(2026, 4, 29): "2 reminded"
    }
    clock.move_to(THE_VISIT)
    visit_on(THE_VISIT - timedelta(minutes=5))

    assert remind_of_tomorrow() == "0 reminded"


def test_of_a_visit_that_moved_they_are_reminded_before_its_new_day_too(visit_on, clock, outbox):
    visit = visit_on()
    run_on_days(remind_of_tomorrow, clock, [date(2026, 4, 28)])
    visit.planned_start = THE_VISIT + timedelta(days=7)
    db.session.commit()

    said = run_on_days(remind_of_tomorrow, clock, days(date(2026, 4, 29), 10))

    assert said == {date(2026, 5, 5): "2 reminded"}
    assert [mail.subject.rpartition(" on ")[2] for mail in reminders(outbox)] == [
        "29 Apr 2026, 10:00", "29 Apr 2026, 10:00", "6 May 2026, 10:00", "6 May 2026, 10:00"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "status", [one for one in ConsultationStatus if one is not ConsultationStatus.AGREED]
)
def test_of_a_date_that_does_not_stand_nobody_is_reminded(visit_on, clock, status):
    visit_on(status=status)

    assert run_on_days(remind_of_tomorrow, clock, [date(2026, 4, 28)]) == {}


@pytest.mark.parametrize(("starts_at", "day_before"), [
    (datetime(2026, 10, 25, 9, 0, tzinfo=UTC), date(2026, 10, 24)),
    (datetime(2027, 3, 28, 8, 0, tzinfo=UTC), date(2027, 3, 27)),
    (datetime(2026, 4, 29, 21, 30, tzinfo=UTC), date(2026, 4, 28)),
    (datetime(2026, 4, 29, 22, 30, tzinfo=UTC), date(2026, 4, 29)),
])  # fmt: skip
def test_the_day_before_is_that_of_the_clock_in_poland_also_when_it_changes(
    visit_on, clock, starts_at, day_before
):
    visit_on(starts_at)

    said = run_on_days(remind_of_tomorrow, clock, days(day_before - timedelta(days=3), 6))

    assert said == {day_before: "2 reminded"}
