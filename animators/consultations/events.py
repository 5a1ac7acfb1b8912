"""What can happen to a consultation after it took place, as its history names it."""

from core.audit import EventKind
from core.i18n import _l


class ConsultationEvent(EventKind):
    REPORTED = "consultation.reported", _l("Reported a visit")
    REPORT_CORRECTED = "consultation.report_corrected", _l("Corrected the report of a visit")
    CONFIRMED = "consultation.confirmed", _l("Confirmed a consultation")
    CONFIRMED_BY_ITSELF = (
        "consultation.confirmed_by_itself",
        _l("A consultation is confirmed, as nobody disputed it in time"),
    )
    DISPUTED = "consultation.disputed", _l("Disputed a consultation")
    UPHELD = "consultation.upheld", _l("Decided that a disputed consultation stands")
    CORRECTED_BY_OFFICE = "consultation.corrected", _l("Corrected a disputed consultation")
    ANNULLED = "consultation.annulled", _l("Decided that a disputed consultation does not count")
    FOLLOW_UP_ADDED = "follow_up.added", _l("Wrote down a next step")
    FOLLOW_UP_DONE = "follow_up.done", _l("Ticked a next step as done")
    FOLLOW_UP_REOPENED = "follow_up.reopened", _l("Opened a next step again")
