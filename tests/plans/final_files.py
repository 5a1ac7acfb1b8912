"""Final files for tests: the approved plan's own workbook, with something done to it."""

from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.database import db
from plans.downloads import plan_workbook
from plans.models import PlanImport, PlanVersion
from plans.services import final_file, uploads
from plans.templates import definition_of
from tests.plans.test_flow import leader_of

Edit = Callable[[Workbook], object]

KINDS = ("short", "full", "public")
"""Whichever way the plan was downloaded, it can come back as the final file."""

LINES, NEEDS, METADATA = "6_Kierunki", "2_Diagnoza", "1_Metryka"


def final(version: PlanVersion, edit: Edit | None = None, *, kind: str = "short") -> bytes:
    """The approved plan's own workbook, with something done to it."""
    workbook = load_workbook(
        BytesIO(plan_workbook(version, language="pl", short=kind == "short", public=kind == "public").data)
    )
    if edit is not None:
        edit(workbook)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def put(sheet: str, row_uid: str, column: str, value: str | int | None) -> Edit:
    """Type over one cell of a table."""

    def edit(workbook: Workbook) -> None:
        page = workbook[sheet]
        page.cell(row_of(page, row_uid), column_of(page, column)).value = value

    return edit


def row_of(page: Worksheet, row_uid: str) -> int:
    return next(number for number in range(5, page.max_row + 1) if page.cell(number, 1).value == row_uid)


def column_of(page: Worksheet, key: str) -> int:
    return next(cell.column for cell in page[4] if cell.value == key)


def send(version: PlanVersion, data: bytes) -> PlanImport:
    file = uploads.SentFile("final.xlsx", data)
    outcome = uploads.read_upload(file, uploads.expected_of(version))
    upload = final_file.receive_final_file(version, file, outcome, actor=leader_of(version))
    db.session.commit()
    return upload


def changed_cells(upload: PlanImport) -> list[tuple[str, str, str, object, object]]:
    return [
        (one.sheet_key, one.row_uid, one.column_key, one.before, one.after)
        for one in final_file.public_difference(upload).changed
    ]


def reasons(upload: PlanImport) -> list[tuple[str, str | None, str | None]]:
    against = final_file.not_compared(upload, definition_of(upload))
    return [(one.reason, one.sheet_key, one.column_key) for one in against]


ONE_DIGIT = put(LINES, "row-k1-0001", "hours_y1", 17)
"""16 hours were approved."""

DIGIT_SEEN = [("lines", "row-k1-0001", "hours_y1", "16", "17")]
