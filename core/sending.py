"""Sends what the outbox holds. A mail is never lost: it is marked as sent only once the server has taken it.

A process killed in between sends that one mail again, under the same Message-ID.
"""

import logging
import re
import smtplib
import ssl
import time
from collections.abc import Sequence
from datetime import timedelta
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from flask import current_app, render_template
from sqlalchemy import Row, exists, select, update
from sqlalchemy.orm import aliased

from config import Config
from core import clock
from core.database import db
from core.i18n import in_language
from core.mail import MailStatus, OutboxMail, mail_pictures
from core.mail_addresses import has_bounced
from core.mail_bundles import BUNDLE
from core.storage import read

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10
SHORTEST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=10)
"""So that after an outage of hours everything is out a quarter of an hour after its end."""
GIVE_UP_AFTER = timedelta(days=2)
FEWEST_ATTEMPTS = 12
"""A mail is tried so often at least, even if it is old because nothing was sent for days."""


class ServerGone(Exception):
    """The mail server hung up: what is left waits for the next run."""


def send_due(*, limit: int = 100, seconds: float = 30) -> int:
    """Send what is due, the oldest first, for about so many seconds; returns how many went out."""
    config: Config = current_app.config["GROMADA"]
    until = time.monotonic() + seconds
    due = _due(limit) if config.smtp_host else []
    if not due:
        return 0
    try:
        server = connect(config)
    except (OSError, smtplib.SMTPException) as error:
        _wait_for_server(error)
        return 0
    try:
        return _send_all(due, server, config, until=until)
    finally:
        _leave(server)


def _due(limit: int) -> Sequence[Row[int, str]]:
    """Mails whose time has come. One behind another to the same address waits for it: nobody reads answers first.

    Where mail came back, it waits until the address is corrected or cleared.
    """
    earlier = aliased(OutboxMail)
    has_to_wait = exists().where(
        earlier.to_address == OutboxMail.to_address,
        earlier.status == MailStatus.QUEUED,
        earlier.next_attempt_at > clock.now(),
        earlier.id < OutboxMail.id,
    )
    due = db.session.execute(
        select(OutboxMail.id, OutboxMail.to_address)
        .where(
            OutboxMail.status == MailStatus.QUEUED,
            OutboxMail.next_attempt_at <= clock.now(),
            ~has_to_wait,
            ~has_bounced(),
        )
        .order_by(OutboxMail.id)
        .limit(limit)
    ).all()
    db.session.rollback()
    return due


def connect(config: Config) -> smtplib.SMTP:
    """A conversation with the mail server, encrypted and signed in as the settings say."""
    host, port = config.smtp_host or "", config.smtp_port
    server: smtplib.SMTP
    if config.smtp_security == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    try:
        if config.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if config.smtp_user:
            server.login(config.smtp_user, config.smtp_password or "")
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _wait_for_server(error: Exception) -> None:
    """No mail is to blame for a server that is away: all wait a little, however often it happens."""
    logger.warning("mail server away: %s", error)
    db.session.execute(
        update(OutboxMail)
        .where(OutboxMail.status == MailStatus.QUEUED, OutboxMail.next_attempt_at <= clock.now())
        .values(next_attempt_at=clock.now() + SHORTEST_PAUSE, last_error=_told(error))
    )
    db.session.commit()


def _send_all(due: Sequence[Row[int, str]], server: smtplib.SMTP, config: Config, *, until: float) -> int:
    sent = 0
    held_up: set[str] = set()
    try:
        for mail_id, address in due:
            if time.monotonic() > until:
                break
            if address in held_up:
                continue
            status = _send_one(mail_id, server, config)
            sent += status is MailStatus.SENT
            if status is MailStatus.QUEUED:
                held_up.add(address)
    except ServerGone:
        logger.warning("mail server hung up; %s of %s sent", sent, len(due))
    return sent


def _send_one(mail_id: int, server: smtplib.SMTP, config: Config) -> MailStatus:
    mail = db.session.get_one(OutboxMail, mail_id)
    status = mail.status
    if status is not MailStatus.QUEUED:  # it was stopped since we looked
        db.session.rollback()
        return status
    try:
        message = as_message(mail, config)
    except Exception as error:  # noqa: BLE001  # one mail that cannot be written must not hold up all others
        return _postpone(
            mail_id, error, for_good=isinstance(error, ValueError | IndexError | HeaderParseError)
        )
    to_address = mail.to_address
    db.session.rollback()  # no transaction is held while we talk to the mail server
    try:
        server.send_message(message, from_addr=config.mail_from, to_addrs=[to_address])
    except smtplib.SMTPServerDisconnected as error:
        _postpone(mail_id, error)
        raise ServerGone from error
    except (OSError, smtplib.SMTPException) as error:
        return _postpone(mail_id, error, for_good=_is_final(error))
    mail = db.session.get_one(OutboxMail, mail_id)
    mail.status, mail.sent_at = MailStatus.SENT, clock.now()
    mail.attempts, mail.last_error = mail.attempts + 1, None
    if mail.template == BUNDLE:
        parts = update(OutboxMail).where(OutboxMail.bundle_id == mail.id)
        db.session.execute(parts.values(status=MailStatus.SENT, sent_at=mail.sent_at))
    db.session.commit()
    return MailStatus.SENT


