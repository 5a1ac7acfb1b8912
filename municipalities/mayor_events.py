"""What the history remembers of who heads a municipality."""

from core.audit import EventKind
from core.i18n import _l


class MayorEvent(EventKind):
    ENTERED = "mayor.entered", _l("Entered the head of the municipality")
    CHANGED = "mayor.changed", _l("Changed what is written about the head of the municipality")
    REMOVED = "mayor.removed", _l("Removed a head of the municipality who was entered by mistake")
