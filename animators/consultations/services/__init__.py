"""What is done about a consultation after it took place: reported, confirmed or disputed, decided, followed up.

``announce`` asks the partnership about anything that was reported or logged, visits and remote advice alike.
"""

from animators.consultations.services.confirming import (
    announce,
    confirm,
    confirm_lapsed,
    dispute,
    dispute_until,
    seen_as,
    side_of,
)
from animators.consultations.services.deciding import settle
from animators.consultations.services.follow_ups import Promise, add_follow_up, tick
from animators.consultations.services.reporting import Report, correct_report, report_visit

__all__ = [
    "Promise",
    "Report",
    "add_follow_up",
    "announce",
    "confirm",
    "confirm_lapsed",
    "correct_report",
    "dispute",
    "dispute_until",
    "report_visit",
    "seen_as",
    "settle",
    "side_of",
    "tick",
]
