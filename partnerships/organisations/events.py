"""What can happen to an organisation."""

from core.audit import EventKind
from core.i18n import _l


class OrganisationEvent(EventKind):
    CHANGED = "organisation.changed", _l("Changed what is kept about an organisation")
    ENDED = "organisation.ended", _l("Recorded the end of an organisation")
    AGREEMENT = "partnership.agreement", _l("Put the signed agreement in its place")
