"""What is typed in the browser is read and refused exactly as the same text in an uploaded workbook."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from plans.corrections import Cell
from plans.definitions import ColumnDefinition, ColumnType, PlanKind, SheetDefinition
from plans.downloads import plan_workbook
from plans.models import PlanVersion
from plans.services import uploads
from plans.services.editing import RowEdit, write_row
from plans.templates import definition_of
from tests.make import Make
from tests.plan_content import annual_content, general_content
from tests.plans.final_files import column_of, row_of
from tests.plans.test_flow import leader_of

PESEL = "44051401359"
SHEETS = [
    *(
        (PlanKind.GENERAL, key)
        for key in ("needs", "partners", "groups", "goals", "lines", "recommendations")
    ),
    (PlanKind.ANNUAL, "trainings"),
]
WRONG = {
    ColumnType.WHOLE_NUMBER: "dużo", ColumnType.DECIMAL: "1,2,3", ColumnType.MONEY: "sporo", ColumnType.YEAR: "kiedyś",
    ColumnType.DATE: "31.02.2026", ColumnType.CHOICE: "coś innego", ColumnType.CHOICES: "coś, innego",
    ColumnType.EMAIL: "adres bez małpy",
}  # fmt: skip

Said = tuple[object, ...]


def wrong_text(column: ColumnDefinition) -> str:
    return WRONG.get(column.type, f"Osoba, {PESEL}")


def uploaded(version: PlanVersion, sheet: SheetDefinition, row_uid: str) -> dict[str, Said]:
    """What the check says of the plan's own workbook in which every cell of the row was typed over."""
    workbook = load_workbook(BytesIO(plan_workbook(version, language="pl", short=False).data))
    page = workbook[sheet.name]
    for column in sheet.columns:
        page.cell(row_of(page, row_uid), column_of(page, column.key)).value = wrong_text(column)
    out = BytesIO()
    workbook.save(out)
    file = uploads.SentFile("plan.xlsx", out.getvalue())
    upload = uploads.receive(
        version, file, uploads.read_upload(file, uploads.expected_of(version)), actor=leader_of(version)
    )
    return {
        str(one.column_key): (one.code, one.severity, one.reason, dict(one.params), one.suggestion, one.typed)
        for one in upload.findings
        if one.of_file and one.row_uid == row_uid
    }


@pytest.mark.parametrize(("kind", "sheet_key"), SHEETS, ids=str)
def test_every_column_says_the_same_online_as_in_a_workbook(make: Make, kind: PlanKind, sheet_key: str):
    version = make.general_plan() if kind is PlanKind.GENERAL else make.annual_plan()
    sheet = definition_of(version).sheet(sheet_key)
    contents = general_content(2026) if kind is PlanKind.GENERAL else annual_content(2026)
    row_uid = contents.rows(sheet_key)[0].row_uid
    texts = {Cell(sheet_key, row_uid, column.key): wrong_text(column) for column in sheet.columns}
    base = version.rows.rows(sheet_key)[0]

    outcome = write_row(
        version, RowEdit(sheet_key, row_uid, texts, base), actor=leader_of(version), language="pl"
    )

    typed = {
        str(one.column_key): (one.code, one.severity, one.reason, dict(one.params), one.suggestion, one.typed)
        for one in outcome.problems
    }
    assert typed == uploaded(version, sheet, row_uid)
    assert set(typed) == {column.key for column in sheet.columns}
    assert PESEL not in str(typed)
