"""Many small events of one sitting as one line of the history. All of them stay as they were remembered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Gathering:
    """Which events of one kind are one: of the same person, on the same record, with the same values of ``same``."""

    same: tuple[str, ...]
    within: timedelta
    """No longer than this lies between one and the next."""
    words: Callable[[Sequence[Data]], str]
    """What a line says of all of them."""


_gatherings: dict[str, Gathering] = {}


def gather_events(event: str, gathering: Gathering) -> None:
    """Each package says so of its own events."""
    _gatherings[event] = gathering


@dataclass
class Sitting:
    """One line to be: its place is that of its latest event."""

    gathering: Gathering | None
    rows: list[Any]
    since: datetime

    def text(self, data: Callable[[Any], Data]) -> str | None:
        return self.gathering.words([data(row) for row in self.rows]) if self.gathering else None


def sittings(
    rows: Sequence[Any],
    *,
    key: Callable[[Any], tuple[Any, ...]],
    event: Callable[[Any], tuple[datetime, str, Data]],
) -> list[Sitting]:
    """Rows of the history, newest first; ``key``: who did it, to what."""
    found: list[Sitting] = []
    going_on: dict[tuple[Any, ...], Sitting] = {}
    for row in rows:
        at, name, data = event(row)
        gathering = _gatherings.get(name)
        if gathering is None:
            found.append(Sitting(None, [row], at))
            continue
        mine = (name, *key(row), *(str(data.get(one)) for one in gathering.same))
        known = going_on.get(mine)
        if known is not None and known.since - at <= gathering.within:
            known.rows.append(row)
            known.since = at
        else:
            going_on[mine] = Sitting(gathering, [row], at)
            found.append(going_on[mine])
    return found
