"""What a kind of records does with rows: compares them with what is there, and writes what differs."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, ClassVar

from accounts.models import User
from core.i18n import LazyString, _l
from core.labels import LabelledEnum, Tone
from intake.checking import ReadRow
from intake.columns import PLACE_KEYS, Column
from intake.findings import MOST_KEPT, Finding, Severity
from intake.models import RecordKind
from intake.places import Place, Places
from partnerships.models import Partnership


class What(LabelledEnum):
    NEW = "new", _l("New"), Tone.SUCCESS
    CHANGED = "changed", _l("Changes"), Tone.INFO
    SAME = "same", _l("Unchanged"), Tone.NEUTRAL


@dataclass(slots=True)
class Change:
    """What one row would do. ``cells``: key, before, after, as values; ``data``: what writing it needs.

    ``about`` is the id of whose record it is: titles are in words, and words depend on the reader's language.
    """

    number: int
    what: What
    title: str
    cells: Sequence[tuple[str, Any, Any]]
    data: Any
    about: int
    said: Any = None
    """What the row says besides: its day, who advised. What is applied with other days is something else."""


@dataclass
class Outcome:
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unnamed: dict[int, str] = field(default_factory=dict)
    """What is there and in no row of the file, not even in one that is left out, by its id. It stays."""
    to_invite: int = 0
    facts: Any = None
    """What the rows were compared with, for writing in the same transaction."""

    def tell(self, *findings: Finding) -> None:
        if len(self.findings) < MOST_KEPT:
            self.findings += findings

    def of(self, what: What) -> list[Change]:
        return [change for change in self.changes if change.what is what]

    @property
    def missing(self) -> list[str]:
        return list(self.unnamed.values())

    @property
    def applies(self) -> bool:
        return any(change.what is not What.SAME for change in self.changes)

    @property
    def fingerprint(self) -> str:
        """The same as long as applying would do the same."""
        told = [
            (one.number, one.what.value, one.about, one.cells, one.said)
            for one in self.changes
            if one.what is not What.SAME
        ]
        return sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True)
class Scope:
    """For whom a file is: one partnership, or the whole register. Earlier records are marked, and told of nobody's doing."""

    partnership: Partnership | None
    taken_over: bool
    actor: User
    on_behalf_of: Any = None
    """A person, or a partnership without a leader."""


@dataclass
class Written:
    counts: dict[str, int]
    to_invite: list[int] = field(default_factory=list)


class Target(ABC):
    kind: ClassVar[RecordKind]
    columns: ClassVar[tuple[Column, ...]]
    help: ClassVar[LazyString]

    @abstractmethod
    def compare(self, rows: Sequence[ReadRow], scope: Scope) -> Outcome:
        """What each row would do, and what speaks against it. Reads everything it needs at once; changes nothing."""

    def look_at(self, rows: Sequence[ReadRow], scope: Scope, outcome: Outcome) -> None:
        """Rows that are left out for what they lack: tell what else is wrong with them, so that nobody corrects twice."""
        if scope.partnership is None:
            placed(tellable(rows), Places.load(), outcome)

    @abstractmethod
    def write(self, outcome: Outcome, scope: Scope) -> Written:
        """Do what was compared, in the transaction of the caller."""

    def told_columns(self, scope: Scope) -> tuple[Column, ...]:
        """Those that a file of this scope may bring."""
        return tuple(column for column in self.columns if column.is_told)


class Repeats:
    """Rows that are the same as an earlier one of the file: told, and left out."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome, self._seen = outcome, dict[Any, int]()

    def is_new(self, key: Any, row: ReadRow, column: str | None = None) -> bool:
        first = self._seen.setdefault(key, row.number)
        if first == row.number:
            return True
        said = {"first": str(first)}
        self._outcome.tell(Finding("repeated", Severity.WARNING, column, row.get(column or ""), said))
        return False


def tellable(rows: Sequence[ReadRow]) -> list[ReadRow]:
    """Those whose municipality could be read: of the others it was told already."""
    return [row for row in rows if row.told.isdisjoint(PLACE_KEYS)]


def placed(rows: Sequence[ReadRow], places: Places, outcome: Outcome) -> list[tuple[ReadRow, Place]]:
    """The rows whose municipality is known; of the others what is wrong."""
    found = []
    for row in rows:
        place, findings = places.find(row.values, row)
        outcome.tell(*findings)
        if place is not None:
            found.append((row, place))
    return found


def differing(
    wanted: Mapping[str, Any], present: Mapping[str, Any], keys: Sequence[str]
) -> list[tuple[str, Any, Any]]:
    """Cells that say something else than what is there; an empty one says nothing."""
    return [
        (key, present[key], wanted[key])
        for key in keys
        if wanted[key] not in (None, ()) and wanted[key] != present[key]
    ]


Compare = Callable[[Sequence[ReadRow], Scope], Outcome]
