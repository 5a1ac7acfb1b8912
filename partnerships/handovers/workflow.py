"""The way of a hand-over as data."""

from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.workflow import Step, Workflow


class HandoverStatus(LabelledEnum):
    REQUESTED = "requested", _l("Waits for the successor"), Tone.INFO
    ACCEPTED = "accepted", _l("Waits for the animator"), Tone.INFO
    CONFIRMED = "confirmed", _l("Confirmed"), Tone.SUCCESS
    DONE = "done", _l("Handed over"), Tone.SUCCESS
    EXPIRED = "expired", _l("Expired"), Tone.NEUTRAL
    CANCELLED = "cancelled", _l("Called off"), Tone.NEUTRAL


class HandoverAction(LabelledEnum):
    ACCEPT = "accept", _l("Accept")
    DECLINE = "decline", _l("Decline")
    CONFIRM = "confirm", _l("Confirm")
    REFUSE = "refuse", _l("Refuse")
    CANCEL = "cancel", _l("Call off")
    EXPIRE = "expire", _l("Expire")
    FAIL = "fail", _l("Could not take effect")
    FINISH = "finish", _l("Finish")


REQUESTED, ACCEPTED, CONFIRMED = HandoverStatus.REQUESTED, HandoverStatus.ACCEPTED, HandoverStatus.CONFIRMED

OPEN_HANDOVERS = frozenset({REQUESTED, ACCEPTED, CONFIRMED})

HANDOVER_WORKFLOW = Workflow(
    Step(HandoverAction.ACCEPT, {REQUESTED}, ACCEPTED),
    Step(HandoverAction.CONFIRM, {ACCEPTED}, CONFIRMED),
    Step(HandoverAction.FINISH, {CONFIRMED}, HandoverStatus.DONE),
    Step(HandoverAction.DECLINE, OPEN_HANDOVERS, HandoverStatus.CANCELLED),
    Step(HandoverAction.REFUSE, {ACCEPTED}, HandoverStatus.CANCELLED),
    Step(HandoverAction.CANCEL, OPEN_HANDOVERS, HandoverStatus.CANCELLED),
    Step(HandoverAction.FAIL, {CONFIRMED}, HandoverStatus.CANCELLED),
    Step(HandoverAction.EXPIRE, {REQUESTED, ACCEPTED}, HandoverStatus.EXPIRED),
)
"""Whoever is to lead may say no until the day itself; so may whoever asked."""
