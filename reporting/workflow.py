"""The life of a reporting period as data."""

from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.workflow import Step, Workflow


class PeriodStatus(LabelledEnum):
    OPEN = "open", _l("Not closed yet"), Tone.NEUTRAL
    CLOSING = "closing", _l("Being closed"), Tone.INFO
    FROZEN = "frozen", _l("Frozen"), Tone.SUCCESS
    SUBMITTED = "submitted", _l("Sent to the funder"), Tone.SUCCESS


class PeriodAction(LabelledEnum):
    CLOSE = "close", _l("Begin closing")
    FREEZE = "freeze", _l("Freeze the figures")
    SUBMIT = "submit", _l("Mark as sent")


KEPT = frozenset({PeriodStatus.FROZEN, PeriodStatus.SUBMITTED})
"""From here on the figures never change; what changes behind them is told beside them."""

PERIOD = Workflow(
    Step(PeriodAction.CLOSE, {PeriodStatus.OPEN}, PeriodStatus.CLOSING),
    Step(PeriodAction.FREEZE, {PeriodStatus.CLOSING}, PeriodStatus.FROZEN),
    Step(PeriodAction.SUBMIT, {PeriodStatus.FROZEN}, PeriodStatus.SUBMITTED),
)
