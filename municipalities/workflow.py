"""The life of a change of municipalities as data."""

from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.workflow import Step, Workflow


class ChangeKind(LabelledEnum):
    RENAME = "rename", _l("Change of name")
    CODE = "code", _l("Change of code or type")
    MERGE = "merge", _l("Merger")
    SPLIT = "split", _l("Division")
    ABOLISH = "abolish", _l("Abolition")


ENDING = frozenset({ChangeKind.MERGE, ChangeKind.ABOLISH})
"""Every municipality they begin from ends. One that is divided may go on."""


class ChangeStatus(LabelledEnum):
    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL
    APPLIED = "applied", _l("Carried out"), Tone.SUCCESS
    UNDONE = "undone", _l("Undone"), Tone.WARNING


class ChangeAction(LabelledEnum):
    EDIT = "edit", _l("Change the draft")
    DISCARD = "discard", _l("Discard the draft")
    APPLY = "apply", _l("Apply")
    UNDO = "undo", _l("Undo")


CHANGE_WORKFLOW = Workflow(
    Step(ChangeAction.EDIT, {ChangeStatus.DRAFT}, ChangeStatus.DRAFT),
    Step(ChangeAction.DISCARD, {ChangeStatus.DRAFT}, ChangeStatus.DRAFT),
    Step(ChangeAction.APPLY, {ChangeStatus.DRAFT}, ChangeStatus.APPLIED),
    Step(ChangeAction.UNDO, {ChangeStatus.APPLIED}, ChangeStatus.UNDONE),
)
"""A draft that is discarded is deleted; one that was applied stays for ever, also when it was undone."""
