"""Reporting periods: one that is being closed, one whose figures are frozen."""

from collections.abc import Mapping
from datetime import date

from accounts.models import User
from core import clock
from core.database import db
from reporting import freezing
from reporting.models import ReportingPeriod
from tests.guards.matrix.world import Record, World

PERIODS = {
    "frozen": (date(2025, 10, 1), date(2025, 12, 31)),
    "closing": (date(2026, 1, 1), date(2026, 3, 31)),
}


def some_reports(world: World, people: Mapping[str, User]) -> None:
    for state, (first, last) in PERIODS.items():
        period = ReportingPeriod(begins_on=first, ends_on=last, due_on=clock.today())
        db.session.add(period)
        db.session.flush()
        freezing.begin_closing(period, actor=people["office"])
        if state == "frozen":
            freezing.freeze(period, actor=people["office"])
        db.session.flush()
        world.records.setdefault("period", []).append(Record(state, "z", {"period_id": period.id}, state))
        values = {"period_id": period.id, "indicator": "members"}
        world.records.setdefault("figure", []).append(Record(state, "z", values, state))
    world.records["indicator"] = [Record("members", "z", {"indicator": "members"})]
