"""Calendar files, as calendars read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Timezone

from core import clock
from core.calendars import LOCAL_CLOCK, Entry, calendar_file

SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_clock_in_a_file_is_the_country_s_through_every_hour_of_many_years():
    zone = Timezone.from_ical(LOCAL_CLOCK)
    assert isinstance(zone, Timezone)
    told = zone.to_tz(lookup_tzid=False)
    moments = [datetime(1997, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(24 * 366 * 45)]
    changes = {m.date() for m in moments if m.month in {3, 10} and m.day > 24}

    wrong = [
        m
        for m in moments
        if m.date() in changes and m.astimezone(told).utcoffset() != clock.local(m).utcoffset()
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "night", [datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]
)
def test_an_entry_over_a_clock_change_lasts_as_long_as_it_does(night):
    entry = Entry("u", 0, SOME_DAY, "Night", clock.local(night), clock.local(night + timedelta(hours=4)))

    [event] = Calendar.from_ical(calendar_file([entry])).walk("VEVENT")

    begins, ends = event.decoded("dtstart").astimezone(UTC), event.decoded("dtend").astimezone(UTC)
    assert (begins, ends - begins) == (night, timedelta(hours=4))


def test_whole_days_end_on_the_day_after_the_last():
    one = Entry("one", 0, SOME_DAY, "One day", date(2026, 4, 15))
    three = Entry("three", 0, SOME_DAY, "Three days", date(2026, 4, 15), date(2026, 4, 18))

    events = Calendar.from_ical(calendar_file([one, three])).walk("VEVENT")

    assert [(event.decoded("dtstart"), event.decoded("dtend")) for event in events] == [
        (date(2026, 4, 15), date(2026, 4, 16)),
        (date(2026, 4, 15), date(2026, 4, 18)),
    ]


def test_a_calendar_to_subscribe_to_says_its_name_and_how_often_to_ask():
    calendar = Calendar.from_ical(calendar_file([], name="Żółta", refresh=timedelta(hours=1)))

    said = [str(calendar[name]) for name in ("name", "x-wr-calname")]
    assert (said, calendar.decoded("refresh-interval"), calendar["x-published-ttl"]) == (
        ["Żółta", "Żółta"],
        timedelta(hours=1),
        "PT1H",
    )
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
