"""What can happen to a programme at its end, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class EndEvent(EventKind):
    READ_ONLY = "programme.read_only", _l("Made the programme read-only")
    OPENED_AGAIN = "programme.opened_again", _l("Opened the programme for changes again")
