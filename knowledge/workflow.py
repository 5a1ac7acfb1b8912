"""Where an offer stands, and what leads from there to where."""

from core.i18n import _l
from core.labels import LabelledEnum
from core.workflow import Step, Workflow
from knowledge.models import UNDECIDED, OfferState


class OfferAction(LabelledEnum):
    MODERATE = "moderate", _l("Looked through: it fits")
    PUBLISH = "publish", _l("Publish")
    CONFIRM = "confirm", _l("Still as it says")
    OUTDATE = "outdate", _l("Mark as out of date")
    DECLINE = "decline", _l("Do not take it")


OFFER = Workflow(
    Step(OfferAction.MODERATE, {OfferState.DRAFT}, OfferState.MODERATED),
    Step(OfferAction.PUBLISH, {OfferState.MODERATED}, OfferState.PUBLISHED),
    # one that went out of date comes back the same way
    Step(OfferAction.CONFIRM, {OfferState.PUBLISHED, OfferState.OUTDATED}, OfferState.PUBLISHED),
    Step(OfferAction.OUTDATE, {OfferState.PUBLISHED}, OfferState.OUTDATED),
    Step(OfferAction.DECLINE, UNDECIDED, OfferState.DECLINED),
)
