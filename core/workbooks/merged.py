"""Merged cells of a worksheet, as far as its rows are read."""

import re

from core.workbooks.limits import Limits
from core.workbooks.markup import Attributes, Element
from core.workbooks.places import column_number
from core.workbooks.raw import MergedCells

_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
MOST = 2_000
"""More ranges than rows are no table any more: the rest is passed over, and its cells count as they stand."""


class MergedRanges:
    """Only ranges of several rows: cells merged side by side hold one value, which stands in its column already.

    A range that goes on past the last row read, such as whole columns, was made for the looks.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._found: list[MergedCells] = []
        self.element = Element({"mergeCell": Element(start=self._take)})

    def ranges(self) -> tuple[MergedCells, ...]:
        return tuple(self._found)

    def _take(self, attributes: Attributes) -> None:
        match = _RANGE.fullmatch(attributes.get("ref", "")) if len(self._found) < MOST else None
        if match is None:
            return
        first, last = int(match[2]), int(match[4])
        if 0 < first < last <= self._limits.last_row:
            columns = column_number(match[1]), column_number(match[3])
            if columns[0] <= columns[1] <= self._limits.columns:
                self._found.append(MergedCells(*columns, first, last))
