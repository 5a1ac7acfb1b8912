"""The steps of a work card, as data."""

from enum import StrEnum

from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.workflow import Step, Workflow


class CardStatus(LabelledEnum):
    OPEN = "open", _l("Still open"), Tone.NEUTRAL
    SUBMITTED = "submitted", _l("Submitted to the office"), Tone.INFO
    RETURNED = "returned", _l("Returned by the office"), Tone.WARNING
    CHECKED = "checked", _l("Checked by the office"), Tone.SUCCESS
    LOCKED = "locked", _l("Locked"), Tone.SUCCESS


class CardAction(StrEnum):
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    CHECK = "check"
    SEND_BACK = "send_back"
    LOCK = "lock"


EDITABLE = frozenset({CardStatus.OPEN, CardStatus.RETURNED})
"""Its content still follows what happens; in any other state it is what was submitted."""

CARD_WORKFLOW = Workflow(
    Step(CardAction.SUBMIT, EDITABLE, CardStatus.SUBMITTED),
    Step(CardAction.TAKE_BACK, {CardStatus.SUBMITTED}, CardStatus.OPEN),
    Step(CardAction.CHECK, {CardStatus.SUBMITTED}, CardStatus.CHECKED),
    Step(CardAction.SEND_BACK, {CardStatus.SUBMITTED, CardStatus.CHECKED}, CardStatus.RETURNED),
    Step(CardAction.LOCK, {CardStatus.CHECKED}, CardStatus.LOCKED),
)
