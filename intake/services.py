"""Files with records: read, named, checked, compared; the register changes only when somebody applies them."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from core import audit, clock, storage
from core.bulk import without_collecting
from core.database import db
from core.long_work import ask
from core.sheets import LIMITS
from core.workbooks.errors import UnreadableWorkbook
from core.workbooks.reader import read_workbook
from intake.cells import DAYS_FIRST
from intake.checking import Checked, check, not_read, take, thinned
from intake.columns import folded, headings_of
from intake.errors import (
    ColumnMissing,
    ColumnTwice,
    ImportIsOver,
    NothingToApply,
    RefusedByDatabase,
    RegisterChanged,
)
from intake.events import IntakeEvent
from intake.findings import MOST_KEPT, Finding
from intake.grid import (
    GridSheet,
    heading_signature,
    headings,
    sheets_as_data,
    sheets_of,
    sheets_of_data,
    signature,
)
from intake.models import OPEN_STATES, ImportState, RecordImport, RecordKind
from intake.naming import Naming, guess, is_remembered, remember
from intake.targets import target_of
from intake.targets.base import Outcome, Scope, Target, Written
from intake.units import as_headings_say, asks_unit, has_bare_numbers, with_unit
from partnerships.behalf import acts_without_leader
from partnerships.models import Partnership
from programme.models import Programme

logger = logging.getLogger(__name__)

TAKING_IN = "intake.take_in"
"""The kind of long work that applies a large file."""
FORGOTTEN_AFTER = timedelta(days=14)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class SentFile:
    name: str
    data: bytes


@dataclass(frozen=True)
class Refusal:
    reason: str
    sentence: str


def read_file(file: SentFile) -> list[GridSheet] | Refusal:
    """Without touching the database: a slow or hostile file keeps nobody else waiting."""
    try:
        with without_collecting():
            return sheets_of(read_workbook(file.data, limits=LIMITS, name=file.name))
    except UnreadableWorkbook as error:
        return Refusal(str(error.reason), str(error))


def receive(
    kind: RecordKind,
    file: SentFile,
    outcome: list[GridSheet] | Refusal,
    *,
    partnership: Partnership | None,
    actor: User,
) -> RecordImport:
    """Keep what came. A file whose headings say everything is checked at once; else its columns are named first."""
    upload = RecordImport(
        kind=kind, partnership=partnership, uploaded_by_id=actor.id, file_name=storage.safe_name(file.name),
        file_size=len(file.data), file_hash=sha256(file.data).hexdigest(), status=ImportState.UPLOADED,
        taken_over=partnership is None and kind is not RecordKind.REGISTER, mapping={}, findings=[], counts={},
        to_invite=[],
    )  # fmt: skip
    db.session.add(upload)
    if isinstance(outcome, Refusal) or not outcome:
        return _refuse(upload, outcome, actor)
    target = target_of(kind)
    columns = target.told_columns(scope_of(upload, actor))
    naming = guess(kind, outcome, columns)
    naming = with_unit(naming, sheet_of(outcome, naming), columns)
    upload.mapping = naming.as_data()
    if _says_everything(target, naming, outcome, upload):
        _check(upload, outcome, naming)
    else:
        upload.grid = sheets_as_data(outcome)
    if upload.status is ImportState.UPLOADED:
        upload.file = _kept_meanwhile(file, outcome)
    elif _is_spotless(upload):
        upload.file = storage.keep(file.data, name=file.name, media_type=XLSX)
    _record(IntakeEvent.UPLOADED, upload, actor, kind=str(kind), rows=upload.rows_total)
    return upload


def _refuse(upload: RecordImport, outcome: Sequence[GridSheet] | Refusal, actor: User) -> RecordImport:
    upload.status = ImportState.REFUSED
    if isinstance(outcome, Refusal):
        upload.refusal, reason = outcome.sentence, outcome.reason
    else:
        from intake.errors import NoSheet

        upload.refusal, reason = str(NoSheet()), "empty"
    _record(IntakeEvent.REFUSED, upload, actor, refusal=reason)
    return upload


def _says_everything(
    target: Target, naming: Naming, sheets: Sequence[GridSheet], upload: RecordImport
) -> bool:
    """All were named the same way before, or each means what it usually does; nothing is missing, no unit unsaid.

    What stands in all rows is said of one file: of the next it is only filled in, for somebody to look at.
    """
    sheet = sheet_of(sheets, naming)
    found, usual = headings(sheet, naming.header), headings_of(target.columns)
    required = {column.key for column in target.columns if column.required}
    unsaid = bool(naming.defaults) or asks_unit(naming, sheet, target.columns)
    if unsaid or not required <= set(naming.keys):
        return False
    if is_remembered(upload.kind, signature(found)):
        return True
    unnamed = [text for number, text in found.items() if text and number not in naming.columns]
    ours = {str(column.label) for column in target.columns if not column.is_told}
    as_usual = all(usual.get(folded(found[number])) == key for number, key in naming.columns.items())
    as_usual = as_usual and naming.day_order == DAYS_FIRST
    return as_usual and len(naming.columns) >= 2 and set(unnamed) <= ours


def sheet_of(sheets: Sequence[GridSheet], naming: Naming) -> GridSheet:
    return next(one for one in sheets if one.name == naming.sheet)


def _kept_meanwhile(file: SentFile, sheets: Sequence[GridSheet]) -> storage.StoredFile | None:
    """Until its columns are named nobody knows what may stand where: a PESEL number never may."""
    from core.personal_data import PersonalKind

    slipped = any(
        isinstance(value, PersonalKind)
        for sheet in sheets
        for row in sheet.rows
        for value in row.cells.values()
    )
    return None if slipped else storage.keep(file.data, name=file.name, media_type=XLSX)


def _is_spotless(upload: RecordImport) -> bool:
    return bool(upload.counts.get("spotless"))


def _check(upload: RecordImport, sheets: Sequence[GridSheet], naming: Naming, *, named: bool = False) -> None:
    """``named``: by somebody, just now. What could be named otherwise is kept until the file is applied or put aside."""
    target = target_of(upload.kind)
    sheet = sheet_of(sheets, naming)
    sign = signature(headings(sheet, naming.header))
    again = named or upload.kind is not RecordKind.REGISTER or is_remembered(upload.kind, sign)
    with without_collecting():
        taken = take(sheet, naming, target.columns)
    upload.rows, upload.rows_total = taken.rows, len(taken.rows)
    findings = [*taken.findings, *not_read(sheets, naming, target.columns)]
    upload.findings = [one.as_data() for one in findings[:MOST_KEPT]]
    upload.counts = {"spotless": taken.is_spotless, "again": again, "named": sign if named else ""}
    upload.grid = sheets_as_data(thinned(sheets, target.columns)) if again else None
    upload.mapping, upload.status = naming.as_data(), ImportState.CHECKED


def name_columns(upload: RecordImport, naming: Naming, *, actor: User) -> None:
    """Somebody has said what each column means; once applied, it is remembered for the next workbook like it."""
    if upload.status not in OPEN_STATES or upload.grid is None:
        raise ImportIsOver
    meant: set[str] = set()
    for number, key in naming.columns.items():
        if key in meant:
            raise ColumnTwice(number)
        meant.add(key)
    told = target_of(upload.kind).told_columns(scope_of(upload, actor))
    missing = [str(one.label) for one in told if one.required and one.key not in naming.keys]
    if missing:
        raise ColumnMissing(missing)
    sheets = sheets_of_data(upload.grid)
    sheet = sheet_of(sheets, naming)
    found, said = headings(sheet, naming.header), has_bare_numbers(naming, sheet, told)
    words = {
        heading_signature(text): naming.columns.get(number, "") for number, text in found.items() if text
    }
    naming = as_headings_say(
        replace(naming, unit_said=said, words=words), sheet, told, before=Naming.of(upload.mapping)
    )
    _check(upload, sheets, naming, named=True)
    if upload.file is not None and not _is_spotless(upload):
        kept, upload.file = upload.file, None
        db.session.flush()
        storage.remove(kept)


# --- Comparing and applying ------------------------------------------------------------------------------


def scope_of(upload: RecordImport, actor: User) -> Scope:
    home = upload.partnership
    return Scope(home, upload.taken_over, actor, acts_without_leader(home, actor) if home else None)


def checked(upload: RecordImport) -> Checked:
    target = target_of(upload.kind)
    return check(upload.rows or [], Naming.of(upload.mapping), target.columns)


def compared(upload: RecordImport, *, actor: User, found: Checked | None = None) -> Outcome:
    """What applying would do now, with everything there is to say about the file. ``found``: its rows, read before."""
    found = found or checked(upload)
    target, scope = target_of(upload.kind), scope_of(upload, actor)
    outcome = target.compare(found.rows, scope)
    if found.partial:
        target.look_at(found.partial, scope, outcome)
    of_file = [Finding.of(one) for one in upload.findings]
    outcome.findings = [*of_file, *found.findings, *outcome.findings]
    return outcome


def queue_import(upload: RecordImport, *, seen: str, actor: User) -> None:
    """A large file keeps nobody waiting for a page: it is taken in as long work."""
    hold(upload)
    if upload.status is not ImportState.CHECKED:
        raise ImportIsOver
    upload.status, upload.seen, upload.applied_by_id, upload.refusal = (
        ImportState.QUEUED,
        seen,
        actor.id,
        None,
    )
    ask(TAKING_IN, about=f"import:{upload.id}", actor=actor, total=upload.rows_total, upload=upload.id)


def apply_import(upload: RecordImport, *, seen: str, actor: User, found: Checked | None = None) -> None:
    """All of it or nothing. Checked again here: what somebody has changed since it was shown is not overrun."""
    hold(upload)
    if upload.status not in (ImportState.CHECKED, ImportState.QUEUED):
        raise ImportIsOver
    with without_collecting():
        outcome = compared(upload, actor=actor, found=found)
    if outcome.fingerprint != seen:
        raise RegisterChanged
    if not outcome.applies:
        raise NothingToApply
    try:
        with db.session.begin_nested(), without_collecting():
            written = target_of(upload.kind).write(outcome, scope_of(upload, actor))
            db.session.flush()
    except IntegrityError as error:
        if compared(upload, actor=actor).fingerprint != seen:
            raise RegisterChanged from error
        logger.error("The database refused file %s: %s", upload.id, error.orig)
        raise RefusedByDatabase from error
    _keep_result(upload, outcome, written, actor)


def _keep_result(upload: RecordImport, outcome: Outcome, written: Written, actor: User) -> None:
    upload.status, upload.applied_at, upload.applied_by_id = ImportState.APPLIED, clock.now(), actor.id
    upload.rows_done = upload.rows_total
    upload.to_invite = written.to_invite if upload.invite else []
    upload.invite = bool(upload.to_invite)
    upload.refusal = None
    if upload.counts.get("named"):
        remember(upload.kind, upload.counts["named"], Naming.of(upload.mapping), actor=actor)
    upload.counts = {
        **upload.counts, **written.counts, "missing": len(outcome.missing), "findings": len(outcome.findings),
    }  # fmt: skip
    upload.findings = [one.as_data() for one in outcome.findings[:MOST_KEPT]]
    upload.rows = upload.grid = None
    _record(IntakeEvent.APPLIED, upload, actor, kind=str(upload.kind), **written.counts)


def hold(upload: RecordImport) -> None:
    """One file at a time: whoever applies another one waits, and then sees what this one did."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(Programme.id).with_for_update(key_share=True))
    db.session.refresh(upload, attribute_names=["status", "row_version"], with_for_update={"key_share": True})


def discard(upload: RecordImport, *, actor: User | None) -> None:
    """Put a file aside. One whose columns nobody named may hold anything, so it is not kept at all."""
    hold(upload)
    if upload.status not in OPEN_STATES:
        raise ImportIsOver
    if upload.status is ImportState.UPLOADED and upload.file is not None:
        unseen, upload.file = upload.file, None
        db.session.flush()
        storage.remove(unseen)
    upload.status, upload.grid, upload.rows = ImportState.DISCARDED, None, None
    _record(IntakeEvent.DISCARDED, upload, actor)


def discard_forgotten() -> int:
    """Files that nobody went on with for two weeks: what they hold is not kept longer than somebody needs it."""
    forgotten = db.session.scalars(
        select(RecordImport).where(
            RecordImport.status.in_(OPEN_STATES), RecordImport.updated_at < clock.now() - FORGOTTEN_AFTER
        )
    ).all()
    for upload in forgotten:
        discard(upload, actor=None)
    return len(forgotten)


def _record(event: IntakeEvent, upload: RecordImport, actor: User | None, **data: Any) -> None:
    audit.record(event, upload, actor=actor, **data)
