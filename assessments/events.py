"""What can happen to a self-assessment, as the partnership's history names it."""

from core.audit import READS, EventKind
from core.i18n import _l


class AssessmentEvent(EventKind):
    BEGUN = "assessment.begun", _l("Began a self-assessment")
    ANSWERED = "assessment.answered", _l("Answered an area of the self-assessment")
    FINISHED = "assessment.finished", _l("Finished the self-assessment")
    NEEDS_TAKEN = "assessment.needs_taken", _l("Took needs from the self-assessment over into the plan")
    EXPORTED = "assessment.exported", _l("Took away the result of a self-assessment"), READS
