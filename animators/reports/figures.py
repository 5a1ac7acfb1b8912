"""Every figure the office reads about hours: its name, its unit, how it is counted in words, and which rows it counts.

This is the one place for all three. Pages, lists behind a figure and exports take their rows from here, so a figure is
always the sum of the rows it leads to. A figure of a period counts a row by ``when``, in the days of the programme's
country: what begins at 23:30 on 31 March is of March, wherever the server stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.models import BudgetAdjustment, Decision
from core import clock
from core.i18n import LazyString, _l
from core.labels import LabelledEnum


class Unit(LabelledEnum):
    MINUTES = "minutes", _l("whole minutes, shown as hours")
    VISITS = "visits", _l("number of visits and their minutes")
    MUNICIPALITIES = "municipalities", _l("number of municipalities")
    PLANS = "plans", _l("number of plans")


@dataclass(frozen=True)
class Figure:
    key: str
    label: LazyString
    unit: Unit
    how: LazyString
    """The formula in words."""


@dataclass(frozen=True)
class Rows:
    """The consultations that a figure counts: which, on which moment of theirs, and how many minutes of each."""

    where: Callable[[], ColumnElement[bool]]
    when: ColumnElement[datetime | None]
    minutes: ColumnElement[int]


S, C = ConsultationStatus, Consultation
TOOK_PLACE = frozenset({S.HELD, S.REPORTED, S.LOGGED, S.DISPUTED, S.CONFIRMED})
"""What was void is not among them, nor what was only agreed."""
AGREED_ONCE = frozenset({S.AGREED, S.MOVED, S.HELD, S.REPORTED, S.DISPUTED, S.CONFIRMED})

_visit, _remote = C.channel == Channel.VISIT, C.channel != Channel.VISIT
_took_place = C.status.in_(TOOK_PLACE)
_planned_at: ColumnElement[datetime | None] = C.planned_start.expression
_held_at: ColumnElement[datetime | None] = func.coalesce(C.actual_start, C.planned_start)
_planned: ColumnElement[int] = func.coalesce(C.planned_minutes, 0)
_lasted: ColumnElement[int] = func.coalesce(C.actual_minutes, 0)

WAITING_MINUTES: ColumnElement[int] = func.coalesce(
    select(BudgetAdjustment.minutes)
    .where(BudgetAdjustment.consultation_id == C.id, BudgetAdjustment.decision == Decision.PENDING)
    .correlate(C)
    .scalar_subquery(),
    literal(0),
)
"""Of one consultation: at most one request waits."""
REFUSED_MINUTES: ColumnElement[int] = C.over_budget_minutes - WAITING_MINUTES


GRANTED = Figure(
    "granted",
    _l("Granted"),
    Unit.MINUTES,
    _l(
        "What the pot began with (the usual number where nobody opened it yet and a partnership is open), plus every change "
        "that the office granted or moved between the pots. As of today, whatever period is chosen."
    ),
)
USED = Figure(
    "used",
    _l("Used"),
    Unit.MINUTES,
    _l(
        "The sum of all entries of the pot's ledger: opening balances, consultations, corrections, and what moved as "
        "municipalities changed. As of today, whatever period is chosen. Minutes over the pot are not in it."
    ),
)
FREE = Figure("free", _l("Free"), Unit.MINUTES, _l("Granted less used. Never below zero."))
TAKEN = Figure(
    "taken",
    _l("Taken from the pots"),
    Unit.MINUTES,
    _l(
        "The sum of the ledger's entries whose day lies in the period. An entry of a consultation is of the day of the "
        "consultation; a correction is of the day it was made; an opening balance is of the day it was taken over. It can be "
        "below zero where more was given back than taken."
    ),
)
VISITS_PLANNED = Figure(
    "visits_planned",
    _l("Visits planned"),
    Unit.VISITS,
    _l(
        "Visits with an agreed date in the period, by that date and for as long as was planned, whether or not they took "
        "place on it. A visit that was moved counts once, on its latest date. Cancelled, void and merely proposed ones do not."
    ),
)
VISITS_HELD = Figure(
    "visits_held",
    _l("Visits held"),
    Unit.VISITS,
    _l(
        "Visits that took place, by the day they began and for as long as they lasted, minutes over the pot included. One "
        "without a report yet counts on its planned date, with no minutes. Void ones do not count."
    ),
)
VISITS_CANCELLED = Figure(
    "visits_cancelled",
    _l("Visits cancelled"),
    Unit.VISITS,
    _l(
        "Cancelled visits, late ones included, by the date they were planned for; without an agreed date by the day they were "
        "cancelled. The visit stays owed."
    ),
)
VISITS_LATE = Figure(
    "visits_late",
    _l("Cancelled late"),
    Unit.VISITS,
    _l(
        "Of the cancelled visits those called off later than the programme's limit before they would have begun."
    ),
)
REMOTE_GIVEN = Figure(
    "remote_given",
    _l("Remote advice given"),
    Unit.MINUTES,
    _l(
        "Phone, online, chat and interpreter calls with partnerships, by the day they took place, minutes over the pot "
        "included. Void ones do not count."
    ),
)
WAITING = Figure(
    "waiting",
    _l("Over the pot: waits"),
    Unit.MINUTES,
    _l(
        "Minutes of consultations of the period that did not fit into the pot and wait for the office. They are not used until "
        "it grants them."
    ),
)
REFUSED = Figure(
    "refused",
    _l("Over the pot: refused"),
    Unit.MINUTES,
    _l(
        "Minutes of consultations of the period that stay outside the pot, as the office refused them. Corrected or void ones "
        "are no longer in it."
    ),
)
VISITS_AHEAD = Figure(
    "visits_ahead",
    _l("Visits ahead"),
    Unit.VISITS,
    _l(
        "Visits agreed for a moment that is still to come, of municipalities the animator advises today. As of now."
    ),
)
REPORTS_OWED = Figure(
    "reports_owed",
    _l("Reports owed"),
    Unit.VISITS,
    _l(
        "Visits that began more than an hour ago and have no report yet, of municipalities the animator advises today. As of now."
    ),
)
MUNICIPALITIES = Figure(
    "municipalities",
    _l("Municipalities"),
    Unit.MUNICIPALITIES,
    _l(
        "Municipalities with an open partnership that the animator advises today: the cover while there is one, else the main "
        "animator."
    ),
)
VISITS_OWED = Figure(
    "visits_owed",
    _l("Visits owed"),
    Unit.VISITS,
    _l(
        "Of municipalities with an open partnership: the visits each is to have, less those held so far. Never below zero. As "
        "of now."
    ),
)
REVIEWS_OPEN = Figure(
    "reviews_open",
    _l("Reviews open"),
    Unit.PLANS,
    _l("General plans handed over that wait for this animator's decision. As of now."),
)
OUTSIDE = Figure(
    "outside",
    _l("Outside the partnerships"),
    Unit.MINUTES,
    _l("Advice to organisations that belong to no partnership, in the period. No pot pays for it."),
)

FIGURES = (
    GRANTED, USED, FREE, TAKEN, VISITS_PLANNED, VISITS_HELD, VISITS_CANCELLED, VISITS_LATE, REMOTE_GIVEN, WAITING, REFUSED,
    MUNICIPALITIES, VISITS_OWED, VISITS_AHEAD, REPORTS_OWED, REVIEWS_OPEN, OUTSIDE,
)  # fmt: skip

CONSULTATIONS: Mapping[str, Rows] = {
    VISITS_PLANNED.key: Rows(
        lambda: and_(_visit, C.status.in_(AGREED_ONCE), C.planned_start.is_not(None)), _planned_at, _planned
    ),
    VISITS_HELD.key: Rows(lambda: and_(_visit, _took_place), _held_at, _lasted),
    VISITS_CANCELLED.key: Rows(
        lambda: and_(_visit, C.status == S.CANCELLED),
        func.coalesce(C.planned_start, C.cancelled_at),
        _planned,
    ),
    VISITS_LATE.key: Rows(
        lambda: and_(_visit, C.status == S.CANCELLED, C.cancelled_late),
        func.coalesce(C.planned_start, C.cancelled_at),
        _planned,
    ),
    REMOTE_GIVEN.key: Rows(lambda: and_(_remote, _took_place), _held_at, _lasted),
    WAITING.key: Rows(lambda: WAITING_MINUTES > 0, _held_at, WAITING_MINUTES),
    REFUSED.key: Rows(lambda: REFUSED_MINUTES > 0, _held_at, REFUSED_MINUTES),
    VISITS_AHEAD.key: Rows(
        lambda: and_(_visit, C.status == S.AGREED, C.planned_start > clock.now()), _planned_at, _planned
    ),
    REPORTS_OWED.key: Rows(
        lambda: and_(
            _visit, C.status.in_([S.AGREED, S.HELD]), C.planned_start < clock.now() - timedelta(hours=1)
        ),
        _planned_at,
        _planned,
    ),
}
"""Figures that are sums of consultations."""

OF_NOW = frozenset({VISITS_AHEAD.key, REPORTS_OWED.key})
"""A chosen period does not narrow these: they say what is so at this moment."""


def figure_called(key: str) -> Figure:
    return next(figure for figure in FIGURES if figure.key == key)


def rows_of(key: str) -> Any:
    """The figure and its rows."""
    return figure_called(key), CONSULTATIONS[key]
