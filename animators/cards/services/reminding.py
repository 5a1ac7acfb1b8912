"""Cards begun for everybody, and reminders of those that are owed."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import func, select

from accounts.models import User
from animators.cards.errors import NobodyToRemind, NobodyToRemindAnew
from animators.cards.events import CardEvent
from animators.cards.lines import first_of
from animators.cards.models import WorkCard
from animators.cards.queries import OfficeRow, animators_in, office_rows
from animators.cards.services.entering import begin_card
from core import audit, clock, mail
from core.database import db
from core.mail import OutboxMail
from programme.queries import the_programme


def begin_cards() -> int:
    """This month's, for every animator who has none yet."""
    month = first_of(clock.today())
    begun = set(db.session.scalars(select(WorkCard.animator_id).where(WorkCard.month == month)))
    waiting = [one for one in animators_in(month) if one.id not in begun]
    for animator in waiting:
        begin_card(animator, month, actor=None)
        db.session.commit()
    return len(waiting)


def remind_in_time() -> int:
    """From the day of the settings on: whoever owes last month's card gets one mail, however often this runs."""
    today = clock.today()
    if today.day < the_programme().settings.card_reminder_day:
        return 0
    month = first_of(first_of(today) - timedelta(days=1))
    owed = [row for row in office_rows(month) if row.card is not None and row.is_owed]
    for row in owed:
        _tell(row, month, key=f"card-reminder:{month:%Y-%m}:{row.animator.id}")
    return len(owed)


def remind_now(month: date, *, actor: User) -> int:
    """By the office: one mail to each who owes the card of this month, and not twice on one day. How many go out."""
    owed = [row for row in office_rows(month) if row.is_owed]
    if not owed:
        raise NobodyToRemind
    keys = {f"card-missing:{month:%Y-%m}:{row.animator.id}:{clock.today()}": row for row in owed}
    before = _promised(keys)
    for key, row in keys.items():
        _tell(row, month, key=key, actor=actor)
    told = _promised(keys) - before
    if not told:
        raise NobodyToRemindAnew
    audit.record(CardEvent.REMINDED, the_programme().row, actor=actor, month=f"{month:%Y-%m}", people=told)
    return told


def _promised(keys: Iterable[str]) -> int:
    """Whoever wants no reminders, or whose account is suspended, is promised none."""
    found = select(func.count()).select_from(OutboxMail).where(OutboxMail.dedupe_key.in_(list(keys)))
    return db.session.scalar(found) or 0


def _tell(row: OfficeRow, month: date, *, key: str, actor: User | None = None) -> None:
    mail.queue(
        row.animator,
        "cards/mail/missing",
        dedupe_key=key,
        reply_to=actor.mail_address if actor else None,
        card=row.card,
        month=month,
    )
