"""Webinars as they are touched by a change of municipalities: who took part is counted where the partnership goes on."""

from typing import Any

from sqlalchemy import select

from core.database import db
from core.i18n import _l, ngettext
from municipalities.models import Municipality
from partnerships.changes.going_along import RecordsGoAlong
from webinars.events import WebinarEvent
from webinars.models import Attendance


class AttendancesFollow(RecordsGoAlong):
    topic = _l("Webinars")
    model, event = Attendance, WebinarEvent.WENT_ALONG

    def counted(self, number: int, place: str) -> str:
        return ngettext(
            "%(num)d attendance of webinars from %(place)s",
            "%(num)d attendances of webinars from %(place)s",
            number,
            place=place,
        )

    def stays(self, record: Any, heir: Municipality) -> bool:
        """Somebody took part for both: once is enough there."""
        if record.user_id is None:
            return False
        there = select(Attendance.id).where(
            Attendance.webinar_id == record.webinar_id,
            Attendance.municipality_id == heir.id,
            Attendance.user_id == record.user_id,
        )
        return db.session.scalar(there) is not None
