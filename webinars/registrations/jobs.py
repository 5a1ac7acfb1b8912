"""What happens to seats by itself. Each webinar is one unit of work."""

from sqlalchemy import select

from core import clock
from core.database import db
from webinars.models import Webinar, WebinarStatus
from webinars.registrations.forgetting import drop_unanswered, forget_guests
from webinars.registrations.moving import release_unconfirmed
from webinars.registrations.reminding import remind


def send_reminders() -> str:
    return f"{remind()} reminded"


def release_seats() -> str:
    """Of webinars that were moved: the moment to confirm has passed."""
    due = select(Webinar.id).where(Webinar.status == WebinarStatus.MOVED, Webinar.reconfirm_by <= clock.now())
    ids = db.session.scalars(due.order_by(Webinar.reconfirm_by)).all()
    db.session.rollback()
    released = 0
    for webinar_id in ids:
        released += release_unconfirmed(db.session.get_one(Webinar, webinar_id))
        db.session.commit()
    return f"{released} seats released"


def forget() -> str:
    dropped = drop_unanswered()
    db.session.commit()
    return f"{forget_guests()} forgotten, {dropped} never answered"
