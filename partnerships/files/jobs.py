"""Files whose time is over go by rule, each as a unit of work of its own."""

import logging

from core import clock
from core.database import db
from core.i18n import _l, ngettext
from core.retention import RetentionRule
from partnerships.files.queries import attachment_by_id, files_past_their_time
from partnerships.files.services import expire
from programme.queries import the_programme

logger = logging.getLogger(__name__)


def due_files() -> int:
    return len(files_past_their_time(clock.today()))


def _years_of_evidence() -> str:
    years = the_programme().settings.evidence_retention_years
    return ngettext(
        "%(num)d year after the end of the year in which they came.",
        "%(num)d years after the end of the year in which they came.",
        years,
    )


RULES = (
    RetentionRule(
        "partnerships.files",
        _l("Signed lists, cards and other evidence with personal data"),
        _years_of_evidence,
        _l("The funder may check the programme until then."),
        _l("The file is deleted; that it was there stays"),
        "partnerships.files",
        due_files,
    ),
)


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
