"""Where a plan is of, as that place was called on the day the plan was published."""

from core import clock
from municipalities.in_time import Place, municipality_as_of, place_today
from plans.models import PlanVersion


def place_of(version: PlanVersion) -> Place:
    """A published version keeps the names of its day, whatever the municipality is called since."""
    municipality = version.partnership.municipality
    if version.published_at is None:
        return place_today(municipality)
    return municipality_as_of(municipality, clock.local(version.published_at).date())
