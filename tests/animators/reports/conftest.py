import pytest

from tests.animators.reports.world import World


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def world(make) -> World:
    return World(make)
