"""People arrange a workbook as they like and write values as they are used to: it is the same plan."""

import pytest

from plans.content import fingerprint
from plans.definitions import PlanContent
from plans.workbooks.merge import merge_reading
from tests.plans.filled_plans import edited, read, written
from tests.plans.real_files.parts import Change, written_by
from tests.plans.real_files.people import ARRANGEMENTS, WAYS, Edit
from tests.plans.real_files.test_programs import PLANS


@pytest.mark.parametrize("change", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("plan", PLANS)
def test_values_written_another_way_are_the_same_plan(plan: str, change: Change):
    definition, filling, expected = PLANS[plan]

    reading = read(written_by(written(filling, definition=definition), change), expected)

    assert reading.findings == ()
    assert fingerprint(merge_reading(PlanContent(), reading)) == fingerprint(filling.content)


@pytest.mark.parametrize("edit", ARRANGEMENTS.values(), ids=ARRANGEMENTS.keys())
@pytest.mark.parametrize("plan", PLANS)
def test_a_workbook_rearranged_is_the_same_plan(plan: str, edit: Edit):
    definition, filling, expected = PLANS[plan]

    reading = read(edited(written(filling, definition=definition), edit), expected)

    assert reading.findings == ()
    assert fingerprint(merge_reading(PlanContent(), reading)) == fingerprint(filling.content)
