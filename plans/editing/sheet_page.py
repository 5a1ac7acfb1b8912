"""A sheet as a list of its rows: what each is called, and what it still lacks."""

from dataclasses import dataclass

from core.i18n import _
from plans.editing.around import Around, is_missing
from plans.editing.offers import has_offers
from plans.editing.row_remarks import RowRemark
from plans.merging.journal import row_taken_out

MOST_SAID = 2


@dataclass(frozen=True)
class RowLine:
    uid: str
    code: str | None
    title: str
    remarks: int
    """How many of the reviewer's remarks on it wait for an answer."""
    missing: str
    """Labels of the cells that somebody still has to fill."""
    said: tuple[str, ...]
    """What else stands in the way of submitting it."""
    is_first: bool
    is_last: bool

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.said

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.code, self.title) if part)


class SheetPage(Around):
    removed: str | None = None
    """The row that was just taken out, and can be put back."""

    @property
    def lines(self) -> list[RowLine]:
        return [self._line(number) for number in range(len(self.rows))]

    @property
    def offers_rows(self) -> bool:
        return has_offers(self.version.plan, self.sheet)

    def with_removed(self, row_uid: str) -> "SheetPage":
        gone = row_uid and all(row.row_uid != row_uid for row in self.rows)
        if gone and row_taken_out(self.version, self.sheet.key, row_uid):
            self.removed = row_uid
        return self

    @property
    def remarks(self) -> list[RowRemark]:
        """On the sheet as a whole."""
        return self.said.on(None)

    def _line(self, number: int) -> RowLine:
        row = self.rows[number]
        code, title = self.name(row)
        errors = [one for one in self.findings_of(row.row_uid) if one.blocks_submit]
        missing = dict.fromkeys(self.label(one.column_key or "") for one in errors if is_missing(one))
        said = dict.fromkeys(self.sentence(one) for one in errors if not is_missing(one))
        return RowLine(
            row.row_uid,
            code,
            title or (_("row %(number)s", number=number + 1) if not code else ""),
            self.said.waiting[row.row_uid],
            ", ".join(missing),
            tuple(said)[:MOST_SAID],
            is_first=number == 0,
            is_last=number == len(self.rows) - 1,
        )
