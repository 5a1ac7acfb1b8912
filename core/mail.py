"""Mail: written into the outbox in the transaction of the change, sent by a job, retried until it is through."""

import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from typing import Any, Protocol

from flask import current_app, render_template
from markupsafe import Markup, escape
from sqlalchemy import Text, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from config import Config
from core import clock
from core.database import Base, db, one_of
from core.i18n import _l, in_language
from core.labels import LabelledEnum, Tone

MAX_ATTEMPTS = 12
"""Growing pauses up to six hours: an outage of two days is survived."""


class MailStatus(LabelledEnum):
    QUEUED = "queued", _l("Waiting"), Tone.INFO
    SENT = "sent", _l("Sent"), Tone.SUCCESS
    FAILED = "failed", _l("Could not be sent"), Tone.DANGER


class Recipient(Protocol):
    @property
    def mail_address(self) -> str: ...
    @property
    def mail_name(self) -> str: ...
    @property
    def mail_language(self) -> str: ...


class OutboxMail(Base):
    """A mail that was promised. ``dedupe_key`` makes a repeated promise the same mail."""

    __tablename__ = "outbox_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    to_address: Mapped[str]
    to_name: Mapped[str]
    reply_to: Mapped[str | None]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[MailStatus] = mapped_column(one_of(MailStatus), default=MailStatus.QUEUED, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    last_error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    sent_at: Mapped[datetime | None]

    @property
    def html(self) -> Markup:
        return _as_html(self.body)


def queue(
    recipient: Recipient, template: str, *, dedupe_key: str, reply_to: str | None = None, **context: Any
) -> None:
    """Promise one mail, rendered now in the recipient's language from ``templates/<template>.txt``.

    The template's first line is the subject. The same ``dedupe_key`` again is the same promise: nothing is added.
    """
    with in_language(recipient.mail_language):
        text = render_template(f"{template}.txt", recipient=recipient, **context)
    subject, _, body = text.strip().partition("\n")
    mail = OutboxMail(
        dedupe_key=dedupe_key,
        to_address=_one_line(recipient.mail_address),
        to_name=_one_line(recipient.mail_name),
        reply_to=_one_line(reply_to) if reply_to else None,
        language=recipient.mail_language,
        subject=_one_line(subject.removeprefix("Subject:"))[:200],
        body=body.strip() + "\n",
    )
    try:
        with db.session.begin_nested():
            db.session.add(mail)
    except IntegrityError:
        return


def _one_line(text: str) -> str:
    """No line break gets into a header, so no header can be smuggled in."""
    return " ".join(text.split())


def _as_html(body: str) -> Markup:
    """The plain text as simple HTML: paragraphs, lists of lines that begin with a dash, links to our own address."""
    blocks = [_block(block.splitlines()) for block in body.strip().split("\n\n") if block.strip()]
    return Markup("\n").join(blocks)


def _block(lines: Sequence[str]) -> Markup:
    if all(line.startswith("- ") for line in lines):
        items = Markup("").join(Markup("<li>{}</li>").format(_linked(line[2:])) for line in lines)
        return Markup("<ul>{}</ul>").format(items)
    return Markup("<p>{}</p>").format(Markup("<br>").join(_linked(line) for line in lines))


def _linked(line: str) -> Markup:
    own = current_app.config["PUBLIC_URL"]
    words = [
        Markup('<a href="{0}">{0}</a>').format(word) if word.startswith(f"{own}/") else escape(word)
        for word in line.split(" ")
    ]
    return Markup(" ").join(words)


def send_due(*, limit: int = 100) -> int:
    """Send what is due; returns how many went out. Each mail is a unit of work of its own."""
    config: Config = current_app.config["GROMADA"]
    if not config.smtp_host:
        return 0
    due = db.session.scalars(
        select(OutboxMail.id)
        .where(OutboxMail.status == MailStatus.QUEUED, OutboxMail.next_attempt_at <= clock.now())
        .order_by(OutboxMail.id)
        .limit(limit)
    ).all()
    db.session.rollback()
    if not due:
        return 0
    try:
        with _connect(config) as server:
            return sum(_send_one(mail_id, server, config) for mail_id in due)
    except (OSError, smtplib.SMTPException) as error:
        _postpone(due[0], error)
        return 0


def _connect(config: Config) -> smtplib.SMTP:
    host, port = config.smtp_host or "", config.smtp_port
    server: smtplib.SMTP
    if config.smtp_security == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=20, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=20)
    if config.smtp_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    if config.smtp_user:
        server.login(config.smtp_user, config.smtp_password or "")
    return server


def _send_one(mail_id: int, server: smtplib.SMTP, config: Config) -> bool:
    mail = db.session.get_one(OutboxMail, mail_id)
    message = as_message(mail, config)
    db.session.rollback()  # no transaction is held while we talk to the mail server
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        _postpone(mail_id, error, for_good=all(code >= 500 for code, _ in error.recipients.values()))
        return False
    except (OSError, smtplib.SMTPException) as error:
        _postpone(mail_id, error)
        return False
    mail = db.session.get_one(OutboxMail, mail_id)
    mail.status, mail.sent_at, mail.attempts = MailStatus.SENT, clock.now(), mail.attempts + 1
    db.session.commit()
    return True


def _postpone(mail_id: int, error: Exception, *, for_good: bool = False) -> None:
    db.session.rollback()
    mail = db.session.get_one(OutboxMail, mail_id)
    mail.attempts += 1
    mail.last_error = f"{type(error).__name__}: {error}"[:500]
    mail.next_attempt_at = clock.now() + min(timedelta(minutes=2**mail.attempts), timedelta(hours=6))
    if for_good or mail.attempts >= MAX_ATTEMPTS:
        mail.status = MailStatus.FAILED
    db.session.commit()


def as_message(mail: OutboxMail, config: Config) -> EmailMessage:
    """The mail as it goes out. Its Message-ID depends on the promise alone: a repeat is recognised as such."""
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = Address(_sender_name(), addr_spec=config.mail_from)
    message["To"] = Address(mail.to_name, addr_spec=mail.to_address)
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message["Date"] = format_datetime(mail.created_at)
    domain = config.mail_from.rpartition("@")[2]
    message["Message-ID"] = f"<{sha256(mail.dedupe_key.encode()).hexdigest()[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    with in_language(mail.language):
        html = render_template("core/mail_layout.html", mail=mail)
    message.add_alternative(html, subtype="html")
    return message


def _sender_name() -> str:
    return "Gromada"
