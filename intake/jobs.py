"""Large files are applied, and invitations sent, outside of anybody's request: a part at a time, with its count kept."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from accounts.services import invite
from core import clock
from core.database import db
from core.errors import DomainError
from core.i18n import _l, in_language
from intake import services
from intake.checking import Checked, check
from intake.models import ImportState, RecordImport
from intake.naming import Naming
from intake.queries import imports_that_invite, waiting_imports
from intake.services import apply_import
from intake.targets import target_of
from partnerships import notices
from partnerships.models import LeaderTerm, Partnership

ROWS_AT_ONCE = 500
MAILS_AT_ONCE = 50


def apply_waiting() -> str:
    waiting = waiting_imports()
    for import_id in waiting:
        upload = db.session.get_one(RecordImport, import_id)
        with in_language(db.session.get_one(User, upload.applied_by_id).language):
            _apply(import_id)
    sent = sum(_invite(import_id) for import_id in imports_that_invite())
    return f"{len(waiting)} applied, {sent} invited"


def discard_forgotten() -> str:
    return f"{services.discard_forgotten()} put aside"


def _apply(import_id: int) -> None:
    """The rows are read again a part at a time, so that the page can tell how far it is; writing is one transaction."""
    upload = db.session.get_one(RecordImport, import_id)
    actor = db.session.get_one(User, upload.applied_by_id)
    seen, rows = upload.seen or "", upload.rows or []
    naming, columns = Naming.of(upload.mapping), target_of(upload.kind).columns
    found = Checked([], [])
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = check(rows[start : start + ROWS_AT_ONCE], naming, columns)
        found.rows += part.rows
        found.partial += part.partial
        found.findings += part.findings
        upload.rows_done = (
            min(start + ROWS_AT_ONCE, len(rows)) // 2
        )  # reading is the smaller half of the work
        db.session.commit()
    try:
        apply_import(upload, seen=seen, actor=actor, found=found)
    except DomainError as refusal:
        db.session.rollback()
        upload = db.session.get_one(RecordImport, import_id)
        upload.status, upload.refusal, upload.rows_done = ImportState.CHECKED, str(refusal), 0
        upload.applied_by_id = None
    db.session.commit()


def _invite(import_id: int) -> int:
    """Those who are left, a few in each transaction; who has a password is told instead."""
    sent = 0
    while True:
        upload = db.session.get_one(RecordImport, import_id)
        some, rest = upload.to_invite[:MAILS_AT_ONCE], upload.to_invite[MAILS_AT_ONCE:]
        actor = db.session.get_one(User, upload.applied_by_id)
        for term in _terms(some):
            _tell(term, actor)
        sent += len(some)
        upload.to_invite, upload.invite = rest, bool(rest)
        upload.counts = {**upload.counts, "invited": upload.counts.get("invited", 0) + len(some)}
        db.session.commit()
        if not rest:
            return sent


def _terms(ids: list[int]) -> list[LeaderTerm]:
    return list(
        db.session.scalars(
            select(LeaderTerm)
            .where(LeaderTerm.id.in_(ids))
            .options(
                joinedload(LeaderTerm.user),
                joinedload(LeaderTerm.partnership).joinedload(Partnership.municipality),
            )
            .order_by(LeaderTerm.id)
        ).unique()
    )


def _tell(term: LeaderTerm, actor: User) -> None:
    """Whoever has left the office again, or may not come in, is not written to."""
    if not term.user.is_active or not term.covers(max(clock.today(), term.starts_on)):
        return
    if term.user.password_hash is None:
        what_for = _l("leader of the partnership %(name)s", name=term.partnership.name)
        invite(term.user.email, term.user.name, reason=what_for, actor=actor)
    else:
        notices.tell_leader_appointed(term, actor=actor)
