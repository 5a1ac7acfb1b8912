"""Attendance as the office enters it: ticks beside those registered, a municipality with a count."""

from collections.abc import Collection

from sqlalchemy import select

from accounts.models import User
from core import clock
from core.database import db
from municipalities.models import Municipality
from webinars.attendance.errors import NotOver, NotTheirs, WrongCount
from webinars.attendance.events import AttendanceEvent
from webinars.attendance.matching import code_of, registrations_of
from webinars.attendance.reports import let_go
from webinars.attendance.writing import enter, is_from_report, places_of, present_of, remember
from webinars.certificates.services import follow_attendance
from webinars.models import Attendance, AttendanceSource, Webinar
from webinars.registrations.joining import join_accounts
from webinars.services.shared import hold, see

MOST_PEOPLE = 10_000


def tick(webinar: Webinar, seat_ids: Collection[int], *, actor: User) -> int:
    """They came, nobody wrote down for how long. Whoever stands there already stays as they are."""
    _begin(webinar)
    join_accounts(webinar)
    present = present_of(webinar)
    codes = list(
        dict.fromkeys(code_of(seat) for seat in registrations_of(webinar) if seat.id in set(seat_ids))
    )
    new = [code for code in codes if code not in present.people]
    for code, places in places_of(webinar, new).items():
        enter(webinar, code, places, minutes=None, source=AttendanceSource.MANUAL, actor=actor)
    return len(new)


def set_count(webinar: Webinar, place: Municipality | None, people: int, *, actor: User) -> Attendance:
    """So many came from there, beside those with a name. Said again it is corrected."""
    if not 1 <= people <= MOST_PEOPLE:
        raise WrongCount
    _begin(webinar)
    row = db.session.scalar(
        select(Attendance).where(
            Attendance.webinar_id == webinar.id,
            Attendance.municipality_id.is_(None) if place is None else Attendance.municipality_id == place.id,
            Attendance.user_id.is_(None),
            Attendance.registration_id.is_(None),
            Attendance.source == AttendanceSource.MANUAL,
        )
    )
    if row is None:
        row = Attendance(
            webinar=webinar, municipality=place, people_count=people, source=AttendanceSource.MANUAL
        )
        db.session.add(row)
        db.session.flush()
        remember(AttendanceEvent.ENTERED, row, actor=actor, after={"people_count": people})
    elif row.people_count != people:
        before, row.people_count = row.people_count, people
        remember(
            AttendanceEvent.CHANGED, row, actor=actor,
            before={"people_count": before}, after={"people_count": people},
        )  # fmt: skip
    return row


def remove(row: Attendance, *, actor: User) -> None:
    """Entered by mistake. What a recording or earlier records say is put right there."""
    hold(row.webinar)
    see(row)
    if row.taken_over or row.source is AttendanceSource.RECORDING:
        raise NotTheirs
    webinar = row.webinar
    remember(
        AttendanceEvent.REMOVED, row, actor=actor,
        before={"minutes": row.minutes, "people_count": row.people_count, "source": row.source.value},
    )  # fmt: skip
    if is_from_report(row):
        let_go(row)
    db.session.delete(row)
    db.session.flush()
    follow_attendance(webinar)


def _begin(webinar: Webinar) -> None:
    if webinar.starts_at > clock.now():
        raise NotOver
    hold(webinar)
