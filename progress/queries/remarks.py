"""Where remarks stand, for those who read of them away from the plan."""

from collections.abc import Collection

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager

from core.database import db
from plans.models import PlanEntry, PlanVersion, ReviewComment
from plans.page import place_in
from plans.templates import definition_of


def places_of_remarks(remark_ids: Collection[int]) -> dict[int, str]:
    """Of those that are still there, in one query; in none where there are no remarks."""
    if not remark_ids:
        return {}
    at_its_row = and_(
        PlanEntry.version_id == ReviewComment.version_id,
        PlanEntry.sheet == ReviewComment.sheet,
        PlanEntry.row_uid == ReviewComment.row_uid,
    )
    found = db.session.execute(
        select(ReviewComment, PlanEntry.values)
        .join(ReviewComment.version)
        .join(PlanVersion.plan)
        .outerjoin(PlanEntry, at_its_row)
        .options(contains_eager(ReviewComment.version).contains_eager(PlanVersion.plan))
        .where(ReviewComment.id.in_(remark_ids))
    )
    return {
        remark.id: place_in(definition_of(remark.version), remark, values or {}) for remark, values in found
    }
