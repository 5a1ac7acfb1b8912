"""What is tidied up about people."""

from datetime import timedelta

from sqlalchemy import delete, or_

from accounts.models import OneTimeToken, SignInAttempt, SignInSession
from accounts.sessions import LONGEST
from core import clock
from core.database import db

KEPT = timedelta(days=1)


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
        delete(SignInAttempt).where(SignInAttempt.at < limit),
    ):
        gone += len(db.session.execute(statement.returning(statement.table.c.id)).all())
    db.session.commit()
    return f"{gone} removed"
