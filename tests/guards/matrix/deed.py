"""What one deed is: who does it, where, and with which answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.guards.matrix.world import World

Fields = Mapping[str, Any]
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Deed:
    by: str
    kind: str = ""
    record: str = ""
    fields: Fields | Callable[[World], Fields] = field(default_factory=dict)
    names: Fields | Callable[[World], Fields] = field(default_factory=dict)
    """What else the address names."""

    def filled(self, world: World) -> dict[str, Any]:
        return dict(self.fields(world) if callable(self.fields) else self.fields)

    def address(self, world: World) -> dict[str, Any]:
        record = world.record(self.kind, self.record).values if self.kind else {}
        return {**record, **(self.names(world) if callable(self.names) else self.names)}
