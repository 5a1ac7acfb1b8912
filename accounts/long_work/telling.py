"""Whoever asked for long work learns by mail that it is done, where it took longer than people wait; and always that it failed."""

from datetime import timedelta

from accounts.long_work.words import why_failed
from accounts.models import User
from core import clock, mail
from core.database import db
from core.long_work import LongState, LongWork, kind_of

PATIENCE = timedelta(minutes=1)


def tell_asker(work: LongWork) -> None:
    asker, words = db.session.get_one(User, work.asked_by_id), kind_of(work).words(work)
    key = f"long_work:{work.id}:{work.finished_at}"
    if work.state is not LongState.DONE:
        mail.queue(
            asker,
            "long_work/mail/failed",
            dedupe_key=key,
            urgent=True,
            work=work,
            words=words,
            why=why_failed(work),
        )
    elif clock.now() - work.created_at > PATIENCE:
        mail.queue(asker, "long_work/mail/done", dedupe_key=key, urgent=True, work=work, words=words)
