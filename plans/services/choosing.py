"""Choosing whose value stays where a workbook and the plan changed the same thing. Nothing is applied by it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import audit
from core.database import db
from plans.content import fingerprint
from plans.errors import ChangedMeanwhile, NotEditable, UploadIsOver
from plans.events import PlanEvent
from plans.merging.threeway import Taken
from plans.models import ImportPurpose, ImportStatus, PlanImport
from plans.services.corrections import recheck, state_of
from plans.services.merging import begin_merge, can_go_on, merged_of, settled
from plans.services.proposals import from_data, proposed, rows_for, state_for
from plans.services.shared import acts_for


def bring_together(upload: PlanImport, *, seen: str, actor: User) -> None:
    """The plan went on after the upload was checked: put both together anew. Nothing is applied."""
    _lock(upload, seen)
    if upload.checked_fingerprint == fingerprint(upload.version.rows):
        return
    began_with = upload.checked_fingerprint or ""
    base = state_for(upload, began_with)
    if base is None or upload.open_conflicts or not can_go_on(upload):
        raise ChangedMeanwhile
    content = begin_merge(upload, (began_with, base), proposed(upload))
    recheck(upload, content, [])
    _record(upload, actor, chosen=0)


def choose(upload: PlanImport, choices: Mapping[str, Taken], *, seen: str, actor: User) -> int:
    """Take these decisions, and return how many conflicts are left. The plan stays as it is until it is applied."""
    _lock(upload, seen)
    found = merged_of(upload)
    if found is None:
        raise ChangedMeanwhile
    names = {one.name for one in found.conflicts}
    taken = {name: side.value for name, side in choices.items() if name in names}
    upload.choices = {**(upload.choices or {}), **taken}
    base = state_for(upload, upload.merge_base or "")
    if base is None or upload.theirs is None:
        raise ChangedMeanwhile
    content = settled(upload, base, rows_for(upload), from_data(upload.theirs))
    recheck(upload, content, [])
    _record(upload, actor, chosen=len(taken))
    return upload.open_conflicts


def _lock(upload: PlanImport, seen: str) -> None:
    db.session.execute(select(PlanImport.id).where(PlanImport.id == upload.id).with_for_update())
    db.session.refresh(upload)
    if upload.status is not ImportStatus.CHECKED or upload.purpose is not ImportPurpose.CHANGE:
        raise UploadIsOver
    if not upload.version.is_editable:
        raise NotEditable
    if state_of(upload) != seen:
        raise ChangedMeanwhile


def _record(upload: PlanImport, actor: User, **data: Any) -> None:
    behalf = acts_for(upload.version, actor)
    audit.record(
        PlanEvent.UPLOAD_MERGED, upload, actor=actor, on_behalf_of=behalf, number=upload.version.number,
        open=upload.open_conflicts, **data,
    )  # fmt: skip
