"""What can happen to recordings, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class RecordingEvent(EventKind):
    OWED = "recording.owed", _l("A recording is owed")
    PUBLISHED = "recording.published", _l("Published a recording")
    CHANGED = "recording.changed", _l("Changed a recording")
    GIVEN_UP = "recording.given_up", _l("Said that there is no recording")
    ASKED = "recording.asked", _l("Wrote the question about a recording")
    NOT_ASKED = "recording.not_asked", _l("Removed the question about a recording")
    WATCHED = "recording.watched", _l("Watched a recording and answered its question")
