"""A letter to many leaders, sent by the process that runs jobs."""

from flask import url_for
from sqlalchemy import func, select

from accounts.models import User
from accounts.policy import Permission, can
from core.database import db
from core.i18n import _l, ngettext
from core.long_work import LongKind, LongWork, Progress
from office.letters import services
from office.letters.models import Letter, LetterDelivery


def send_all(work: LongWork, progress: Progress) -> None:
    """Where it was stopped the count says how many deliveries have been seen to: it is kept together with them."""
    letter_id = int(work.parameters["letter"])
    ids = services.delivery_ids(db.session.get_one(Letter, letter_id))
    for start in range(progress.done, len(ids), services.AT_ONCE):
        letter = db.session.get_one(Letter, letter_id)
        some = ids[start : start + services.AT_ONCE]
        services.deliver_some(letter, some, actor=db.session.get_one(User, work.asked_by_id))
        progress.keep(start + len(some), len(ids))


def _all_sent(work: LongWork) -> None:
    letter = db.session.get_one(Letter, int(work.parameters["letter"]))
    sent = select(func.count(LetterDelivery.recipient_id)).where(LetterDelivery.letter_id == letter.id)
    actor = db.session.get_one(User, work.asked_by_id)
    services.record_sent(letter, db.session.scalar(sent) or 0, actor=actor)


def _words(work: LongWork) -> str:
    return ngettext("Letter to one municipality", "Letter to %(num)d municipalities", work.total)


def _page(work: LongWork) -> str:
    return url_for("letters.show", letter_id=work.parameters["letter"])


KIND = LongKind(
    services.SENDING,
    does=_l("Letter to leaders"),
    run=send_all,
    may=lambda person: can(person, Permission.LETTER_WRITE),
    words=_words,
    leads_to=_page,
    ended=_all_sent,
)
