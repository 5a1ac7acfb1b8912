"""What people say about themselves."""

from accounts.addresses import is_mail_address, sign_in_name
from accounts.errors import NoSuchNoticeAddress
from accounts.events import AccountEvent
from accounts.models import User
from core import audit
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
    address = sign_in_name(notification_email or "") or None
    if address and not is_mail_address(address):
        raise NoSuchNoticeAddress
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


def speak(person: User, language: str) -> None:
    """The language of pages and mails from now on."""
    if language in LANGUAGES and person.language != language:
        person.language = language
        audit.record(AccountEvent.PROFILE_CHANGED, person, actor=person, fields=["language"])
