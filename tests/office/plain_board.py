"""A row of the board once more, record by record, as somebody would fill it in with the files on a desk.

The board is put together by the database. Both have to say the same, so nothing of it is used here.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from animators.consultations.models import Consultation
from animators.hours.models import BudgetAdjustment, HourBudget, LedgerEntry
from core import clock
from core.database import db
from meetings.models import PartnershipMeeting
from partnerships.models import AnimatorAssignment, Partnership
from plans.models import Plan
from programme.queries import the_programme
from tests.tasks.plain_rules import plain_statuses


class PlainRow(NamedTuple):
    leader: str | None
    animator: str | None
    stage: str
    since: datetime
    tasks: tuple[str, ...]
    minutes_left: int
    last_contact: date | None


def plain_row(partnership: Partnership) -> PlainRow:
    today = clock.today()
    stage, since = _stage(partnership)
    return PlainRow(
        _leader(partnership, today),
        _animator(partnership, today),
        stage,
        since,
        tuple(plain_statuses(partnership).values()),
        sum(_left(partnership, pot) for pot in ("visit", "remote")),
        _last_contact(partnership),
    )


def _all(model: type[Any], **values: Any) -> list[Any]:
    return list(db.session.scalars(select(model).filter_by(**values)))


def _covers(one: Any, today: date) -> bool:
    return bool(one.starts_on <= today and (one.ends_on is None or today <= one.ends_on))


def _leader(partnership: Partnership, today: date) -> str | None:
    return next(
        (term.user.name for term in partnership.terms if str(term.kind) == "leader" and _covers(term, today)),
        None,
    )


def _animator(partnership: Partnership, today: date) -> str | None:
    """The cover while there is one."""
    of_today = {
        str(one.kind): one.animator.name
        for one in _all(AnimatorAssignment, municipality_id=partnership.municipality_id)
        if _covers(one, today)
    }
    return of_today.get("cover") or of_today.get("main")


def _stage(partnership: Partnership) -> tuple[str, datetime]:
    plans = _all(Plan, partnership_id=partnership.id, kind="general")
    latest = max(plans, key=lambda plan: plan.year_from, default=None)
    current = next((one for one in latest.versions if one.is_current), None) if latest else None
    return (str(current.status), current.status_since) if current else ("no_plan", partnership.created_at)


def _left(partnership: Partnership, pot: str) -> int:
    settings = the_programme().settings
    usual = {
        "visit": settings.visits_per_municipality * settings.visit_nominal_minutes,
        "remote": settings.remote_budget_minutes,
    }
    for budget in _all(HourBudget, municipality_id=partnership.municipality_id, pot=pot):
        more = [
            one.minutes
            for one in _all(BudgetAdjustment, budget_id=budget.id)
            if str(one.decision) in {"granted", "transferred"}
        ]
        taken = [one.minutes for one in _all(LedgerEntry, budget_id=budget.id)]
        return int(budget.granted_minutes + sum(more) - sum(taken))
    return usual[pot]


def _last_contact(partnership: Partnership) -> date | None:
    """By UTC, as the board says: nobody meets between midnight and two."""
    days = [
        one.held_on
        for one in _all(PartnershipMeeting, partnership_id=partnership.id)
        if one.people_count is not None and one.called_off_at is None
    ]
    for one in _all(Consultation, municipality_id=partnership.municipality_id):
        began = one.actual_start or one.planned_start
        if began and str(one.status) in {"held", "reported", "logged", "disputed", "confirmed"}:
            days.append(began.date())
    for plan in _all(Plan, partnership_id=partnership.id):
        days += [one.submitted_at.date() for one in plan.versions if one.submitted_at]
    return max(days, default=None)
