"""The final file: exactly what was approved is published; anything else is refused and shown."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from core.database import db
from plans.definitions import PlanContent
from plans.errors import ContentDiffers, NotNow
from plans.models import ImportPurpose, ImportStatus, PlanImport
from plans.services import final_file, flow
from plans.workflow import PlanStatus
from tests.plan_content import general_content, row
from tests.plans.final_files import (
    DIGIT_SEEN,
    KINDS,
    LINES,
    METADATA,
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
from tests.support.spreadsheets import all_saved_by_libreoffice

# --- Equal -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_says_what_was_approved_publishes_it(make, outbox, kind):
    version = make.general_plan(PlanStatus.APPROVED)
    approved, rows = version.content_hash, version.rows

    upload = send(version, final(version, kind=kind))

    assert (version.status, version.content_hash, version.rows) == (PlanStatus.PUBLISHED, approved, rows)
    assert version.published_by_id == leader_of(version).id
    assert (upload.purpose, upload.status) == (ImportPurpose.PUBLISH, ImportStatus.APPLIED)
    assert outbox()[-1].subject.endswith("the plan is published")


def test_names_taken_out_of_the_file_make_no_difference(make):
    version = make.general_plan(PlanStatus.APPROVED)

    def without_names(workbook: Workbook) -> None:
        page = workbook[METADATA]
        for line in range(5, page.max_row + 1):
            if page.cell(line, 2).value in {"leader_name", "leader_email", "deputy_name", "authors"}:
                page.cell(line, 3).value = None

    send(version, final(version, without_names, kind="full"))

    assert version.status is PlanStatus.PUBLISHED


def test_what_a_short_file_does_not_show_is_no_difference(make):
    content = general_content(2026)
    with_risk = PlanContent({**content.sheets, "risks": (row("row-x1-0001", risk="Brak trenera"),)})
    version = make.general_plan(PlanStatus.APPROVED, content=with_risk)

    send(version, final(version))

    assert version.status is PlanStatus.PUBLISHED
    assert version.rows.rows("risks") == (row("row-x1-0001", risk="Brak trenera"),)


def test_a_note_on_a_sheet_of_ones_own_is_no_part_of_the_plan(make):
    version = make.general_plan(PlanStatus.APPROVED)

    def with_notes(workbook: Workbook) -> None:
        workbook.create_sheet("Moje notatki")["A1"] = "Zadzwonić do szkoły"

    send(version, final(version, with_notes))

    assert version.status is PlanStatus.PUBLISHED


# --- Different -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_one_digit_different_is_refused_and_shown(make, outbox, kind):
    version = make.general_plan(PlanStatus.APPROVED)
    approved, rows, told = version.content_hash, version.rows, len(outbox())

    upload = send(version, final(version, ONE_DIGIT, kind=kind))

    assert changed_cells(upload) == DIGIT_SEEN
    assert (upload.status, reasons(upload)) == (ImportStatus.CHECKED, [])
    assert (version.status, version.content_hash, version.rows) == (PlanStatus.APPROVED, approved, rows)
    assert len(outbox()) == told


def test_libreoffice_neither_makes_a_difference_nor_hides_one(make, tmp_path: Path):
    plans = {kind: make.general_plan(PlanStatus.APPROVED) for kind in KINDS}
    made = {}
    for kind, version in plans.items():
        made[kind, "other"] = final(version, ONE_DIGIT, kind=kind)
        made[kind, "same"] = final(version, kind=kind)

    saved = through_libreoffice(made, tmp_path)

    for kind, version in plans.items():
        assert (kind, changed_cells(send(version, saved[kind, "other"]))) == (kind, DIGIT_SEEN)
        assert (kind, version.status) == (kind, PlanStatus.APPROVED)
        send(version, saved[kind, "same"])
        assert (kind, version.status) == (kind, PlanStatus.PUBLISHED)


def through_libreoffice(made: dict[tuple[str, str], bytes], folder: Path) -> dict[tuple[str, str], bytes]:
    """Opened and saved by LibreOffice; where it is not installed, as openpyxl saved them."""
    paths = [folder / f"{kind}-{what}.xlsx" for kind, what in made]
    for path, data in zip(paths, made.values(), strict=True):
        path.write_bytes(data)
    saved = all_saved_by_libreoffice(paths, folder)
    return dict(zip(made, saved or made.values(), strict=True))


def test_a_cell_that_cannot_be_read_is_a_difference(make):
    version = make.general_plan(PlanStatus.APPROVED)

    upload = send(version, final(version, put(LINES, "row-k1-0001", "hours_y1", "szesnaście")))

    assert (version.status, reasons(upload)) == (
        PlanStatus.APPROVED, [("number", "lines", "hours_y1")],
    )  # fmt: skip


def test_personal_data_is_a_difference_and_is_not_kept(make):
    version = make.general_plan(PlanStatus.APPROVED)
    edit = put(NEEDS, "row-n1-0001", "need_text", "Jan, PESEL 44051401359")

    upload = send(version, final(version, edit))

    assert version.status is PlanStatus.APPROVED
    assert [reason[1:] for reason in reasons(upload)] == [("needs", "need_text")]
    assert upload.file is None
    assert "44051401359" not in str(upload.proposal)


def test_personal_data_among_the_names_is_not_published_past_either(make):
    version = make.general_plan(PlanStatus.APPROVED)

    def with_number(workbook: Workbook) -> None:
        page = workbook[METADATA]
        lines = {page.cell(line, 2).value: line for line in range(5, page.max_row + 1)}
        page.cell(lines["authors"], 3).value = "Jan, PESEL 44051401359"

    upload = send(version, final(version, with_number, kind="full"))

    assert version.status is PlanStatus.APPROVED
    assert [reason[1:] for reason in reasons(upload)] == [("metadata", "authors")]


def test_an_emptied_cell_and_a_row_that_is_gone_are_differences(make):
    version = make.general_plan(PlanStatus.APPROVED)

    def edit(workbook: Workbook) -> None:
        page = workbook[NEEDS]
        page.cell(row_of(page, "row-n1-0001"), column_of(page, "evidence")).value = None
        page.delete_rows(row_of(page, "row-n2-0001"))

    upload = send(version, final(version, edit))

    difference = final_file.public_difference(upload)
    assert version.status is PlanStatus.APPROVED
    assert [(one.row_uid, one.column_key, one.after) for one in difference.changed] == [
        ("row-n1-0001", "evidence", None)
    ]
    assert [one.row_uid for one in difference.removed] == ["row-n2-0001"]


def test_rows_in_another_order_are_a_difference(make):
    version = make.general_plan(PlanStatus.APPROVED)

    def swapped(workbook: Workbook) -> None:
        page = workbook[NEEDS]
        first, second = row_of(page, "row-n1-0001"), row_of(page, "row-n2-0001")
        for column in range(1, page.max_column + 1):
            one, other = page.cell(first, column), page.cell(second, column)
            one.value, other.value = other.value, one.value

    upload = send(version, final(version, swapped))

    assert version.status is PlanStatus.APPROVED
    assert final_file.public_difference(upload).reordered == ("needs",)


def without_sheet(workbook: Workbook) -> None:
    del workbook[LINES]


def without_column(workbook: Workbook) -> None:
    page = workbook[LINES]
    page.delete_cols(column_of(page, "hours_y1"))


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (without_sheet, ("not_in_file", "lines", None)),
        (without_column, ("not_in_file", "lines", "hours_y1")),
    ],
)
def test_what_every_workbook_shows_has_to_be_in_the_final_one(make, edit, reason):
    version = make.general_plan(PlanStatus.APPROVED)

    upload = send(version, final(version, edit, kind="full"))

    assert (version.status, reason in reasons(upload)) == (PlanStatus.APPROVED, True)
    assert final_file.public_difference(upload).is_empty


def test_a_second_column_of_the_same_name_hides_nothing(make):
    version = make.general_plan(PlanStatus.APPROVED)

    def with_a_copy(workbook: Workbook) -> None:
        page = workbook[LINES]
        free = page.max_column + 1
        page.cell(4, free).value = "hours_y1"
        page.cell(row_of(page, "row-k1-0001"), free).value = 17

    upload = send(version, final(version, with_a_copy))

    assert (version.status, reasons(upload)) == (PlanStatus.APPROVED, [("repeated_column", "lines", None)])


def test_rows_far_below_are_not_passed_over(make):
    version = make.general_plan(PlanStatus.APPROVED)

    def far_below(workbook: Workbook) -> None:
        page = workbook[NEEDS]
        page.cell(page.max_row + 150, column_of(page, "need_text")).value = "Jeszcze jedna"

    upload = send(version, final(version, far_below))

    assert (version.status, reasons(upload)) == (PlanStatus.APPROVED, [("rows_after_gap", "needs", None)])


@pytest.mark.parametrize(("data", "reason"), [(b"%PDF-1.7 not a workbook", "pdf"), (b"", "empty")])
def test_a_file_that_is_no_workbook_is_refused(make, data, reason):
    version = make.general_plan(PlanStatus.APPROVED)

    upload = send(version, data)

    assert (upload.status, upload.refusal, version.status) == (
        ImportStatus.REFUSED, reason, PlanStatus.APPROVED,
    )  # fmt: skip


def test_the_final_file_of_another_municipality_is_refused_without_a_word_about_it(make):
    version = make.general_plan(PlanStatus.APPROVED)
    other = make.general_plan(PlanStatus.APPROVED, partnership=make.partnership("Tajne partnerstwo"))

    upload = send(version, final(other))

    assert (upload.refusal, version.status) == ("wrong_municipality", PlanStatus.APPROVED)
    assert other.partnership.municipality.name not in (upload.refusal_text or "")


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.IN_REVIEW, PlanStatus.PUBLISHED])
def test_only_an_approved_plan_takes_a_final_file(make, status):
    version = make.general_plan(status)

    with pytest.raises(NotNow):
        send(version, final(version))

    db.session.rollback()
    assert db.session.scalars(select(PlanImport)).all() == []


def test_the_file_publishes_nothing_if_the_plan_itself_is_not_the_approved_one(make):
    """The same guard as the button's."""
    version = make.general_plan(PlanStatus.APPROVED)
    data = final(version)
    version.content_hash = "0" * 64
    db.session.commit()

    with pytest.raises(ContentDiffers):
        flow.publish_plan(version, actor=leader_of(version))
    db.session.rollback()

    assert send(version, data).status is ImportStatus.CHECKED
    assert version.status is PlanStatus.APPROVED