def _is_final(error: Exception) -> bool:
    """The server has said of this very mail that it never will. What it says of the sender is our own fault."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError | smtplib.SMTPNotSupportedError) and (
        getattr(error, "smtp_code", 550) >= 500
    )


def _postpone(mail_id: int, error: Exception, *, for_good: bool = False) -> MailStatus:
    """Try again after a pause that grows, or never."""
    db.session.rollback()
    mail = db.session.get_one(OutboxMail, mail_id)
    mail.attempts += 1
    mail.last_error = _told(error)
    mail.next_attempt_at = clock.now() + min(SHORTEST_PAUSE * 2 ** min(mail.attempts - 1, 10), LONGEST_PAUSE)
    is_old = clock.now() - mail.created_at > GIVE_UP_AFTER
    if for_good or (is_old and mail.attempts >= FEWEST_ATTEMPTS):
        mail.status = MailStatus.FAILED
        logger.error("mail %s could not be sent: %s", mail_id, type(error).__name__)
    db.session.commit()
    return mail.status


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def as_message(mail: OutboxMail, config: Config) -> EmailMessage:
    """The mail as it goes out. Its Message-ID depends on the promise alone: a repeat is recognised as such."""
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = Address("Gromada", addr_spec=config.mail_from)
    message["To"] = Address(_as_name(mail.to_name), addr_spec=mail.to_address)
    if mail.reply_to:
        message["Reply-To"] = Address(addr_spec=mail.reply_to)
    message["Date"] = format_datetime(mail.created_at)
    domain = config.mail_from.rpartition("@")[2]
    message["Message-ID"] = message_id(mail.dedupe_key, domain)
    message["Auto-Submitted"] = "auto-generated"
    if mail.list_unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.list_unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(f"{mail.body}\n{_foot(mail)}")
    _add_html(message, mail)
    if mail.calendar:
        _add_calendar(message, mail.calendar)
    for file in mail.files:
        maintype, _, subtype = file.media_type.partition("/")
        message.add_attachment(read(file), maintype=maintype, subtype=subtype, filename=file.name)
    message["Content-Language"] = mail.language
    return message


def _add_html(message: EmailMessage, mail: OutboxMail) -> None:
    """With its pictures inside: a mail that loads one from somewhere tells when it is read."""
    with in_language(mail.language):
        pictures = mail_pictures()
        html = render_template("core/mail_layout.html", mail=mail, pictures=pictures, source="cid:{}".format)
    message.add_alternative(html, subtype="html")
    part = message.get_body(("html",))
    for one in pictures:
        if one.picture is not None and part is not None:
            maintype, _, subtype = one.picture.media_type.partition("/")
            part.add_related(
                one.picture.data,
                maintype,
                subtype,
                cid=f"<{one.name}>",
                disposition="inline",
                filename=f"logo.{subtype}",
            )


def _as_name(written: str) -> str:
    """Short, and without the signs that mean something in a header: Python loses the quotes of a long name when it folds it."""
    return " ".join("".join(" " if sign in '<>@,;:\\"()[]' else sign for sign in written)[:80].split())


def message_id(dedupe_key: str, domain: str) -> str:
    return f"<{sha256(dedupe_key.encode()).hexdigest()[:32]}@{domain}>"


def _foot(mail: OutboxMail) -> str:
    """Who pays for it, and how to get no more of these; what the HTML frame says at its end."""
    with in_language(mail.language):
        return f"-- \n{render_template('core/mail_foot.txt', mail=mail).strip()}\n"


def _add_calendar(message: EmailMessage, calendar: str) -> None:
    """Once for programs that show an invitation in place, once as a file for all others."""
    method = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)
    params = {"method": method[1] if method else "PUBLISH"}
    message.add_alternative(calendar, subtype="calendar", params=params)
    message.add_attachment(calendar.encode(), maintype="application", subtype="ics", filename="calendar.ics")
