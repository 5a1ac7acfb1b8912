"""Where an initiative stands, and what leads from there to where."""

from core.i18n import _l
from core.labels import LabelledEnum
from core.workflow import Step, Workflow
from initiatives.models import OPEN, InitiativeStatus


class InitiativeAction(LabelledEnum):
    DECIDE = "decide", _l("It was decided on")
    START = "start", _l("It has begun")
    CARRY_OUT = "carry_out", _l("It is carried out")
    STOP = "stop", _l("It was stopped")


INITIATIVE = Workflow(
    Step(InitiativeAction.DECIDE, {InitiativeStatus.PROPOSED}, InitiativeStatus.DECIDED),
    Step(InitiativeAction.START, {InitiativeStatus.DECIDED}, InitiativeStatus.STARTED),
    Step(InitiativeAction.CARRY_OUT, {InitiativeStatus.STARTED}, InitiativeStatus.CARRIED_OUT),
    Step(InitiativeAction.STOP, OPEN, InitiativeStatus.STOPPED),
)
