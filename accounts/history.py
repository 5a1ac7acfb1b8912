"""What happened to a record, ready to be shown: ``components/history.html`` draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import aliased

from accounts.gathering import sittings
from accounts.models import User
from accounts.roles import Role
from core.audit import AuditEvent, AuditPersonal, event_label
from core.clock import local
from core.database import db
from core.fact_words import Change, changes_between
from core.formatting import moment
from core.i18n import _
from core.paging import Page, paged

ROLES = frozenset(Role)
SAID_IN = ("reason", "note", "comment")
"""Where services put the words that explain an event."""

BEFORE_EVERYTHING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    who: str | None
    """None when nobody was signed in: the system itself, or a command."""
    text: str
    note: str | None = None
    on_behalf_of: str | None = None
    changes: tuple[Change, ...] = ()
    """What was changed, old and new."""
    event: str = field(default="", compare=False)
    """Its stored name, for a page that looks for one of its kind."""
    record: tuple[str, int | None] = field(default=("", None), compare=False)
    """Kind and id of what it happened to."""
    told_in: tuple[str | None, int | None] = field(default=(None, None), compare=False)
    """Kind and id of the record whose story it belongs to."""
    number: int | None = field(default=None, compare=False)
    """Of the version, where it happened to one of several."""

    @property
    def at_text(self) -> str:
        return moment(self.at)

    @property
    def at_iso(self) -> str:
        return local(self.at).isoformat(timespec="seconds")


def story(record: Any, *, since: datetime = BEFORE_EVERYTHING, most: int = 200) -> list[HistoryLine]:
    """The latest events of a record and its parts, newest first, with the names of people, in one query.

    ``since`` leaves out what is told of another one that had the same number before it was deleted.
    """
    wanted = {"kind": record.__tablename__, "record": record.id, "since": since, "most": most}
    return _lines(db.session.execute(_story(), wanted).all())


def lines_where(*told: ColumnElement[bool], number: int) -> Page[HistoryLine]:
    """A page of the events that fulfil all of these conditions on ``AuditEvent``, newest first."""
    page = paged(_events().where(*told).order_by(*NEWEST_FIRST), number=number)
    return Page(_lines(page.rows), page.number, page.total, page.size)


def latest_where(*told: ColumnElement[bool], most: int) -> list[HistoryLine]:
    """The same without pages."""
    return _lines(db.session.execute(_events().where(*told).order_by(*NEWEST_FIRST).limit(most)).all())


def _lines(rows: Sequence[Any]) -> list[HistoryLine]:
    """What was done in one sitting is one line, where a package says so of its events (``accounts/gathering.py``)."""
    found = sittings(rows, key=_whose, event=lambda row: (row[0], row[1], row[6]))
    return [_line(one.rows[0], one.text(lambda row: row[6])) for one in found]


def _whose(row: Any) -> tuple[Any, ...]:
    _at, _event, kind, record_id, _story, _story_id, _data, _personal, who, on_behalf_of = row
    return kind, record_id, who, on_behalf_of


def _line(row: Any, text: str | None) -> HistoryLine:
    """``text``: what is said of all events of a sitting."""
    at, event, kind, record_id, story_kind, story_id, data, personal, who, on_behalf_of = row
    everything = {**data, **(personal or {})}
    return HistoryLine(
        at=at,
        who=who,
        text=text or str(event_label(event)),
        note=_note(everything),
        on_behalf_of=on_behalf_of or _body(data),
        changes=_changes(kind, data, personal or {}),
        event=event,
        record=(kind, record_id),
        told_in=(story_kind, story_id),
        number=data.get("number"),
    )


def _body(data: Mapping[str, Any]) -> str | None:
    """Where nobody led it, a partnership itself was acted for."""
    return _("the partnership, which had no leader") if data.get("on_behalf") == "partnership" else None


def _changes(kind: str, data: Mapping[str, Any], personal: Mapping[str, Any]) -> tuple[Change, ...]:
    """Fields of a record and those that name people are remembered apart."""
    before, after = ({**(data.get(side) or {}), **(personal.get(side) or {})} for side in ("before", "after"))
    return tuple(changes_between(kind, before, after))


Told = Select[*tuple[datetime, str, str, int | None, str | None, int | None, dict[str, Any], Any, str, str]]

NEWEST_FIRST = (AuditEvent.at.desc(), AuditEvent.id.desc())


@cache
def _story() -> Told:
    return (
        _events()
        .where(
            AuditEvent.story_kind == bindparam("kind"),
            AuditEvent.story_id == bindparam("record"),
            AuditEvent.at >= bindparam("since"),
        )
        .order_by(*NEWEST_FIRST)
        .limit(bindparam("most"))
    )


def _events() -> Told:
    actor, principal = aliased(User), aliased(User)
    return (
        select(
            AuditEvent.at,
            AuditEvent.event,
            AuditEvent.record_kind,
            AuditEvent.record_id,
            AuditEvent.story_kind,
            AuditEvent.story_id,
            AuditEvent.data,
            AuditPersonal.data,
            actor.name,
            principal.name,
        )
        .outerjoin(AuditPersonal, AuditPersonal.event_id == AuditEvent.id)
        .outerjoin(actor, actor.id == AuditEvent.actor_id)
        .outerjoin(principal, principal.id == AuditEvent.on_behalf_of_id)
    )


def _note(data: Mapping[str, Any]) -> str | None:
    if data.get("role") in ROLES:
        return str(Role(data["role"]).label)
    return next((str(data[key]) for key in SAID_IN if data.get(key)), None)
