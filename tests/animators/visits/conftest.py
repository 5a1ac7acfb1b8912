"""A partnership with its two sides, and dates for them to agree on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from animators.visits.slots import Slot
from partnerships.models import Partnership
from tests.make import Make
from tests.support.clocks import Clock

NOW = datetime(2026, 4, 15, 10, tzinfo=UTC)
"""A Wednesday, noon in Warsaw."""


@pytest.fixture(autouse=True)
def _time(clock: Clock) -> None:
    """Every test is on one day."""


@dataclass(frozen=True)
class Sides:
    partnership: Partnership
    leader: User
    animator: User


@pytest.fixture
def sides(make: Make) -> Sides:
    leader = make.user("Anna Lis", email="anna@gromada.example")
    animator = make.animator("Jan Wilk")
    municipality = make.municipality("Żółta Gęś")
    partnership = make.partnership("Together", municipality=municipality, leader=leader, animator=animator)
    return Sides(partnership, leader, animator)


def slot(
    days: int = 14, hour: int = 10, *, minutes: int = 240, place: str = "Library, Long Street 1"
) -> Slot:
    """So many days from now, at that hour of the clock in Poland."""
    day = (NOW + timedelta(days=days)).date()
    begins = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Warsaw"))
    return Slot(begins.astimezone(UTC), minutes, place)


At = Callable[[int, int], Slot]
