"""Writing a plan in the browser, row by row, beside others who write in it at the same time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from accounts.models import User
from core import audit
from core.database import db
from plans.checking import checked_content
from plans.checks import Purpose
from plans.corrections import Cell, Read, Texts, new_uids, placed, read_texts, refused_among, without_rows
from plans.definitions import Layout, PlanContent, PlanRow
from plans.editing.offers import Origin, sources_for, ticked_offers
from plans.editing.pasting import preview_of, previewed
from plans.editing.rows import is_empty, moved, row_in, typed_over, with_row, with_rows
from plans.errors import ChangedMeanwhile, NotEditable, NothingInRow, NothingPasted, RowChanged, RowIsGone
from plans.events import PlanEvent
from plans.findings import Finding, Severity
from plans.merging.codes import with_own_codes
from plans.merging.journal import row_taken_out
from plans.merging.threeway import Merge, Taken, merge, same_row
from plans.models import PlanVersion
from plans.retired import offered_values
from plans.services.shared import acts_for
from plans.services.writing import replace_rows
from plans.templates import definition_of
from plans.workbooks.order import NEW_ROW
from plans.workbooks.sheet_reading import new_row_uid
from programme.queries import the_programme


@dataclass(frozen=True)
class RowEdit:
    sheet_key: str
    row_uid: str
    """Begins as ``NEW_ROW`` does for a row that is not there yet."""
    texts: Texts
    """Of the cells that the person changed, as typed."""
    base: PlanRow | None = None
    """The row as the person saw it; None for a new one, or where it is not known any more."""
    behind: tuple[str, ...] | None = None
    """The rows that a new one stands behind; None: it comes last."""
    put_back: bool = False
    """Somebody took the row out meanwhile, and it shall be there all the same."""


@dataclass(frozen=True)
class Outcome:
    row_uid: str
    problems: Sequence[Finding] = ()
    """Why cells were not taken; then nothing was written."""
    conflict: Merge | None = None
    """What somebody else changed meanwhile, and differently; then nothing was written either."""
    is_joined: bool = False
    """Somebody else changed other cells of this row meanwhile: both are in it now."""

    @property
    def is_written(self) -> bool:
        return not self.problems and self.conflict is None


@dataclass(frozen=True)
class Manner:
    """What is particular about a form that writes only some columns of a row."""

    event: PlanEvent = PlanEvent.WRITTEN
    strictly: frozenset[str] = frozenset()
    """Columns in which nothing wrong is written, though a draft may hold it."""
    remembered: tuple[str, ...] = ()
    """Columns whose values the history keeps, old and new. None that could be about a person."""


AS_USUAL = Manner()


def write_row(
    version: PlanVersion, edit: RowEdit, *, actor: User, language: str, manner: Manner = AS_USUAL
) -> Outcome:
    """Write what was changed in one row; what others changed in other cells of it meanwhile stays.

    Each cell is read and checked as the upload of a workbook would. All cells are written, or none.
    """
    _hold(version)
    read = _read(version, edit, language)
    if read.problems:
        return Outcome(edit.row_uid, problems=read.problems)
    now, key = version.rows, edit.sheet_key
    uid = _uid_of(version, edit)
    ours = row_in(now, key, uid)
    if ours is None and edit.base is None and uid == edit.row_uid:
        raise RowIsGone
    found = _together(version, edit, read, uid=uid, ours=ours)
    if found.conflicts:
        return Outcome(uid, conflict=found)
    row = row_in(found.content, key, uid)
    if row is None:
        raise RowIsGone
    check = checked_content(version, with_row(now, key, row, behind=edit.behind), Purpose.DRAFT)
    refused = refused_among(check.findings, [replace(cell, row_uid=uid) for cell in edit.texts])
    refused += [one for one in check.findings if _is_wrong(one, key, uid, manner)]
    if refused:
        return Outcome(edit.row_uid, problems=[replace(one, row_uid=edit.row_uid) for one in refused])
    _replace(version, check.content)
    done = "changed" if ours else "added"
    cells = sorted({cell.column_name for cell in edit.texts})
    kept = _remembered(ours, row, manner)
    _record(version, actor, event=manner.event, sheet=key, row=uid, done=done, cells=cells, **kept)
    is_joined = bool(ours and edit.base and not same_row(ours, edit.base))
    return Outcome(uid, is_joined=is_joined)


def remove_row(
    version: PlanVersion, sheet_key: str, row_uid: str, *, seen: PlanRow | None, actor: User
) -> None:
    """Take a row out; not one that somebody changed since the person looked at it."""
    _hold(version)
    row = row_in(version.rows, sheet_key, row_uid)
    if row is None:
        raise RowIsGone
    if seen is not None and not same_row(row, seen):
        raise RowChanged
    _replace(version, without_rows(version.rows, {(sheet_key, row_uid)}))
    _record(version, actor, sheet=sheet_key, row=row_uid, done="removed")


def put_row_back(version: PlanVersion, sheet_key: str, row_uid: str, *, actor: User) -> None:
    """As it was when it was taken out, at its place; under another code if somebody else's row has its own by now."""
    _hold(version)
    now, definition = version.rows, definition_of(version)
    known = row_taken_out(version, sheet_key, row_uid)
    if known is None:
        raise RowIsGone
    row, behind = known
    if row_in(now, sheet_key, row_uid) is not None:
        return
    content = with_own_codes(with_row(now, sheet_key, row, behind=behind), now, definition)
    _replace(version, content)
    _record(version, actor, sheet=sheet_key, row=row_uid, done="put back")


