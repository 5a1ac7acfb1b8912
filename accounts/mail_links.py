"""Links in mails that do one thing without signing in: a page with a button, for one person, once.

Following a link changes nothing, as mail scanners follow links too. The button acts as the person to whom the mail was
sent, with the rights they have at that moment: a former leader's link is refused like the former leader.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import Insert, insert, select, update
from sqlalchemy.orm import joinedload

from accounts.errors import LinkNoLongerWorks, NotYoursAnyMore
from accounts.events import AccountEvent
from accounts.models import MailLink, User
from accounts.policy import Permission, can
from accounts.sessions import hashed
from core import audit, clock, mail
from core.database import db, table_of
from core.forms import BaseForm, ConfirmForm


@dataclass(frozen=True)
class DeedPage:
    """What the page says before the button is pressed."""

    title: str
    text: str
    button: str
    facts: Sequence[tuple[str, str]] = ()
    """What it is about, line by line: label and value."""
    form: Callable[[], BaseForm] = ConfirmForm
    """Where the button alone does not say enough; ``act`` gets each field by its name."""


@dataclass(frozen=True)
class MailDeed:
    """One kind of thing that a link does. ``act`` calls a service and returns the sentence that says what happened."""

    name: str
    load: Callable[[int], Any]
    permission: Permission
    page: Callable[[Any, User], DeedPage]
    """Raises a ``DomainError`` where there is nothing left to do: its sentence is shown instead of the button."""
    act: Callable[..., str]
    """``act(record, person)``; the fields of the page's form, if it has any, come by name."""
    place: Callable[[Any], str] | None = None
    """The path of the record's own page, for whoever wants to see more after signing in."""


def register_mail_deed(app: Flask, deed: MailDeed) -> None:
    _deeds(app)[deed.name] = deed


def mail_link(deed: str, record: Any, person: User, *, valid_for: timedelta) -> str:
    """A new link for this person, as a whole address for the mail."""
    secret = secrets.token_urlsafe(32)
    db.session.add(MailLink(**_kept(secret, deed, record, person, valid_for=valid_for)))
    return _address(secret)


def mail_links(deed: str, record: Any, people: Iterable[User], *, valid_for: timedelta) -> dict[int, str]:
    """The same for several, by their ids: written at once, past the mapper."""
    mine = {person: secrets.token_urlsafe(32) for person in people}
    rows = [_kept(secret, deed, record, person, valid_for=valid_for) for person, secret in mine.items()]
    if rows:
        db.session.connection().execute(_new_links(), rows)
    return {person.id: _address(secret) for person, secret in mine.items()}


@cache
def _new_links() -> Insert:
    return insert(table_of(MailLink))


def _kept(secret: str, deed: str, record: Any, person: User, *, valid_for: timedelta) -> dict[str, Any]:
    if deed not in _deeds(current_app):
        raise LookupError(f"register_mail_deed: nobody registered {deed!r}")
    if record.id is None or person.id is None:
        db.session.flush()
    return {
        "token_hash": hashed(secret),
        "deed": deed,
        "record_id": record.id,
        "user_id": person.id,
        "valid_until": clock.now() + valid_for,
    }


def _address(secret: str) -> str:
    return mail.link_to("accounts.do_by_link", token=secret)


def link_of(secret: str) -> MailLink | None:
    """The link with this secret, still good or not, of a person who may still come in."""
    found = db.session.scalar(
        select(MailLink)
        .where(MailLink.token_hash == hashed(secret))
        .options(joinedload(MailLink.user, innerjoin=True))
    )
    return found if found and found.user.is_active and found.deed in _deeds(current_app) else None


def has_expired(link: MailLink) -> bool:
    return link.used_at is None and link.valid_until <= clock.now()


def deed_of(link: MailLink) -> tuple[MailDeed, Any]:
    """What the link does, and the record; refused to whom the policy would refuse it now."""
    deed = _deeds(current_app)[link.deed]
    record = deed.load(link.record_id)
    if record is None or not can(link.user, deed.permission, record):
        raise NotYoursAnyMore
    return deed, record


def place_of(link: MailLink) -> str | None:
    """The path of the page about it, for whoever signs in; what it shows is decided there."""
    deed = _deeds(current_app)[link.deed]
    record = deed.load(link.record_id) if deed.place else None
    return deed.place(record) if deed.place and record is not None else None


def use_link(link: MailLink, **typed: Any) -> str:
    """Do it: for one of all who press the button at the same moment. A refusal leaves the link as it was."""
    taken = db.session.execute(
        update(MailLink)
        .where(MailLink.id == link.id, MailLink.used_at.is_(None), MailLink.valid_until > clock.now())
        .values(used_at=clock.now())
        .returning(MailLink.id)
    ).scalar()
    if taken is None:
        raise LinkNoLongerWorks
    deed, record = deed_of(link)
    message = deed.act(record, link.user, **typed)
    link.outcome = message[:300]
    audit.record(
        AccountEvent.DID_BY_LINK, link.user, actor=link.user, deed=deed.name, record_id=link.record_id
    )
    return message


def without_secrets(text: str) -> str:
    """A mail as it may be read by others than its recipient: whoever has a link of these acts as that person."""
    return _SECRET.sub("…", text)


_SECRET = re.compile(r"(?<=/)[\w-]{43}(?![\w-])|(?<=/mails/stop/)[\w.-]+")
"""Every secret of ours in an address is a part of it of this length; see ``secrets.token_urlsafe``."""


def _deeds(app: Flask) -> dict[str, MailDeed]:
    return cast("dict[str, MailDeed]", app.extensions.setdefault("gromada_mail_deeds", {}))
