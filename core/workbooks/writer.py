"""What every workbook the application writes has in common: text stays text, lists keep working in every
program, and the same content gives the same bytes."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from os import PathLike
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from core.workbooks.safe_text import FORMULA_STARTS, safe_text

# Excel offers to "repair" a workbook whose messages are longer than this.
LONGEST_TITLE = 32
LONGEST_PROMPT = 255
LONGEST_ERROR = 225

_ONE_DATE = (1980, 1, 1, 0, 0, 0)


def put_text(cell: Cell | Any, text: str) -> None:
    """Write text as text, whatever it begins with. A style must be set before."""
    safe = safe_text(text)
    if not safe:
        return
    cell.value = safe
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def define_name(workbook: Workbook, name: str, refers_to: str) -> None:
    workbook.defined_names[name] = DefinedName(name, attr_text=refers_to)


def add_validation(sheet: Worksheet, cells: str, rule: DataValidation) -> None:
    """Excel refuses messages that are too long, so they are cut to what it takes."""
    rule.allowBlank = True
    rule.promptTitle = _cut(rule.promptTitle, LONGEST_TITLE)
    rule.prompt = _cut(rule.prompt, LONGEST_PROMPT)
    rule.errorTitle = _cut(rule.errorTitle, LONGEST_TITLE)
    rule.error = _cut(rule.error, LONGEST_ERROR)
    rule.showInputMessage = bool(rule.prompt)
    rule.showErrorMessage = bool(rule.error)
    rule.add(cells)
    sheet.add_data_validation(rule)


def _cut(text: str | None, length: int) -> str | None:
    if not text or len(text) <= length:
        return text or None
    return text[: length - 1].rstrip() + "…"


KnownValues = Mapping[str, Mapping[str, Decimal]]
"""Name of a sheet -> cell -> what its formula comes to."""


def to_bytes(
    workbook: Workbook, *, made_at: datetime | None = None, known_values: KnownValues | None = None
) -> bytes:
    """The file. Neither the clock nor the machine shows in it: the same content gives the same bytes.

    ``made_at``: the moment whose state the workbook shows, if that is known. ``known_values``: for programs that show
    a file without working out its formulas, as mail and telephones do.
    """
    moment = made_at.astimezone(UTC).replace(tzinfo=None) if made_at else datetime(*_ONE_DATE)  # noqa: DTZ001 (openpyxl takes naive UTC)
    workbook.properties.creator = "Gromada"
    workbook.properties.created = moment
    workbook.properties.modified = moment
    target = BytesIO()
    archive = _Archive(target, "w", ZIP_DEFLATED)
    for number, sheet in enumerate(workbook.worksheets, start=1):
        if known_values and (values := known_values.get(sheet.title)):
            archive.values[f"xl/worksheets/sheet{number}.xml"] = values
    ExcelWriter(workbook, archive).save()
    return target.getvalue()


_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v ?/?>(?:</v>)?</c>')


def with_values(xml: bytes, values: Mapping[str, Decimal]) -> bytes:
    """A sheet with what its formulas come to beside them, which openpyxl leaves empty."""

    def valued(found: re.Match[bytes]) -> bytes:
        cell, attributes, formula = found.groups()
        value = values.get(cell.decode())
        if value is None:
            return found.group()
        return b'<c r="%b"%b><f>%b</f><v>%b</v></c>' % (cell, attributes, formula, f"{value:f}".encode())

    return _FORMULA.sub(valued, xml)


class _Archive(ZipFile):
    """A zip in which every part carries the same date."""

    def __init__(self, file: IO[bytes], mode: Literal["w"], compression: int) -> None:
        super().__init__(file, mode, compression)
        self.values: dict[str, Mapping[str, Decimal]] = {}
        """Part -> cell -> what its formula comes to."""

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(_entry(str(zinfo_or_arcname)), data)

    def write(
        self, filename: str | PathLike[str], arcname: str | PathLike[str] | None = None, *_: Any, **__: Any
    ) -> None:
        values = self.values.get(str(arcname))
        if values:
            super().writestr(_entry(str(arcname)), with_values(Path(filename).read_bytes(), values))
            return
        target: IO[bytes]
        with Path(filename).open("rb") as source, self.open(_entry(str(arcname or filename)), "w") as target:
            copyfileobj(source, target)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, date_time=_ONE_DATE)
    entry.compress_type = ZIP_DEFLATED
    return entry
