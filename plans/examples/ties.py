"""What ties the rows of an example together, and what a cell of it may hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from plans.definitions import ColumnDefinition, Value
from programme.data_files import ProfileFault, Table
from programme.labels import Labels


@dataclass(frozen=True)
class ReadyRow:
    key: str
    ticked: bool
    cells: Mapping[str, Labels | Value]
    ties: Mapping[str, Any] = field(default_factory=dict)

    def tied_to(self, what: str) -> tuple[str, ...]:
        return tuple(self.ties.get(what, ()))


def texts_in(table: Table, key: str) -> list[str]:
    value = table.data.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise ProfileFault(f"{table.where}: {key} must be a list of texts")
    return value


def tie_in(table: Table, key: str) -> Any:
    if key == "trainings":
        value = table.data.get(key)
        if not isinstance(value, list) or len(value) != 3 or not all(type(one) is int for one in value):
            raise ProfileFault(f"{table.where}: trainings must be three whole numbers")
        return tuple(value)
    if key in ("per_hundred", "reached", "hours_each", "people_each"):
        return table.whole(key)
    if key == "goal":
        return (table.text(key),)
    return tuple(texts_in(table, key))


def fitting(labels: Labels, column: ColumnDefinition, where: str) -> Labels:
    if any(len(text) > (column.max_length or len(text)) for text in labels.texts.values()):
        raise ProfileFault(f"{where}: {column.key} is longer than {column.max_length} characters")
    return labels


def within(number: int, column: ColumnDefinition, where: str) -> int:
    if (column.minimum is not None and number < column.minimum) or (
        column.maximum is not None and number > column.maximum
    ):
        raise ProfileFault(f"{where}: {column.key} must be from {column.minimum} to {column.maximum}")
    return number


LINKS = (
    ("goals", "needs", "needs"),
    ("lines", "goal", "goals"),
    ("lines", "groups", "groups"),
    ("recommendations", "goals", "goals"),
)
"""Rows of one kind, their tie, and the kind of row that it names."""


def loose_ends(rows: Mapping[str, tuple[ReadyRow, ...]]) -> Iterator[str]:
    """What is named must be there; and whatever can be ticked must lead to something that is taught."""
    keys = {kind: {row.key for row in found} for kind, found in rows.items()}
    for kind, tie, target in LINKS:
        for row in rows[kind]:
            for key in row.tied_to(tie):
                if key not in keys[target]:
                    yield f"{kind} {row.key}: there is nothing called {key} in {target}"
    named = {target: set[str]() for target in ("needs", "goals", "groups")}
    for kind, tie, target in LINKS[:3]:
        named[target] |= {key for row in rows[kind] for key in row.tied_to(tie)}
    for target, used in named.items():
        for key in sorted(keys[target] - used):
            yield f"{target} {key}: nothing leads to it"
