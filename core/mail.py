"""Mail: written into the outbox in the transaction of the change. A job sends it, see ``core/sending.py``."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Protocol

from flask import Flask, current_app
from markupsafe import Markup, escape
from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, db, insert_into, one_of, table_of
from core.i18n import _l, in_language
from core.labels import LabelledEnum, Tone


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
    __table_args__ = (Index("ix_outbox_mail_story", "story_kind", "story_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    to_address: Mapped[str]
    to_name: Mapped[str]
    reply_to: Mapped[str | None]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
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

    @property
    def html(self) -> Markup:
        return _as_html(self.body)


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


def queue(
    recipient: Recipient,
    template: str,
    *,
    dedupe_key: str,
    reply_to: str | None = None,
    calendar: str | None = None,
    about: Any = None,
    **context: Any,
) -> None:
    """Promise one mail, rendered now in the recipient's language from ``templates/<template>.txt``.

    The template's first line is the subject. It makes its links with ``link_to``. The same ``dedupe_key`` again is the
    same promise: nothing is added. ``about`` is the record in whose file the mail lies; by itself the ``partnership``
    that the template speaks of.
    """
    if not _is_promised.get():
        return
    with in_language(recipient.mail_language):
        text = _written(f"{template}.txt", recipient=recipient, link_to=link_to, **context)
    subject, _, body = text.strip().partition("\n")
    mail = {
        "dedupe_key": dedupe_key,
        "to_address": _one_line(recipient.mail_address),
        "to_name": _one_line(recipient.mail_name),
        "reply_to": _one_line(reply_to) if reply_to else None,
        "language": recipient.mail_language,
        "subject": _one_line(subject.removeprefix("Subject:"))[:200],
        "body": body.strip() + "\n",
        "calendar": calendar,
        **_file_of(about or context.get("partnership")),
    }
    promise = insert_into(table_of(OutboxMail)).on_conflict_do_nothing(index_elements=["dedupe_key"])
    db.session.execute(promise, mail)


def tell_mails(app: Flask, name: str, value: Callable[[], Any]) -> None:
    """A name that the templates of all mails know, as the programme's."""
    app.extensions.setdefault(NAMES, {})[name] = value


def _written(template: str, **context: Any) -> str:
    """Without what a page's frame knows: who reads a mail is not the person whose request has promised it."""
    names = {name: value() for name, value in current_app.extensions.get(NAMES, {}).items()}
    return current_app.jinja_env.get_template(template).render({**names, **context})


def _file_of(record: Any) -> dict[str, Any]:
    return {} if record is None else {"story_kind": record.__tablename__, "story_id": record.id}


def link_to(endpoint: str, **values: Any) -> str:
    """A whole address for a mail. It begins with our own public one, whatever host a request may name."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def _one_line(text: str) -> str:
    """No line break gets into a header, so no header can be smuggled in: neither as it is nor in an encoded word."""
    return " ".join(text.replace("=?", "= ?").split())


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
