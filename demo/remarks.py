"""What animators remark on a plan, and how its authors answer: with a change, or with a reason to leave it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from demo.chance import Chance
from demo.library import DATA, built, data_file
from plans.definitions import PlanContent, PlanRow, Value
from plans.models import PlanVersion, ReviewComment
from plans.totals import number_or_none
from plans.values.numbers import plain_number

OBJECTS = 25
"""Per cent of the remarks that could be answered so."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One of ``data/remarks.toml``: where it stands, what it says, and what may come of it."""

    text: str
    answer: str
    sheet: str | None = None
    column: str | None = None
    objection: str = ""
    append: str = ""
    set: str | int | None = None
    add: int = 0
    factor: int = 100
    round: int = 0

    @property
    def asks_for_change(self) -> bool:
        return bool(self.set is not None or self.append or self.add or self.round or self.factor != 100)

    def changed(self, value: Value | None) -> Value | None:
        """What the cell holds once the remark was followed."""
        if self.set is not None:
            return self.set
        if self.append:
            return f"{value or ''}{self.append}".strip()
        if isinstance(value, str | int) and self.asks_for_change:
            return self._figure(value)
        return value

    def _figure(self, value: str | int) -> str | int:
        number = number_or_none(PlanRow("", {"": value}), "")
        if number is None:
            return value
        figure = int(number) * self.factor // 100 + self.add
        if self.round:
            figure = max(1, round(figure / self.round)) * self.round
        return figure if isinstance(value, int) else plain_number(Decimal(figure))


@cache
def remarks() -> Sequence[Remark]:
    return tuple(built(Remark, table) for table in data_file(DATA / "remarks.toml")["remarks"])


@cache
def notes() -> Mapping[str, list[str]]:
    """By what is decided: ``returned``, ``approved`` and so on."""
    found: dict[str, list[str]] = data_file(DATA / "remarks.toml")["notes"]
    return found


@dataclass(frozen=True)
class Anchored:
    remark: Remark
    row_uid: str | None


def some_remarks(content: PlanContent, count: int, chance: Chance) -> list[Anchored]:
    """Remarks that can be made about this plan, each with the row it is about, in the order of the sheets."""
    possible = [(one, _rows_for(one, content)) for one in remarks()]
    fitting = [(one, rows) for one, rows in possible if rows or one.column is None]
    return [
        Anchored(one, chance.one(rows).row_uid if rows else None) for one, rows in chance.some(fitting, count)
    ]


def _rows_for(remark: Remark, content: PlanContent) -> list[PlanRow]:
    """Rows in which following the remark would change something; nobody asks for what is there."""
    if remark.sheet is None or remark.column is None:
        return []
    rows = content.rows(remark.sheet)
    if not remark.asks_for_change:
        return list(rows)
    values = {row.row_uid: row.values.get(remark.column) for row in rows}
    return [row for row in rows if remark.changed(values[row.row_uid]) != values[row.row_uid]]


def remark_of(comment: ReviewComment) -> Remark | None:
    """The remark of the data file that somebody made; other words are not ours to answer."""
    return next((one for one in remarks() if one.text == comment.text), None)


def followed(version: PlanVersion, comment: ReviewComment, remark: Remark) -> PlanContent:
    """The version's rows after its authors followed a remark."""
    content = version.rows
    if remark.sheet is None or comment.column_key is None:
        return content
    rows = [
        _followed_in(row, comment.column_key, remark) if row.row_uid == comment.row_uid else row
        for row in content.rows(remark.sheet)
    ]
    return PlanContent({**content.sheets, remark.sheet: tuple(rows)})


def _followed_in(row: PlanRow, column: str, remark: Remark) -> PlanRow:
    value = remark.changed(row.values.get(column))
    return row if value is None else PlanRow(row.row_uid, {**row.values, column: value})
