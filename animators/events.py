"""What can happen to an animator's records, as their history names it."""

from core.audit import EventKind
from core.i18n import _l


class AnimatorEvent(EventKind):
    REASSIGNED = "animator.reassigned", _l("Moved municipalities to other animators")
    PROFILE_CHANGED = "animator.profile_changed", _l("Changed the public profile")
    HOURS_WENT_ALONG = "hours.went_along", _l("Hours of advice went along, as municipalities changed")
    HOURS_CAME_BACK = (
        "hours.came_back",
        _l("Hours of advice came back: the change of municipalities was undone"),
    )
    CONSULTATIONS_WENT_ALONG = (
        "consultation.went_along",
        _l("Consultations went along, as municipalities changed"),
    )
    LEAVE_SUMMARISED = "animator.leave_summarised", _l("Sent the summary of a leave")
