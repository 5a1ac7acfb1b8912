"""Reads whole rows of a sheet as text, where they are written the plain way: in a third of the time parsing takes.

Nearly every program writes nearly all rows like this: ``<row r="2"><c r="A2" s="1" t="s"><v>0</v></c></row>``. Such a
row holds no entity, no comment, no namespace and nothing that could end elsewhere than it seems to, so it means the same
to a parser. Whatever is written in another way, and whatever is wrong, is left to the parser, which also finds the words
for it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol

from core.workbooks.markup import Element

_TABLE = b"<sheetData>"
_ROW_END = "</row>"
_LONGEST_HELD = 1024 * 1024
"""Bytes without the beginning of the table, or without the end of a row."""
_LONGEST_ATTRIBUTES, _MOST_KNOWN = 500, 5_000

_IN_UTF_8 = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?(?: standalone="(?:yes|no)")? ?\?>)?\s*<[A-Za-z]"""
)
_MARKED = re.compile("<[!?]")
"""Comments, character data and instructions: what looks like a row may stand inside."""

_NO_TEXT = r"<>&\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
_TEXT = rf"[^\s{_NO_TEXT}][^{_NO_TEXT}]*+"
"""Something to be seen, and nothing that is cleaned away or stands for something else."""
_ATTRIBUTE = rf'([A-Za-z0-9:]+)="[^"{_NO_TEXT}]*"'
_ROW = re.compile(
    r'[ \t\r\n]*<row r="([1-9][0-9]{0,6})"'
    rf"((?: {_ATTRIBUTE.replace('(', '(?:')})*)>"
    r'((?:<c r="[A-Z]{1,3}\1"(?: s="[0-9]{1,6}")?'
    rf'(?:(?: t="(?:s|n|str|b)")?><v>{_TEXT}</v>'
    rf'| t="inlineStr"><is><t(?: xml:space="preserve")?>{_TEXT}</t></is>)</c>)*+)</row>'
)
_CELL = re.compile(
    r'<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?(?: t="(\w+)")?>(?:<v>([^<]+)</v>|<is><t[^>]*>([^<]+)</t></is>)</c>'
)
_NAMES = re.compile(rf" {_ATTRIBUTE}")


PlainCell = tuple[str, str, str, str, str]
"""Letters of the column, style, kind, value and text as they stand in the file, empty where there is none; either a value
or a text is given."""


class Walk(Protocol):
    def stands_in(self, element: Element) -> bool:
        """All that was given to the parser is read, and ``element`` is open, with none of its children."""

    def count(self, *, elements: int, attributes: int) -> None: ...


class Sheet(Protocol):
    """``core/workbooks/worksheet.py`` is one."""

    document: Element
    table: Element

    def take_row(self, number: str, cells: Sequence[PlainCell]) -> bool:
        """False leaves the sheet as it was: the parser is to read the row."""


def without_plain_rows(chunks: Iterable[bytes], walk: Walk, sheet: Sheet) -> Iterator[bytes]:
    """What is left for the parser. Each piece has to be parsed before the next one is asked for."""
    left = iter(chunks)
    head, held = _until_table(left)
    yield head
    if not (_IN_UTF_8.match(head) and walk.stands_in(sheet.table)):
        yield from chain([held], left)
        return
    rows = _Rows(head, walk, sheet)
    for chunk in chain([held], left):
        yield from rows.through(rows.rest + chunk)
        if rows.is_over:
            break
    yield rows.rest
    yield from left


def _until_table(chunks: Iterator[bytes]) -> tuple[bytes, bytes]:
    held = b""
    for chunk in chunks:
        held += chunk
        head, table, rest = held.partition(_TABLE)
        if table or len(held) > _LONGEST_HELD:
            return head + table, rest
    return held, b""


class _Rows:
    """One after the other, each taken by the sheet or handed on."""

    def __init__(self, head: bytes, walk: Walk, sheet: Sheet) -> None:
        self._head, self._walk, self._sheet = head.decode("utf-8", "replace"), walk, sheet
        self._known: dict[str, int | None] = {}
        self.rest = b""
        """Not looked at yet, since its row has not ended."""
        self.is_over = False
        """From here on everything is the parser's."""

    def through(self, block: bytes) -> Iterator[bytes]:
        end = block.rfind(_ROW_END.encode()) + len(_ROW_END)
        if end < len(_ROW_END):
            self.rest, self.is_over = block, len(block) > _LONGEST_HELD
            return
        text = _unmarked(block[:end])
        if text is None:
            self.rest, self.is_over = block, True
            return
        self.rest = block[end:]
        yield from self._handed_on(text)

    def _handed_on(self, text: str) -> Iterator[bytes]:
        at = 0
        while at < len(text):
            row = _ROW.match(text, at)
            if row is not None and self._takes(row):
                at = row.end()
                continue
            end = text.index(_ROW_END, at) + len(_ROW_END)
            yield text[at:end].encode()
            if not self._walk.stands_in(self._sheet.table):
                self.is_over, self.rest = True, text[end:].encode() + self.rest
                return
            at = end

    def _takes(self, row: re.Match[str]) -> bool:
        number, attributes, body = row.groups()
        count = self._count_of(attributes) if attributes else 0
        if count is None or "_x" in body:
            return False
        cells = _CELL.findall(body)
        if not self._sheet.take_row(number, cells):
            return False
        self._walk.count(elements=1 + 3 * len(cells), attributes=1 + count + 3 * len(cells))
        return True

    def _count_of(self, attributes: str) -> int | None:
        """None where a parser would refuse them, or a row mean something else by them."""
        if len(attributes) > _LONGEST_ATTRIBUTES:
            return None
        if attributes not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            names = _NAMES.findall(attributes)
            prefixes = {name.partition(":")[0] for name in names if ":" in name}
            is_plain = len({*names, "r"}) == len(names) + 1 and "xmlns" not in {*names, *prefixes}
            is_plain = is_plain and all(f' xmlns:{prefix}="' in self._head for prefix in prefixes)
            self._known[attributes] = len(names) if is_plain else None
        return self._known[attributes]


def _unmarked(block: bytes) -> str | None:
    try:
        text = block.decode()
    except UnicodeDecodeError:
        return None
    return None if _MARKED.search(text) else text
