"""Mail: written into the outbox in the transaction of the change. A job sends it, see ``core/sending.py``.

What can wait is held for its reader's bundle, see ``core/mail_bundles.py``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol, cast

from flask import Flask, current_app
from markupsafe import Markup
from sqlalchemy import ForeignKey, Index, String, Text, insert, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Base, db, insert_into, one_of, table_of
from core.i18n import _l, in_language
from core.labels import LabelledEnum, Tone
from core.mail_text import as_html
from core.small_pictures import Picture
from core.storage import StoredFile


class MailStatus(LabelledEnum):
    HELD = "held", _l("Waits for the bundle"), Tone.INFO
    QUEUED = "queued", _l("Waiting"), Tone.INFO
    BUNDLED = "bundled", _l("In a bundle that waits"), Tone.INFO
    SENT = "sent", _l("Sent"), Tone.SUCCESS
    FAILED = "failed", _l("Could not be sent"), Tone.DANGER
    BOUNCED = "bounced", _l("Came back"), Tone.DANGER
    STOPPED = "stopped", _l("Not sent: the account is suspended"), Tone.WARNING


NOT_YET_SENT = (MailStatus.HELD, MailStatus.QUEUED)


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
    __table_args__ = (Index("ix_outbox_mail_story", "story_kind", "story_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    to_address: Mapped[str]
    to_name: Mapped[str]
    reply_to: Mapped[str | None]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    template: Mapped[str | None] = mapped_column(String(120))
    """What it was made from. None: a mail from before this was kept."""
    recipient_id: Mapped[int | None] = mapped_column(index=True)
    """The person with an account, who may change their address before it goes out. None: an address alone."""
    held_until: Mapped[datetime | None]
    """When its reader's bundle is put together. None: it never had to wait for one."""
    bundle_id: Mapped[int | None] = mapped_column(index=True)
    """The mail of the outbox in which it goes out as a part."""
    list_unsubscribe: Mapped[str | None] = mapped_column(String(600))
    """The address that ends mails of this kind with one request (RFC 8058)."""
    calendar: Mapped[str | None] = mapped_column(Text)
    """A calendar file that goes with it."""
    story_kind: Mapped[str | None] = mapped_column(String(40))
    story_id: Mapped[int | None]
    """The record in whose file it lies, as in the history: a partnership. None: of nobody's file, as a new password."""
    status: Mapped[MailStatus] = mapped_column(one_of(MailStatus), default=MailStatus.QUEUED, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]

    files: Mapped[list[StoredFile]] = relationship(
        secondary="outbox_file", order_by=StoredFile.id, viewonly=True
    )
    """What goes along with it."""

    @property
    def is_not_yet_sent(self) -> bool:
        return self.status in NOT_YET_SENT

    @property
    def html(self) -> Markup:
        return as_html(self.body)


