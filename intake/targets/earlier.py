"""Records from before this system: each known by what cannot repeat, compared, and entered with their mark."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from core import clock
from intake.checking import ReadRow
from intake.findings import Finding, Severity
from intake.history import History
from intake.places import Places
from intake.targets.base import (
    Change,
    Outcome,
    Repeats,
    Scope,
    Target,
    What,
    Written,
    differing,
    placed,
    tellable,
)
from intake.targets.partnerships import homes


@dataclass(frozen=True, slots=True)
class Owner:
    """The municipality or the partnership that a record belongs to."""

    id: int
    place_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Present:
    id: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    owner: Owner
    values: dict[str, Any]
    present: Present | None


class Earlier(Target):
    compared: ClassVar[tuple[str, ...]]
    of_partnership: ClassVar[bool] = False
    day: ClassVar[str] = "day"
    """The column of the day on which it was; never one to come."""
    stands_for: ClassVar[frozenset[str]] = frozenset()
    """Columns whose empty cells mean something. One that cannot be read is not taken for empty: its row is left out."""

    @abstractmethod
    def present(self) -> Mapping[Any, Present]:
        """What is there, by key."""

    @abstractmethod
    def key(self, owner: Owner, values: Mapping[str, Any]) -> Any:
        """What is the same only for the same record."""

    @abstractmethod
    def enter(self, new: Sequence[Wanted], scope: Scope, history: History) -> None: ...

    @abstractmethod
    def change(self, changed: Sequence[Change], scope: Scope, history: History) -> None: ...

    def prepare(self, row: ReadRow, owner: Owner, outcome: Outcome) -> bool:
        """Fill in what follows from the rest; False where the row cannot be."""
        return True

    def complete(self, row: ReadRow, known: Present | None, outcome: Outcome) -> bool:
        """What empty cells of a new record stand for; of a known one they say nothing. False where it cannot be."""
        return True

    def check_together(self, wanted: Sequence[tuple[ReadRow, Owner]], outcome: Outcome) -> set[int]:
        """Numbers of rows that cannot stand beside others of the file or of what is there."""
        return set()

    def compare(self, rows: Sequence[ReadRow], scope: Scope) -> Outcome:
        outcome, present = Outcome(), self.present()
        repeats = Repeats(outcome)
        ready = [
            (row, owner)
            for row, owner in self._owned(rows, outcome)
            if self._has_been(row, outcome) and self.prepare(row, owner, outcome)
            if row.told.isdisjoint(self.stands_for)
        ]
        left_out = self.check_together(ready, outcome)
        for row, owner in ready:
            key = self.key(owner, row.values)
            if row.number in left_out or not repeats.is_new(key, row):
                continue
            known = present.get(key)
            if self.complete(row, known, outcome):
                outcome.changes.append(self._compared(row, owner, known))
        return outcome

    def look_at(self, rows: Sequence[ReadRow], scope: Scope, outcome: Outcome) -> None:
        self._owned(tellable(rows), outcome)
        for row in rows:
            self._has_been(row, outcome)
            self.check_alone(row, outcome)

    def check_alone(self, row: ReadRow, outcome: Outcome) -> None:
        """Tell what is wrong with the cells that are there, of a row that lacks others."""

    def _compared(self, row: ReadRow, owner: Owner, known: Present | None) -> Change:
        if known is None:
            cells = [
                (key, None, row.values[key]) for key in self.compared if row.values[key] not in (None, ())
            ]
            what = What.NEW
        else:
            cells = differing(row.values, known.values, self.compared)
            what = What.CHANGED if cells else What.SAME
        wanted = Wanted(owner, row.values, known)
        said = {key: value for key, value in row.values.items() if value is not None}
        title = self.title(owner, {**(known.values if known else {}), **said})
        return Change(row.number, what, title, cells, wanted, owner.id, row.values)

    def title(self, owner: Owner, values: Mapping[str, Any]) -> str:
        day = values.get(self.day)
        return f"{owner.name}, {day:%d.%m.%Y}" if day else owner.name

    def _owned(self, rows: Sequence[ReadRow], outcome: Outcome) -> list[tuple[ReadRow, Owner]]:
        found = placed(rows, Places.load(), outcome)
        if not self.of_partnership:
            return [(row, Owner(place.id, place.id, place.name)) for row, place in found]
        return [(row, Owner(home.id, home.place_id, home.place_name)) for row, home in homes(found, outcome)]

    def _has_been(self, row: ReadRow, outcome: Outcome) -> bool:
        day = row.values.get(self.day)
        if day is None or day <= clock.today():
            return True
        outcome.tell(Finding("future", Severity.ERROR, self.day, row.get(self.day)))
        return False

    def write(self, outcome: Outcome, scope: Scope) -> Written:
        history = History(scope)
        new = [one.data for one in outcome.of(What.NEW)]
        changed = outcome.of(What.CHANGED)
        self.enter(new, scope, history)
        self.change(changed, scope, history)
        history.write()
        return Written({"new": len(new), "changed": len(changed)})
