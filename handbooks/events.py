"""What can happen to handbooks, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class HandbookEvent(EventKind):
    EDITION_ADDED = "handbook.edition_added", _l("Entered an edition of the handbook")
    EDITION_CHANGED = "handbook.edition_changed", _l("Changed an edition of the handbook")
    SENT = "handbook.sent", _l("Sent copies of the handbook")
    SENDING_CORRECTED = "handbook.sending_corrected", _l("Corrected what was sent of the handbook")
    SENDING_TAKEN_BACK = "handbook.sending_taken_back", _l("Took back a sending of the handbook")
    CONFIRMED = "handbook.confirmed", _l("Confirmed copies of the handbook")
    WENT_ALONG = "handbook.went_along", _l("Handbooks went along, as municipalities changed")