def move_row(version: PlanVersion, sheet_key: str, row_uid: str, *, by: int, actor: User) -> None:
    """One place up (``by=-1``) or down."""
    _hold(version)
    now = version.rows
    if row_in(now, sheet_key, row_uid) is None:
        raise RowIsGone
    order = moved(now.rows(sheet_key), row_uid, by=by)
    if tuple(order) != now.rows(sheet_key):
        _replace(version, with_rows(now, sheet_key, order))
        _record(version, actor, sheet=sheet_key, row=row_uid, done="moved")


def add_rows(version: PlanVersion, sheet_key: str, texts: Texts, *, actor: User, language: str) -> int:
    """Put rows behind the others, without the cells that cannot be taken. Returns how many there are."""
    _hold(version)
    sheet = definition_of(version).sheet(sheet_key)
    texts = placed(texts, new_uids(texts))
    preview = previewed(version, sheet, texts, language=language)
    if not preview.uids:
        raise NothingPasted
    gone = {cell.row for cell in texts if cell.row_uid not in preview.uids}
    _replace(version, without_rows(preview.content, gone))
    _record(version, actor, sheet=sheet_key, done="pasted", rows=len(preview.uids))
    return len(preview.uids)


def take_over_offers(version: PlanVersion, sheet_key: str, keys: Collection[str], *, actor: User) -> int:
    """Put what was ticked behind the other rows. Returns how many rows there are.

    What is offered is asked once nobody else writes, so of two who tick the same one adds it. The history remembers whose
    each row was.
    """
    _hold(version)
    sheet, ticked = definition_of(version).sheet(sheet_key), ticked_offers(version, sheet_key, keys)
    uids = {key: new_row_uid() for key in ticked}
    values = {
        Cell(sheet_key, uids[key], column): value
        for key, offer in ticked.items()
        for column, value in offered_values(offer.values, sheet, the_programme().code_lists).items()
    }
    preview = preview_of(version, sheet, values)
    taken = {key: uid for key, uid in uids.items() if uid in preview.uids}
    if taken:
        _replace(version, preview.content)
        origins = {
            uids[key]: origin for key, one in ticked.items() if key in taken and (origin := one.origin)
        }
        _record(version, actor, sheet=sheet_key, done="taken over", rows=len(taken), **_whose(origins))
        for source in sources_for(version.plan, sheet_key):
            if source.taken is not None:
                source.taken(version, taken, actor)
    return len(taken)


