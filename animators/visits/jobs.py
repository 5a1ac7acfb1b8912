"""What is written down by itself."""

from animators.visits.services import hold_past_visits


def hold_visits() -> str:
    return f"{hold_past_visits()} held"
