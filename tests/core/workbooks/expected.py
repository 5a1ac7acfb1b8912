"""What the base workbook says, written down independently of any reader."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from core.workbooks.raw import CellError, CellValue, RawRow, RawSheet
from tests.core.workbooks.parts import FIRST_ROW, LAST_ROW, PLAN, TEXTS

Value = CellValue | CellError | None


def expected_sheets(
    changed: Mapping[str, Value] | None = None, more: Iterable[str] = ()
) -> tuple[RawSheet, ...]:
    cells = _plan_cells()
    for reference, value in (changed or {}).items():
        if value is None:
            del cells[reference]
        else:
            cells[reference] = value
    return (
        RawSheet("1_Metryka", False, _rows({"A1": TEXTS[0], "B1": TEXTS[1]})),
        RawSheet(PLAN, False, _rows(cells)),
        RawSheet("Meta", True, _rows({"A1": TEXTS[11]})),
        *(RawSheet(name, False, ()) for name in more),
    )


def _plan_cells() -> dict[str, CellValue | CellError]:
    cells: dict[str, CellValue | CellError] = dict(
        zip(("B3", "C3", "D3", "E3", "F3", "G3"), TEXTS[2:8], strict=True)
    )
    for row in range(FIRST_ROW, LAST_ROW + 1):
        cells |= {
            f"A{row}": f"D-{row:03d}",
            f"B{row}": TEXTS[8 + row % 3],
            f"C{row}": Decimal(row * 2),
            f"D{row}": date(2025, 12, 9) + timedelta(days=row),
            f"E{row}": row % 2 == 1,
            f"F{row}": Decimal(row * 2) / 10,
            f"G{row}": "tak" if row % 2 else "nie",
        }
    return cells


def _rows(cells: Mapping[str, CellValue | CellError]) -> tuple[RawRow, ...]:
    rows: dict[int, dict[int, CellValue | CellError]] = {}
    for reference, value in cells.items():
        column, row = _place(reference)
        rows.setdefault(row, {})[column] = value
    return tuple(RawRow(row, rows[row]) for row in sorted(rows))


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column, int(reference.removeprefix(letters))
