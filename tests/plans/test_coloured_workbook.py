"""What was found comes back as the same workbook: bad cells coloured, a comment in each, and it carries on."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from core.database import db
from plans.checking import draft_findings
from plans.coloured import coloured_draft, coloured_upload
from plans.definitions import PlanContent
from plans.downloads import plan_workbook
from plans.models import ImportStatus, PlanImport, PlanVersion
from plans.services import proposals, uploads, writing
from plans.upload_page import UploadPage
from tests.plan_content import general_content
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import cell_of, filled, send
from tests.support.spreadsheets import saved_by_libreoffice

NEEDS = "2_Diagnoza"
PLAIN = "00000000"

Program = Callable[[bytes, Path], bytes]


def as_it_is(data: bytes, _folder: Path) -> bytes:
    return data


def by_openpyxl(data: bytes, _folder: Path) -> bytes:
    out = BytesIO()
    load_workbook(BytesIO(data)).save(out)
    return out.getvalue()


def by_libreoffice(data: bytes, folder: Path) -> bytes:
    path = folder / "coloured.xlsx"
    path.write_bytes(data)
    return saved_by_libreoffice(path, folder) or pytest.skip("no LibreOffice on this machine")


PROGRAMS = pytest.mark.parametrize("program", [as_it_is, by_openpyxl, by_libreoffice])


def with_faults(version: PlanVersion) -> PlanImport:
    """One cell that is no number, one that is not on the list, one that names a person's telephone."""
    cells = {
        cell_of(version, NEEDS, "priority", "row-n1-0001"): "dużo",
        cell_of(version, NEEDS, "need_area", "row-n2-0001"): "wykluczenie cyfrowee",
        cell_of(version, NEEDS, "evidence", "row-n2-0001"): "Jan Nowak, tel. 601 234 567",
    }
    return send(version, filled(version, **{f"needs_{cell}": text for cell, text in cells.items()}))


def coloured(upload: PlanImport, language: str = "pl") -> bytes:
    return coloured_upload(upload, UploadPage(upload).findings, language=language).data


def found(upload: PlanImport) -> list[tuple[str, str | None, str | None]]:
    return sorted((one.reason, one.row_uid, one.column_key) for one in upload.findings)


def place(workbook: Workbook, column: str, row_uid: str) -> str:
    sheet = workbook[NEEDS]
    keys = {cell.value: cell.column_letter for cell in sheet[4]}
    numbers = {sheet.cell(number, 1).value: number for number in range(5, sheet.max_row + 1)}
    return f"{keys[column]}{numbers[row_uid]}"


def test_bad_cells_are_coloured_framed_and_explained_and_hold_what_was_typed(make):
    version = make.general_plan()

    workbook = load_workbook(BytesIO(coloured(with_faults(version), "en")))

    sheet = workbook[NEEDS]
    bad = sheet[place(workbook, "priority", "row-n1-0001")]
    good = sheet[place(workbook, "priority", "row-n2-0001")]
    assert (bad.value, bad.fill.fgColor.rgb[2:], bad.border.left.style) == ("dużo", "FBE4E1", "medium")
    assert bad.comment.text.split("\n") == [
        "“dużo” is not a number.",
        "Enter: a whole number from 1 to 5.",
        "For example: 1",
    ]
    assert (good.value, good.fill.fgColor.rgb, good.comment) == (2, PLAIN, None)


def test_the_first_sheet_says_what_to_do_and_lists_every_cell(make):
    version = make.general_plan()
    upload = with_faults(version)

    workbook = load_workbook(BytesIO(coloured(upload)))

    front = workbook.worksheets[0]
    cells = {front.cell(number, 2).value for number in range(1, front.max_row + 1)}
    assert (front.title, workbook.active.title) == ("Do poprawy", "Do poprawy")
    assert {finding.cell for finding in upload.findings} <= cells


