"""What can happen to a work card, as its history names it."""

from core.audit import READS, EventKind
from core.i18n import _l


class CardEvent(EventKind):
    BEGUN = "card.begun", _l("Began a work card")
    LINE_ADDED = "card.line_added", _l("Entered a line on a work card")
    LINE_CHANGED = "card.line_changed", _l("Changed a line on a work card")
    LINE_REMOVED = "card.line_removed", _l("Took a line off a work card")
    SUBMITTED = "card.submitted", _l("Submitted a work card")
    TAKEN_BACK = "card.taken_back", _l("Took a work card back")
    CHECKED = "card.checked", _l("Checked a work card")
    RETURNED = "card.returned", _l("Returned a work card")
    LOCKED = "card.locked", _l("Locked a work card")
    REMINDED = "card.reminded", _l("Reminded animators of their work cards"), READS
    EXPORTED = "card.exported", _l("Exported the work cards of a month"), READS
