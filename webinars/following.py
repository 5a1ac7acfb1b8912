"""Webinars as they are touched by a change of municipalities: who took part, or registered, is counted where the partnership goes on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core.database import db
from core.i18n import _l, ngettext
from municipalities.journal import Journal
from municipalities.models import Municipality, MunicipalityChange, MunicipalityChangeUnit
from partnerships.changes.going_along import RecordsGoAlong
from partnerships.changes.succession import where_it_goes_on
from webinars.attendance.models import AttendanceLine
from webinars.events import WebinarEvent
from webinars.models import Attendance
from webinars.registrations.events import SeatEvent
from webinars.registrations.models import RegistrationStatus, WebinarRegistration


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

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        """Lines of reports go too, but loosely: they are deleted within a month, and settled they count here."""
        super().apply(change, journal, actor=actor)
        heir = where_it_goes_on(change) if change.ending else None
        for unit in change.ending:
            if heir is not None and heir.municipality_id and unit.municipality_id:
                journal.point_loosely(
                    AttendanceLine.municipality_id, unit.municipality_id, heir.municipality_id
                )


class RegistrationsFollow(RecordsGoAlong):
    topic = _l("Registrations for webinars")
    model, event = WebinarRegistration, SeatEvent.WENT_ALONG

    def counted(self, number: int, place: str) -> str:
        return ngettext(
            "%(num)d registration for webinars from %(place)s",
            "%(num)d registrations for webinars from %(place)s",
            number,
            place=place,
        )

    def _of(self, unit: MunicipalityChangeUnit) -> Sequence[Any]:
        """Not of an address that has not answered yet: it registers within two days, or is deleted."""
        return [one for one in super()._of(unit) if one.status is not RegistrationStatus.UNCONFIRMED]
