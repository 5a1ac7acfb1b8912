"""``attendance.toml`` of the profile: how each program names its columns, its parts and its lengths of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.text import fold
from programme.data_files import ProfileFault, Table, read_toml

FILE = "attendance.toml"
PEOPLE = ("name", "first_name", "last_name", "email", "email_too")
COLUMNS = (*PEOPLE, "joined", "left", "length", "attended")


class Times(StrEnum):
    SESSIONS = "sessions"
    SPAN = "span"


class Unit(StrEnum):
    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"

    @property
    def seconds(self) -> int:
        return {Unit.HOURS: 3600, Unit.MINUTES: 60, Unit.SECONDS: 1}[self]


class ClockForm(StrEnum):
    HOURS_FIRST = "h:m"
    MINUTES_FIRST = "m:s"


class DateOrder(StrEnum):
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True)
class SourceFormat:
    """One program's report. All texts are folded."""

    key: str
    name: str
    times: Times
    bare: Unit
    clock: ClockForm
    dates: DateOrder
    read: frozenset[str]
    skip: frozenset[str]
    columns: Mapping[str, str]
    """Heading to what the column holds."""


@dataclass(frozen=True)
class Formats:
    sources: Sequence[SourceFormat]
    units: Mapping[str, Unit]
    no: frozenset[str]
    beside_names: frozenset[str]
    months: Mapping[str, int]
    """First three letters of its name."""

    def source(self, key: str) -> SourceFormat | None:
        return next((one for one in self.sources if one.key == key), None)


@lru_cache(maxsize=8)
def load_formats(folder: Path) -> Formats:
    """Of the profile in this folder, read once in a process."""
    path = folder / FILE
    return read_formats(path.read_text(encoding="utf-8"), path.name)


def read_formats(text: str, name: str) -> Formats:
    whole = Table(read_toml(text, name), name, ("words", "months", "sources"))
    words = Table(
        whole.data.get("words"),
        f"{name}, words",
        ("hours", "minutes", "seconds", "no", "beside_names"),
    )
    return Formats(
        tuple(_source(entry, f"{name}, source {n}") for n, entry in enumerate(whole.tables("sources"), 1)),
        {word: unit for unit in Unit for word in _texts(words, unit.value)},
        frozenset(_texts(words, "no")),
        frozenset(_texts(words, "beside_names")),
        _months(whole.data.get("months"), f"{name}, months"),
    )


def _source(entry: Mapping[str, Any], where: str) -> SourceFormat:
    keys = ("key", "name", "times", "bare", "clock", "dates", "read", "skip", "columns")
    table = Table(entry, where, keys)
    columns = Table(entry.get("columns"), f"{where}, columns", COLUMNS)
    headings = {heading: column for column in columns.data for heading in _texts(columns, column)}
    return SourceFormat(
        table.text("key"),
        table.text("name"),
        table.member("times", Times),
        table.member("bare", Unit),
        table.member("clock", ClockForm),
        table.member("dates", DateOrder),
        frozenset(_texts(table, "read")),
        frozenset(_texts(table, "skip")),
        headings,
    )


def _months(entry: Any, where: str) -> dict[str, int]:
    table = Table(entry, where, list(entry) if isinstance(entry, dict) else ())
    months: dict[str, int] = {}
    for language in table.data:
        names = _texts(table, language)
        if len(names) != 12:
            raise ProfileFault(f"{where}: {language} must name twelve months")
        months |= {month[:3]: number for number, month in enumerate(names, start=1)}
    return months


def _texts(table: Table, key: str) -> list[str]:
    """Folded, each once."""
    value = table.data.get(key)
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise ProfileFault(f"{table.where}: {key} must be a list of texts")
    return list(dict.fromkeys(plain(text) for text in value))


def plain(text: str) -> str:
    """As headings are compared: no case, no accents, one space between words."""
    return " ".join(fold(text).split())
