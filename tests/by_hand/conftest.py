"""Twelve partnerships on 10 February 2027, for every test that says what has to be read of them."""

import pytest

from tests.by_hand.twelve import NOW, Twelve, twelve_partnerships
from tests.make import Make
from tests.support.clocks import Clock


@pytest.fixture
def twelve(make: Make, clock: Clock) -> Twelve:
    clock.move_to(NOW)
    return twelve_partnerships(make)
