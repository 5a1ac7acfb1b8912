"""The same content gives the same plan, whichever program wrote the file."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from plans.content import fingerprint
from plans.definitions import PlanContent
from plans.workbooks.merge import merge_reading
from tests.plans.filled_plans import (
    ANNUAL,
    ANNUAL_FILLING,
    EXPECTED_ANNUAL,
    EXPECTED_GENERAL,
    GENERAL,
    GENERAL_FILLING,
    read,
    written,
)
from tests.plans.real_files.parts import Change, written_by
from tests.plans.real_files.programs import PROGRAMS, numbers

PLANS = {
    "general": (GENERAL, GENERAL_FILLING, EXPECTED_GENERAL),
    "annual": (ANNUAL, ANNUAL_FILLING, EXPECTED_ANNUAL),
}


def contents(data: bytes) -> dict[str, bytes]:
    """What stands in each part, so that a change that changes nothing is noticed."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("change", PROGRAMS.values(), ids=PROGRAMS.keys())
@pytest.mark.parametrize("plan", PLANS)
def test_whatever_program_wrote_it_the_plan_is_the_same_and_nothing_is_to_be_said(plan: str, change: Change):
    definition, filling, expected = PLANS[plan]
    data = written(filling, definition=definition)

    changed = written_by(data, change)
    reading = read(changed, expected)

    assert contents(changed) != contents(written_by(data))
    assert reading.findings == ()
    assert fingerprint(merge_reading(PlanContent(), reading)) == fingerprint(filling.content)


@pytest.mark.parametrize("plan", PLANS)
def test_numbers_renames_the_tabs_and_says_what_it_added(plan: str):
    definition, filling, expected = PLANS[plan]

    reading = read(written_by(written(filling, definition=definition), numbers), expected)

    assert {finding.reason for finding in reading.findings} == {"unknown_sheet"}
    assert "Podsumowanie eksportu" in reading.ignored
    assert fingerprint(merge_reading(PlanContent(), reading)) == fingerprint(filling.content)
