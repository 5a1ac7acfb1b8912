"""What runs on a timetable about people: invitations that are about to end, and what is tidied up."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import contains_eager

from accounts.models import MailLink, OneTimeToken, SignInAttempt, SignInSession, TokenPurpose, User
from accounts.sessions import LONGEST
from accounts.tokens import is_open
from core import clock
from core.database import Base, db, table_of
from core.reminders import Reminder, remind

INVITATION_ENDS_IN = timedelta(days=3)
KEPT = timedelta(days=1)
MAIL_LINKS_KEPT = timedelta(days=90)
"""After they have expired: whoever opens an old mail is told what happened, not that there is nothing."""


def remind_of_invitations() -> str:
    """Once, three days before the link ends. One that has ended is not spoken of: the office sees who never came."""
    now = clock.now()
    ending = db.session.scalars(
        select(OneTimeToken)
        .join(OneTimeToken.user)
        .where(
            OneTimeToken.purpose == TokenPurpose.INVITATION,
            is_open(),
            OneTimeToken.valid_until <= now + INVITATION_ENDS_IN,
            OneTimeToken.created_at <= now - INVITATION_ENDS_IN,
            User.is_active,
        )
        .options(contains_eager(OneTimeToken.user).selectinload(User.grants))
        .order_by(OneTimeToken.id)
    ).all()
    return remind(
        Reminder(
            token.user,
            "accounts/mail/invitation_ends",
            f"invitation-ends:{token.mark}",
            {"until": token.valid_until, "sent_at": token.created_at},
        )
        for token in ending
    )


def tidy() -> str:
    """Remove what no longer opens or counts anything: old links, sessions and failed tries."""
    gone = 0
    for model, past in _past():
        gone += len(db.session.execute(delete(model).where(past).returning(table_of(model).c.id)).all())
    db.session.commit()
    return f"{gone} removed"


def due() -> int:
    """How many ``tidy`` would remove now."""
    counts = (select(func.count()).select_from(model).where(past) for model, past in _past())
    return sum(db.session.scalar(count) or 0 for count in counts)


def _past() -> list[tuple[type[Base], ColumnElement[bool]]]:
    limit = clock.now() - KEPT
    over = OneTimeToken.used_at < limit, OneTimeToken.voided_at < limit, OneTimeToken.valid_until < limit
    return [
        (OneTimeToken, or_(*over)),
        (SignInSession, or_(SignInSession.ended_at < limit, SignInSession.created_at < limit - LONGEST)),
        (MailLink, MailLink.valid_until < clock.now() - MAIL_LINKS_KEPT),
        (SignInAttempt, SignInAttempt.at < limit),
    ]
