"""Who brings files here, and whose records they hold."""

from datetime import date

import pytest


@pytest.fixture
def office(make, visit):
    return visit(as_=make.office("Biuro"))


@pytest.fixture
def dobra(make):
    return make.partnership(
        municipality=make.municipality("Dobra", code="1601012"), founded_on=date(2024, 5, 1)
    )
