"""Plans that have stood where they stand for a while."""

from datetime import UTC, datetime

from core.database import db
from plans.models import PlanVersion

LONG_BEFORE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def since(version: PlanVersion, moment: datetime) -> PlanVersion:
    """As if the version had reached its status then."""
    version.status_since = moment
    if version.submitted_at is not None:
        version.submitted_at = moment
    db.session.commit()
    return version
