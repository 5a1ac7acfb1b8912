"""What can happen to a consultation after it took place, as data. Until then see ``animators/visits/workflow.py``."""

from enum import StrEnum

from animators.consultations.models import ConsultationStatus as Status
from core.i18n import _l
from core.labels import LabelledEnum
from core.workflow import Step, Workflow


class ConsultationAction(StrEnum):
    REPORT = "report"
    CORRECT = "correct"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    UPHOLD = "uphold"
    """The office: it stays as it was reported, or with other minutes."""
    ANNUL = "annul"


class Outcome(LabelledEnum):
    """What comes of a dispute."""

    CONFIRMED = "confirmed", _l("It stands as it was reported")
    CORRECTED = "corrected", _l("It stands, with other minutes")
    VOID = "void", _l("It does not count, and its minutes go back")


WAITING = frozenset({Status.REPORTED, Status.LOGGED})
"""For the partnership: it confirms, disputes, or lets time confirm it."""

TOOK_PLACE = WAITING | {Status.HELD, Status.DISPUTED, Status.CONFIRMED}

CONSULTATION_WORKFLOW = Workflow(
    Step(ConsultationAction.REPORT, {Status.AGREED, Status.HELD}, Status.REPORTED),
    Step(ConsultationAction.CORRECT, {Status.REPORTED, Status.CONFIRMED}, Status.REPORTED),
    Step(ConsultationAction.CONFIRM, WAITING, Status.CONFIRMED),
    Step(ConsultationAction.DISPUTE, WAITING, Status.DISPUTED),
    Step(ConsultationAction.UPHOLD, {Status.DISPUTED}, Status.CONFIRMED),
    Step(ConsultationAction.ANNUL, {Status.DISPUTED}, Status.VOID),
)
