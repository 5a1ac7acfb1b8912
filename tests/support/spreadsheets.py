"""A person at a spreadsheet program: fills in a downloaded workbook, in LibreOffice where there is one."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

KEY_ROW, FIRST_ROW = 4, 5

Typed = str | int
"""What a person types into a cell."""

Rows = Mapping[str, Sequence[Mapping[str, Typed]]]
"""Tab of the workbook -> rows to type below the example, by column key."""


def fill_in(data: bytes, *, record: Mapping[str, Typed], rows: Rows, folder: Path) -> bytes:
    """The workbook with these values typed in, saved by LibreOffice where it is installed, else by openpyxl."""
    workbook = load_workbook(BytesIO(data))
    _fill_record(workbook["1_Metryka"], record)
    for tab, entries in rows.items():
        _fill_table(workbook[tab], entries)
    typed = folder / "typed.xlsx"
    workbook.save(typed)
    return saved_by_libreoffice(typed, folder) or typed.read_bytes()


def _fill_record(sheet: Worksheet, values: Mapping[str, Typed]) -> None:
    numbers = {sheet.cell(number, 2).value: number for number in range(FIRST_ROW, sheet.max_row + 1)}
    for key, value in values.items():
        sheet.cell(numbers[key], 3, value)


def _fill_table(sheet: Worksheet, entries: Sequence[Mapping[str, Typed]]) -> None:
    columns = {cell.value: number for number, cell in enumerate(sheet[KEY_ROW], start=1)}
    for number, entry in enumerate(entries, start=FIRST_ROW + 1):
        for key, value in entry.items():
            sheet.cell(number, columns[key], value)


def saved_by_libreoffice(path: Path, folder: Path) -> bytes | None:
    """The same workbook opened and saved again by LibreOffice; None where it is not installed."""
    saved = all_saved_by_libreoffice([path], folder)
    return saved[0] if saved else None


def all_saved_by_libreoffice(paths: Sequence[Path], folder: Path) -> list[bytes] | None:
    """Several in one go: it takes seconds to start."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    out = folder / "saved"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = (program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out))
    subprocess.run((*command, *map(str, paths)), check=True, capture_output=True, timeout=100)
    return [(out / path.name).read_bytes() for path in paths]
