"""What there is to find: plain facts about the records behind the application, and the ways in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.models import TokenPurpose

PASSWORD = "koza zielony rower 77"
"""Of the one person who signs in by it."""


@dataclass(frozen=True)
class Record:
    """Something an address can name: by these values, in this family, seen as ``state`` says."""

    name: str
    family: str
    values: Mapping[str, object]
    state: str = ""


@dataclass
class World:
    """Plain facts only, so that it outlives every transaction."""

    records: dict[str, list[Record]] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    links: dict[TokenPurpose, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    """What every browser sends beside the session."""
    places: dict[str, str] = field(default_factory=dict)
    workbooks: dict[str, bytes] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    """Of what is corrected on its page: the state as it was shown."""
    row: str = ""
    """The first row of the needs, the same in every general plan."""

    def record(self, kind: str, name: str) -> Record:
        return next(record for record in self.records[kind] if record.name == name)
