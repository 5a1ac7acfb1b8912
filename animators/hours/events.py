"""What can happen to the hours of a municipality, as its history names it."""

from core.audit import EventKind
from core.i18n import _l


class HoursEvent(EventKind):
    ASKED = "hours.asked", _l("Asked for minutes over the pot")
    CORRECTED = "hours.corrected", _l("Corrected the minutes of a consultation")
    TAKEN_BACK = "hours.taken_back", _l("Gave back the minutes of a consultation")
    SETTLED = "hours.settled", _l("Minutes over the pot found room in it")
    GRANTED = "hours.granted", _l("Granted minutes over the pot")
    REFUSED = "hours.refused", _l("Refused minutes over the pot")
    TRANSFERRED = "hours.transferred", _l("Moved minutes from the other pot for an overrun")
    ADJUSTED = "hours.adjusted", _l("Changed the hours of a pot")
    MOVED = "hours.moved", _l("Moved hours from one pot to the other")
