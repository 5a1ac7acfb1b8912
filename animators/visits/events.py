"""What can happen to a visit until it was held, as the partnership's history names it."""

from core.audit import EventKind
from core.i18n import _l


class VisitEvent(EventKind):
    PROPOSED = "visit.proposed", _l("Proposed dates for a visit")
    DECLINED = "visit.declined", _l("Declined the dates proposed for a visit")
    AGREED = "visit.agreed", _l("Accepted a date for a visit")
    ENTERED = "visit.entered", _l("Entered a visit agreed by phone")
    OBJECTED = "visit.objected", _l("Said that the date of a visit is not right")
    MOVE_ASKED = "visit.move_asked", _l("Asked to move a visit")
    MOVE_TAKEN_BACK = "visit.move_taken_back", _l("Left a visit on its date after all")
    MOVED = "visit.moved", _l("Agreed on another date for a visit")
    CANCELLED = "visit.cancelled", _l("Cancelled a visit")
    HANDED_OVER = "visit.handed_over", _l("A visit went over to another animator")
    HELD = "visit.held", _l("A visit was held")
