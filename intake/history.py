"""The history of what a file brought: one event for each record, as if somebody had entered it, written at once."""

from collections.abc import Callable, Sequence
from typing import Any

from core import clock
from core.audit import AuditEvent, AuditPersonal, EventKind
from core.bulk import insert_columns, take_ids
from intake.targets.base import Scope

COLUMNS = ("event", "record_kind", "record_id", "story_kind", "story_id", "data")


WORDS = frozenset({"contact_function", "contact_email", "summary", "next_steps", "topics"})
"""What somebody wrote, or where somebody is reached: kept apart, so that it can be erased."""


def sides(cells: Sequence[tuple[str, Any, Any]]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Old and new values of a change: the plain facts, and apart from them the words, if there are any."""

    def told(names: Callable[[str], bool]) -> dict[str, Any]:
        chosen = [cell for cell in cells if names(cell[0])]
        before = {key: plain(value) for key, value, _ in chosen}
        return {"before": before, "after": {key: plain(value) for key, _, value in chosen}}

    words = told(WORDS.__contains__)
    return told(lambda key: key not in WORDS), words if words["after"] else None


def plain(value: Any) -> Any:
    """As the history keeps it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


class History:
    def __init__(self, scope: Scope) -> None:
        self._actor_id = scope.actor.id
        behalf = scope.on_behalf_of
        body = behalf if getattr(behalf, "acts_through_people", False) else None
        self._behalf_id = behalf.id if behalf and body is None else None
        self._behalf = {"on_behalf": body.__tablename__} if body is not None else {}
        self._events: list[tuple[Any, ...]] = []
        """As ``COLUMNS``."""
        self._personal: dict[int, dict[str, Any]] = {}
        """By the place of the event among all."""

    def add(
        self,
        event: EventKind,
        record: tuple[str, int],
        story_id: int,
        data: dict[str, Any],
        *,
        personal: dict[str, Any] | None = None,
        story_kind: str = "partnership",
    ) -> None:
        """``record``: table and id; ``story_kind``: the table of the record whose timeline shows it."""
        if personal:
            self._personal[len(self._events)] = personal
        said = data | self._behalf if self._behalf else data
        self._events.append((str(event), *record, story_kind, story_id, said))

    def write(self) -> None:
        count = len(self._events)
        ids = list(take_ids(AuditEvent, count))
        same: dict[str, Any] = {
            "at": clock.now(),
            "actor_id": self._actor_id,
            "on_behalf_of_id": self._behalf_id,
        }
        repeated = {key: [value] * count for key, value in same.items()}
        columns = [[event[at] for event in self._events] for at in range(len(COLUMNS))]
        insert_columns(AuditEvent, {"id": ids, **repeated, **dict(zip(COLUMNS, columns, strict=True))})
        named: dict[str, list[Any]] = {
            "event_id": [ids[at] for at in self._personal],
            "data": list(self._personal.values()),
        }
        insert_columns(AuditPersonal, named)
