"""What can happen to webinars, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class WebinarEvent(EventKind):
    WENT_ALONG = "webinar.went_along", _l("Attendances of webinars went along, as municipalities changed")
    WRITTEN = "webinar.written", _l("Wrote a webinar")
    CHANGED = "webinar.changed", _l("Changed a webinar")
    DISCARDED = "webinar.discarded", _l("Discarded the draft of a webinar")
    ANNOUNCED = "webinar.announced", _l("Announced a webinar")
    WITHDRAWN = "webinar.withdrawn", _l("Marked an event of others as cancelled")
    HELD = "webinar.held", _l("Noted a webinar as held")
    ARCHIVED = "webinar.archived", _l("Archived a webinar")
    MATERIAL_ADDED = "webinar.material_added", _l("Added material to a webinar")
    MATERIAL_REMOVED = "webinar.material_removed", _l("Removed material from a webinar")
    SERIES_MADE = "webinar.series_made", _l("Began a series of webinars")
    SERIES_CHANGED = "webinar.series_changed", _l("Changed a series of webinars")
    SERIES_ENDED = "webinar.series_ended", _l("Ended a series of webinars")
    SERIES_REOPENED = "webinar.series_reopened", _l("Opened a series of webinars again")
    SERIES_ORDERED = "webinar.series_ordered", _l("Put the webinars of a series in order")
