"""The seven minimum tasks as words of the programme: their codes, and how far a partnership is with each."""

from enum import StrEnum
from typing import Literal

from core.i18n import _l
from core.labels import LabelledEnum, Tone


class TaskCode(StrEnum):
    """As the programme's profile names them, in the order of a partnership's life."""

    FOUND = "T1_FOUND"
    MEETINGS = "T2_MEETINGS"
    GENERAL_PLAN = "T3_GENERAL_PLAN"
    ANNUAL_PLANS = "T4_ANNUAL_PLANS"
    VISITS = "T5_VISITS"
    REMOTE = "T6_REMOTE"
    WEBINARS = "T7_WEBINARS"


class TaskStatus(LabelledEnum):
    """Worked out from evidence, never set. Only a waiver is somebody's decision, and evidence goes before it."""

    NOT_STARTED = "not_started", _l("Not started"), Tone.NEUTRAL
    IN_PROGRESS = "in_progress", _l("In progress"), Tone.INFO
    DONE = "done", _l("Done"), Tone.SUCCESS
    WAIVED = "waived", _l("Waived"), Tone.NEUTRAL

    @property
    def state(self) -> "State":
        """As a step shows it, see ``steps`` in ``components/cards.html``."""
        return _STATES[self.value]


State = Literal["done", "current", "todo", "waived"]
_STATES: dict[str, State] = {
    "not_started": "todo",
    "in_progress": "current",
    "done": "done",
    "waived": "waived",
}

SETTLED = frozenset({TaskStatus.DONE, TaskStatus.WAIVED})
"""Nobody has to do anything about it any more."""
