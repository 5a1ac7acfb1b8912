"""What runs on a timetable."""

from core.database import db
from subscriptions import digests, sending, services, telling
from subscriptions.models import Frequency


def tell_at_once() -> str:
    return f"{telling.tell(Frequency.AT_ONCE)} mails"


def tell_daily() -> str:
    return f"{telling.tell(Frequency.DAILY)} mails"


def draft_digest() -> str:
    issue = digests.draft_due()
    said = f"{len(issue.items)} items" if issue is not None else "nothing due"
    db.session.commit()
    return said


def send_digest() -> str:
    return f"{sending.send_released()} mails"


def forget() -> str:
    gone = services.forget_unconfirmed()
    db.session.commit()
    return f"{gone} forgotten"
