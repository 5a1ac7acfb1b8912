"""Mails of the demonstration: those of the last two weeks, in the order they were promised. Nobody is written to."""

from datetime import timedelta

from sqlalchemy import delete, insert, select

from core.database import db
from core.mail import MailStatus, OutboxMail

STILL_WAITING = 6
"""The newest ones, as everything waits where no mail server is set."""
SINCE_FULL = 40
"""So many from the end one could not be delivered, so that the office has something to look at."""
MAILBOX_FULL = "SMTPRecipientsRefused: 552 5.2.2 mailbox full"


def tidy_outbox() -> None:
    """Stories were told one after another; the outbox tells them by time."""
    columns = [column for column in OutboxMail.__table__.columns if column.name != "id"]
    kept = db.session.execute(select(*columns).order_by(OutboxMail.created_at, OutboxMail.id)).mappings()
    rows = [dict(row) for row in kept]
    for row in rows[:-STILL_WAITING]:
        row |= {"status": MailStatus.SENT, "attempts": 1, "sent_at": row["created_at"] + timedelta(seconds=8)}
    for row in rows[-SINCE_FULL : -SINCE_FULL + 1]:
        row |= {"status": MailStatus.FAILED, "sent_at": None, "last_error": MAILBOX_FULL}
    db.session.execute(delete(OutboxMail))
    db.session.execute(insert(OutboxMail), rows)
