"""Where an item of the office stands, and what leads from there to where."""

from core.i18n import _l
from core.labels import LabelledEnum
from core.workflow import Step, Workflow
from subscriptions.office_news.models import OfficeNewsStatus


class OfficeNewsAction(LabelledEnum):
    PUBLISH = "publish", _l("Publish")
    WITHDRAW = "withdraw", _l("Withdraw")


OFFICE_NEWS = Workflow(
    Step(OfficeNewsAction.PUBLISH, {OfficeNewsStatus.DRAFT}, OfficeNewsStatus.PUBLISHED),
    # a draft that nobody wants any more goes the same way
    Step(
        OfficeNewsAction.WITHDRAW,
        {OfficeNewsStatus.DRAFT, OfficeNewsStatus.PUBLISHED},
        OfficeNewsStatus.WITHDRAWN,
    ),
)
