"""Reminders: the day before, an hour before, and once more before an unconfirmed seat goes to somebody else.

Each once for a registration and a time of the webinar. Whoever got the seat later than a reminder was due needs none:
the mail that said so is fresh.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core import clock
from core.database import db
from core.mail import OutboxMail
from webinars.models import Webinar
from webinars.registrations import notices
from webinars.registrations.models import HOLDS_SEAT, RegistrationStatus, WebinarRegistration
from webinars.registrations.seats import hold
from webinars.registrations.times import day_before
from webinars.workflow import TO_COME

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Reminder:
    name: str
    due: Callable[[Webinar], datetime | None]
    ends: Callable[[Webinar], datetime | None]
    """From then on it says nothing new."""
    among: frozenset[RegistrationStatus]
    tell: Callable[[WebinarRegistration], None]
    knows_since: Callable[[WebinarRegistration], datetime | None]

    def is_due(self, webinar: Webinar, now: datetime) -> bool:
        due, ends = self.due(webinar), self.ends(webinar)
        return due is not None and ends is not None and due <= now < ends

    def is_for(self, seat: WebinarRegistration) -> bool:
        due, since = self.due(seat.webinar), self.knows_since(seat)
        return seat.status in self.among and (since is None or due is None or since < due)


def _before_reconfirming(webinar: Webinar) -> datetime | None:
    return webinar.reconfirm_by - DAY if webinar.reconfirm_by else None


REMINDERS = (
    Reminder(
        "in_an_hour", lambda one: one.starts_at - HOUR, lambda one: one.starts_at, HOLDS_SEAT,
        notices.tell_in_an_hour, lambda seat: seat.confirmed_at,
    ),
    Reminder(
        "tomorrow", lambda one: day_before(one.starts_at), lambda one: one.starts_at - HOUR, HOLDS_SEAT,
        notices.tell_tomorrow, lambda seat: seat.confirmed_at,
    ),
    Reminder(
        "to_confirm", _before_reconfirming, lambda one: one.reconfirm_by,
        frozenset({RegistrationStatus.MUST_RECONFIRM}), notices.tell_to_confirm, lambda seat: seat.updated_at,
    ),
)  # fmt: skip


def remind() -> int:
    """Each webinar is one unit of work."""
    to_come = select(Webinar.id).where(Webinar.status.in_(TO_COME), Webinar.starts_at > clock.now())
    ids = db.session.scalars(to_come.order_by(Webinar.starts_at)).all()
    db.session.rollback()
    told = 0
    for webinar_id in ids:
        told += _remind_of(db.session.get_one(Webinar, webinar_id))
        db.session.commit()
    return told


def _remind_of(webinar: Webinar) -> int:
    """Held meanwhile: nobody moves or cancels it between the look at it and the mail."""
    hold(webinar)
    now = clock.now()
    if webinar.status not in TO_COME:
        return 0
    due = [reminder for reminder in REMINDERS if reminder.is_due(webinar, now)]
    if not due:
        return 0
    seats = db.session.scalars(
        select(WebinarRegistration)
        .where(WebinarRegistration.webinar_id == webinar.id, WebinarRegistration.status.in_(HOLDS_SEAT))
        .order_by(WebinarRegistration.id)
        .options(joinedload(WebinarRegistration.user))
    ).all()
    reached = [seat for seat in seats if seat.user is None or seat.user.is_active]
    told = 0
    for reminder in due:
        told += _tell(reminder, [seat for seat in reached if reminder.is_for(seat)])
    return told


def _tell(reminder: Reminder, seats: Sequence[WebinarRegistration]) -> int:
    """Links are made for a mail that will go out only: the outbox is asked first which were promised."""
    promised = _promised(notices.reminder_key(seat, reminder.name) for seat in seats)
    told = [seat for seat in seats if notices.reminder_key(seat, reminder.name) not in promised]
    for seat in told:
        reminder.tell(seat)
    return len(told)


def _promised(keys: Iterable[str]) -> set[str]:
    wanted = list(keys)
    found: set[str] = set()
    for first in range(0, len(wanted), 500):
        part = wanted[first : first + 500]
        found |= set(db.session.scalars(select(OutboxMail.dedupe_key).where(OutboxMail.dedupe_key.in_(part))))
    return found
