"""What runs on a timetable for consultations."""

from animators.consultations.services import confirm_lapsed


def confirm_in_time() -> str:
    return f"{confirm_lapsed()} confirmed"
