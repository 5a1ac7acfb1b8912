"""The history as a sheet: one row for each line of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.i18n import _l
from core.sheets import Column, Sheet
from core.workbooks.kinds import Moment, Text
from office.history.queries import FoundLine


@dataclass(frozen=True)
class HistoryRow:
    at: datetime
    who: str | None
    on_behalf_of: str | None
    what: str
    place: str | None
    changes: str
    note: str | None


HISTORY = Sheet(
    HistoryRow,
    {
        "at": Column(_l("When"), Moment()),
        "who": Column(_l("Who"), Text(120), required=False),
        "on_behalf_of": Column(_l("On behalf of"), Text(120), required=False),
        "what": Column(_l("What"), Text(300)),
        "place": Column(_l("Municipality"), Text(120), required=False),
        "changes": Column(_l("Before and after"), Text(4000), required=False),
        "note": Column(_l("Note"), Text(4000), required=False),
    },
)


def rows_of(lines: Iterable[FoundLine]) -> list[HistoryRow]:
    return [_row(one) for one in lines]


def _row(found: FoundLine) -> HistoryRow:
    line = found.line
    changes = "; ".join(f"{one.label}: {one.before or '–'} → {one.after or '–'}" for one in line.changes)
    what = f"{line.text}: {found.plan.title}" if found.plan else line.text
    return HistoryRow(line.at, line.who, line.on_behalf_of, what, found.place, changes, line.note)
