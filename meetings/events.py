"""What can happen to a meeting, as the partnership's history names it."""

from core.audit import EventKind
from core.i18n import _l


class MeetingEvent(EventKind):
    CALLED = "meeting.called", _l("Called a meeting")
    RECORDED = "meeting.recorded", _l("Recorded a meeting")
    CHANGED = "meeting.changed", _l("Changed what is kept about a meeting")
    INVITED = "meeting.invited", _l("Sent the invitation to a meeting")
    CALLED_OFF = "meeting.called_off", _l("Called off a meeting")
    WENT_ALONG = "meeting.went_along", _l("A meeting went along, as municipalities changed")
    INITIATING = "meeting.initiating", _l("The first meeting is the initiating one")
