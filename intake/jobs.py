"""Invitations to people of files that were applied go out outside of anybody's request: a few at a time."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from accounts.services import invite
from core import clock
from core.database import db
from intake import services
from intake.models import RecordImport
from intake.queries import imports_that_invite
from partnerships import notices
from partnerships.invitations import to_lead
from partnerships.models import LeaderTerm, Partnership

MAILS_AT_ONCE = 50


def send_invitations() -> str:
    """Of files that were applied, however they were."""
    sent = sum(_invite(import_id) for import_id in imports_that_invite())
    return f"{sent} invited"


def discard_forgotten() -> str:
    return f"{services.discard_forgotten()} put aside"


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
        invite(term.user.email, term.user.name, reason=to_lead(term.partnership), actor=actor)
    else:
        notices.tell_leader_appointed(term, actor=actor)
