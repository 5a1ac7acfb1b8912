"""What can happen to webinars, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class WebinarEvent(EventKind):
    WENT_ALONG = "webinar.went_along", _l("Attendances of webinars went along, as municipalities changed")
