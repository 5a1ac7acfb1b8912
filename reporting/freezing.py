"""Closing a period: its figures are kept with everything they were counted from, and never change again."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from core.workflow import NotNow
from programme.queries import the_programme
from reporting.counting import Figure, figures_of
from reporting.errors import FrozenAlready, NotOverYet
from reporting.events import ReportingEvent
from reporting.models import ReportingPeriod, ReportSnapshot
from reporting.rows import Span
from reporting.spans import due_after, spans_of, what_is_left
from reporting.workflow import PERIOD, PeriodAction, PeriodStatus


def periods_begun() -> Sequence[ReportingPeriod]:
    """Every period that has begun, the latest first; one that is not there yet is made.

    Those that are there stay as they are. After the kind of period or the days of the programme were changed, what they
    leave of the others is reported: no day twice, and none never.
    """
    programme, today = the_programme(), clock.today()
    found = list(db.session.scalars(select(ReportingPeriod)))
    known = [span_of(one) for one in found]
    for whole in spans_of(programme.row.starts_on, programme.row.ends_on, programme.settings.period_kind):
        found += [_new(span) for span in what_is_left(whole, known) if span.first <= today]
    return sorted(found, key=lambda one: one.begins_on, reverse=True)


def _new(span: Span) -> ReportingPeriod:
    due = due_after(span.last, the_programme().settings.period_due_day)
    return ReportingPeriod(begins_on=span.first, ends_on=span.last, due_on=due, status=PeriodStatus.OPEN)


def span_of(period: ReportingPeriod) -> Span:
    return Span(period.begins_on, period.ends_on)


def begin_closing(period: ReportingPeriod, *, actor: User) -> None:
    """From now on the closing list says what is unconfirmed or overdue. Only with this a period becomes a record."""
    period.status = PERIOD.after(PeriodAction.CLOSE, period.status)
    with refusing(NotNow):
        db.session.add(period)
    audit.record(ReportingEvent.CLOSING, period, actor=actor)


def freeze(period: ReportingPeriod, *, actor: User) -> None:
    """Raises NotOverYet while days of it are still to come, and FrozenAlready to whoever comes second."""
    if clock.today() <= period.ends_on:
        raise NotOverYet(period.ends_on)
    _hold(period)
    if period.is_kept:
        raise FrozenAlready
    status = PERIOD.after(PeriodAction.FREEZE, period.status)
    now = clock.now()
    figures = figures_of(span_of(period))
    for position, figure in enumerate(figures):
        db.session.add(
            ReportSnapshot(
                period=period,
                position=position,
                indicator=figure.code,
                words=figure.words,
                value=str(figure.value),
                evidence_refs=[list(row) for row in figure.rows],
                frozen_at=now,
            )
        )
    period.status, period.frozen_at, period.content_hash = status, now, fingerprint(figures)
    audit.record(ReportingEvent.FROZEN, period, actor=actor, content_hash=period.content_hash)


def _hold(period: ReportingPeriod) -> None:
    db.session.execute(select(ReportingPeriod.id).where(ReportingPeriod.id == period.id).with_for_update())
    db.session.refresh(period)


def mark_sent(period: ReportingPeriod, *, actor: User) -> None:
    period.status = PERIOD.after(PeriodAction.SUBMIT, period.status)
    period.submitted_on = clock.today()
    audit.record(ReportingEvent.SUBMITTED, period, actor=actor)


def fingerprint(figures: Sequence[Figure]) -> str:
    """SHA-256 of all figures and the rows behind them, in one form whatever wrote it down."""
    said: list[Any] = [[one.code, str(one.value), [list(row) for row in one.rows]] for one in figures]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
