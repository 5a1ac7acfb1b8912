"""What is written down by itself."""

from animators.visits.services import hand_over_visits, hold_past_visits


def hold_visits() -> str:
    return f"{hold_past_visits()} held"


def hand_visits_over() -> str:
    return f"{hand_over_visits()} handed over"
