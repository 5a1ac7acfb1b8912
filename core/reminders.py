"""Reminders: each is one promise of mail by its own key, so that a job may ask for all of them as often as it likes."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from core import mail
from core.database import db
from core.mail import OutboxMail, Recipient

logger = logging.getLogger(__name__)

KEYS_AT_ONCE = 500


class ReminderFailed(Exception):
    """Some could not be written. All others are promised; the log says why."""


@dataclass(frozen=True)
class Reminder:
    """``key`` names the event and the person: the same event reminds a person once, however often it is looked at."""

    recipient: Recipient
    template: str
    key: str
    context: Mapping[str, Any] = field(default_factory=dict)


def remind(reminders: Iterable[Reminder]) -> str:
    """Promise those that were not promised before. One that cannot be written keeps no other from going out."""
    wanted = {one.key: one for one in reminders}
    new = set(wanted) - _promised(list(wanted))
    failed = 0
    for key in sorted(new):
        one = wanted[key]
        try:
            mail.queue(one.recipient, one.template, dedupe_key=key, **one.context)
        except Exception:
            logger.exception("reminder %s could not be written", key)
            failed += 1
    db.session.commit()
    if failed:
        raise ReminderFailed
    return f"{len(_promised(sorted(new)))} reminded"


def _promised(keys: list[str]) -> set[str]:
    """Whoever wants no mail of a kind is promised none: theirs is never found."""
    found: set[str] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = keys[start : start + KEYS_AT_ONCE]
        found |= set(db.session.scalars(select(OutboxMail.dedupe_key).where(OutboxMail.dedupe_key.in_(some))))
    return found
