"""What is tidied up about people."""

from datetime import timedelta

from sqlalchemy import delete, or_

from accounts.models import MailLink, OneTimeToken, SignInAttempt, SignInSession
from accounts.sessions import LONGEST
from core import clock
from core.database import db

KEPT = timedelta(days=1)
MAIL_LINKS_KEPT = timedelta(days=90)
"""After they have expired: whoever opens an old mail is told what happened, not that there is nothing."""


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
