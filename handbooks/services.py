"""Editions of the handbook, copies sent, copies confirmed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update

from accounts.models import User
from core import audit, clock, mail, storage
from core.database import db, refusing
from core.file_kinds import FileKind, check_file
from handbooks.errors import (
    MOST_COPIES,
    ArrivedAlready,
    ArrivedBeforeSent,
    ArrivedInFuture,
    ConfirmedAlready,
    EditionExists,
    MoreThanSent,
    NobodyChosen,
    NoCurrentEdition,
    NoSuchCount,
    ReceiptMade,
    SendingGone,
    SentInFuture,
    SentMeanwhile,
)
from handbooks.events import HandbookEvent
from handbooks.models import HandbookEdition, HandbookIssue
from handbooks.queries import current_edition, sent_to_since
from municipalities.models import Municipality
from partnerships.behalf import acts_without_leader
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
    municipalities: Sequence[Municipality],
    *,
    sent_on: date,
    sent_count: int | None,
    seen: int | None = None,
    actor: User,
) -> list[HandbookIssue]:
    """Record that so many copies of the current edition went to each; who leads there is asked to confirm them.

    ``seen``: the last sending that the actor knew of, so that what is recorded already is not recorded again.
    """
    edition = current_edition()
    if edition is None:
        raise NoCurrentEdition
    if not municipalities:
        raise NobodyChosen
    count = _checked(sent_on, sent_count)
    if seen is not None:
        _check_nothing_since(seen, edition, municipalities)
    return [_send(one, edition, sent_on, count, actor=actor) for one in municipalities]


def _check_nothing_since(seen: int, edition: HandbookEdition, municipalities: Sequence[Municipality]) -> None:
    held = select(HandbookEdition.id).where(HandbookEdition.id == edition.id)
    db.session.execute(held.with_for_update(key_share=True))
    if places := sent_to_since(seen, municipalities):
        raise SentMeanwhile(places)


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
        _tell(partnership, issue, "sent", actor=actor)
    return issue


def correct_sending(issue: HandbookIssue, *, sent_on: date, sent_count: int | None, actor: User) -> None:
    """As long as nobody has said what arrived."""
    _hold(issue)
    if issue.confirmed_on is not None:
        raise ConfirmedAlready
    count = _checked(sent_on, sent_count)
    before = {"sent_on": iso(issue.sent_on), "sent_count": issue.sent_count}
    issue.sent_on, issue.sent_count = sent_on, count
    after = {"sent_on": iso(sent_on), "sent_count": count}
    if before != after:
        audit.record(HandbookEvent.SENDING_CORRECTED, issue, actor=actor, before=before, after=after)


def take_sending_back(issue: HandbookIssue, *, actor: User) -> None:
    """It never went there, such as one recorded for another municipality. As if it had never been recorded; the history
    keeps what it said. A paper made for it would be about nothing, so then it stays.
    """
    _hold(issue)
    if issue.confirmed_on is not None:
        raise ArrivedAlready
    before = {
        "sent_on": iso(issue.sent_on),
        "sent_count": issue.sent_count,
        "edition": issue.edition.edition,
    }
    with refusing(ReceiptMade):
        audit.record(HandbookEvent.SENDING_TAKEN_BACK, issue, actor=actor, before=before, after={})
        db.session.delete(issue)
    partnership = open_partnership_of(issue.municipality)
    if partnership is not None and not issue.taken_over:
        _tell(partnership, issue, "taken_back", actor=actor)


def confirm_copies(
    issue: HandbookIssue, *, confirmed_count: int, confirmed_on: date, note: str | None, actor: User
) -> None:
    """What arrived, also when it is less than was sent, or nothing. It can be corrected; the history keeps both."""
    _hold(issue)
    if not 0 <= confirmed_count <= issue.sent_count:
        raise MoreThanSent(issue.sent_count)
    if confirmed_on < issue.sent_on:
        raise ArrivedBeforeSent(issue.sent_on)
    if confirmed_on > clock.today():
        raise ArrivedInFuture
    before = {"confirmed_count": issue.confirmed_count, "confirmed_on": iso(issue.confirmed_on)}
    issue.confirmed_count, issue.confirmed_on, issue.note = confirmed_count, confirmed_on, note or None
    after = {"confirmed_count": confirmed_count, "confirmed_on": iso(confirmed_on)}
    partnership = open_partnership_of(issue.municipality)
    audit.record(
        HandbookEvent.CONFIRMED,
        issue,
        actor=actor,
        on_behalf_of=acts_without_leader(partnership, actor) if partnership else None,
        personal={"note": note} if note else None,
        before=before,
        after=after,
    )


def _hold(issue: HandbookIssue) -> None:
    """Wait for whoever else changes it, and see it as they left it."""
    hold_municipality(issue.municipality)
    if db.session.get(HandbookIssue, issue.id, populate_existing=True) is None:
        raise SendingGone


def _checked(sent_on: date, sent_count: int | None) -> int:
    if sent_on > clock.today():
        raise SentInFuture
    if sent_count is None or not 0 < sent_count <= MOST_COPIES:
        raise NoSuchCount
    return sent_count


def _tell(partnership: Partnership, issue: HandbookIssue, what: str, *, actor: User) -> None:
    for person in _who_confirms(partnership):
        if person.id != actor.id:
            mail.queue(
                person,
                f"handbooks/mail/{what}",
                dedupe_key=f"handbook-{what}:{issue.id}:{person.id}",
                reply_to=actor.mail_address,
                issue=issue,
                partnership=partnership,
            )


def _who_confirms(partnership: Partnership) -> Sequence[User]:
    """The leader; where nobody leads, or whose account is suspended, the deputies."""
    today = clock.today()
    leader = partnership.leader(today)
    return [leader] if leader is not None and leader.is_active else partnership.deputies(today)
