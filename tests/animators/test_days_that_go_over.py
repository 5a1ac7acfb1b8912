"""Of a reassignment on which days what goes over, where an assignment begins later or ends."""

from datetime import date

import pytest

from accounts.roles import Role
from partnerships.errors import NotAnAnimator
from tests.animators.moving import days_of, done, wish

IN_MAY = date(2026, 5, 10)
IN_JUNE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_nobody_takes_over_what_begins_after_they_lose_the_role(make):
    """As where the office assigns one by one."""
    leaver, until_may = make.animator(), make.holder(Role.ANIMATOR, "Ola Maj", ends_on=IN_MAY)
    partnership = make.partnership(advised=False)
    make.assignment(partnership.municipality, leaver, starts_on=IN_JUNE)

    with pytest.raises(NotAnAnimator, match="Ola Maj does not have the animator's role on 1 Jun 2026"):
        done(wish(leaver, (partnership, until_may)), make)


def test_whoever_has_the_role_once_it_begins_takes_over(make):
    leaver, from_may = make.animator(), make.holder(Role.ANIMATOR, "Ola Maj", starts_on=IN_MAY)
    partnership = make.partnership(advised=False)
    make.assignment(partnership.municipality, leaver, starts_on=IN_JUNE)

    done(wish(leaver, (partnership, from_may)), make)

    assert days_of(partnership.municipality) == [("Ola Maj", "main", IN_JUNE, None)]
