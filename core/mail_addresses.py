"""Addresses from which mail came back. Nothing goes there until somebody corrects or clears them; nothing is lost either."""

from datetime import datetime

from sqlalchemy import ColumnElement, String, delete, exists, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from core import audit, clock
from core.audit import Actor, EventKind
from core.database import Base, db, insert_into
from core.errors import DomainError
from core.i18n import _, _l
from core.mail import MailStatus, OutboxMail, the_post

NOT_ARRIVED = (MailStatus.FAILED, MailStatus.BOUNCED, MailStatus.STOPPED)


class MailEvent(EventKind):
    OPENED = "mail.opened", _l("Opened a mail of somebody else"), audit.READS
    SENT_AGAIN = "mail.sent_again", _l("Had a mail sent again")
    BOUNCED = "mail.bounced", _l("Noted that a mail came back")
    CLEARED = "mail.cleared", _l("Cleared an address from which mail had come back")


class MailGoesOut(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This mail is on its way or has arrived: there is nothing to send again"))


class MailForgotten(DomainError):
    def __init__(self) -> None:
        super().__init__(_("Emptied of words and addresses; that there was one stays"))


class ReaderSuspended(DomainError):
    def __init__(self) -> None:
        super().__init__(_("The account of this person is suspended. The programme office can open it."))


class NotAnAddressOfOurs(DomainError):
    def __init__(self) -> None:
        super().__init__(_("No mail was ever sent to this address"))


class BouncedAddress(Base):
    """Written in small letters, as it is compared."""

    __tablename__ = "bounced_address"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(254), unique=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    marked_at: Mapped[datetime] = mapped_column(default=clock.now)


def has_bounced() -> ColumnElement[bool]:
    """A condition on ``OutboxMail``: its address is one from which mail came back."""
    return exists().where(BouncedAddress.address == func.lower(OutboxMail.to_address))


def bounce_of(address: str) -> BouncedAddress | None:
    return db.session.scalar(select(BouncedAddress).where(BouncedAddress.address == address.lower()))


def mark_bounced(mail: OutboxMail, *, actor: Actor | None, reason: str = "") -> None:
    """This mail came back. It can be sent again; what else goes to its address waits from now on."""
    if is_emptied(mail):
        raise MailForgotten
    marked = insert_into(BouncedAddress).values(
        address=mail.to_address.lower(), reason=reason[:300], marked_at=clock.now()
    )
    db.session.execute(marked.on_conflict_do_nothing(index_elements=["address"]))
    if mail.status is MailStatus.SENT:
        _set(mail, MailStatus.BOUNCED)
    audit.record(
        MailEvent.BOUNCED, mail, actor=actor, personal={"address": mail.to_address, "reason": reason}
    )


def mark_address_bounced(address: str, *, actor: Actor | None = None, reason: str = "") -> None:
    """The last mail sent there is taken for the one that came back."""
    last = db.session.scalar(
        select(OutboxMail)
        .where(func.lower(OutboxMail.to_address) == address.strip().lower(), OutboxMail.bundle_id.is_(None))
        .order_by(OutboxMail.sent_at.is_(None), OutboxMail.sent_at.desc(), OutboxMail.id.desc())
        .limit(1)
    )
    if last is None:
        raise NotAnAddressOfOurs
    mark_bounced(last, actor=actor, reason=reason)


def clear_bounced(bounced: BouncedAddress, *, actor: Actor | None) -> None:
    """The address works again, somebody says: what waited for that goes out."""
    audit.record(MailEvent.CLEARED, bounced, actor=actor, personal={"address": bounced.address})
    db.session.execute(delete(BouncedAddress).where(BouncedAddress.id == bounced.id))


def is_emptied(mail: OutboxMail) -> bool:
    """Its year is over, or its reader was erased: there is nothing left to send, and nowhere to."""
    return not mail.to_address


def why_not_again(mail: OutboxMail) -> DomainError | None:
    """What came back or failed has not arrived. Whose account is suspended gets no mail, not even an old one."""
    if mail.status not in NOT_ARRIVED:
        return MailGoesOut()
    if is_emptied(mail):
        return MailForgotten()
    if mail.recipient_id is not None and the_post().reader(mail.recipient_id) is None:
        return ReaderSuspended()
    return None


def send_again(mail: OutboxMail, *, actor: Actor | None) -> None:
    """To the address of today, if it is somebody's with an account."""
    if refusal := why_not_again(mail):
        raise refusal
    reader = the_post().reader(mail.recipient_id) if mail.recipient_id is not None else None
    if reader is not None:
        mail.to_address = reader.mail_address
    before = mail.status
    mail.attempts, mail.last_error, mail.next_attempt_at, mail.sent_at = 0, None, clock.now(), None
    _set(mail, MailStatus.QUEUED)
    audit.record(
        MailEvent.SENT_AGAIN, mail, actor=actor, before={"status": before.value}, after={"status": "queued"}
    )


def _set(mail: OutboxMail, status: MailStatus) -> None:
    """The parts of a bundle share its fate."""
    mail.status = status
    part = MailStatus.BUNDLED if status is MailStatus.QUEUED else status
    db.session.execute(update(OutboxMail).where(OutboxMail.bundle_id == mail.id).values(status=part))
