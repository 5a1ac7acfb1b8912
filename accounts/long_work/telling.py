"""Whoever asked for long work learns by mail that it is done, where it took longer than people wait; and always that it failed."""

from datetime import timedelta

from accounts.long_work.words import why_failed
from accounts.models import User
from core import clock, mail
from core.database import db
from core.long_work import LongState, LongWork, kind_of

PATIENCE = timedelta(minutes=1)


def tell_asker(work: LongWork) -> None:
    asker = db.session.get_one(User, work.asked_by_id)
    is_done = work.state is LongState.DONE
    if is_done and clock.now() - work.created_at <= PATIENCE:
        return
    mail.queue(
        asker,
        "long_work/mail/done" if is_done else "long_work/mail/failed",
        dedupe_key=f"long_work:{work.id}:{work.finished_at}",
        urgent=True,
        work=work,
        words=kind_of(work).words(work),
        why="" if is_done else why_failed(work),
    )
