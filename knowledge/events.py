"""What happens to offers, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class OfferEvent(EventKind):
    SUGGESTED = "offer.suggested", _l("Suggested an offer")
    WRITTEN = "offer.written", _l("Entered an offer")
    CHANGED = "offer.changed", _l("Changed an offer")
    MODERATED = "offer.moderated", _l("Looked an offer through")
    PUBLISHED = "offer.published", _l("Published an offer")
    CONFIRMED = "offer.confirmed", _l("Checked that an offer still stands")
    OUTDATED = "offer.outdated", _l("Marked an offer as out of date")
    DECLINED = "offer.declined", _l("Did not take an offer")
    TAKEN_AWAY = "offer.taken_away", _l("Took the catalogue away as a file"), True
