"""What people can do with a piece of long work; what the process that runs jobs does with it stands in ``running.py``."""

from enum import StrEnum

from core.long_work.models import OPEN_STATES, LongState
from core.workflow import Step, Workflow


class LongAction(StrEnum):
    STOP = "stop"
    TRY_AGAIN = "try_again"


LONG_WORKFLOW = Workflow(
    Step(LongAction.STOP, OPEN_STATES, LongState.GIVEN_UP),
    Step(LongAction.TRY_AGAIN, {LongState.FAILED, LongState.GIVEN_UP}, LongState.QUEUED),
)
