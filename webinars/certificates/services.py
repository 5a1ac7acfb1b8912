"""Issuing certificates to whoever took part, revoking those that do not hold any more."""

import secrets
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import select

from accounts.models import User
from core import audit, clock, mail
from core.database import db
from webinars.certificates.errors import RevokedAlready
from webinars.certificates.events import CertificateEvent
from webinars.certificates.models import Certificate
from webinars.certificates.queries import Due, counting_of, due, standing_of
from webinars.models import Webinar
from webinars.services.shared import hold


def issue_due() -> int:
    """To everybody who has none yet, and one mail to each about all that came at once. Each person is one unit of work."""
    issued = 0
    found = due()
    db.session.rollback()
    for user_id, theirs in groupby(found, key=lambda one: one.user_id):
        issued += len(issue(db.session.get_one(User, user_id), list(theirs)))
        db.session.commit()
    return issued


def issue(person: User, theirs: Sequence[Due]) -> list[Certificate]:
    issued = []
    for one in theirs:
        webinar = db.session.get_one(Webinar, one.webinar_id)
        hold(webinar)
        still = counting_of(webinar).get(person.id)
        if still is not None and person.id not in standing_of(webinar):
            issued.append(_issue(webinar, person, still))
    if issued:
        key = f"certificates-{person.id}-{issued[-1].id}"
        mail.queue(person, "webinars/certificates/mail/ready", dedupe_key=key, certificates=issued)
    return issued


def _issue(webinar: Webinar, person: User, due: Due) -> Certificate:
    certificate = Certificate(
        webinar=webinar, user=person, token=secrets.token_urlsafe(24), title=webinar.title,
        held_on=clock.local(webinar.starts_at).date(), minutes=due.minutes, by_recording=due.by_recording,
        issued_at=clock.now(),
    )  # fmt: skip
    db.session.add(certificate)
    db.session.flush()
    audit.record(CertificateEvent.ISSUED, certificate, actor=None, after={"number": certificate.number})
    return certificate


def follow_attendance(webinar: Webinar) -> None:
    """Attendance has changed: what a certificate says and is no longer so is revoked. The right one follows by itself."""
    db.session.flush()
    standing = standing_of(webinar)
    if not standing:
        return
    counting = counting_of(webinar)
    for user_id, certificate in standing.items():
        due = counting.get(user_id)
        if due is None or (due.minutes, due.by_recording) != (certificate.minutes, certificate.by_recording):
            _revoke(certificate, None, actor=None)


def revoke(certificate: Certificate, *, reason: str, actor: User) -> None:
    """By the office: another is not issued by itself."""
    db.session.execute(select(Certificate.id).where(Certificate.id == certificate.id).with_for_update())
    db.session.refresh(certificate)
    if not certificate.stands:
        raise RevokedAlready
    certificate.revoked_by = actor
    _revoke(certificate, reason, actor=actor)


def _revoke(certificate: Certificate, reason: str | None, *, actor: User | None) -> None:
    certificate.revoked_at, certificate.revoke_reason = clock.now(), reason
    db.session.flush()
    audit.record(
        CertificateEvent.REVOKED, certificate, actor=actor,
        before={"number": certificate.number}, personal={"note": reason} if reason else None,
    )  # fmt: skip
