"""Days and lengths of time as people write them."""

from datetime import date, datetime

import pytest

from core.workbooks.kinds import Unfit
from intake.cells import AnyDay, Length

DAY = date(2026, 3, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.mark.parametrize(
    "text",
    [
        "15.03.2026", "15/03/26", "15.03.2026 r.", "15.03.2026r.", "2026-03-15", "2026.03.15", "15 marca 2026 r.",
        "15.III.2026", "15 III 2026 r.", "15.03.2026 10:00", "15.03.2026, 10:00", "15.03.2026 godz. 10",
        "15.03.2026 o godz. 10.30", "dn. 15.03.2026", "w dniu 15.03.2026 r.", "środa, 15 marca 2026", "Śr. 15.03.2026",
        "niedziela 15.03.2026", "15 mar 2026", "2026-03-15T10:00:00", "2026-03-15 10:00:00.000",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text):
    assert AnyDay().reader()(text) == DAY


@pytest.mark.parametrize(("text", "year"), [("15.03.98", 1998), ("15.03.27", 2027), ("15.03.90", 1990)])
def test_a_year_of_two_digits_never_lies_beyond_the_next_one(text, year):
    assert AnyDay().reader()(text) == date(year, 3, 15)


@pytest.mark.parametrize(
    "text",
    ["31.02.2026", "15.XIII.2026", "marzec 2026", "15-16.03.2026", "10:00", "dn.", "15 śr. 03.2026"],
)
def test_what_is_no_day_is_not_guessed(text):
    with pytest.raises(Unfit):
        AnyDay().reader()(text)


@pytest.mark.parametrize("value", ["1.05.28", "31.12.1989", date(1900, 1, 1), datetime(1928, 5, 1)])
def test_a_year_before_any_municipality_of_today_is_a_slip_of_the_hand(value):
    with pytest.raises(Unfit):
        AnyDay().reader()(value)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3:30", 210),
        ("3:30 h", 210),
        ("3:30 godz.", 210),
        ("ok. 3 h", 180),
        ("około 90 min", 90),
        ("~1,5", 90),
        ("1 godzina 30 minut", 90),
        ("1 godz. i 30 min", 90),
        ("2 hours 15 minutes", 135),
        ("90'", 90),
    ],
)
def test_a_length_of_time_is_read_however_it_is_written(text, minutes):
    assert Length(in_hours=True).reader()(text) == minutes


@pytest.mark.parametrize("text", ["1'30", "1.30 h 5 x", "1 godz. 90 sek."])
def test_what_is_no_length_of_time_is_not_guessed(text):
    with pytest.raises(Unfit):
        Length(in_hours=True).reader()(text)
