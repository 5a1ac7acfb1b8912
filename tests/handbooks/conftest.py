"""What tests of handbooks ask for."""

import pytest

from tests.handbooks.sending import enter_edition


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def office(make):
    return make.office()


@pytest.fixture
def edition(office):
    return enter_edition(office)
