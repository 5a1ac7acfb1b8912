"""When jobs are due by the clock on the wall, around every change of the clock in Warsaw from 2026 to 2028."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.clock import LOCAL_ZONE, local
from core.jobs.timetables import Timetable, daily_at, every, hourly_at, weekly_at

SPRING = (date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26))
AUTUMN = (date(2026, 10, 25), date(2027, 10, 31), date(2028, 10, 29))


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def around(day: date) -> tuple[datetime, datetime]:
    """From noon before the night in question to noon after the next day."""
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    return noon - timedelta(days=1), noon + timedelta(days=1)


def due_between(timetable: Timetable, start: datetime, end: datetime) -> list[datetime]:
    due, moment = [], timetable.next_due(start)
    while moment <= end:
        due.append(moment)
        moment = timetable.next_due(moment)
    return due


def minutes(start: datetime, end: datetime) -> Iterator[datetime]:
    while start <= end:
        yield start
        start += timedelta(minutes=1)


# --- Written by hand: the changes are at 01:00 UTC on the last Sundays of March and October ---------------

SEVEN_O_CLOCK = {
    date(2026, 3, 29): ("2026-03-29 05:00", "2026-03-30 05:00"),
    date(2026, 10, 25): ("2026-10-25 06:00", "2026-10-26 06:00"),
    date(2027, 3, 28): ("2027-03-28 05:00", "2027-03-29 05:00"),
    date(2027, 10, 31): ("2027-10-31 06:00", "2027-11-01 06:00"),
    date(2028, 3, 26): ("2028-03-26 05:00", "2028-03-27 05:00"),
    date(2028, 10, 29): ("2028-10-29 06:00", "2028-10-30 06:00"),
}
HALF_PAST_TWO = {
    date(2026, 3, 29): ("2026-03-29 01:30", "2026-03-30 00:30"),
    date(2026, 10, 25): ("2026-10-25 00:30", "2026-10-26 01:30"),
    date(2027, 3, 28): ("2027-03-28 01:30", "2027-03-29 00:30"),
    date(2027, 10, 31): ("2027-10-31 00:30", "2027-11-01 01:30"),
    date(2028, 3, 26): ("2028-03-26 01:30", "2028-03-27 00:30"),
    date(2028, 10, 29): ("2028-10-29 00:30", "2028-10-30 01:30"),
}
"""Nothing of ours is due then; the rule holds all the same: a missing time once, an hour later by the new clock; a double
one once, at its first turn."""


@pytest.mark.parametrize("day", SPRING + AUTUMN)
@pytest.mark.parametrize(
    ("timetable", "table"), [(daily_at(7, 0), SEVEN_O_CLOCK), (daily_at(2, 30), HALF_PAST_TWO)]
)
def test_a_daily_time_comes_once_on_each_day_around_a_change_of_the_clock(timetable, table, day):
    midnight = datetime.combine(day, time(), tzinfo=LOCAL_ZONE).astimezone(UTC)

    due = due_between(timetable, midnight, datetime.combine(day + timedelta(days=1), time(12), tzinfo=UTC))

    assert due == [utc(written) for written in table[day]]


@pytest.mark.parametrize(("day", "first", "second"), [
    (date(2026, 3, 29), "2026-03-29 05:00", "2026-04-05 05:00"),
    (date(2026, 10, 25), "2026-10-25 06:00", "2026-11-01 06:00"),
    (date(2027, 3, 28), "2027-03-28 05:00", "2027-04-04 05:00"),
    (date(2027, 10, 31), "2027-10-31 06:00", "2027-11-07 06:00"),
    (date(2028, 3, 26), "2028-03-26 05:00", "2028-04-02 05:00"),
    (date(2028, 10, 29), "2028-10-29 06:00", "2028-11-05 06:00"),
])  # fmt: skip
def test_a_weekly_time_on_the_sunday_of_the_change_comes_once_and_again_a_week_later(day, first, second):
    start = datetime.combine(day - timedelta(days=6), time(), tzinfo=UTC)

    due = due_between(weekly_at(6, 7, 0), start, start + timedelta(days=14))

    assert due == [utc(first), utc(second)]


@pytest.mark.parametrize("day", SPRING)
def test_an_hourly_time_in_spring_comes_in_each_of_the_23_hours_that_the_day_has(day):
    midnight = datetime.combine(day, time(), tzinfo=LOCAL_ZONE).astimezone(UTC)

    due = due_between(hourly_at(5), midnight, midnight + timedelta(hours=23))

    assert due == [midnight + timedelta(hours=hour, minutes=5) for hour in range(23)]
    assert [local(moment).hour for moment in due] == [0, 1, *range(3, 24)]


@pytest.mark.parametrize("day", AUTUMN)
def test_an_hourly_time_in_autumn_leaves_out_the_hour_that_comes_twice(day):
    midnight = datetime.combine(day, time(), tzinfo=LOCAL_ZONE).astimezone(UTC)

    due = due_between(hourly_at(5), midnight, midnight + timedelta(hours=25))

    assert due == [midnight + timedelta(hours=hour, minutes=5) for hour in range(25) if hour not in (2, 3)]
    assert [local(moment).hour for moment in due] == [0, 1, *range(3, 24)]


@pytest.mark.parametrize("day", SPRING + AUTUMN)
def test_every_five_minutes_no_change_of_the_clock_is_felt(day):
    start, end = around(day)

    due = due_between(every(300), start, end)

    assert due == [start + timedelta(minutes=5 * step) for step in range(1, 48 * 12 + 1)]


# --- The rule behind it, minute by minute ------------------------------------------------------------------


@pytest.mark.parametrize("day", SPRING + AUTUMN)
@pytest.mark.parametrize(
    "timetable",
    [
        daily_at(7, 0),
        daily_at(2, 30),
        daily_at(0, 20),
        hourly_at(0),
        hourly_at(59),
        weekly_at(6, 2, 15),
        every(90),
    ],
    ids=str,
)
def test_at_any_minute_what_was_due_last_and_what_is_due_next_agree_and_never_go_back(timetable, day):
    start, end = around(day)
    last = timetable.latest_due(start)
    for now in minutes(start, end):
        latest, coming = timetable.latest_due(now), timetable.next_due(now)

        assert last <= latest <= now < coming
        assert timetable.latest_due(coming) == coming
        assert timetable.latest_due(coming - timedelta(seconds=1)) == latest
        last = latest


@pytest.mark.parametrize(("timetable", "hours", "latest"), [
    (daily_at(7, 0), 3 * 24, "2026-10-28 06:00"),
    (hourly_at(5), 3 * 24, "2026-10-28 11:05"),
    (weekly_at(0, 7, 0), 3 * 24, "2026-10-26 06:00"),
])  # fmt: skip
def test_after_three_days_of_standing_still_one_time_is_the_latest_due(timetable, hours, latest):
    stopped = utc("2026-10-25 12:00")

    assert timetable.latest_due(stopped + timedelta(hours=hours)) == utc(latest)


def test_in_words(app):
    found = [
        timetable.in_words()
        for timetable in (
            every(1), every(10), every(60), every(300), hourly_at(5), daily_at(7, 0), weekly_at(0, 7, 10)
        )
    ]  # fmt: skip

    assert found == [
        "every second", "every 10 seconds", "every minute", "every 5 minutes", "every hour at 05 minutes past",
        "every day at 07:00", "once a week: Monday, 07:10",
    ]  # fmt: skip