def take_rows(
    version: PlanVersion, sheet_key: str, rows: Sequence[PlanRow], *, actor: User
) -> frozenset[str]:
    """Put rows that are known from elsewhere behind the others, under these ids. Returns the ids that are there now."""
    _hold(version)
    values = {Cell(sheet_key, row.row_uid, key): value for row in rows for key, value in row.values.items()}
    preview = preview_of(version, definition_of(version).sheet(sheet_key), values)
    if preview.uids:
        _replace(version, preview.content)
        _record(version, actor, sheet=sheet_key, done="taken over", rows=len(preview.uids))
    return frozenset(preview.uids)


def _whose(origins: Mapping[str, Origin]) -> dict[str, Any]:
    """Whose rows these were, for people and, row by row, for whoever wants to know exactly."""
    if not origins:
        return {}
    names = dict.fromkeys(one.name for one in origins.values())
    sources = [{"row": uid, **one.known_as} for uid, one in origins.items()]
    return {"note": ", ".join(names), "sources": sources}


# --- Parts of it -----------------------------------------------------------------------------------------


def _hold(version: PlanVersion) -> None:
    """Whoever writes waits for whoever is writing, and then sees what they wrote."""
    db.session.execute(select(PlanVersion.id).where(PlanVersion.id == version.id).with_for_update())
    db.session.refresh(version)
    db.session.expire(version, ["entries"])
    if not version.is_editable:
        raise NotEditable


def _read(version: PlanVersion, edit: RowEdit, language: str) -> Read:
    lists = the_programme().code_lists
    return read_texts(edit.texts, definition_of(version), code_lists=lists, language=language)


def _uid_of(version: PlanVersion, edit: RowEdit) -> str:
    """The one row of a record sheet goes by the key of its sheet."""
    if not edit.row_uid.startswith(NEW_ROW):
        return edit.row_uid
    is_record = definition_of(version).sheet(edit.sheet_key).layout is Layout.RECORD
    return edit.sheet_key if is_record else new_row_uid()


def _together(version: PlanVersion, edit: RowEdit, read: Read, *, uid: str, ours: PlanRow | None) -> Merge:
    """The row as the person saw it, as it is now and as they want it, brought together cell by cell."""
    key = edit.sheet_key
    theirs = typed_over(PlanRow(uid, edit.base.values if edit.base else {}), read.values)
    if (read.values or ours is None) and is_empty(theirs, definition_of(version).sheet(key)):
        raise NothingInRow
    sides = (edit.base, ours, theirs)
    base, here, there = (PlanContent({key: (replace(row, row_uid=uid),)} if row else {}) for row in sides)
    choices = {f"{key}.{uid}": Taken.THEIRS} if edit.put_back else {}
    return merge(base, here, there, choices)


def _replace(version: PlanVersion, content: PlanContent) -> None:
    try:
        replace_rows(version, content)
    except StaleDataError as error:
        raise ChangedMeanwhile from error


def _is_wrong(finding: Finding, sheet_key: str, row_uid: str, manner: Manner) -> bool:
    here = (finding.sheet_key, finding.row_uid) == (sheet_key, row_uid)
    return here and finding.column_key in manner.strictly and finding.severity is Severity.ERROR


def _remembered(before: PlanRow | None, after: PlanRow, manner: Manner) -> dict[str, Any]:
    if not manner.remembered:
        return {}
    sides = {"before": before.values if before else {}, "after": after.values}
    return {side: {key: values.get(key) for key in manner.remembered} for side, values in sides.items()}


def _record(version: PlanVersion, actor: User, *, event: PlanEvent = PlanEvent.WRITTEN, **data: Any) -> None:
    """By sheets and columns: what stands in them is the plan's, not the history's."""
    behalf = acts_for(version, actor)
    audit.record(event, version, actor=actor, on_behalf_of=behalf, number=version.number, **data)
