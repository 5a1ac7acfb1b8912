"""History: who did what, when, to which record and on whose behalf. Rows are added, never changed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import ForeignKey, Index, Insert, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship
from sqlalchemy.sql.dml import ReturningInsert

from core import clock
from core.database import Base, db, table_of
from core.i18n import LazyString
from core.labels import LabelledEnum, Tone

READS = True
"""Beside the label of an event that only reads: ``OPENED = "file.opened", _l("Opened a file"), READS``."""


class EventKind(LabelledEnum):
    """The base of each package's events: ``RETURNED = "plan.returned", _l("Returned for changes")``."""

    reads: bool
    """Somebody looked at something or took a copy away: nothing is different afterwards."""

    def __new__(cls, value: str, label: Any = "", reads: bool = False) -> "EventKind":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.tone, member.reads = label, Tone.NEUTRAL, reads
        return member


def reading_events() -> frozenset[str]:
    """Names of all events that change nothing."""
    return frozenset(str(kind) for kinds in EventKind.__subclasses__() for kind in kinds if kind.reads)


_kinds: dict[str, EventKind] = {}
"""Found once by their stored names: a history asks for the same few again and again."""


def event_label(event: str) -> LazyString | str:
    """What a person reads for a stored event name; the name itself if its package is no longer there."""
    kind = _kinds.get(event) or next(
        (kinds(event) for kinds in EventKind.__subclasses__() if event in kinds._value2member_map_), None
    )
    if kind is None:
        return event
    _kinds[event] = kind
    return kind.label


class Actor(Protocol):
    @property
    def id(self) -> int: ...


class AuditEvent(Base):
    """One thing that happened. Holds ids, field names and figures; what is personal lies in ``AuditPersonal``."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_record", "record_kind", "record_id"),
        Index("ix_audit_event_story", "story_kind", "story_id"),
        Index("ix_audit_event_event", "event", "at"),
        Index("ix_audit_event_kind", "record_kind", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    event: Mapped[str] = mapped_column(String(80))
    actor_id: Mapped[int | None] = mapped_column(index=True)
    on_behalf_of_id: Mapped[int | None]
    record_kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int | None]
    story_kind: Mapped[str | None] = mapped_column(String(40))
    story_id: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)

    personal: Mapped["AuditPersonal | None"] = relationship(back_populates="event", lazy="raise")


class AuditPersonal(Base):
    """The part of an event that names people or quotes them: emptied when a person is erased."""

    __tablename__ = "audit_personal"

    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)

    event: Mapped[AuditEvent] = relationship(back_populates="personal", lazy="raise")


_part_of: ContextVar[Mapping[str, Any]] = ContextVar("part_of", default={})  # noqa: B039 (never written to)


@contextmanager
def part_of(**data: Any) -> Iterator[None]:
    """Whatever is remembered meanwhile carries these as well: one deed that is felt in many records."""
    token = _part_of.set({**_part_of.get(), **data})
    try:
        yield
    finally:
        _part_of.reset(token)


def record(
    event: EventKind,
    subject: Any,
    *,
    actor: Actor | None,
    on_behalf_of: Actor | None = None,
    story: Any = None,
    personal: Mapping[str, Any] | None = None,
    session: Session | None = None,
    **data: Any,
) -> None:
    """Remember an event in the transaction of the change itself.

    ``subject`` is the record; its ``story`` (the record whose timeline shows the event) may differ from itself, as a
    plan's version tells its plan's story; ``story`` says it where the record cannot. ``on_behalf_of`` is a person, or a body that ``acts_through_people``.
    ``personal`` takes quoted words, names and addresses. The rows are written at once: nothing changes them afterwards.
    """
    where = session or db.session
    if subject.id is None:
        where.flush()
    story = story if story is not None else getattr(subject, "story", subject)
    body = on_behalf_of if getattr(on_behalf_of, "acts_through_people", False) else None
    if body is not None:
        data["on_behalf"] = body.__tablename__  # type: ignore[attr-defined]  # a record: only such have the mark
    event_row = {
        "at": clock.now(),
        "event": str(event),
        "actor_id": actor.id if actor else None,
        "on_behalf_of_id": on_behalf_of.id if on_behalf_of and body is None else None,
        "record_kind": subject.__tablename__,
        "record_id": subject.id,
        "story_kind": story.__tablename__,
        "story_id": story.id,
        "data": {**_part_of.get(), **data},
    }
    connection = where.connection()  # past the session: the change is written once, when all of it is made
    event_id = connection.scalar(_new_event(), event_row)
    if personal:
        connection.execute(_new_personal(), {"event_id": event_id, "data": dict(personal)})


@cache
def _new_event() -> ReturningInsert[*tuple[int]]:
    """Put together once, as the one below: nearly every deed is remembered."""
    events = table_of(AuditEvent)
    return insert(events).returning(events.c.id)


@cache
def _new_personal() -> Insert:
    return insert(table_of(AuditPersonal))


def story_of(subject: Any) -> Sequence[tuple[AuditEvent, dict[str, Any]]]:
    """Everything that happened to a record and its parts, newest first, with the personal part where it still is."""
    rows = db.session.execute(
        select(AuditEvent, AuditPersonal.data)
        .outerjoin(AuditPersonal, AuditPersonal.event_id == AuditEvent.id)
        .where(AuditEvent.story_kind == subject.__tablename__, AuditEvent.story_id == subject.id)
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )
    return [(event, personal or {}) for event, personal in rows]
