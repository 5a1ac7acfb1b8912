"""Times by the clock in Poland, in the two nights a year that need care and on all other days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.i18n import in_language
from core.local_times import FarAway, NoSuchTime, comes_twice, moment_of, said


def test_a_time_that_the_clocks_leap_over_does_not_exist(app):
    with pytest.raises(
        NoSuchTime,
        match=r"In the night of 29 Mar 2026 the clocks go forward and 02:30 does not exist\. Enter 03:30 or another time\.",
    ):
        moment_of(date(2026, 3, 29), time(2, 30))
    assert moment_of(date(2026, 3, 29), time(3, 0)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_and_says_so(app):
    moment = moment_of(date(2026, 10, 25), time(2, 30))

    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert comes_twice(moment)
    assert said(moment, 30) == "Sunday, 25 Oct 2026, 02:30–02:00 (summer time)"
    assert said(moment + timedelta(hours=1), 30) == "Sunday, 25 Oct 2026, 02:30–03:00 (winter time)"
    assert not comes_twice(moment + timedelta(hours=2))
    with in_language("pl"):
        assert said(datetime(2026, 4, 29, 8, tzinfo=UTC), 240).startswith("środa, 29.04.2026, 10:00–14:00")


def test_what_goes_on_over_midnight_names_its_last_day(app):
    assert (
        said(datetime(2026, 4, 29, 20, tzinfo=UTC), 240) == "Wednesday, 29 Apr 2026, 22:00–30 Apr 2026, 02:00"
    )


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(2200, 1, 1), date.max])
def test_a_day_of_another_age_is_refused(app, day):
    with pytest.raises(FarAway):
        moment_of(day, time(10))
