from datetime import date, datetime, time
from decimal import Decimal

import pytest

from core.workbooks.numbers import Moment, read_iso, read_moment, read_number


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("20", "20"),
        ("0.1", "0.1"),
        ("0.10000000000000001", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("1234.5600000000001", "1234.56"),
        ("5.0", "5"),
        ("-0.0", "0"),
        ("+7", "7"),
        ("1.5e3", "1500"),
        ("123456789012345", "123456789012345"),
        ("44051401359", "44051401359"),
        ("1E-320", "0"),
        (".5", "0.5"),
        ("5.", "5"),
    ],
)
def test_a_number_is_what_people_see(stored: str, seen: str):
    assert str(read_number(stored)) == seen


@pytest.mark.parametrize(
    "stored", ["", "x", "1e", "NaN", "Infinity", "1E309", "1E9999999", "0x1", "1_0", "٣"]
)
def test_what_is_no_number_is_none(stored: str):
    assert read_number(stored) is None


@pytest.mark.parametrize(
    ("serial", "kind", "seen"),
    [
        ("46113", Moment.DATE, date(2026, 4, 1)),
        ("46113.25", Moment.DATE, datetime(2026, 4, 1, 6)),
        ("46113", Moment.DATE_AND_TIME, datetime(2026, 4, 1)),
        ("46112.9999999999", Moment.DATE_AND_TIME, datetime(2026, 4, 1)),
        ("0.354166666666667", Moment.TIME, time(8, 30)),
        ("0.9999999999", Moment.TIME, time(0)),
        ("46113.354166666667", Moment.TIME, datetime(2026, 4, 1, 8, 30)),
        ("1", Moment.DATE, date(1900, 1, 1)),
        ("2958465", Moment.DATE, date(9999, 12, 31)),
        ("2958466", Moment.DATE, Decimal(2958466)),
        ("2958465.9999999999", Moment.DATE, Decimal("2958465.9999999999")),
        ("1E300", Moment.DATE, Decimal("1E300")),
        ("-0.5", Moment.TIME, Decimal("-0.5")),
        ("1.5", Moment.DURATION, "36:00:00"),
        ("-0.5", Moment.DURATION, "-12:00:00"),
        ("0.75", Moment.DURATION, time(18)),
        ("1E300", Moment.DURATION, Decimal("1E300")),
    ],
)
def test_a_serial_number_is_the_moment_its_format_shows(serial: str, kind: Moment, seen: object):
    assert read_moment(Decimal(serial), kind, from_1904=False) == seen


def test_workbooks_of_old_macs_count_from_1904():
    assert read_moment(Decimal(0), Moment.DATE, from_1904=True) == date(1904, 1, 1)
    assert read_moment(Decimal(60), Moment.DATE, from_1904=True) == date(1904, 3, 1)
    assert read_moment(Decimal(2957003), Moment.DATE, from_1904=True) == date(9999, 12, 31)
    assert read_moment(Decimal(2957004), Moment.DATE, from_1904=True) == Decimal(2957004)


@pytest.mark.parametrize(
    ("stored", "moment"),
    [
        ("2026-04-01", date(2026, 4, 1)),
        ("2026-04-01T08:30", datetime(2026, 4, 1, 8, 30)),
        ("2026-04-01T08:30:15.5Z", datetime(2026, 4, 1, 8, 30, 15, 500_000)),
        (" 08:30:00 ", time(8, 30)),
        ("2026-04-01T", None),
        ("2026-04-31", None),
        ("24:00", None),
        ("", None),
        ("Z", None),
        ("2026-04-01\n08:30", None),
    ],
)
def test_an_iso_moment_is_read_or_nothing_is(stored: str, moment: object):
    assert read_iso(stored) == moment
