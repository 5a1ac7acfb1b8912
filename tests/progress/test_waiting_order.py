"""What comes before what in the list of what waits."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.next_steps import Link
from progress.waiting.order import Kind, Waiting, by_urgency, counts_by_kind

TODAY = date(2026, 4, 15)
NOWHERE = Link("Open", "progress.home")


def waiting(
    place: str,
    due: int | None = None,
    since: int = 0,
    kind: Kind = Kind.REVIEW,
    *,
    somebody_waits: bool = True,
) -> Waiting:
    """Due in so many days, waiting for so many."""
    return Waiting(
        kind, place, place.casefold(), "Do it", NOWHERE, TODAY - timedelta(days=since),
        None if due is None else TODAY + timedelta(days=due), somebody_waits=somebody_waits,
    )  # fmt: skip


def places(found: list[Waiting]) -> list[str]:
    return [one.place for one in by_urgency(found, TODAY)]


IN_ORDER = [
    waiting("ten over", -10),
    waiting("one over", -1),
    waiting("today", 0),
    waiting("asked long ago", None, 20, Kind.REQUEST),
    waiting("asked lately", None, 2, Kind.REQUEST),
    waiting("asked today", None, 0, Kind.REQUEST),
    waiting("tomorrow", 1),
    waiting("in a month", 30),
    waiting("quiet for long", None, 90, Kind.NO_CONTACT, somebody_waits=False),
    waiting("quiet", None, 61, Kind.NO_CONTACT, somebody_waits=False),
    waiting("little left", None, 0, Kind.BUDGET, somebody_waits=False),
]


def test_overdue_then_today_then_whoever_waits_without_a_day_then_later_then_the_rest():
    assert places(IN_ORDER[::-1]) == [one.place for one in IN_ORDER]


@given(st.permutations(IN_ORDER))
def test_the_order_does_not_hang_on_how_they_came(mixed):
    assert by_urgency(mixed, TODAY) == IN_ORDER


def test_of_two_due_alike_the_kind_decides_and_then_the_alphabet():
    ties = [
        waiting("c", 0, kind=Kind.REVIEW),
        waiting("a", 0, kind=Kind.VISIT),
        waiting("b", 0, kind=Kind.VISIT),
        waiting("a", 0, kind=Kind.REPORT),
    ]

    assert {tuple(places(list(mixed))) for mixed in permutations(ties)} == {("c", "a", "b", "a")}


def test_how_long_something_with_a_day_has_waited_changes_nothing():
    assert places([waiting("b", 3, since=100), waiting("a", 3, since=1)]) == ["a", "b"]


@pytest.mark.parametrize(("due", "late"), [(-1, True), (0, False), (1, False), (None, False)])
def test_what_is_due_today_is_not_late_yet(due, late):
    assert waiting("a", due).is_late(TODAY) is late


def test_only_kinds_that_there_are_are_counted_in_their_order():
    found = [waiting("a", kind=Kind.NO_CONTACT), waiting("b"), waiting("c"), waiting("d", kind=Kind.REQUEST)]

    assert list(counts_by_kind(found).items()) == [(Kind.REVIEW, 2), (Kind.REQUEST, 1), (Kind.NO_CONTACT, 1)]
