"""Files whose time is over go by rule, each as a unit of work of its own."""

import logging

from core import clock
from core.database import db
from partnerships.files.queries import attachment_by_id, files_past_their_time
from partnerships.files.services import expire

logger = logging.getLogger(__name__)


def remove_expired() -> str:
    ids = [attachment.id for attachment in files_past_their_time(clock.today())]
    db.session.rollback()
    gone = sum(_remove(attachment_id) for attachment_id in ids)
    return f"{gone} removed"


def _remove(attachment_id: int) -> bool:
    """One that fails is told in the log and keeps no other waiting."""
    try:
        attachment = attachment_by_id(attachment_id)
        done = attachment is not None and expire(attachment)
        db.session.commit()
    except Exception:
        db.session.rollback()
        logger.exception("file %s could not be removed", attachment_id)
        return False
    finally:
        db.session.expunge_all()
    return done
