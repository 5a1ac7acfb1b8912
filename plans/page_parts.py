"""What a plan's page is made of, in words: sections, rows, cells, figures over the years, remarks beside them."""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from core.labels import Tone
from plans.comparing.word_difference import Change, Piece, word_difference
from plans.definitions import ColumnDefinition
from plans.models import ReviewComment

# What a page has hundreds of is a named tuple, which is made in a third of the time of a frozen dataclass.

LONG, WIDE = 64, 18
"""From so many letters on a cell takes the whole row, or twice the room of a short one."""


@dataclass(frozen=True)
class RemarkView:
    """A remark, and what it is about where that is not plain from its place."""

    comment: ReviewComment
    about: str = ""
    place: str = ""
    """Section and row, for lists of remarks away from their rows."""


class Reference(NamedTuple):
    """Another row of the plan: its code, its words, and where it stands on this page (empty: not here)."""

    code: str
    words: str
    fragment: str


class CellView(NamedTuple):
    column_key: str
    label: str
    text: str
    references: tuple[Reference, ...] = ()
    remarks: tuple[RemarkView, ...] = ()
    before: str | None = None
    """What stood here in the version before, where it was changed; empty: nothing."""

    @property
    def is_noted(self) -> bool:
        """There is something to read beside it."""
        return bool(self.remarks) or self.before is not None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Of a long text that was changed here and there: what stayed, what went, what came. Else nothing."""
        if self.before is None or min(len(self.before), len(self.text)) <= LONG:
            return ()
        pieces = word_difference(self.before, self.text)
        return pieces if any(one.change is Change.SAME for one in pieces) else ()

    @property
    def size(self) -> str:
        letters = len(self.text)
        if self.references:
            letters = max(letters, *(len(one.words) for one in self.references))
        return "long" if letters > LONG else "wide" if letters > WIDE else "short"


class Measure(NamedTuple):
    """One thing counted, a text for each head of its section."""

    label: str
    texts: tuple[str, ...]
    column_key: str = ""
    """Where a remark on these figures begins; which one it is about can still be chosen."""


@dataclass(frozen=True)
class Was:
    """What a changed figure, title or status was before: it has no cell of its own to say so."""

    label: str
    text: str


@dataclass(frozen=True)
class Tag:
    label: str
    tone: Tone


class RowView(NamedTuple):
    uid: str
    code: str | None
    title: str
    tag: Tag | None
    cells: tuple[CellView, ...]
    more: tuple[CellView, ...]
    """Unfolded on demand."""
    measures: tuple[Measure, ...]
    remarks: tuple[RemarkView, ...] = ()
    """On the row as a whole, and on what stands in its title."""
    figure_remarks: tuple[RemarkView, ...] = ()
    was: tuple[Was, ...] = ()
    is_new: bool = False
    is_folded: bool = False
    """Nothing in it waits for whoever reads the plan again."""

    @property
    def all_remarks(self) -> tuple[RemarkView, ...]:
        beside_cells = (remark for cell in self.cells for remark in cell.remarks)
        return (*self.remarks, *beside_cells, *self.figure_remarks)

    @property
    def is_changed(self) -> bool:
        """The row itself, not one of its cells, is what a second reading stops at."""
        return self.is_new or bool(self.was)

    @property
    def changes_count(self) -> int:
        return sum(cell.before is not None for cell in self.cells) + self.is_changed

    @property
    def fragment(self) -> str:
        return f"row-{self.uid}"

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.code, self.title) if part)


@dataclass(frozen=True)
class RowGroup:
    """Rows read together: all of a section, or those of one quarter."""

    title: str
    rows: tuple[RowView, ...]
    totals: tuple[Measure, ...]

    @property
    def stretches(self) -> list[tuple[bool, list[RowView]]]:
        """Rows in their order, those that lie folded beside each other together."""
        return [(folded, list(rows)) for folded, rows in groupby(self.rows, lambda row: row.is_folded)]

    @property
    def is_folded(self) -> bool:
        return all(row.is_folded for row in self.rows)


@dataclass(frozen=True)
class SectionView:
    key: str
    title: str
    help: str
    is_record: bool
    columns: tuple[ColumnDefinition, ...]
    heads: tuple[str, ...]
    """Over the figures of every row: years and their total, or planned and actual."""
    groups: tuple[RowGroup, ...]
    remarks: tuple[RemarkView, ...]
    """On the section as a whole, and on rows that are gone."""
    remarks_count: int
    """These and all on its rows."""
    required: bool

    @property
    def rows(self) -> tuple[RowView, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def fragment(self) -> str:
        return f"section-{self.key}"


@dataclass(frozen=True)
class Place:
    """Where a remark stands, in words and as the fields of a remark."""

    words: str
    sheet: str | None = None
    row_uid: str | None = None
    column_key: str | None = None
    quote: str = ""
    fragment: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    """The columns of the row: key, and label with what stands there."""
