"""The people of a report, each once: which program wrote it, where its list stands, whose rows belong together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.addresses import is_mail_address, sign_in_name
from core.text import clean, words
from core.workbooks.raw import CellValue
from core.workbooks.typed import as_text
from webinars.attendance.errors import NotAReport, ReportTooLarge
from webinars.attendance.reading.mapping import PEOPLE, Formats, SourceFormat, Times, plain
from webinars.attendance.reading.moments import has_a_day, length_of, moment_of, order_of, seconds_between
from webinars.attendance.reading.spent import Interval, Spent
from webinars.attendance.reading.tables import MOST_ROWS, SLACK, Cells, Rows, tables_of

LONGEST_NAME, LONGEST_ADDRESS = 200, 254

Record = Mapping[str, CellValue]
"""What a row says, by what its columns hold."""


@dataclass(frozen=True)
class Person:
    name: str
    email: str | None
    spent: Spent

    @property
    def name_key(self) -> tuple[str, ...]:
        """The same for ``Anna Nowak`` and ``NOWAK Anna``."""
        return tuple(sorted(words(self.name)))


@dataclass(frozen=True)
class Report:
    source: SourceFormat
    people: Sequence[Person]
    day: date | None
    """Of which it speaks; None where it holds times alone."""


def read_report(data: bytes, formats: Formats, *, near: date) -> Report:
    """``near``: the day of the webinar. Raises a refusal with a sentence, whatever ``data`` is."""
    best = max(
        (
            (_fit(rows, source), -number, source, rows)
            for rows in tables_of(data)
            for number, source in enumerate(formats.sources)
        ),
        key=lambda found: found[:2],
        default=None,
    )
    if best is None or not best[0]:
        raise NotAReport
    _fits, _number, source, rows = best
    records = list(_records(rows, source))
    if len(records) > MOST_ROWS:
        raise ReportTooLarge
    return _report(records, source, formats, near)


# --- Where its list stands -------------------------------------------------------------------------------


def _fit(rows: Rows, source: SourceFormat) -> int:
    """How much of it is as this program writes it; 0: no list of people with times is."""
    above = rows[:SLACK]
    headings = max((len(_heads(row, source)) for row in above), default=0)
    marks = sum(_mark(row) in source.read | source.skip for row in above)
    return headings * 4 + marks if headings else 0


def _heads(row: Cells, source: SourceFormat) -> dict[int, str]:
    """Column to what it holds, of a row of headings; nothing of any other."""
    found: dict[int, str] = {}
    for at, cell in enumerate(row):
        column = source.columns.get(plain(cell)) if isinstance(cell, str) else None
        if column and column not in found.values():
            found[at] = column
    held = set(found.values())
    names_people = bool(held & {*PEOPLE})
    says_when = "length" in held or {"joined", "left"} <= held
    return found if names_people and says_when else {}


def _mark(row: Cells) -> str | None:
    """The text of a row that holds only one: the heading of a part."""
    filled = [cell for cell in row if cell is not None]
    return plain(filled[0].rstrip(":, ")) if len(filled) == 1 and isinstance(filled[0], str) else None


def _records(rows: Rows, source: SourceFormat) -> Iterator[Record]:
    only_marked = any(_mark(row) in source.read for row in rows)
    reading, heads, lists = not only_marked, dict[int, str](), 0
    for row in rows:
        mark = _mark(row)
        if mark is not None:
            heads = {}
            reading = mark in source.read if only_marked else mark not in source.skip
            continue
        found = _heads(row, source)
        if found:
            lists += 1
            heads = found if only_marked or lists == 1 else {}
        elif heads and reading:
            yield {
                column: value
                for at, column in heads.items()
                if at < len(row) and (value := row[at]) is not None
            }


# --- Who and how long ------------------------------------------------------------------------------------


def _report(records: Sequence[Record], source: SourceFormat, formats: Formats, near: date) -> Report:
    moments = [record.get(column) for record in records for column in ("joined", "left")]
    order = order_of(moments, near, source, formats)
    rows: list[Person] = []
    days: Counter[date] = Counter()
    for record in records:
        joined, left = (moment_of(record.get(name), order, near, formats) for name in ("joined", "left"))
        stay = seconds_between(joined, left) if joined and left else None
        spent = _spent(length_of(record.get("length"), source, formats), stay, source)
        if spent is None or _said_no(record, formats):
            continue
        name, email = _name(record, formats), _email(record)
        if name or email:
            rows.append(Person(name or (email or "").partition("@")[0], email, spent))
            if joined is not None and has_a_day(record.get("joined")):
                days[joined.date()] += 1
    if not rows:
        raise NotAReport
    return Report(source, _together(rows), days.most_common(1)[0][0] if days else None)


def _spent(length: int | None, stay: Interval | None, source: SourceFormat) -> Spent | None:
    """None: the row says of nobody that they were there."""
    if stay is None:
        return Spent(loose=length) if length else None
    if source.times is Times.SPAN and length:
        return Spent(spans=(stay,), within=length)
    return Spent(stays=(stay,))


def _said_no(record: Record, formats: Formats) -> bool:
    said = record.get("attended")
    return isinstance(said, str) and plain(said) in formats.no


def _email(record: Record) -> str | None:
    for column in ("email", "email_too"):
        value = record.get(column)
        if isinstance(value, str):
            address = sign_in_name(value)
            if len(address) <= LONGEST_ADDRESS and is_mail_address(address):
                return address
    return None


def _name(record: Record, formats: Formats) -> str:
    parts = [as_text(record[column]) for column in ("first_name", "last_name") if column in record]
    shown = as_text(record["name"]) if "name" in record else ""
    return person_name(" ".join(parts) if len(words(" ".join(parts))) > 1 or not shown else shown, formats)


def person_name(text: str, formats: Formats) -> str:
    """Without what programs write behind it: ``Anna Nowak (Guest)``; the name somebody gave first stands in brackets."""
    outside, _bracket, inside = text.partition("(")
    inside = inside.rpartition(")")[0] or inside
    is_name = inside.strip() and plain(inside) not in formats.beside_names and len(words(inside)) > 1
    chosen = inside if is_name and len(words(outside)) < 2 else outside
    surname, comma, first = chosen.partition(",")
    turned = f"{first} {surname}" if comma else chosen
    return " ".join(clean(turned).split())[:LONGEST_NAME]


def _together(rows: Iterable[Person]) -> list[Person]:
    """By address; a row without one belongs to the only person of that name."""
    rows = list(rows)
    emails_of: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        if row.email:
            emails_of.setdefault(row.name_key, set()).add(row.email)
    people: dict[Any, Person] = {}
    for row in rows:
        known = emails_of.get(row.name_key, set()) if row.name_key else set()
        email = row.email or (next(iter(known)) if len(known) == 1 else None)
        key = email or row.name_key or row.name
        before = people.get(key)
        people[key] = Person(
            _fuller(before.name, row.name) if before else row.name,
            email,
            before.spent + row.spent if before else row.spent,
        )
    return list(people.values())


def _fuller(one: str, other: str) -> str:
    return other if len(words(other)) > len(words(one)) else one
