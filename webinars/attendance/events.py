"""What can happen to attendance, as the history names it."""

from core.audit import EventKind
from core.i18n import _l


class AttendanceEvent(EventKind):
    REPORT_READ = "attendance.report_read", _l("Read a report of attendance")
    REPORT_SAVED = "attendance.report_saved", _l("Saved the attendance of a webinar from a report")
    REPORT_DISCARDED = "attendance.report_discarded", _l("Discarded a report of attendance")
    SETTLED = "attendance.settled", _l("Settled who somebody in a report of attendance was")
    REST_SETTLED = "attendance.rest_settled", _l("Counted everybody unknown in a report as from elsewhere")
    ENTERED = "attendance.entered", _l("Entered that somebody took part in a webinar")
    CHANGED = "attendance.changed", _l("Corrected for how long somebody took part in a webinar")
    REMOVED = "attendance.removed", _l("Took out that somebody took part in a webinar")
    FORGOTTEN = "attendance.forgotten", _l("Deleted the names of a report of attendance")