def test_personal_data_do_not_come_back(make):
    version = make.general_plan()

    data = coloured(with_faults(version))

    workbook = load_workbook(BytesIO(data))
    cell = workbook[NEEDS][place(workbook, "evidence", "row-n2-0001")]
    assert (cell.value, cell.fill.fgColor.rgb[2:]) == (None, "FBE4E1")
    texts = [cell.value for sheet in workbook for row in sheet.iter_rows() for cell in row]
    comments = [
        cell.comment.text for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.comment
    ]
    assert not any("601" in str(text) or "Nowak" in str(text) for text in [*texts, *comments])


@PROGRAMS
def test_sent_back_untouched_it_finds_the_same_and_changes_no_other_cell(make, tmp_path, program: Program):
    version = make.general_plan()
    priority = cell_of(version, NEEDS, "priority", "row-n1-0001")
    area = cell_of(version, NEEDS, "need_area", "row-n2-0001")
    first = send(version, filled(version, **{f"needs_{priority}": "dużo", f"needs_{area}": "nieznane"}))

    second = send(version, program(coloured(first), tmp_path))

    assert found(second) == found(first)
    assert proposals.change_of(second).is_empty
    assert (first.status, second.status) == (ImportStatus.DISCARDED, ImportStatus.CHECKED)


@PROGRAMS
def test_corrected_and_sent_back_it_carries_on_where_the_person_was(make, tmp_path, program: Program):
    version = make.general_plan()
    workbook = load_workbook(BytesIO(coloured(with_faults(version))))
    workbook[NEEDS][place(workbook, "priority", "row-n1-0001")] = 3
    workbook[NEEDS][place(workbook, "evidence", "row-n2-0001")] = "Rozmowy w kole gospodyń"
    out = BytesIO()
    workbook.save(out)

    upload = send(version, program(out.getvalue(), tmp_path))
    uploads.apply_upload(upload, actor=leader_of(version))
    db.session.commit()

    assert found(upload) == [("not_in_list", "row-n2-0001", "need_area")]
    assert [need.values["priority"] for need in version.rows.rows("needs")] == [3, 2]


def test_a_full_workbook_comes_back_full_and_a_short_one_short(make):
    version = make.general_plan()
    short = with_faults(version)
    sheets_of_short = load_workbook(BytesIO(coloured(short))).sheetnames

    full = send(version, coloured_full(version))

    sheets_of_full = load_workbook(BytesIO(coloured(full))).sheetnames
    assert ("9_Ryzyka" in sheets_of_short, "9_Ryzyka" in sheets_of_full) == (False, True)


def coloured_full(version: PlanVersion) -> bytes:
    workbook = load_workbook(BytesIO(plan_workbook(version, language="pl", short=False).data))
    workbook[NEEDS][place(workbook, "priority", "row-n1-0001")] = "dużo"
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


@PROGRAMS
def test_a_draft_comes_back_with_the_cells_that_are_missing(make, tmp_path, program: Program):
    version = make.general_plan(content=general_content(2026, recommendations=()))
    (need, *others) = version.rows.rows("needs")
    without = {key: value for key, value in need.values.items() if key != "evidence"}
    changed = PlanContent({**version.rows.sheets, "needs": (type(need)(need.row_uid, without), *others)})
    writing.replace_rows(version, changed)
    db.session.commit()
    data = coloured_draft(version, draft_findings(version), language="pl").data

    workbook = load_workbook(BytesIO(data))
    upload = send(version, program(data, tmp_path))

    marked = workbook["10_Rekomendacje"]
    keys = {cell.value: cell.column_letter for cell in marked[4]}
    row = next(number for number in range(5, 40) if marked[f"{keys['rec_text']}{number}"].comment)
    assert marked[f"{keys['rec_addressee']}{row}"].comment is not None
    assert workbook[NEEDS][place(workbook, "evidence", "row-n1-0001")].comment is not None
    assert proposals.change_of(upload).is_empty
    assert found(upload) == [("no_recommendation", None, None), ("required", "row-n1-0001", "evidence")]
