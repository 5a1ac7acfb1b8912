"""By when something about a plan is due, in Polish working days."""

from datetime import date, timedelta

from core import clock
from plans.models import PlanVersion
from programme.queries import the_programme


def review_due_on(version: PlanVersion) -> date | None:
    """The animator usually answers within so many working days of the submission."""
    if version.submitted_at is None:
        return None
    submitted_on = clock.local(version.submitted_at).date()
    return clock.add_working_days(submitted_on, the_programme().settings.review_working_days)


def changes_due_on(version: PlanVersion) -> date | None:
    """A returned plan usually comes back within so many working days of the decision."""
    if version.decided_at is None:
        return None
    decided_on = clock.local(version.decided_at).date()
    return clock.add_working_days(decided_on, the_programme().settings.answer_working_days)


def publish_by(version: PlanVersion) -> date | None:
    """An approved plan is published within so many days of the decision."""
    if version.decided_at is None:
        return None
    days = the_programme().settings.publish_reminder_days
    return clock.local(version.decided_at).date() + timedelta(days=days)


def working_days_left(due_on: date) -> int:
    """Negative once the day has passed."""
    return clock.working_days_between(clock.today(), due_on)
