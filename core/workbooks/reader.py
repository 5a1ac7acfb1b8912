"""Reads an uploaded workbook: completely and as it stands, or not at all."""

import logging
from dataclasses import dataclass

from core.workbooks.beside import Beside, SideText, texts_of_document, texts_of_sheet
from core.workbooks.errors import Reason, UnreadableWorkbook, damaged
from core.workbooks.limits import Limits
from core.workbooks.markup import RELATIONSHIP_ATTRIBUTES, Attributes, Element
from core.workbooks.package import Package
from core.workbooks.raw import RawSheet, RawWorkbook
from core.workbooks.strings import SharedStrings, TextBudget
from core.workbooks.styles import DateStyles
from core.workbooks.text import clean_text
from core.workbooks.worksheet import Book, Worksheet

log = logging.getLogger(__name__)

GAP = "a gap in the reader"
_LONGEST_NAME = 255
_LONGEST_DEFINITION = 8_192


_OTHER_KINDS = frozenset(
    {
        "ods", "xls", "xlsb", "csv", "txt", "numbers", "pdf", "doc", "docx", "odt", "ppt", "pptx", "html", "htm", "xml",
        "json", "zip", "7z", "rar", "jpg", "jpeg", "png", "gif", "svg", "exe", "com", "bat", "cmd", "scr", "js", "vbs", "xlsm",
    }
)  # fmt: skip


def read_workbook(data: bytes, *, limits: Limits | None = None, name: str = "") -> RawWorkbook:
    """Every sheet with every value of the workbook. Raises only ``UnreadableWorkbook``, whatever ``data`` is.

    ``name``: what the file is called. It may have lost its ending on a telephone; one of another kind of file lies.
    """
    try:
        raw = _read(data, limits or Limits())
    except UnreadableWorkbook:
        raise
    except Exception as fault:
        # Each known fault is told where it occurs. This one is a gap in the reader; the file still only counts as damaged.
        log.error("unexpected %s while reading a workbook", type(fault).__name__)
        raise damaged(f"{GAP}: {type(fault).__name__}") from fault
    stem, _, ending = name.strip().casefold().rpartition(".")
    if stem and ending in _OTHER_KINDS:
        raise UnreadableWorkbook(Reason.OTHER_NAME, limit=f".{ending}")
    return raw


def _read(data: bytes, limits: Limits) -> RawWorkbook:
    package = Package(data, limits)
    part = package.workbook_part()
    contents = _Contents(limits)
    package.parse(part, contents.document, limit=limits.workbook_part_bytes)
    _refuse_live_links(package, part)
    book = _book(package, part, contents, limits)
    parts = _sheet_parts(package, part)
    beside: list[SideText] = []
    sheets = tuple(_read_sheet(package, entry, parts, book, beside=beside) for entry in contents.sheets)
    beside += texts_of_document(package, book.text_budget)
    return RawWorkbook(sheets, contents.defined_names, tuple(beside))


@dataclass(frozen=True)
class _SheetEntry:
    name: str
    relationship: str
    hidden: bool


class _Contents:
    """The workbook part: names of sheets, defined names, and the year its dates count from."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[_SheetEntry] = []
        self.defined_names: dict[str, str] = {}
        self.from_1904 = False
        self._limits = limits
        self._seen: set[str] = set()
        self._name: str | None = None
        defined = Element(start=self._begin_definition, text=self._definition)
        children = {
            "workbookPr": Element(start=self._properties),
            "sheets": Element({"sheet": Element(start=self._sheet)}),
            "definedNames": Element({"definedName": defined}),
        }
        self.document = Element({"workbook": Element(children)})

    def _properties(self, attributes: Attributes) -> None:
        self.from_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}

    def _sheet(self, attributes: Attributes) -> None:
        name = clean_text(attributes.get("name", ""))
        if not name.strip() or len(name) > _LONGEST_NAME:
            raise damaged("a sheet without a name")
        if name.casefold() in self._seen:
            raise damaged("two sheets share a name")
        self._seen.add(name.casefold())
        relationship = next((attributes[key] for key in RELATIONSHIP_ATTRIBUTES if key in attributes), "")
        hidden = attributes.get("state", "visible") != "visible"
        self.sheets.append(_SheetEntry(name, relationship, hidden))
        if len(self.sheets) > self._limits.sheets:
            raise UnreadableWorkbook(Reason.TOO_MANY_SHEETS, limit=self._limits.sheets)

    def _begin_definition(self, attributes: Attributes) -> None:
        """Names of one sheet only, such as its print area, are left out."""
        self._name = None if "localSheetId" in attributes else clean_text(attributes.get("name", ""))

    def _definition(self, text: str) -> None:
        """Old workbooks carry thousands of dead names: past the bound they are left out, for nobody's harm."""
        fits = len(text) <= _LONGEST_DEFINITION and len(self.defined_names) < self._limits.defined_names
        if self._name and len(self._name) <= _LONGEST_NAME and fits:
            self.defined_names.setdefault(self._name, clean_text(text))


def _refuse_live_links(package: Package, workbook: str) -> None:
    """A link to another workbook is only a path nobody follows here; DDE and OLE links start programs elsewhere."""

    def refuse(_: Attributes) -> None:
        raise UnreadableWorkbook(Reason.LIVE_LINKS)

    link = Element({"ddeLink": Element(start=refuse), "oleLink": Element(start=refuse)})
    for part in package.related(workbook, "externalLink").values():
        package.parse(part, Element({"externalLink": link}))


def _book(package: Package, workbook: str, contents: _Contents, limits: Limits) -> Book:
    budget = TextBudget(limits)
    strings = SharedStrings(limits, budget)
    styles = DateStyles()
    for kind, document in (("sharedStrings", strings.document), ("styles", styles.document)):
        parts = package.related(workbook, kind)
        if len(parts) > 1:
            raise damaged(f"more than one part of {kind}")
        for part in parts.values():
            package.parse(part, document)
    return Book(limits, strings.texts, styles.moments, contents.from_1904, budget, limits.cells)


def _sheet_parts(package: Package, workbook: str) -> dict[str, str | None]:
    """Part by relationship id; None for a sheet that holds a chart or a dialog instead of cells."""
    parts: dict[str, str | None] = dict(package.related(workbook, "worksheet"))
    if len(set(parts.values())) < len(parts):
        raise damaged("two sheets share a part")
    for kind in ("chartsheet", "dialogsheet"):
        parts.update(dict.fromkeys(package.related(workbook, kind)))
    return parts


def _read_sheet(
    package: Package,
    entry: _SheetEntry,
    parts: dict[str, str | None],
    book: Book,
    *,
    beside: list[SideText],
) -> RawSheet:
    try:
        if entry.relationship not in parts:
            raise damaged("a sheet without a part")
        part = parts[entry.relationship]
        worksheet = Worksheet(book)
        if part is not None:
            package.parse_sheet(part, worksheet)
            beside += (SideText(Beside.PAGE, text, entry.name) for text in worksheet.headings if text)
            beside += texts_of_sheet(package, part, entry.name, limits=book.limits, budget=book.text_budget)
    except UnreadableWorkbook as refusal:
        refusal.sheet = entry.name
        raise
    return RawSheet(entry.name, entry.hidden, worksheet.rows(), worksheet.merged.ranges())
