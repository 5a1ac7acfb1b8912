"""Mails of long ago: their words and addresses go; that there was one stays, so that nothing is promised twice."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from core import clock
from core.database import db
from core.mail import NOT_YET_SENT, MailStatus, OutboxMail

KEPT = timedelta(days=365)


def _past() -> ColumnElement[bool]:
    """It has been sent, or never will be: a part of a bundle waits no longer than the bundle does."""
    bundle = aliased(OutboxMail)
    bundle_waits = exists().where(bundle.id == OutboxMail.bundle_id, bundle.status.in_(NOT_YET_SENT))
    return and_(
        OutboxMail.created_at < clock.now() - KEPT,
        OutboxMail.status.not_in(NOT_YET_SENT),
        or_(OutboxMail.status != MailStatus.BUNDLED, ~bundle_waits),
        OutboxMail.to_address != "",
    )


def due() -> int:
    return db.session.scalar(select(func.count()).select_from(OutboxMail).where(_past())) or 0


def forget_mails() -> str:
    emptied = {
        "to_address": "",
        "to_name": "",
        "body": "",
        "reply_to": None,
        "calendar": None,
        "list_unsubscribe": None,
        "last_error": None,  # a mail server names whom it does not know
    }
    gone = db.session.scalars(
        update(OutboxMail).where(_past()).values(emptied).returning(OutboxMail.id)
    ).all()
    db.session.commit()
    return f"{len(gone)} emptied"
