"""What tests ask about a plan that was started from an example."""

from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from partnerships.models import Partnership
from plans.definitions import PlanContent
from plans.models import PlanVersion
from plans.queries import current_versions


def options_of(partnership: Partnership) -> str:
    return f"/partnerships/{partnership.id}/plans/general/new"


def the_plan(partnership: Partnership) -> PlanVersion:
    db.session.expire_all()
    [version] = current_versions([partnership.id])
    return version


def values(content: PlanContent, sheet: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(one.values.get(column) for column in columns) for one in content.rows(sheet)]


def remembered(version: PlanVersion) -> list[tuple[str, dict[str, object]]]:
    events = db.session.scalars(
        select(AuditEvent)
        .where(AuditEvent.record_kind == "plan_version", AuditEvent.record_id == version.id)
        .order_by(AuditEvent.id)
    )
    return [(event.event, event.data) for event in events]