class OutboxFile(Base):
    """A file that goes along with a mail; one file with as many as there are readers."""

    __tablename__ = "outbox_file"

    mail_id: Mapped[int] = mapped_column(ForeignKey("outbox_mail.id", ondelete="CASCADE"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True, index=True)


@dataclass(frozen=True)
class Delivery:
    """How a mail gets to its recipient; by itself at once, to an address of which we know nothing more."""

    held_until: datetime | None = None
    recipient_id: int | None = None
    unsubscribe_url: str | None = None


@dataclass(frozen=True)
class Post:
    """What whoever knows people decides about mails: see ``accounts/mail_choices.py``."""

    delivery: Callable[[Recipient, str, bool, date | datetime | None], Delivery | None]
    """Asked about a recipient, a template, whether it cannot wait, and by when it is to be answered. None: no mail."""
    reader: Callable[[int], Recipient | None]
    """The person with this id, or None where they get no mail any more."""
    office_address: Callable[[], str | None]
    """Who answers where nobody in particular caused the mail."""


POST = Post(lambda recipient, template, urgent, due: Delivery(), lambda person_id: None, lambda: None)

_POST = "gromada_post"

DEADLINES = ("due_on", "answer_by", "until")
"""What templates call the day or moment by which their reader acts. No mail is held until it is too late."""


def decide_about_mails(app: Flask, post: Post) -> None:
    app.extensions[_POST] = post


def the_post() -> Post:
    return cast("Post", current_app.extensions.get(_POST, POST))


@dataclass(frozen=True)
class MailPicture:
    """A picture that comes with every mail, below its text: nothing is loaded when the mail is read."""

    name: str
    """Of its part of the mail; another one for another picture."""
    words: str
    picture: Picture | None
    """None: there is no room for it in a mail, so its words stand there."""


_PICTURES = "pictures_in_mails"


def show_in_mails(app: Flask, pictures: Callable[[], Sequence[MailPicture]]) -> None:
    app.extensions[_PICTURES] = pictures


def mail_pictures() -> Sequence[MailPicture]:
    """In the language in force."""
    given: Callable[[], Sequence[MailPicture]] | None = current_app.extensions.get(_PICTURES)
    return given() if given else ()


NAMES = "names_in_mails"
"""Where the application keeps what every mail's template knows."""

_is_promised: ContextVar[bool] = ContextVar("is_promised", default=True)


@contextmanager
def nobody_told() -> Iterator[None]:
    """Inside, no mail is promised: for a past that is only told, as the demonstration's is."""
    token = _is_promised.set(False)
    try:
        yield
    finally:
        _is_promised.reset(token)


def queue(  # noqa: PLR0913 (each says one thing about how a mail goes out)
    recipient: Recipient,
    template: str,
    *,
    dedupe_key: str,
    reply_to: str | None = None,
    calendar: str | None = None,
    about: Any = None,
    files: Sequence[StoredFile] = (),
    urgent: bool = False,
    unsubscribe_url: str | None = None,
    **context: Any,
) -> None:
    """Promise one mail, rendered now in the recipient's language from ``templates/<template>.txt``.

    The template's first line is the subject. It makes its links with ``link_to``. The same ``dedupe_key`` again is the
    same promise: nothing is added. ``about`` is the record in whose file the mail lies; by itself the ``partnership``
    that the template speaks of. Answers go to ``reply_to``; by itself to the ``actor`` of the template, else to the office.

    People with an account get what is not ``urgent`` in one bundle, as often as they chose. What brings an entry for a
    calendar or a file cannot wait, nor can the templates named in ``accounts/mail_choices.py``.
    """
    if not _is_promised.get():
        return
    post, is_urgent = the_post(), urgent or calendar is not None or bool(files)
    delivery = post.delivery(recipient, template, is_urgent, _deadline(context))
    if delivery is None:
        return
    with in_language(recipient.mail_language):
        subject, body = written(template, recipient=recipient, link_to=link_to, **context)
    answers_to = reply_to or _actor_address(context, recipient) or post.office_address()
    mail = {
        "dedupe_key": dedupe_key,
        "to_address": one_line(recipient.mail_address),
        "to_name": one_line(recipient.mail_name),
        "reply_to": one_line(answers_to) if answers_to else None,
        "language": recipient.mail_language,
        "subject": subject,
        "body": body,
        "template": template,
        "calendar": calendar,
        "recipient_id": delivery.recipient_id,
        "held_until": delivery.held_until,
        "list_unsubscribe": unsubscribe_url or delivery.unsubscribe_url,
        "status": MailStatus.HELD if delivery.held_until else MailStatus.QUEUED,
        **_file_of(about or context.get("partnership")),
    }
    db.session.flush()  # as any question to the database would: what is told is written
    connection = db.session.connection()
    if not files:
        connection.execute(_promise(connection.dialect.name), mail)
        return
    mail_id = connection.scalar(_promise(connection.dialect.name).returning(OutboxMail.id), mail)
    if mail_id is not None:  # else it was promised before, with its files
        rows = [{"mail_id": mail_id, "file_id": one.id} for one in files]
        connection.execute(insert(table_of(OutboxFile)), rows)


@cache
def _promise(_database: str) -> Any:
    """Put together once for each kind of database: what was promised before stays as it is."""
    return insert_into(table_of(OutboxMail)).on_conflict_do_nothing(index_elements=["dedupe_key"])


def _deadline(context: Mapping[str, Any]) -> date | datetime | None:
    return next((context[name] for name in DEADLINES if context.get(name) is not None), None)


def _actor_address(context: Mapping[str, Any], recipient: Recipient) -> str | None:
    """Whoever caused it, unless that is the reader."""
    address: str | None = getattr(context.get("actor"), "mail_address", None)
    return None if address == recipient.mail_address else address


def stop_mails_to(person_id: int) -> None:
    """Whose account is suspended gets no mail, whatever was promised before. What is stopped can be sent again later."""
    db.session.execute(
        update(OutboxMail)
        .where(OutboxMail.recipient_id == person_id, OutboxMail.status.in_(NOT_YET_SENT))
        .values(status=MailStatus.STOPPED)
    )


def readdress(person_id: int, address: str) -> None:
    """What has not gone out yet goes to the person's new address."""
    db.session.execute(
        update(OutboxMail)
        .where(OutboxMail.recipient_id == person_id, OutboxMail.status.in_(NOT_YET_SENT))
        .values(to_address=one_line(address))
    )


def tell_mails(app: Flask, name: str, value: Callable[[], Any]) -> None:
    """A name that the templates of all mails know, as the programme's."""
    app.extensions.setdefault(NAMES, {})[name] = value


def written(template: str, **context: Any) -> tuple[str, str]:
    """Subject and text, in the language in force. The frame of a page is not known to it: who reads a mail is not the
    person whose request has promised it.
    """
    names = {name: value() for name, value in current_app.extensions.get(NAMES, {}).items()}
    text = current_app.jinja_env.get_template(f"{template}.txt").render({**names, **context})
    text = text.replace("\0", "")  # PostgreSQL has no place for it
    subject, _, body = text.strip().partition("\n")
    return one_line(subject.removeprefix("Subject:"))[:200], body.strip() + "\n"


def _file_of(record: Any) -> dict[str, Any]:
    return {} if record is None else {"story_kind": record.__tablename__, "story_id": record.id}


def link_to(endpoint: str, **values: Any) -> str:
    """A whole address for a mail. It begins with our own public one, whatever host a request may name."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def one_line(text: str) -> str:
    """No line break and no control character gets into a header, so no header can be smuggled in: neither as it is nor in
    an encoded word.
    """
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(plain.replace("=?", "= ?").split())
