"""What can happen to an animator's records, as their history names it."""

from core.audit import EventKind
from core.i18n import _l


class AnimatorEvent(EventKind):
    REASSIGNED = "animator.reassigned", _l("Moved municipalities to other animators")
    PROFILE_CHANGED = "animator.profile_changed", _l("Changed the public profile")
    LEAVE_SUMMARISED = "animator.leave_summarised", _l("Sent the summary of a leave")
