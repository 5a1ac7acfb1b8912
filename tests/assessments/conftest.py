"""What tests of self-assessments ask for beside the common things."""

import pytest


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def partnership(make):
    return make.partnership("Together", leader=make.user("Anna Lis"))
