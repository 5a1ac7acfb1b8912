"""What the end of an assignment leaves behind, and what those concerned are told of it."""

from datetime import date

import pytest

from animators.people.services.leaves import summarise_leaves
from partnerships import services
from partnerships.errors import DayOver
from partnerships.models import AssignmentKind
from partnerships.queries import assignments_between
from tests.make import LONG_AGO

YESTERDAY = date(2026, 4, 14)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def days_of(municipality):
    return [
        (one.animator.name, one.kind.value, one.starts_on, one.ends_on)
        for one in assignments_between(municipality, LONG_AGO)
    ]


def test_a_last_day_before_the_first_takes_nothing_back_that_has_begun(make, outbox):
    partnership = make.partnership(animator=make.animator("Ewa Lis"))
    place = partnership.municipality
    [main] = partnership.assignments
    main.starts_on = date(2026, 4, 1)
    cover = make.assignment(
        place,
        make.animator("Ola Maj"),
        kind=AssignmentKind.COVER,
        starts_on=date(2026, 4, 6),
        ends_on=YESTERDAY,
    )
    assert summarise_leaves() == 1
    before = len(outbox())

    for assignment in (main, cover):
        with pytest.raises(DayOver, match="That day is over"):
            services.end_assignment(assignment, ends_on=date(2025, 4, 15), actor=make.office())

    assert days_of(place) == [
        ("Ewa Lis", "main", date(2026, 4, 1), None),
        ("Ola Maj", "cover", date(2026, 4, 6), YESTERDAY),
    ]
    assert outbox()[before:] == []
