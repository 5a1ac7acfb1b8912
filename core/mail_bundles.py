"""One mail out of what waited for its reader: each part is still held, or in exactly one bundle."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from core import clock, mail
from core.database import db, insert_into, table_of
from core.i18n import in_language
from core.mail import MailStatus, OutboxMail, Recipient, the_post
from core.mail_text import heading

BUNDLE = "core/mail/bundle"


@dataclass(frozen=True)
class Part:
    """One of the things in a bundle."""

    heading: str
    text: str


def compose_due() -> int:
    """One bundle for each reader whose time has come, each in a transaction of its own; returns for how many."""
    due = OutboxMail.held_until <= clock.now()
    readers = db.session.scalars(
        select(OutboxMail.recipient_id)
        .where(OutboxMail.status == MailStatus.HELD, due, OutboxMail.recipient_id.is_not(None))
        .distinct()
        .order_by(OutboxMail.recipient_id)
    ).all()
    db.session.rollback()
    for person_id in readers:
        compose_for(person_id)
        db.session.commit()
    return len(readers)


def compose_for(person_id: int | None) -> None:
    """Whoever composes at the same time waits, and then finds nothing held any more. A single mail goes out as itself."""
    held = _held_for(person_id)
    if not held:
        return
    reader = the_post().reader(held[0].recipient_id or 0)
    if reader is None:
        _put(held, MailStatus.STOPPED)
    elif len(held) == 1:
        held[0].to_address, held[0].next_attempt_at = mail.one_line(reader.mail_address), clock.now()
        _put(held, MailStatus.QUEUED)
    else:
        _put(held, MailStatus.BUNDLED, bundle_id=_bundle(held, reader))


def _held_for(person_id: int | None) -> Sequence[OutboxMail]:
    found = (
        select(OutboxMail)
        .where(
            OutboxMail.recipient_id == person_id,
            OutboxMail.status == MailStatus.HELD,
            OutboxMail.held_until <= clock.now(),
        )
        .order_by(OutboxMail.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(found).all()


def _put(held: Sequence[OutboxMail], status: MailStatus, *, bundle_id: int | None = None) -> None:
    ids = [one.id for one in held]
    db.session.flush()
    db.session.execute(
        update(OutboxMail).where(OutboxMail.id.in_(ids)).values(status=status, bundle_id=bundle_id)
    )


def _bundle(held: Sequence[OutboxMail], reader: Recipient) -> int:
    """Its key is that of its first part, so the same parts can never make two."""
    answers = {one.reply_to for one in held}
    stops = {one.list_unsubscribe for one in held}
    with in_language(reader.mail_language):
        signature = mail.written("core/mail/signature")[0]
        parts = [
            Part(f"{number}. {one.subject}", _without_frame(one, signature))
            for number, one in enumerate(held, 1)
        ]
        subject, body = mail.written(
            BUNDLE, recipient=reader, parts=parts, heading=heading, signature=signature, link_to=mail.link_to
        )
    row = {
        "dedupe_key": f"bundle:{held[0].dedupe_key}",
        "to_address": mail.one_line(reader.mail_address),
        "to_name": mail.one_line(reader.mail_name),
        "reply_to": answers.pop() if len(answers) == 1 else the_post().office_address(),
        "language": reader.mail_language,
        "subject": subject,
        "body": body,
        "template": BUNDLE,
        "recipient_id": held[0].recipient_id,
        "list_unsubscribe": stops.pop() if len(stops) == 1 else None,
    }
    made = db.session.execute(insert_into(table_of(OutboxMail)).values(row).returning(OutboxMail.id))
    return int(made.scalar_one())


def _without_frame(one: OutboxMail, signature: str) -> str:
    """The bundle greets once and signs once."""
    blocks = one.body.strip().split("\n\n")
    first, last = blocks[0], blocks[-1]
    if "\n" not in first and first.endswith((",", "!")) and one.to_name in first:
        blocks = blocks[1:]
    if blocks and last == signature:
        blocks = blocks[:-1]
    return "\n\n".join(blocks).strip()
