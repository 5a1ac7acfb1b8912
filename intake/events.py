"""What happens to files that bring records, as history names it."""

from core.audit import READS, EventKind
from core.i18n import _l


class IntakeEvent(EventKind):
    UPLOADED = "import.uploaded", _l("Uploaded a file with records")
    REFUSED = "import.refused", _l("A file with records was not accepted")
    APPLIED = "import.applied", _l("Applied a file with records")
    DISCARDED = "import.discarded", _l("Put a file with records aside")
    EXPORTED = "import.exported", _l("Exported records"), READS
    BALANCE_OPENED = "hours.opened", _l("Entered the hours used so far")
    CONSULTATION_ENTERED = "consultation.entered", _l("Entered a consultation from earlier records")
    ATTENDANCE_ENTERED = (
        "webinar.attendance_entered",
        _l("Entered who attended a webinar, from earlier records"),
    )
    WEBINAR_ENTERED = "webinar.entered", _l("Entered a webinar from earlier records")
    PLAN_ENTERED = "plan.earlier_entered", _l("Entered a plan from earlier records")
    PLAN_CHANGED = "plan.earlier_changed", _l("Changed a plan from earlier records")
    PLAN_FILE_ADDED = "plan.earlier_file", _l("Added the approved file of an earlier plan")
    MEETING_ENTERED = "meeting.entered", _l("Entered a meeting from earlier records")
    HANDBOOKS_ENTERED = "handbook.entered", _l("Entered handbooks sent, from earlier records")
