"""What people say about themselves."""

from typing import Any

from accounts.addresses import is_mail_address, sign_in_name
from accounts.errors import NoSuchNoticeAddress
from accounts.events import AccountEvent
from accounts.mail_rhythm import MailRhythm, MailTopic
from accounts.models import User
from accounts.roles import Role
from accounts.services.access import ensure_may_decide
from core import audit, clock, mail
from core.i18n import LANGUAGES
from core.text import clean


def update_profile(
    person: User,
    *,
    name: str,
    phone: str | None,
    best_time: str | None = None,
    notification_email: str | None,
    language: str,
    actor: User,
) -> None:
    """The address for notices may be one that several people read; the sign-in address stays as it is."""
    address = _notice_address(notification_email)
    wanted = {
        "name": clean(name),
        "phone": clean(phone or "") or None,
        "best_time": clean(best_time or "") or None,
        "notification_email": None if address == person.email else address,
        "language": language if language in LANGUAGES else person.language,
    }
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, wanted[field])
    if changed:
        audit.record(AccountEvent.PROFILE_CHANGED, person, actor=actor, fields=changed)
    if "notification_email" in changed:
        mail.readdress(person.id, person.mail_address)


def correct_notice_address(person: User, address: str | None, *, actor: User) -> None:
    """By the office, where mail came back: what waits goes to the new one. Links for a new password go there as well."""
    if person.holds(Role.ADMIN, clock.today()):
        ensure_may_decide(Role.ADMIN, actor)
    known, wanted = person.notification_email, _notice_address(address)
    wanted = None if wanted == person.email else wanted
    if wanted == known:
        return
    person.notification_email = wanted
    mail.readdress(person.id, person.mail_address)
    audit.record(
        AccountEvent.NOTICE_ADDRESS_CORRECTED,
        person,
        actor=actor,
        personal={
            "before": {"notification_email": known},
            "after": {"notification_email": wanted},
        },
    )


def _notice_address(written: str | None) -> str | None:
    address = sign_in_name(written or "") or None
    if address and not is_mail_address(address):
        raise NoSuchNoticeAddress
    return address


def choose_mails(
    person: User, *, rhythm: MailRhythm, wants_reminders: bool, wants_news: bool, actor: User
) -> None:
    """How often what can wait comes, and what need not come at all. What is held already comes as was said then."""
    wanted: dict[str, Any] = {
        "mail_rhythm": rhythm, "wants_reminders": wants_reminders, "wants_news": wants_news,
    }  # fmt: skip
    known = {name: getattr(person, name) for name in wanted}
    if wanted == known:
        return
    for name, value in wanted.items():
        setattr(person, name, value)
    audit.record(AccountEvent.MAIL_CHOICES_CHANGED, person, actor=actor, before=known, after=wanted)


def stop_mails(person: User, topic: MailTopic) -> None:
    """By the link in one of them; pressed again it changes nothing."""
    if not person.wants(topic):
        return
    field = {MailTopic.REMINDERS: "wants_reminders", MailTopic.NEWS: "wants_news"}[topic]
    setattr(person, field, False)
    audit.record(AccountEvent.MAILS_STOPPED, person, actor=None, before={field: True}, after={field: False})


def speak(person: User, language: str) -> None:
    """The language of pages and mails from now on."""
    if language in LANGUAGES and person.language != language:
        person.language = language
        audit.record(AccountEvent.PROFILE_CHANGED, person, actor=person, fields=["language"])
