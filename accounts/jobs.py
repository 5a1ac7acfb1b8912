"""What runs on a timetable about people: invitations that are about to end, and what is tidied up."""

from datetime import timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import contains_eager

from accounts.models import MailLink, OneTimeToken, SignInAttempt, SignInSession, TokenPurpose, User
from accounts.sessions import LONGEST
from accounts.tokens import is_open
from core import clock
from core.database import db
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
            f"invitation-ends:{token.id}",
            {"until": token.valid_until, "sent_at": token.created_at},
        )
        for token in ending
    )


def tidy() -> str:
    """Remove what no longer opens or counts anything: old links, sessions and failed tries."""
    limit = clock.now() - KEPT
    gone = 0
    for statement in (
        delete(OneTimeToken).where(
            or_(
                OneTimeToken.used_at < limit, OneTimeToken.voided_at < limit, OneTimeToken.valid_until < limit
            )
        ),
        delete(SignInSession).where(
            or_(SignInSession.ended_at < limit, SignInSession.created_at < limit - LONGEST)
        ),
        delete(MailLink).where(MailLink.valid_until < clock.now() - MAIL_LINKS_KEPT),
        delete(SignInAttempt).where(SignInAttempt.at < limit),
    ):
        gone += len(db.session.execute(statement.returning(statement.table.c.id)).all())
    db.session.commit()
    return f"{gone} removed"
