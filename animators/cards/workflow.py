"""The steps of a work card, as data."""

from enum import StrEnum

from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.workflow import Step, Workflow


class CardStatus(LabelledEnum):
    OPEN = "open", _l("Open"), Tone.NEUTRAL
    SUBMITTED = "submitted", _l("Submitted"), Tone.INFO
    RETURNED = "returned", _l("Returned"), Tone.WARNING
    CHECKED = "checked", _l("Checked"), Tone.SUCCESS
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
