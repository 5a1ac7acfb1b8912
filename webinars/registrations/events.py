"""What can happen to the seats of a webinar, as its history names it."""

from core.audit import READS, EventKind
from core.i18n import _l


class SeatEvent(EventKind):
    ASKED = "webinar_seat.asked", _l("Asked for a seat at a webinar")
    REGISTERED = "webinar_seat.registered", _l("Registered for a webinar")
    ADDED = "webinar_seat.added", _l("Entered somebody for a webinar by hand")
    CONFIRMED = "webinar_seat.confirmed", _l("Confirmed the new time of a webinar")
    CANCELLED = "webinar_seat.cancelled", _l("Gave up a seat at a webinar")
    MOVED_UP = "webinar_seat.moved_up", _l("Got a seat from the waiting list of a webinar")
    LOST = "webinar_seat.lost", _l("Lost a seat: the new time of the webinar was not confirmed")
    NEEDS_CHANGED = "webinar_seat.needs_changed", _l("Changed what they need at a webinar")
    NEED_MET = "webinar_seat.need_met", _l("Saw to what people need at a webinar")
    NEED_OPEN = "webinar_seat.need_open", _l("What people need at a webinar is to be seen to again")
    EXPORTED = "webinar_seat.exported", _l("Took out the list of who registered for a webinar"), READS
    FORGOTTEN = "webinar_seat.forgotten", _l("Deleted guests' names, addresses and what people needed")
    WENT_ALONG = (
        "webinar_seat.went_along",
        _l("Registrations for webinars went along, as municipalities changed"),
    )
    MOVED = "webinar.moved", _l("Moved a webinar")
    SETTLED = "webinar.settled", _l("The new time of a webinar stands")
    CALLED_OFF = "webinar.called_off", _l("Cancelled a webinar")
