"""A final file whose rows lost their ids: they are told by what they say."""

import pytest
from openpyxl import Workbook

from plans.models import PlanImport, PlanVersion
from plans.services import final_file
from plans.workflow import PlanStatus
from tests.plan_content import general_content, row
from tests.plans.final_files import (
    DIGIT_SEEN,
    KINDS,
    LINES,
    NEEDS,
    ONE_DIGIT,
    changed_cells,
    column_of,
    final,
    put,
    reasons,
    row_of,
    send,
)
from tests.plans.test_flow import leader_of


def without_ids(workbook: Workbook) -> None:
    for page in workbook.worksheets:
        for line in range(5, page.max_row + 1):
            if str(page.cell(line, 1).value or "").startswith("row-"):
                page.cell(line, 1).value = None


def with_what_a_short_file_does_not_show(make) -> PlanVersion:
    """Columns that only the full workbook has, filled in every row."""
    content = general_content(2026)
    needs = tuple(
        row(one.row_uid, **one.values, measure="osoby", measure_value="64") for one in content.rows("needs")
    )
    goals = tuple(row(one.row_uid, **one.values, unit="osoby", baseline="3") for one in content.rows("goals"))
    version: PlanVersion = make.general_plan(
        PlanStatus.APPROVED, content=general_content(2026, needs=needs, goals=goals)
    )
    return version


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_without_the_ids_of_its_rows_still_says_the_same(make, kind):
    version = with_what_a_short_file_does_not_show(make)
    approved = version.rows

    upload = send(version, final(version, without_ids, kind=kind))

    assert (changed_cells(upload), reasons(upload)) == ([], [])
    assert (version.status, version.rows) == (PlanStatus.PUBLISHED, approved)


def rows_apart(upload: PlanImport) -> tuple[list[str], list[str]]:
    difference = final_file.public_difference(upload)
    return [one.row_uid for one in difference.added], [one.row_uid for one in difference.removed]


@pytest.mark.parametrize("kind", KINDS)
def test_one_digit_in_a_file_without_the_ids_of_its_rows_is_shown_as_that_one_cell(make, kind):
    version = with_what_a_short_file_does_not_show(make)

    def edit(workbook: Workbook) -> None:
        ONE_DIGIT(workbook)
        without_ids(workbook)

    upload = send(version, final(version, edit, kind=kind))

    assert (changed_cells(upload), rows_apart(upload)) == (DIGIT_SEEN, ([], []))
    assert (version.status, reasons(upload)) == (PlanStatus.APPROVED, [])


def test_without_ids_and_codes_a_row_is_told_by_what_it_has_in_common(make):
    version = with_what_a_short_file_does_not_show(make)

    def edit(workbook: Workbook) -> None:
        page = workbook[NEEDS]
        page.cell(row_of(page, "row-n2-0001"), column_of(page, "priority")).value = 5
        for row_uid in ("row-n1-0001", "row-n2-0001"):
            page.cell(row_of(page, row_uid), column_of(page, "need_code")).value = None
        without_ids(workbook)

    upload = send(version, final(version, edit))

    assert (changed_cells(upload), rows_apart(upload)) == (
        [("needs", "row-n2-0001", "priority", 2, 5)], ([], []),
    )  # fmt: skip


def test_without_ids_a_cell_that_cannot_be_read_is_told_in_its_row(make):
    version = with_what_a_short_file_does_not_show(make)

    def edit(workbook: Workbook) -> None:
        put(LINES, "row-k1-0001", "hours_y1", "szesnaście")(workbook)
        without_ids(workbook)

    upload = send(version, final(version, edit))

    assert reasons(upload) == [("number", "lines", "hours_y1")]
    assert (changed_cells(upload), rows_apart(upload)) == ([], ([], []))
    assert [finding.row_uid for finding in upload.findings] == ["row-k1-0001"]


def test_without_ids_a_row_of_ones_own_is_new_and_one_left_out_is_gone(make):
    version = with_what_a_short_file_does_not_show(make)

    def edit(workbook: Workbook) -> None:
        page = workbook[NEEDS]
        line = row_of(page, "row-n2-0001")
        texts: dict[str, str | int] = {
            "need_code": "N7",
            "need_text": "Nowa potrzeba",
            "need_area": "kadra",
            "evidence": "Inne",
            "priority": 4,
        }
        for key, text in texts.items():
            page.cell(line, column_of(page, key)).value = text
        without_ids(workbook)

    upload = send(version, final(version, edit))

    added, removed = rows_apart(upload)
    assert (len(added), removed) == (1, ["row-n2-0001"])


def test_a_draft_begun_from_a_short_file_without_ids_keeps_what_the_file_does_not_show(make):
    version = with_what_a_short_file_does_not_show(make)

    def edit(workbook: Workbook) -> None:
        ONE_DIGIT(workbook)
        without_ids(workbook)

    upload = send(version, final(version, edit))
    draft = final_file.begin_draft_from(upload, reason="the final file differs", actor=leader_of(version))

    assert draft.rows.rows("needs") == version.rows.rows("needs")
    assert [line.values["hours_y1"] for line in draft.rows.rows("lines")] == ["17"]


def test_of_many_rows_without_ids_only_the_changed_one_is_shown(make):
    needs = tuple(
        row(f"row-n{number}-0001", need_code=f"N{number}", need_text=f"Potrzeba {number}", need_area="exclusion",
            evidence="Ankieta", priority=1, measure="osoby")
        for number in range(1, 241)
    )  # fmt: skip
    version = make.general_plan(PlanStatus.APPROVED, content=general_content(2026, needs=needs))

    def edit(workbook: Workbook) -> None:
        put(NEEDS, "row-n200-0001", "priority", 3)(workbook)
        without_ids(workbook)

    upload = send(version, final(version, edit))

    assert (changed_cells(upload), rows_apart(upload)) == (
        [("needs", "row-n200-0001", "priority", 1, 3)], ([], []),
    )  # fmt: skip
