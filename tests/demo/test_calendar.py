"""The demonstration is told backwards from today, whatever day that is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core import clock
from demo.calendar import Calendar
from demo.chance import Chance


def calendar_of(year: int, month: int, day: int, hour: int = 10) -> Calendar:
    return Calendar(datetime(year, month, day, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    ("today", "first_day", "last_year"),
    [
        ((2026, 11, 21), date(2026, 1, 1), None),
        ((2026, 9, 1), date(2026, 1, 1), None),
        ((2026, 8, 31), date(2025, 1, 1), 2025),
        ((2027, 1, 1), date(2026, 1, 1), 2026),
    ],
)
def test_the_programme_has_been_going_on_for_eight_to_twenty_months(today, first_day, last_year):
    calendar = calendar_of(*today)

    assert (calendar.first_day, calendar.last_year) == (first_day, last_year)


@pytest.mark.parametrize("days_ago", [0, 1, 2, 5, 30])
def test_nobody_works_on_a_holiday_or_in_the_future(days_ago):
    calendar = calendar_of(2027, 1, 3)

    moment = calendar.moment(days_ago, Chance("test"))

    assert clock.is_working_day(clock.local(moment).date())
    assert moment < calendar.now
    assert clock.local(moment).date() <= calendar.today - timedelta(days=days_ago)


def test_working_days_are_counted_back_over_weekends():
    calendar = calendar_of(2026, 11, 23)

    assert [calendar.working_days_ago(count) for count in (0, 1, 5, 6)] == [0, 3, 7, 10]


def test_chance_falls_the_same_way_every_time():
    first, second = Chance("a", 1), Chance("a", 1)

    assert [first.whole(1, 1000) for _ in range(5)] == [second.whole(1, 1000) for _ in range(5)]
    assert Chance("a", 2).mark() != Chance("a", 1).mark()


def test_counted_things_take_the_genitive():
    drawn = {Chance("count", number).countable(20, 36) for number in range(300)}

    assert drawn == {20, 21, 25, 26, 27, 28, 29, 30, 31, 35, 36}
