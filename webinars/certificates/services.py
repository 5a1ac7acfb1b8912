"""Issuing certificates to whoever took part, revoking those that do not hold any more."""

import secrets
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import select

from accounts.models import User
from core import audit, clock, mail
from core.database import db
from core.text import initials
from webinars.certificates.errors import RevokedAlready
from webinars.certificates.events import CertificateEvent
from webinars.certificates.models import Certificate, Owner
from webinars.certificates.queries import Due, counting_of, due, standing_of
from webinars.models import Webinar
from webinars.registrations import guest_links
from webinars.registrations.forgetting import KEPT
from webinars.registrations.models import LinkPurpose, WebinarRegistration
from webinars.services.shared import hold


def issue_due() -> int:
    """To everybody who has none yet, and one mail to each about all that came at once. Each person is one unit of work."""
    issued = 0
    found = due()
    db.session.rollback()
    for owner, theirs in groupby(found, key=lambda one: one.owner):
        if owner.user_id is not None:
            issued += len(issue(db.session.get_one(User, owner.user_id), list(theirs)))
        else:
            seat = db.session.get_one(WebinarRegistration, owner.registration_id)
            issued += issue_to_guest(seat) is not None
        db.session.commit()
    return issued


def issue(person: User, theirs: Sequence[Due]) -> list[Certificate]:
    found = [_issue(one.webinar_id, Owner(user_id=person.id)) for one in theirs]
    issued = [one for one in found if one is not None]
    if issued:
        key = f"certificates-{person.id}-{issued[-1].id}"
        mail.queue(person, "webinars/certificates/mail/ready", dedupe_key=key, certificates=issued)
    return issued


def issue_to_guest(seat: WebinarRegistration) -> Certificate | None:
    """The link in the mail is the only way to it, and ends when the name it bears is forgotten."""
    certificate = _issue(seat.webinar_id, Owner(registration_id=seat.id), name=seat.name)
    if certificate is None:
        return None
    until = seat.webinar.ends_at + KEPT
    secret = guest_links.issue(seat, LinkPurpose.CERTIFICATE, until=until)
    mail.queue(
        seat,
        "webinars/certificates/mail/ready_for_guest",
        dedupe_key=f"certificate-of-guest-{certificate.id}",
        certificate=certificate,
        link=mail.link_to("public.guest_certificate", lang=seat.language, token=secret),
        last_day=clock.local(until).date(),
    )
    return certificate


def _issue(webinar_id: int, owner: Owner, *, name: str | None = None) -> Certificate | None:
    """None: it is no longer so, or somebody was faster."""
    webinar = db.session.get_one(Webinar, webinar_id)
    hold(webinar)
    still = counting_of(webinar).get(owner)
    if still is None or owner in standing_of(webinar):
        return None
    certificate = Certificate(
        webinar=webinar, user_id=owner.user_id, registration_id=owner.registration_id,
        guest_initials=initials(name) if name else None, token=secrets.token_urlsafe(24), title=webinar.title,
        held_on=clock.local(webinar.starts_at).date(), minutes=still.minutes, by_recording=still.by_recording,
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
    for owner, certificate in standing.items():
        due = counting.get(owner)
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
