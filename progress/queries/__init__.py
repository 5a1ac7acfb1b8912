"""What the pages about progress ask for."""

from progress.queries.overview import StuckRow, latest_general_plan, stage_counts, stuck_partnerships
from progress.queries.situations import (
    PlanRow,
    count_advised,
    led_partnerships,
    member_counts,
    plans_of,
    situation_of,
)

__all__ = [
    "PlanRow",
    "StuckRow",
    "count_advised",
    "latest_general_plan",
    "led_partnerships",
    "member_counts",
    "plans_of",
    "situation_of",
    "stage_counts",
    "stuck_partnerships",
]
