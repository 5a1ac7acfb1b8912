"""Editions of the handbook, copies sent, copies confirmed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import update

from accounts.models import User
from core import audit, clock, mail, storage
from core.database import db, refusing
from core.file_kinds import FileKind, check_file
from handbooks.errors import (
    MOST_COPIES,
    ArrivedBeforeSent,
    ArrivedInFuture,
    ConfirmedAlready,
    EditionExists,
    MoreThanSent,
    NobodyChosen,
    NoCurrentEdition,
    NoSuchCount,
    SentInFuture,
)
from handbooks.events import HandbookEvent
from handbooks.models import HandbookEdition, HandbookIssue
from handbooks.queries import current_edition
from municipalities.models import Municipality
from partnerships.files.services import most_bytes
from partnerships.models import Partnership
from partnerships.queries import open_partnership_of
from partnerships.services.shared import hold_municipality, iso

ELECTRONIC = (FileKind.PDF,)
"""What everybody can open on any device."""


def keep_edition(
    known: HandbookEdition | None,
    *,
    title: str,
    edition: str,
    published_on: date,
    is_current: bool,
    file: tuple[str, bytes] | None = None,
    actor: User,
) -> HandbookEdition:
    """Enter an edition, or change one. ``file``: name and content of its electronic version, a PDF."""
    kept = known or HandbookEdition()
    before = {} if known is None else _facts(known)
    if is_current and not (known and known.is_current):
        db.session.execute(update(HandbookEdition).values(is_current=False))
    with refusing(EditionExists):
        kept.title, kept.edition = title, edition
        kept.published_on, kept.is_current = published_on, is_current
        if file is not None:
            _put_file(kept, *file)
        db.session.add(kept)
    event = HandbookEvent.EDITION_ADDED if known is None else HandbookEvent.EDITION_CHANGED
    after = _facts(kept)
    if before != after:
        audit.record(event, kept, actor=actor, before=before or None, after=after, note=title)
    return kept


def _put_file(edition: HandbookEdition, name: str, data: bytes) -> None:
    kind = check_file(data, name, kinds=ELECTRONIC, most_bytes=most_bytes())
    former, edition.file = edition.file, storage.keep(data, name=name, media_type=kind.media_type)
    db.session.flush()
    if former is not None:
        storage.remove(former)


def _facts(edition: HandbookEdition) -> dict[str, Any]:
    return {
        "title": edition.title,
        "edition": edition.edition,
        "published_on": iso(edition.published_on),
        "is_current": edition.is_current,
        "file_hash": edition.file.blob_hash if edition.file else None,
    }


def send_copies(
    municipalities: Sequence[Municipality], *, sent_on: date, sent_count: int | None, actor: User
) -> list[HandbookIssue]:
    """Record that so many copies of the current edition went to each; their leaders are asked to confirm them."""
    edition = current_edition()
    if edition is None:
        raise NoCurrentEdition
    if not municipalities:
        raise NobodyChosen
    count = _checked(sent_on, sent_count)
    return [_send(one, edition, sent_on, count, actor=actor) for one in municipalities]


def _send(
    municipality: Municipality, edition: HandbookEdition, sent_on: date, count: int, *, actor: User
) -> HandbookIssue:
    issue = HandbookIssue(municipality=municipality, edition=edition, sent_on=sent_on, sent_count=count)
    db.session.add(issue)
    db.session.flush()
    audit.record(
        HandbookEvent.SENT,
        issue,
        actor=actor,
        after={"sent_on": iso(sent_on), "sent_count": count, "edition": edition.edition},
    )
    partnership = open_partnership_of(municipality)
    if partnership is not None:
        _tell_leader(partnership, issue, actor=actor)
    return issue


def correct_sending(issue: HandbookIssue, *, sent_on: date, sent_count: int | None, actor: User) -> None:
    """As long as nobody has said what arrived."""
    hold_municipality(issue.municipality)
    db.session.refresh(issue)
    if issue.confirmed_on is not None:
        raise ConfirmedAlready
    count = _checked(sent_on, sent_count)
    before = {"sent_on": iso(issue.sent_on), "sent_count": issue.sent_count}
    issue.sent_on, issue.sent_count = sent_on, count
    after = {"sent_on": iso(sent_on), "sent_count": count}
    if before != after:
        audit.record(HandbookEvent.SENDING_CORRECTED, issue, actor=actor, before=before, after=after)


def confirm_copies(
    issue: HandbookIssue, *, confirmed_count: int, confirmed_on: date, note: str | None, actor: User
) -> None:
    """What arrived, also when it is less than was sent, or nothing. It can be corrected; the history keeps both."""
    hold_municipality(issue.municipality)
    db.session.refresh(issue)
    if not 0 <= confirmed_count <= issue.sent_count:
        raise MoreThanSent(issue.sent_count)
    if confirmed_on < issue.sent_on:
        raise ArrivedBeforeSent(issue.sent_on)
    if confirmed_on > clock.today():
        raise ArrivedInFuture
    before = {"confirmed_count": issue.confirmed_count, "confirmed_on": iso(issue.confirmed_on)}
    issue.confirmed_count, issue.confirmed_on, issue.note = confirmed_count, confirmed_on, note or None
    after = {"confirmed_count": confirmed_count, "confirmed_on": iso(confirmed_on)}
    audit.record(
        HandbookEvent.CONFIRMED,
        issue,
        actor=actor,
        personal={"note": note} if note else None,
        before=before,
        after=after,
    )


def _checked(sent_on: date, sent_count: int | None) -> int:
    if sent_on > clock.today():
        raise SentInFuture
    if sent_count is None or not 0 < sent_count <= MOST_COPIES:
        raise NoSuchCount
    return sent_count


def _tell_leader(partnership: Partnership, issue: HandbookIssue, *, actor: User) -> None:
    leader = partnership.leader(clock.today())
    if leader is not None and leader.id != actor.id:
        mail.queue(
            leader,
            "handbooks/mail/sent",
            dedupe_key=f"handbook-sent:{issue.id}",
            reply_to=actor.mail_address,
            issue=issue,
            partnership=partnership,
        )
