"""What happens to views of the board, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class ViewEvent(EventKind):
    KEPT = "board_view.kept", _l("Saved a view of the board")
    CHANGED = "board_view.changed", _l("Changed a view of the board")
    REMOVED = "board_view.removed", _l("Removed a view of the board")
