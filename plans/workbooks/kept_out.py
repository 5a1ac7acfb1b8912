"""Personal data where a workbook holds nothing of the plan: other cells, comments, names of sheets, properties.

None of it is taken over. It is told so that the file itself is not kept, and without a word of the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from core.personal_data import personal_kinds
from core.workbooks.beside import Beside, SideText
from core.workbooks.raw import CellError, CellValue, RawSheet, RawWorkbook, cell_name
from plans.columns import is_pesel_number
from plans.definitions import TemplateDefinition
from plans.findings import Finding, FindingCode, Severity
from plans.workbooks.places import Places
from plans.workbooks.sheet_reading import shareable

_MARK = re.compile(r"[0-9a-f]{12}|[0-9a-f]{16}|[0-9a-f]{64}")
"""Ids of rows and plans, and fingerprints: any of them may hold digits that look like somebody's number."""
_REASONS = {
    Beside.COMMENT: "personal_in_comment",
    Beside.PAGE: "personal_on_page",
    Beside.PROPERTY: "personal_in_properties",
}

Known = Mapping[str, tuple[str, Places]]
"""Sheet as the file calls it -> its key in the plan, and where its cells were read."""


def kept_out(
    workbook: RawWorkbook, definition: TemplateDefinition, known: Known, own_texts: Iterable[str] = ()
) -> Iterator[Finding]:
    """Each place once: what stands there goes with the file, so there is nothing to put right."""
    look = _Look(definition, own_texts)
    for number, sheet in enumerate(workbook.sheets, start=1):
        name = shareable(sheet.name) or str(number)
        if look.is_personal(sheet.name):
            yield _finding("personal_in_sheet_name", None, sheet=str(number))
        key, places = known.get(sheet.name, (None, None))
        for cell in look.cells(sheet, places):
            yield _finding("personal_beside", key, cell=cell, sheet=name)
        beside = [one for one in workbook.beside if one.sheet == sheet.name]
        for reason, at in look.texts(beside):
            yield _finding(reason, key, cell=at, sheet=name)
    yield from (_finding(reason, None) for reason, _at in look.texts(_of_document(workbook.beside)))


def _of_document(texts: Iterable[SideText]) -> list[SideText]:
    return [one for one in texts if not one.sheet]


def _finding(reason: str, sheet_key: str | None, *, cell: str | None = None, **params: str) -> Finding:
    return Finding(
        FindingCode.PERSONAL_DATA, Severity.INFO, reason, sheet_key=sheet_key, cell=cell, params=params
    )


class _Look:
    def __init__(self, definition: TemplateDefinition, own_texts: Iterable[str]) -> None:
        own = {text for text in own_texts if any(True for _ in personal_kinds(text))}
        self._own = tuple(sorted({*_own_texts(definition), *own}, key=len, reverse=True))

    def is_personal(self, text: str) -> bool:
        """Apart from what the workbook itself brings along: its help, its examples, the remarks in it."""
        if not any(True for _ in personal_kinds(text)):
            return False
        for own in self._own:
            text = text.replace(own, " ")
        return any(True for _ in personal_kinds(text))

    def texts(self, texts: Iterable[SideText]) -> list[tuple[str, str | None]]:
        found = ((_REASONS[one.kind], one.cell) for one in texts if self.is_personal(one.text))
        return list(dict.fromkeys(found))

    def cells(self, sheet: RawSheet, places: Places | None) -> Iterator[str]:
        """The first of each column that was not read and holds any."""
        told: set[int] = set()
        for row in sheet.rows:
            unread = places.unread(row.number, row.cells.keys()) if places else row.cells.keys()
            for column in unread:
                if column not in told and self._is_refused(row.cells[column]):
                    told.add(column)
                    yield cell_name(column, row.number)

    def _is_refused(self, value: CellValue | CellError) -> bool:
        """A number may be any sum; only a PESEL number is told by its check digit."""
        if isinstance(value, str):
            return not _MARK.fullmatch(value) and self.is_personal(value)
        return not isinstance(value, CellError) and is_pesel_number(value)


def _own_texts(definition: TemplateDefinition) -> Iterator[str]:
    for sheet in definition.sheets:
        for column in sheet.columns:
            for text in (*column.example.texts.values(), *column.help.texts.values()):
                if _is_like_personal(text):
                    yield text


@lru_cache(maxsize=4096)
def _is_like_personal(text: str) -> bool:
    """Of a template's own help and examples: the same few hundred with every file."""
    return any(True for _ in personal_kinds(text))
