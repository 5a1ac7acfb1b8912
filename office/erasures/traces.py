"""Where a person is named: their address, telephone and name in any column of text, whatever table it is in.

The tables are asked from the database's own description, so that none is forgotten when a new one comes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, String, Table, Text, cast, or_, select, update

from core.database import db
from core.text import fold

KEPT = frozenset(
    {
        "audit_event", "plan_entry", "plan_step", "plan_version", "report_snapshot", "report_delta", "blob", "paper",
        "paper_text", "plan_template", "programme", "mayor", "municipality", "municipality_name", "county",
        "voivodeship", "job_lease", "job_run", "job_process", "erasure_request", "user",
    }
)  # fmt: skip
"""Without anything to look for (ids, hashes, official names), or what must stay as it was decided, published or frozen:
plans and reports hold no names by rule, and are proof to the funder."""
KEYS = frozenset({"dedupe_key"})
"""Never read by anybody, and changed they would promise a mail again."""
SHORTEST_NAME = 6
NATIONAL = 9
"""Digits of a telephone number without the country's."""
_NUMBER = re.compile(r"[\d\s()+./-]+")
_GAP = r"[\s()./-]{0,2}"


@dataclass(frozen=True)
class Marks:
    """What tells of a person, and what stands there afterwards."""

    instead: Mapping[str, str]

    @classmethod
    def of(
        cls, neutral: str, *, name: str, addresses: set[str], phone: str | None, is_only_one: bool
    ) -> "Marks":
        instead = {address: "" for address in addresses if address}
        if phone and len(phone) >= SHORTEST_NAME:
            instead[phone] = ""
        if is_only_one and " " in name and len(name) >= SHORTEST_NAME:
            instead |= {name: neutral, fold(name): fold(neutral)}
        return cls({mark: text for mark, text in instead.items() if mark})

    def within(self, value: Any) -> Any:
        """The value without them; texts in lists and tables as well."""
        if isinstance(value, str):
            for mark, text in self.instead.items():
                value = _whole(mark).sub(text.replace("\\", r"\\"), value)
            return value
        if isinstance(value, list):
            return [self.within(one) for one in value]
        if isinstance(value, dict):
            return {key: self.within(one) for key, one in value.items()}
        return value

    def found_in(self, column: Column[Any]) -> ColumnElement[bool]:
        """JSON may be stored with other letters escaped."""
        text = cast(column, String) if isinstance(column.type, JSON) else column
        written = {*self.instead, *(json.dumps(mark)[1:-1] for mark in self.instead)}
        return or_(*(_may_hold(text, mark) for mark in sorted(written)))


def _may_hold(text: ColumnElement[str], mark: str) -> ColumnElement[bool]:
    """Roughly, for the database."""
    if digits := dialled(mark):
        return text.like(f"%{'%'.join(digits)}%")
    return (text.icontains if "@" in mark else text.contains)(mark, autoescape=True)


def dialled(mark: str) -> str | None:
    """The nine digits of a telephone number, which everybody groups in their own way; None: it is something else."""
    digits = re.sub(r"\D", "", mark).removeprefix("00")
    national = digits.removeprefix("48") if len(digits) > NATIONAL else digits
    return national if _NUMBER.fullmatch(mark) and len(national) == NATIONAL else None


def _whole(mark: str) -> re.Pattern[str]:
    """Not a part of somebody else's: ``ann@x.example`` is none of ``joann@x.example`` and ``ann@x.example.org``, nor does
    ``Adam Kowal`` stand in ``Adam Kowalski``, or a number in a longer one. An address is the same in capitals.
    """
    if "@" in mark:
        return re.compile(rf"(?<![\w.%+-]){re.escape(mark)}(?![\w-]|\.\w)", re.IGNORECASE)
    if digits := dialled(mark):
        return re.compile(rf"(?<!\w)(?:(?:\+|00)?48{_GAP})?{_GAP.join(digits)}(?!\d)")
    goes_on = r"\d" if mark[-1].isdigit() else r"[^\W\d_]"
    return re.compile(rf"(?<!\w){re.escape(mark)}(?!{goes_on})")


def traces(marks: Marks) -> dict[str, int]:
    """Table -> in how many rows the person is named. Changes nothing."""
    return {table.name: len(rows) for table, rows in _found(marks)} if marks.instead else {}


def take_away(marks: Marks) -> dict[str, int]:
    """The same, and the rows name nobody afterwards."""
    if not marks.instead:
        return {}
    done = {}
    for table, rows in _found(marks):
        for row in rows:
            _rewrite(table, row, marks)
        done[table.name] = len(rows)
    return done


def _found(marks: Marks) -> Iterator[tuple[Table, list[Any]]]:
    for table in db.metadata.sorted_tables:
        columns = [column for column in table.columns if _holds_words(table, column)]
        if not columns:
            continue
        where = or_(*(marks.found_in(column) for column in columns))
        rows = db.session.execute(select(*table.primary_key.columns, *columns).where(where)).all()
        named = [row for row in rows if any(marks.within(value) != value for value in row)]
        if named:
            yield table, named


def _holds_words(table: Table, column: Column[Any]) -> bool:
    is_text = isinstance(column.type, String | Text | JSON)
    return is_text and table.name not in KEPT and column.name not in KEYS and not column.primary_key


def _rewrite(table: Table, row: Any, marks: Marks) -> None:
    keys = [column == getattr(row, column.name) for column in table.primary_key.columns]
    known = row._mapping
    values = {
        column.name: marks.within(known[column])
        for column in table.columns
        if column in known and _holds_words(table, column)
    }
    changed = {name: value for name, value in values.items() if value != known[table.c[name]]}
    if changed:
        db.session.execute(update(table).where(*keys).values(changed))
