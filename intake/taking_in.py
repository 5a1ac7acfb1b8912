"""A large file is applied by the process that runs jobs: read again a part at a time, with its count, then written as a whole."""

from flask import url_for

from accounts.long_work.words import why_failed
from accounts.models import User
from accounts.policy import Permission, can
from core.database import db
from core.i18n import _, _l
from core.long_work import LongKind, LongWork, Progress
from intake.checking import Checked, check
from intake.models import ImportState, RecordImport
from intake.naming import Naming
from intake.services import TAKING_IN, apply_import
from intake.targets import target_of

ROWS_AT_ONCE = 500


def take_in(work: LongWork, progress: Progress) -> None:
    """Reading is counted as the first half: writing, one transaction, is the larger half of the work."""
    upload = _upload(work)
    rows, naming, columns = upload.rows or [], Naming.of(upload.mapping), target_of(upload.kind).columns
    found = Checked([], [])
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = check(rows[start : start + ROWS_AT_ONCE], naming, columns)
        found.rows += part.rows
        found.partial += part.partial
        found.findings += part.findings
        upload.rows_done = min(start + ROWS_AT_ONCE, len(rows)) // 2
        progress.keep(upload.rows_done, len(rows), note=_("Reading the rows"))
    progress.keep(upload.rows_done, note=_("Writing the register"))
    actor = db.session.get_one(User, work.asked_by_id)
    apply_import(upload, seen=upload.seen or "", actor=actor, found=found)
    progress.done = len(rows)


def _give_back(work: LongWork) -> None:
    """As it was before it was queued, with the reason: it can be looked at, corrected and applied again."""
    upload = _upload(work)
    if upload.status is not ImportState.QUEUED:
        return
    upload.status, upload.refusal, upload.rows_done = ImportState.CHECKED, why_failed(work), 0
    upload.applied_by_id = None


def _upload(work: LongWork) -> RecordImport:
    return db.session.get_one(RecordImport, int(work.parameters["upload"]))


KIND = LongKind(
    TAKING_IN,
    does=_l("Records from a file"),
    run=take_in,
    may=lambda person: can(person, Permission.IMPORT_EDIT),
    can_be_tried_again=False,
    leads_to=lambda work: url_for("intake.show", import_id=work.parameters["upload"]),
    failed=_give_back,
)
