"""What frozen figures would be now, and why: noticed by a job, told beside the figure, never written into it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from core import clock
from core.audit import AuditEvent
from core.database import db
from reporting.counting import count, kept_figure
from reporting.freezing import span_of
from reporting.indicators import indicator_called
from reporting.models import ReportDelta, ReportingPeriod, ReportSnapshot
from reporting.rows import Evidence
from reporting.workflow import KEPT

Key = tuple[str, int]


@dataclass(frozen=True)
class RowChange:
    """One record that gives something else than it did."""

    kind: str
    record_id: int
    place: str
    then: int | None
    """None: it was not counted then."""
    now: int | None

    def as_cause(self, event: str | None, at: datetime | None) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "record_id": self.record_id,
            "place": self.place,
            "then": self.then,
            "now": self.now,
            "event": event,
            "at": at.isoformat() if at else None,
        }


def notice_differences() -> int:
    """Hold every frozen period against the records of now; returns how many new differences were noticed."""
    kept = db.session.scalars(select(ReportingPeriod).where(ReportingPeriod.status.in_(KEPT)))
    return sum(compare(period) for period in kept)


def compare(period: ReportingPeriod) -> int:
    """The same difference is noticed once; one that goes away again is noticed as the frozen value."""
    noticed = sum(_compare(snapshot, period) for snapshot in period.snapshots)
    period.compared_at = clock.now()
    return noticed


def _compare(snapshot: ReportSnapshot, period: ReportingPeriod) -> bool:
    indicator = indicator_called(snapshot.indicator)
    if indicator is None or indicator.of_the_moment:
        return False
    then, now = kept_figure(snapshot), count(indicator, span_of(period))
    changes = changes_between(then.rows, now.rows)
    known = snapshot.deltas[-1] if snapshot.deltas else None
    if _is_said(known, now.value, changes):
        return False
    cause = _causes(changes, since=snapshot.frozen_at)
    snapshot.deltas.append(ReportDelta(value_after=str(now.value), cause=cause, noticed_at=clock.now()))
    return True


def _is_said(known: ReportDelta | None, value: Decimal, changes: Sequence[RowChange]) -> bool:
    if known is None:
        return not changes
    said = [(one["kind"], one["record_id"], one["then"], one["now"]) for one in known.cause]
    return known.amount == value and said == [(one.kind, one.record_id, one.then, one.now) for one in changes]


def changes_between(then: Sequence[Evidence], now: Sequence[Evidence]) -> list[RowChange]:
    """In the order of the records."""
    before, after = _by_record(then), _by_record(now)
    return [
        RowChange(
            *key,
            (after.get(key) or before[key]).place,
            before[key].amount if key in before else None,
            after[key].amount if key in after else None,
        )
        for key in sorted(before.keys() | after.keys())
        if key not in before or key not in after or before[key].amount != after[key].amount
    ]


def _by_record(rows: Sequence[Evidence]) -> Mapping[Key, Evidence]:
    return {(row.kind, row.record_id): row for row in rows}


def _causes(changes: Sequence[RowChange], *, since: datetime) -> list[dict[str, Any]]:
    last = _last_events({(one.kind, one.record_id) for one in changes}, since)
    return [one.as_cause(*last.get((one.kind, one.record_id), (None, None))) for one in changes]


def _last_events(records: Collection[Key], since: datetime) -> dict[Key, tuple[str, datetime]]:
    """The latest thing that happened to each of these records since then, one query for each kind."""
    found: dict[Key, tuple[str, datetime]] = {}
    for kind in {kind for kind, _id in records}:
        ids = [record_id for known, record_id in records if known == kind]
        latest = (
            select(func.max(AuditEvent.id))
            .where(AuditEvent.record_kind == kind, AuditEvent.record_id.in_(ids), AuditEvent.at >= since)
            .group_by(AuditEvent.record_id)
        )
        events = db.session.scalars(select(AuditEvent).where(AuditEvent.id.in_(latest)))
        found |= {(kind, event.record_id or 0): (event.event, event.at) for event in events}
    return found
