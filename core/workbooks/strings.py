"""Texts: the table most cells point into, and rich text, whose runs are one text for the reader."""

from collections.abc import Callable

from core.workbooks.errors import Reason, UnreadableWorkbook
from core.workbooks.limits import Limits
from core.workbooks.markup import Element
from core.workbooks.text import cell_text


class TextBudget:
    """Characters left for the whole workbook, wherever its texts stand."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.text
        self.left = limits.text

    def spend(self, text: str) -> None:
        self.left -= len(text)
        if self.left < 0:
            raise UnreadableWorkbook(Reason.TOO_MUCH_TEXT, limit=self._limit)


class RichText:
    """An element of text runs (``si``, ``is``). Phonetic guides stand beside the text and are passed over."""

    def __init__(self, limits: Limits, take: Callable[[str | None], None]) -> None:
        """``take`` receives the whole text, or None for one longer than a cell can hold."""
        self._limit = limits.cell_text
        self._take = take
        self._runs: list[str] = []
        self._size = 0
        run = Element(text=self._run)
        self.element = Element({"t": run, "r": Element({"t": run})}, end=self._finish)

    def _run(self, raw: str) -> None:
        if self._size <= self._limit:
            text = cell_text(raw, self._limit)
            self._size += self._limit + 1 if text is None else len(text)
            self._runs.append(text or "")

    def _finish(self) -> None:
        text = "".join(self._runs) if self._size <= self._limit else None
        self._runs.clear()
        self._size = 0
        self._take(text)


class SharedStrings:
    """Fills ``texts`` while its part is read. A text no cell may hold is None: only a cell using it is refused."""

    def __init__(self, limits: Limits, budget: TextBudget) -> None:
        self.texts: list[str | None] = []
        self._limits = limits
        self._budget = budget
        item = RichText(limits, self._add).element
        self.document = Element({"sst": Element({"si": item})})

    def _add(self, text: str | None) -> None:
        if len(self.texts) >= self._limits.shared_strings:
            raise UnreadableWorkbook(Reason.TOO_MANY_CELLS, detail="shared strings")
        self._budget.spend(text or "")
        self.texts.append(text)
