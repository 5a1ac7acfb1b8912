"""What happens to initiatives, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class InitiativeEvent(EventKind):
    ENTERED = "initiative.entered", _l("Entered an initiative")
    CHANGED = "initiative.changed", _l("Changed an initiative")
    FOLLOWED_UP = "initiative.followed_up", _l("Followed an initiative up")
