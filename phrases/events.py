"""What can happen to a phrase, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class PhraseEvent(EventKind):
    ADDED = "phrase.added", _l("Added a ready phrase")
    CHANGED = "phrase.changed", _l("Changed a ready phrase")
    PUT_AWAY = "phrase.put_away", _l("Put a ready phrase away")
    BROUGHT_BACK = "phrase.brought_back", _l("Brought a ready phrase back")
