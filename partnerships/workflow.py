"""The life of a partnership as data."""

from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.workflow import Step, Workflow


class PartnershipStatus(LabelledEnum):
    PLANNED = "planned", _l("Planned"), Tone.NEUTRAL
    FORMING = "forming", _l("Forming"), Tone.INFO
    ACTIVE = "active", _l("Active"), Tone.SUCCESS
    CLOSED = "closed", _l("Closed"), Tone.NEUTRAL


class PartnershipAction(LabelledEnum):
    FOUND = "found", _l("Record the founding")
    COMPLETE = "complete", _l("Enough members")
    CLOSE = "close", _l("Close the partnership")


PARTNERSHIP_WORKFLOW = Workflow(
    Step(PartnershipAction.FOUND, {PartnershipStatus.PLANNED}, PartnershipStatus.FORMING),
    Step(PartnershipAction.COMPLETE, {PartnershipStatus.FORMING}, PartnershipStatus.ACTIVE),
    Step(
        PartnershipAction.CLOSE,
        {PartnershipStatus.PLANNED, PartnershipStatus.FORMING, PartnershipStatus.ACTIVE},
        PartnershipStatus.CLOSED,
    ),
)
"""Once active it stays active: a member that leaves makes the founding task open again, not the partnership."""
