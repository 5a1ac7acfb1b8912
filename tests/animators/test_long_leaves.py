"""What a summary takes in: the whole of a leave, and every remark that was sent meanwhile."""

from datetime import UTC, date, datetime

import pytest

from animators.people.queries.leaves import meanwhile
from animators.people.services.leaves import summarise_leaves
from core.database import db
from partnerships.models import AssignmentKind
from plans.services import review
from plans.workflow import PlanStatus
from tests.animators.test_leaves import FIRST, a_leave, the_summary

BEFORE, DURING, AFTER = (datetime(2026, 4, day, 9, tzinfo=UTC) for day in (1, 8, 15))
IN_MAY = datetime(2026, 5, 21, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def time(clock):
    """Every test begins before the leave."""
    clock.move_to(BEFORE)
    return clock


def covers_told():
    return [one.assignment.starts_on for one in the_summary().covers]


def test_the_first_of_two_covers_is_told_of_however_long_the_second_one_lasts(make, time):
    main, first, second = make.animator(), make.animator(), make.animator()
    partnership = a_leave(make, main, first)
    make.assignment(
        partnership.municipality,
        second,
        kind=AssignmentKind.COVER,
        starts_on=AFTER.date(),
        ends_on=date(2026, 5, 20),
    )
    time.move_to(AFTER)
    assert summarise_leaves() == 0

    time.move_to(IN_MAY)

    assert summarise_leaves() == 1
    assert (the_summary().starts_on, covers_told()) == (FIRST, [FIRST, AFTER.date()])


def test_an_earlier_leave_that_nobody_told_of_in_time_is_no_part_of_a_later_one(make, time):
    main = make.animator()
    partnership = a_leave(make, main, make.animator())
    make.assignment(
        partnership.municipality,
        make.animator(),
        kind=AssignmentKind.COVER,
        starts_on=date(2026, 5, 4),
        ends_on=date(2026, 5, 20),
    )

    time.move_to(IN_MAY)

    assert summarise_leaves() == 1
    assert covers_told() == [date(2026, 5, 4)]


def test_a_remark_counts_on_the_day_it_was_sent_whenever_it_was_written(make, time):
    main, cover = make.animator(), make.animator()
    partnership = a_leave(make, main, cover)
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=partnership)
    review.add_comment(version, text="Add a source", actor=main)
    unsent = make.general_plan(PlanStatus.IN_REVIEW, partnership=a_leave(make, main, cover))
    time.move_to(DURING)
    review.return_plan(version, note="", actor=cover)
    review.add_comment(unsent, text="Name the groups", actor=cover)
    time.move_to(AFTER)
    summarise_leaves()
    review.return_plan(unsent, note="", actor=main)
    db.session.commit()

    found = {one.partnership: one.remarks for one in meanwhile(the_summary(), reader=main)}

    assert found == {partnership: 1, unsent.partnership: 0}
