"""What the office does that history keeps."""

from core.audit import READS, EventKind
from core.i18n import _l


class OfficeEvent(EventKind):
    BOARD_EXPORTED = "office.board_exported", _l("Exported the board"), READS
    REMINDED = "office.reminded", _l("Reminded of what the tasks lack")
    HISTORY_EXPORTED = "office.history_exported", _l("Exported the history"), READS
    JOB_REQUESTED = "office.job_requested", _l("Asked for a run of a job")
