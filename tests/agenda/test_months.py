"""Months as pages show them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agenda.months import Month, month_page
from core import clock
from core.agenda import Appointment
from core.calendars import Entry
from core.i18n import _l

TODAY = date(2026, 4, 15)


def appointment(begins, ends=None, **values):
    return Appointment(
        Entry(str(begins), 0, datetime(2026, 1, 1, tzinfo=UTC), "One", begins, ends, **values), _l("Kind")
    )


@pytest.mark.parametrize(("written", "month"), [
    ("2026-04", Month(2026, 4)), ("2000-01", Month(2000, 1)), ("2099-12", Month(2099, 12)),
    ("", None), ("2026", None), ("2026-4", None), ("2026-13", None), ("2026-00", None), ("1999-12", None), ("2100-01", None),
    ("2026-04-01", None), ("2026-W1", None), ("２０２６-04", None), ("x" * 5000, None), ("-001-01", None),
])  # fmt: skip
def test_only_a_month_of_this_century_is_read(written, month):
    assert Month.written(written) == month


def test_months_follow_each_other_through_the_years():
    assert [str(Month(2026, 12).plus(n)) for n in (-12, -1, 0, 1, 25)] == [
        "2025-12",
        "2026-11",
        "2026-12",
        "2027-01",
        "2029-01",
    ]


def test_a_page_has_whole_weeks_from_monday_to_sunday():
    page = month_page(Month(2026, 2), [], TODAY)

    days = [day.day for week in page.weeks for day in week]
    assert (days[0], days[-1], len(days)) == (date(2026, 1, 26), date(2026, 3, 1), 35)
    assert page.is_empty


@pytest.mark.parametrize(("moment", "day"), [
    (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),  # an hour before the clock goes on
    (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
    (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
    (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
    (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
    (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
])  # fmt: skip
def test_on_days_when_the_clock_changes_everything_stands_on_its_own_day(moment, day):
    page = month_page(Month.of(day), [appointment(moment, moment + timedelta(minutes=30))], TODAY)

    assert [one.day for week in page.weeks for one in week if one.appointments] == [day]
    assert all(len(week) == 7 for week in page.weeks)


def test_what_lasts_several_days_is_told_once_in_each_of_its_months():
    leave = appointment(date(2026, 3, 30), date(2026, 4, 3))

    pages = [month_page(Month(2026, number), [leave], TODAY) for number in (2, 3, 4, 5)]

    assert [bool(page.spans) for page in pages] == [False, True, True, False]
    assert [day for page in pages for week in page.weeks for day in week if day.appointments] == []


def test_what_ends_at_midnight_is_on_one_day():
    evening = clock.local(datetime(2026, 4, 20, 20, 0, tzinfo=UTC))

    one = appointment(evening, evening + timedelta(hours=2))

    assert (one.day, one.last_day) == (date(2026, 4, 20), date(2026, 4, 20))


def test_what_was_called_off_is_on_no_page():
    page = month_page(Month(2026, 4), [appointment(TODAY, is_cancelled=True)], TODAY)

    assert page.is_empty
