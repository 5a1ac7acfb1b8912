"""How long somebody was there: what overlaps counts once, however it is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinars.attendance.reading import Spent
from webinars.attendance.reading.spent import union

LATEST = 300
times = st.integers(0, LATEST)
intervals = st.tuples(times, times).map(lambda pair: (min(pair), max(pair)))
several = st.lists(intervals, max_size=12)


@given(several)
def test_every_second_counts_once(found):
    covered = {second for begin, end in found for second in range(begin, end)}

    assert union(found) == len(covered)


@given(several, several)
def test_in_whatever_order_and_parts_it_is_told_it_comes_to_the_same(some, others):
    together = Spent(stays=tuple(some)) + Spent(stays=tuple(others))
    turned = Spent(stays=tuple(reversed(others))) + Spent(stays=tuple(reversed(some)))

    assert together.seconds == turned.seconds == union(some + others)
    assert together + together == together


@given(several, st.integers(0, 10_000))
def test_nobody_was_there_longer_than_between_first_joining_and_last_leaving(spans, within):
    assert Spent(spans=tuple(spans), within=within).seconds == min(within, union(spans))


@given(several, several, st.integers(0, 9_000), st.integers(0, 9_000))
def test_what_is_kept_reads_as_it_was(stays, spans, within, loose):
    spent = Spent(tuple(stays), tuple(spans), within, loose)

    assert Spent.of_data(spent.as_data()) == spent


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(1, 1), (89, 1), (90, 2), (2669, 44), (2670, 45), (2700, 45)]
)
def test_minutes_are_rounded_and_nobody_was_there_for_none(seconds, minutes):
    assert Spent(loose=seconds).minutes == minutes
