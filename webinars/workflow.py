"""Where a webinar stands, and what leads from there to where."""

from core.i18n import _l
from core.labels import LabelledEnum
from core.workflow import Step, Workflow
from webinars.models import WebinarStatus


class WebinarAction(LabelledEnum):
    ANNOUNCE = "announce", _l("Announce")
    MOVE = "move", _l("Move")
    SETTLE = "settle", _l("Settle the new time")
    CANCEL = "cancel", _l("Cancel")
    NOTE_AS_HELD = "note_as_held", _l("Note as held")
    ARCHIVE = "archive", _l("Archive")


TO_COME = frozenset({WebinarStatus.ANNOUNCED, WebinarStatus.MOVED})
"""It will be held, and one can register."""

PAST = frozenset({WebinarStatus.HELD, WebinarStatus.ARCHIVED})

WEBINAR = Workflow(
    Step(WebinarAction.ANNOUNCE, {WebinarStatus.DRAFT}, WebinarStatus.ANNOUNCED),
    Step(WebinarAction.MOVE, TO_COME, WebinarStatus.MOVED),
    # once those registered have said that they come at the new time, or had time to
    Step(WebinarAction.SETTLE, {WebinarStatus.MOVED}, WebinarStatus.ANNOUNCED),
    Step(WebinarAction.CANCEL, TO_COME, WebinarStatus.CANCELLED),
    Step(WebinarAction.NOTE_AS_HELD, TO_COME, WebinarStatus.HELD),
    Step(WebinarAction.ARCHIVE, {WebinarStatus.HELD}, WebinarStatus.ARCHIVED),
)
