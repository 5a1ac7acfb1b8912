"""Webinars in everybody's calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from accounts.models import User
from core import clock
from core.agenda import Appointment
from core.calendars import Entry
from core.database import db
from core.i18n import _l
from webinars.models import Webinar, WebinarStatus

KIND = _l("Webinar")


def webinars_between(_person: User, first: date, last: date) -> Iterator[Appointment]:
    """Drafts are nobody's date yet."""
    begin, end = (
        datetime.combine(day, time(), tzinfo=clock.LOCAL_ZONE) for day in (first, last + timedelta(days=1))
    )
    found = (
        select(Webinar)
        .where(Webinar.starts_at >= begin, Webinar.starts_at < end, Webinar.status != WebinarStatus.DRAFT)
        .order_by(Webinar.starts_at, Webinar.id)
    )
    for webinar in db.session.scalars(found):
        yield Appointment(_entry(webinar), KIND, about=webinar.title)


def _entry(webinar: Webinar) -> Entry:
    begins, ends = webinar.starts_at, webinar.starts_at + timedelta(minutes=webinar.minutes)
    is_of_a_day = webinar.taken_over  # of earlier ones often only the day is known
    return Entry(
        uid=f"webinar-{webinar.id}",
        sequence=webinar.row_version,
        changed_at=webinar.updated_at,
        title=webinar.title,
        begins=clock.local(begins).date() if is_of_a_day else clock.local(begins),
        ends=None if is_of_a_day else clock.local(ends),
        is_cancelled=webinar.status is WebinarStatus.CANCELLED,
    )
