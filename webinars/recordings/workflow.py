"""Where a recording stands, and what leads from there to where."""

from core.i18n import _l
from core.labels import LabelledEnum
from core.workflow import Step, Workflow
from webinars.recordings.models import RecordingState


class RecordingAction(LabelledEnum):
    PUBLISH = "publish", _l("Publish")
    GIVE_UP = "give_up", _l("Say that there is none")


RECORDING = Workflow(
    # one that was given up may still turn up; one that is published may have to go
    Step(RecordingAction.PUBLISH, {RecordingState.OWED, RecordingState.NONE}, RecordingState.PUBLISHED),
    Step(RecordingAction.GIVE_UP, {RecordingState.OWED, RecordingState.PUBLISHED}, RecordingState.NONE),
)
