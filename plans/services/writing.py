"""Beginning a plan, changing its rows, deleting a draft nobody has seen."""

import secrets

from sqlalchemy import delete, func, select

from accounts.models import User
from core import audit, clock, storage
from core.database import db, refusing
from partnerships.models import Partnership
from plans.definitions import PlanContent, PlanKind
from plans.errors import NotEditable, OnlyUnsubmittedDrafts, PlanExists, WrongYear
from plans.events import PlanEvent
from plans.merging.journal import forget_steps, note_step
from plans.models import Plan, PlanEntry, PlanImport, PlanVersion, ReviewComment
from plans.prefill import prefilled_content
from plans.services.shared import acts_for
from plans.templates import current_template_version, definition_of
from plans.values.list_order import in_list_order
from plans.workflow import PlanStatus
from plans.years.moves import forget_year, note_moves
from programme.queries import the_programme


def start_plan(partnership: Partnership, kind: PlanKind, *, year_from: int, actor: User) -> PlanVersion:
    """Begin a plan, filled with what the system already knows about the partnership."""
    years = the_programme().settings.plan_years if kind is PlanKind.GENERAL else 1
    _check_year(year_from)
    plan = Plan(
        uid=secrets.token_hex(8),
        partnership=partnership,
        kind=kind,
        year_from=year_from,
        year_to=year_from + years - 1,
        template_version=current_template_version(kind),
    )
    version = PlanVersion(
        plan=plan,
        number=1,
        template_version=plan.template_version,
        status=PlanStatus.DRAFT,
        status_since=clock.now(),
    )
    with refusing(PlanExists):
        db.session.add(version)
    replace_rows(version, prefilled_content(plan))
    audit.record(PlanEvent.STARTED, version, actor=actor, on_behalf_of=acts_for(version, actor), number=1)
    return version


def _check_year(year: int) -> None:
    """A plan begins in the programme's time, at the earliest the year before (so that January is planned in time)."""
    programme = the_programme().row
    first, last = programme.starts_on.year, programme.ends_on.year
    if not first <= year <= last:
        raise WrongYear(first, last)


def replace_rows(version: PlanVersion, wanted: PlanContent) -> None:
    """Make the rows of a draft exactly these; rows that stay the same are not touched."""
    if not version.is_editable:
        raise NotEditable
    wanted = in_list_order(wanted, definition_of(version), the_programme().code_lists)
    before = version.rows
    present = {(entry.sheet, entry.row_uid): entry for entry in version.entries}
    kept: list[PlanEntry] = []
    for sheet, rows in wanted.sheets.items():
        for position, row in enumerate(rows):
            entry = present.pop((sheet, row.row_uid), None)
            kept.append(
                _write(entry or PlanEntry(sheet=sheet, row_uid=row.row_uid), position, dict(row.values))
            )
    version.entries = kept
    version.updated_at = clock.now()  # counts as a change of the version, so two people at once are noticed
    db.session.flush()
    note_step(version, before, wanted)
    note_moves(version, before, wanted)


def follow_template(version: PlanVersion, to: int, *, actor: User) -> None:
    """From now on the draft follows this version of the template. Whoever calls brings its rows up to it."""
    if version.template_version == to:
        return
    before, version.template_version = version.template_version, to
    audit.record(
        PlanEvent.TEMPLATE_CHANGED, version, actor=actor, on_behalf_of=acts_for(version, actor),
        number=version.number, before={"template_version": before}, after={"template_version": to},
    )  # fmt: skip


def _write(entry: PlanEntry, position: int, values: dict[str, object]) -> PlanEntry:
    if entry.position != position:
        entry.position = position
    if entry.values != values:
        entry.values = values
        entry.row_version = (entry.row_version or 0) + 1
    return entry


def copy_rows(source: PlanVersion, target: PlanVersion) -> None:
    """The next version begins with the same rows under the same ids, so that a workbook of either still fits."""
    target.entries = [
        PlanEntry(
            sheet=entry.sheet, row_uid=entry.row_uid, position=entry.position, values=dict(entry.values)
        )
        for entry in source.entries
    ]


def delete_draft(version: PlanVersion, *, actor: User) -> None:
    """Delete a draft that was never submitted; the version before it, if any, is the current one again."""
    if version.status is not PlanStatus.DRAFT or version.submitted_at or not version.is_current:
        raise OnlyUnsubmittedDrafts
    plan, number = version.plan, version.number
    audit.record(PlanEvent.DRAFT_DELETED, version, actor=actor, number=number)
    _delete_uploads(version)
    forget_steps(version)
    db.session.execute(delete(ReviewComment).where(ReviewComment.version_id == version.id))
    db.session.delete(version)
    db.session.flush()
    before = db.session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan.id))
    if before is None:
        forget_year(plan)
        db.session.delete(plan)
    else:
        _version(plan, before).is_current = True


def _version(plan: Plan, number: int) -> PlanVersion:
    found = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number == number)
    return db.session.scalars(found).one()


def _delete_uploads(version: PlanVersion) -> None:
    found = db.session.scalars(select(PlanImport).where(PlanImport.version_id == version.id)).all()
    files = [upload.file for upload in found if upload.file is not None]
    for upload in found:
        db.session.delete(upload)
    db.session.flush()  # nothing points to the files any more
    for file in files:
        storage.remove(file)
