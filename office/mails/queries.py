"""The outbox as the office sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select

from core.database import db
from core.mail import MailStatus, OutboxMail
from core.mail_addresses import BouncedAddress, has_bounced

LONGEST_QUESTION = 100


@dataclass(frozen=True)
class MailFilter:
    words: str = ""
    """In the recipient's name or address, or in the subject."""
    status: MailStatus | None = None


def mails(wanted: MailFilter) -> Select[*tuple[Any, ...]]:
    """``(OutboxMail, whether its address has bounced)``, the newest first. SQLite takes only a to z for the same in capitals."""
    query = select(OutboxMail, has_bounced().label("has_bounced")).order_by(OutboxMail.id.desc())
    for word in wanted.words[:LONGEST_QUESTION].split():
        columns = (OutboxMail.to_address, OutboxMail.to_name, OutboxMail.subject)
        spelt = {word, word.lower(), word.upper(), word.capitalize()}
        query = query.where(
            or_(*(column.icontains(one, autoescape=True) for column in columns for one in sorted(spelt)))
        )
    return query.where(OutboxMail.status == wanted.status) if wanted.status else query


def counts() -> dict[MailStatus, int]:
    """How many there are in each state; states without any are left out."""
    found = db.session.execute(select(OutboxMail.status, func.count()).group_by(OutboxMail.status))
    by_status: dict[MailStatus, int] = {row[0]: row[1] for row in found}
    return {status: by_status[status] for status in MailStatus if status in by_status}


def bounced_addresses() -> Sequence[tuple[BouncedAddress, int]]:
    """With how many mails wait for each, the latest first."""
    waiting = (
        select(func.count())
        .where(
            func.lower(OutboxMail.to_address) == BouncedAddress.address,
            OutboxMail.status.in_((MailStatus.QUEUED, MailStatus.HELD)),
        )
        .scalar_subquery()
    )
    rows = db.session.execute(select(BouncedAddress, waiting).order_by(BouncedAddress.id.desc()))
    return [(address, count) for address, count in rows]


def mail_by_id(mail_id: int) -> OutboxMail | None:
    return db.session.get(OutboxMail, mail_id)


def bounced_by_id(address_id: int) -> BouncedAddress | None:
    return db.session.get(BouncedAddress, address_id)


def parts_of(mail: OutboxMail) -> Sequence[OutboxMail]:
    return db.session.scalars(
        select(OutboxMail).where(OutboxMail.bundle_id == mail.id).order_by(OutboxMail.id)
    ).all()
