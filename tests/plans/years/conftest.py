"""Years under way, for tests of what becomes of them."""

from datetime import UTC, datetime

import pytest

from core.database import db
from partnerships.models import Partnership
from plans.definitions import PlanContent, PlanRow, Value
from plans.models import PlanVersion
from plans.services import own_plan, writing
from plans.workflow import PlanStatus
from tests.plan_content import annual_content
from tests.plans.test_flow import leader_of

IN_JUNE = datetime(2026, 6, 15, 9, tzinfo=UTC)
DONE: dict[str, Value] = {
    "status": "done", "held_on": "2026-03-12", "participants_actual": 14, "hours_actual": "8",
}  # fmt: skip


def training(uid: str, **values: Value) -> PlanRow:
    """One that passes every check."""
    (known,) = annual_content(2026).rows("trainings")
    wanted = {**known.values, "title": f"Szkolenie {uid}", **values}
    return PlanRow(f"row-{uid}", {key: value for key, value in wanted.items() if value != ""})


def of_trainings(*rows: PlanRow, year: int = 2026) -> PlanContent:
    return annual_content(year, trainings=rows)


@pytest.fixture
def in_june(clock):
    """Everything happens in the middle of 2026."""
    clock.move_to(IN_JUNE)


def year_of(make, *rows: PlanRow, partnership: Partnership | None = None, year: int = 2026) -> PlanVersion:
    """A plan in use with these trainings."""
    partnership = partnership or make.general_plan(PlanStatus.PUBLISHED, year=2026).partnership
    leader = partnership.terms[0].user
    version: PlanVersion = make.annual_plan(
        partnership=partnership, content=of_trainings(*rows, year=year), year=year
    )
    own_plan.put_in_use(version, actor=leader)
    db.session.commit()
    return version


def closed(version: PlanVersion) -> PlanVersion:
    own_plan.close_year(version, actor=leader_of(version))
    db.session.commit()
    return version


def rewritten(version: PlanVersion, *rows: PlanRow) -> None:
    """As an uploaded workbook would."""
    writing.replace_rows(version, of_trainings(*rows, year=version.plan.year_from))
    db.session.commit()
