"""What the pages about progress ask for."""

from progress.queries.advised import plans_with_leaders
from progress.queries.overview import latest_general_plan, stage_counts
from progress.queries.remarks import places_of_remarks
from progress.queries.situations import (
    PlanRow,
    is_kept_from,
    led_partnerships,
    member_counts,
    plans_of,
    situation_of,
)
from progress.queries.stuck import Reason, StuckRow, stuck_partnerships

__all__ = [
    "PlanRow",
    "Reason",
    "StuckRow",
    "is_kept_from",
    "latest_general_plan",
    "led_partnerships",
    "member_counts",
    "places_of_remarks",
    "plans_of",
    "plans_with_leaders",
    "situation_of",
    "stage_counts",
    "stuck_partnerships",
]
