"""How a visit is agreed on, moved, cancelled and held, and what follows once it was: a workflow is data."""

from enum import StrEnum

from animators.consultations.models import ConsultationStatus as Status
from core.workflow import Step, Workflow


class VisitAction(StrEnum):
    ENTER_AGREED = "enter_agreed"
    """Agreed by phone: a date that both know already."""
    OBJECT = "object"
    PROPOSE = "propose"
    ACCEPT = "accept"
    DECLINE = "decline"
    ASK_TO_MOVE = "ask_to_move"
    TAKE_MOVE_BACK = "take_move_back"
    CANCEL = "cancel"
    HOLD = "hold"
    REPORT = "report"
    DISPUTE = "dispute"
    CONFIRM = "confirm"


VISIT_WORKFLOW = Workflow(
    Step(VisitAction.ENTER_AGREED, {Status.PROPOSED, Status.AGREED, Status.MOVED}, Status.AGREED),
    Step(VisitAction.OBJECT, {Status.AGREED}, Status.PROPOSED),
    Step(VisitAction.PROPOSE, {Status.PROPOSED}, Status.PROPOSED),
    Step(VisitAction.PROPOSE, {Status.MOVED}, Status.MOVED),
    Step(VisitAction.ACCEPT, {Status.PROPOSED, Status.MOVED}, Status.AGREED),
    Step(VisitAction.DECLINE, {Status.PROPOSED}, Status.PROPOSED),
    Step(VisitAction.DECLINE, {Status.MOVED}, Status.MOVED),
    Step(VisitAction.ASK_TO_MOVE, {Status.AGREED}, Status.MOVED),
    Step(VisitAction.TAKE_MOVE_BACK, {Status.MOVED}, Status.AGREED),
    # Held by itself, though nobody may have come: until it is reported, either side may say that it was not held.
    Step(VisitAction.CANCEL, {Status.PROPOSED, Status.AGREED, Status.MOVED, Status.HELD}, Status.CANCELLED),
    Step(VisitAction.HOLD, {Status.AGREED}, Status.HELD),
    Step(VisitAction.REPORT, {Status.HELD}, Status.REPORTED),
    Step(VisitAction.DISPUTE, {Status.REPORTED}, Status.DISPUTED),
    Step(VisitAction.CONFIRM, {Status.REPORTED, Status.DISPUTED}, Status.CONFIRMED),
)

TO_AGREE = frozenset({Status.PROPOSED, Status.MOVED})
"""A date is still to be agreed on."""
NOT_HELD_YET = frozenset({Status.PROPOSED, Status.AGREED, Status.MOVED})
OVER = frozenset({Status.CANCELLED, Status.VOID})
"""It does not count: a visit of its number is still owed."""
