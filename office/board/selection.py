"""Municipalities chosen on the board for one deed: those that are ticked, or all that the filter leaves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import request

from core.paging import LARGEST_DIGITS
from office.board.queries import board_rows, sorting
from office.board.rows import BoardRow
from office.board.wanted import BoardFilter, Part

NARROWING = (
    "q", "voivodeship", "animator", "stage", "kind", "size", "leader", "task", "task_state", "settled_from",
    "settled_to", "waiting", "no_contact", "hours_below",
)  # fmt: skip
OF_A_VIEW = (*NARROWING, "column", "sort")
CHOSEN = ("id", "whole")


def questions(*names: str) -> dict[str, Any]:
    """What the address asks of these, without what was left empty."""
    asked = request.args.to_dict(flat=False)
    found = {name: [value for value in asked.get(name, []) if value] for name in names}
    return {name: values for name, values in found.items() if values}


def only_known(question: str) -> str:
    """Of a written question what the board understands."""
    pairs = parse_qsl(question, keep_blank_values=False)
    return urlencode([(name, value) for name, value in pairs if name in OF_A_VIEW])


@dataclass(frozen=True)
class Selection:
    ids: frozenset[int]
    whole: bool

    @classmethod
    def asked(cls) -> "Selection":
        written = request.args.getlist("id")
        ids = (one for one in written if one.isascii() and one.isdigit() and len(one) <= LARGEST_DIGITS)
        return cls(frozenset(int(one) for one in ids), request.args.get("whole") == "1")

    @property
    def is_empty(self) -> bool:
        return not self.ids and not self.whole

    def rows(self, shown: Collection[Part] = ()) -> Sequence[BoardRow]:
        """In the order of the board; of those ticked only what the filter still leaves."""
        rows = board_rows(BoardFilter.asked(), sorting(), shown)
        return rows if self.whole else [row for row in rows if row.partnership_id in self.ids]

    @property
    def question(self) -> Mapping[str, Any]:
        return questions(*OF_A_VIEW, *CHOSEN)
