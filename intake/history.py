"""The history of what a file brought: one event for each record, as if somebody had entered it, written at once."""

from typing import Any

from core import clock
from core.audit import AuditEvent, AuditPersonal, EventKind
from core.bulk import insert_rows, take_ids
from intake.targets.base import Scope


class History:
    def __init__(self, scope: Scope) -> None:
        self._actor_id = scope.actor.id
        behalf = scope.on_behalf_of
        body = behalf if getattr(behalf, "acts_through_people", False) else None
        self._behalf_id = behalf.id if behalf and body is None else None
        self._behalf = {"on_behalf": body.__tablename__} if body is not None else {}
        self._events: list[tuple[dict[str, Any], dict[str, Any] | None]] = []
        self._now = clock.now()

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
        row = {
            "at": self._now, "event": str(event), "actor_id": self._actor_id, "on_behalf_of_id": self._behalf_id,
            "record_kind": record[0], "record_id": record[1], "story_kind": story_kind, "story_id": story_id,
            "data": data | self._behalf,
        }  # fmt: skip
        self._events.append((row, personal))

    def write(self) -> None:
        ids = take_ids(AuditEvent, len(self._events))
        insert_rows(AuditEvent, [{"id": key, **row} for key, (row, _) in zip(ids, self._events, strict=True)])
        insert_rows(
            AuditPersonal,
            [
                {"event_id": key, "data": personal}
                for key, (_, personal) in zip(ids, self._events, strict=True)
                if personal
            ],
        )
        self._events.clear()
