"""On one day: 15 April 2026, in the first year of the programme."""

import pytest


@pytest.fixture(autouse=True)
def _time(clock):
    """Time stands still unless a test moves it."""


@pytest.fixture
def office(make):
    return make.office()
