"""Attendances that count, and the certificates there are of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core import clock
from core.database import db
from programme.queries import the_programme
from webinars.certificates.models import Certificate, Owner
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarSeries, WebinarStatus
from webinars.registrations.models import WebinarRegistration

OVER = (WebinarStatus.HELD, WebinarStatus.ARCHIVED)


@dataclass(frozen=True)
class Due:
    """Somebody took part, long enough, in a webinar that is over."""

    webinar_id: int
    owner: Owner
    minutes: int | None
    by_recording: bool


def counts() -> ColumnElement[bool]:
    """A condition on ``Attendance``, joined with its webinar and the series of that, if any."""
    least = func.coalesce(WebinarSeries.min_minutes, 0)
    recording = the_programme().settings.recording_counts_as_attendance
    watched = Attendance.source == AttendanceSource.RECORDING
    return or_(
        and_(~watched, or_(Attendance.minutes.is_(None), Attendance.minutes >= least)),
        and_(watched, func.coalesce(WebinarSeries.recording_counts, recording)),
    )


def _counting() -> Select[*tuple[Any, ...]]:
    """Each person once for each webinar: that they were there goes before that they watched the recording."""
    watched = Attendance.source == AttendanceSource.RECORDING
    return (
        select(
            Attendance.webinar_id,
            Attendance.user_id,
            Attendance.registration_id,
            func.max(Attendance.minutes),
            func.count(),
            func.count().filter(watched),
        )
        .join(Webinar, Webinar.id == Attendance.webinar_id)
        .outerjoin(WebinarSeries, WebinarSeries.id == Webinar.series_id)
        .where(or_(Attendance.user_id.is_not(None), Attendance.registration_id.is_not(None)), counts())
        .group_by(Attendance.webinar_id, Attendance.user_id, Attendance.registration_id)
    )


def counting_of(webinar: Webinar) -> dict[Owner, Due]:
    rows = db.session.execute(_counting().where(Attendance.webinar_id == webinar.id))
    found = [_due(row) for row in rows]
    return {one.owner: one for one in found}


def due() -> Sequence[Due]:
    """Whoever has none yet. Where the office has revoked one it is not for us to issue another.

    A guest whose name and address are forgotten has nothing to be told and no name to bear.
    """
    has_one = (
        select(Certificate.id)
        .where(
            Certificate.webinar_id == Attendance.webinar_id,
            or_(
                Certificate.user_id == Attendance.user_id,
                Certificate.registration_id == Attendance.registration_id,
            ),
        )
        .where(or_(Certificate.revoked_at.is_(None), Certificate.revoked_by_id.is_not(None)))
        .exists()
    )
    rows = db.session.execute(
        _counting()
        .outerjoin(WebinarRegistration, WebinarRegistration.id == Attendance.registration_id)
        .where(
            ~has_one,
            or_(
                Attendance.registration_id.is_(None),
                and_(_has_address(), WebinarRegistration.user_id.is_(None)),
            ),
            Attendance.taken_over.is_(False),
            Webinar.taken_over.is_(False),
            Webinar.is_outside.is_(False),
            Webinar.status.in_(OVER),
        )
        .order_by(Attendance.user_id, Attendance.registration_id, Attendance.webinar_id)
    )
    return [_due(row) for row in rows]


def _has_address() -> ColumnElement[bool]:
    return and_(WebinarRegistration.email.is_not(None), WebinarRegistration.name.is_not(None))


def _due(row: Any) -> Due:
    webinar_id, user_id, registration_id, minutes, number, watched = row
    by_recording = number == watched
    return Due(webinar_id, Owner(user_id, registration_id), None if by_recording else minutes, by_recording)


# --- Those there are -------------------------------------------------------------------------------------


def certificate_by_id(certificate_id: int) -> Certificate | None:
    return db.session.scalar(_with_people().where(Certificate.id == certificate_id))


def certificate_by_token(token: str) -> Certificate | None:
    return db.session.scalar(_with_people().where(Certificate.token == token))


def certificate_by_number(number: str, held_on: date) -> Certificate | None:
    """By what stands on the paper: both have to fit."""
    letter, _stroke, rest = number.strip().upper().replace(" ", "").partition("/")
    year, _stroke, key = rest.partition("/")
    if letter != "W" or not (year.isascii() and year.isdigit() and key.isascii() and key.isdigit()):
        return None
    found = certificate_by_id(int(key)) if len(key) < 10 else None
    fits = found is not None and found.held_on == held_on and f"{clock.local(found.issued_at):%Y}" == year
    return found if fits else None


def _with_people() -> Select[Certificate]:
    return select(Certificate).options(
        joinedload(Certificate.user), joinedload(Certificate.registration), joinedload(Certificate.webinar)
    )


def certificates_of(person: User) -> Sequence[Certificate]:
    """Those that stand, the latest first."""
    return db.session.scalars(
        select(Certificate)
        .where(Certificate.user_id == person.id, Certificate.revoked_at.is_(None))
        .order_by(Certificate.held_on.desc(), Certificate.id.desc())
    ).all()


def certificate_for(webinar: Webinar, person: User) -> Certificate | None:
    return db.session.scalar(
        select(Certificate).where(
            Certificate.webinar_id == webinar.id,
            Certificate.user_id == person.id,
            Certificate.revoked_at.is_(None),
        )
    )


def certificate_of_guest(seat: WebinarRegistration) -> Certificate | None:
    """That stands."""
    return db.session.scalar(
        select(Certificate).where(Certificate.registration_id == seat.id, Certificate.revoked_at.is_(None))
    )


def standing_of(webinar: Webinar) -> dict[Owner, Certificate]:
    found = db.session.scalars(
        select(Certificate).where(Certificate.webinar_id == webinar.id, Certificate.revoked_at.is_(None))
    )
    return {one.owner: one for one in found}
