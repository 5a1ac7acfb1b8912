"""What can happen about remote advice, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class AdviceEvent(EventKind):
    LOGGED = "advice.logged", _l("Logged a consultation")
    TAKEN_BACK = "advice.taken_back", _l("Took back a consultation entered by mistake")
    ASKED = "advice.asked", _l("Advice was asked for")
    ANSWERED = "advice.answered", _l("Answered a request for advice")
    DECLINED = "advice.declined", _l("Closed a request for advice")
    WITHDRAWN = "advice.withdrawn", _l("Took back a request for advice")
    REQUESTS_WENT_ALONG = (
        "advice.requests_went_along",
        _l("Requests for advice went along, as municipalities changed"),
    )
    LOGGED_OUTSIDE = "advice.logged_outside", _l("Logged advice outside the partnerships")
    TAKEN_BACK_OUTSIDE = "advice.taken_back_outside", _l("Took back advice outside the partnerships")
