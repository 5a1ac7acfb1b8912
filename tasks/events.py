"""What can happen to a minimum task, as the partnership's history names it. Doing one is not an event: it is computed."""

from core.audit import EventKind
from core.i18n import _l


class TaskEvent(EventKind):
    WAIVED = "task.waived", _l("Waived a minimum task")
    ASKED_AGAIN = "task.asked_again", _l("Took back the waiver of a minimum task")
