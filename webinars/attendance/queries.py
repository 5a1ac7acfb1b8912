"""Who came, for the office: figures, lists, what is open in a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.database import db
from core.paging import Page, paged
from partnerships.models import LeaderTerm, Partnership
from webinars.attendance.models import OPEN, AttendanceLine, AttendanceReport, KnownBy, LineState
from webinars.certificates.queries import counts
from webinars.models import Attendance, Webinar, WebinarSeries
from webinars.registrations.models import HOLDS_SEAT, WebinarRegistration

ON_A_PAGE = 50
MOST_TICKS = 500


@dataclass(frozen=True)
class Came:
    """People, each once. Those from partnerships' municipalities and others are counted apart."""

    participants: int
    others: int
    municipalities: int
    long_enough: int

    @property
    def people(self) -> int:
        return self.participants + self.others


def came_to(webinar: Webinar) -> Came:
    rows = db.session.execute(
        select(Attendance.municipality_id, Attendance.user_id, Attendance.people_count, counts())
        .join(Webinar, Webinar.id == Attendance.webinar_id)
        .outerjoin(WebinarSeries, WebinarSeries.id == Webinar.series_id)
        .where(Attendance.webinar_id == webinar.id)
        .order_by(Attendance.id)
    ).all()
    found: dict[object, tuple[int, bool, bool]] = {}
    for number, (place, user_id, people, is_enough) in enumerate(rows):
        key = number if user_id is None else ("user", user_id)
        _people, was_ours, was_enough = found.get(key, (people, False, False))
        found[key] = people, was_ours or place is not None, was_enough or bool(is_enough)
    places = {row[0] for row in rows if row[0] is not None}
    return Came(
        sum(people for people, is_ours, _enough in found.values() if is_ours),
        sum(people for people, is_ours, _enough in found.values() if not is_ours),
        len(places),
        sum(people for people, _ours, is_enough in found.values() if is_enough),
    )


@dataclass(frozen=True)
class CameRow:
    attendance: Attendance
    registration: WebinarRegistration | None
    counts: bool


def page_of(webinar: Webinar, *, number: int) -> Page[CameRow]:
    """People by name first, then counts of municipalities, then those from elsewhere."""
    query = (
        select(Attendance, WebinarRegistration, counts())
        .join(Webinar, Webinar.id == Attendance.webinar_id)
        .outerjoin(WebinarSeries, WebinarSeries.id == Webinar.series_id)
        .outerjoin(WebinarRegistration, WebinarRegistration.id == Attendance.registration_id)
        .outerjoin(User, User.id == Attendance.user_id)
        .where(Attendance.webinar_id == webinar.id)
        .options(joinedload(Attendance.user), joinedload(Attendance.municipality))
        .order_by(
            Attendance.user_id.is_(None), User.sort_key, Attendance.municipality_id.is_(None), Attendance.id
        )
    )
    page = paged(query, number=number, size=ON_A_PAGE)
    return Page(
        [CameRow(row[0], row[1], bool(row[2])) for row in page.rows], page.number, page.total, page.size
    )


def attendance_by_id(attendance_id: int) -> Attendance | None:
    return db.session.get(Attendance, attendance_id, options=[joinedload(Attendance.webinar, innerjoin=True)])


def not_there_yet(webinar: Webinar) -> Sequence[WebinarRegistration]:
    """Who had a seat and does not stand among those who came."""
    return db.session.scalars(
        select(WebinarRegistration)
        .where(
            WebinarRegistration.webinar_id == webinar.id,
            WebinarRegistration.forgotten_at.is_(None),
            WebinarRegistration.status.in_(HOLDS_SEAT),
            ~exists().where(Attendance.webinar_id == webinar.id, _is_of(WebinarRegistration)),
        )
        .order_by(WebinarRegistration.asked_at, WebinarRegistration.id)
        .options(joinedload(WebinarRegistration.user), joinedload(WebinarRegistration.municipality))
        .limit(MOST_TICKS)
    ).all()


def _is_of(seat: type[WebinarRegistration]) -> ColumnElement[bool]:
    return or_(Attendance.registration_id == seat.id, Attendance.user_id == seat.user_id)


# --- Reports ---------------------------------------------------------------------------------------------


def reports_of(webinar: Webinar) -> Sequence[tuple[AttendanceReport, int]]:
    """The latest first, each with how many people are still open."""
    still_open = func.count(AttendanceLine.id)
    rows = db.session.execute(
        select(AttendanceReport, still_open)
        .outerjoin(
            AttendanceLine,
            (AttendanceLine.report_id == AttendanceReport.id) & AttendanceLine.state.in_(OPEN),
        )
        .where(AttendanceReport.webinar_id == webinar.id)
        .group_by(AttendanceReport.id)
        .order_by(AttendanceReport.id.desc())
    )
    return [(row[0], row[1]) for row in rows]


def report_by_id(report_id: int) -> AttendanceReport | None:
    return db.session.get(
        AttendanceReport,
        report_id,
        options=[joinedload(AttendanceReport.webinar, innerjoin=True).joinedload(Webinar.series)],
    )


def line_by_id(line_id: int) -> AttendanceLine | None:
    return db.session.get(
        AttendanceLine,
        line_id,
        options=[joinedload(AttendanceLine.report, innerjoin=True).joinedload(AttendanceReport.webinar)],
    )


def states_of(report: AttendanceReport) -> Mapping[LineState, int]:
    rows = db.session.execute(
        select(AttendanceLine.state, func.count())
        .where(AttendanceLine.report_id == report.id)
        .group_by(AttendanceLine.state)
    )
    return {row[0]: row[1] for row in rows}


def open_lines(report: AttendanceReport, *, number: int) -> Page[AttendanceLine]:
    """Those that may be somebody first."""
    query = (
        select(AttendanceLine)
        .where(AttendanceLine.report_id == report.id, AttendanceLine.state.in_(OPEN))
        .order_by(AttendanceLine.state.desc(), AttendanceLine.minutes.desc(), AttendanceLine.id)
    )
    page = paged(query, number=number, size=ON_A_PAGE)
    return Page([row[0] for row in page.rows], page.number, page.total, page.size)


def next_open(report: AttendanceReport) -> AttendanceLine | None:
    return db.session.scalar(
        select(AttendanceLine)
        .where(AttendanceLine.report_id == report.id, AttendanceLine.state == LineState.UNSURE)
        .order_by(AttendanceLine.minutes.desc(), AttendanceLine.id)
        .limit(1)
    )


def found_otherwise(report: AttendanceReport) -> Sequence[AttendanceLine]:
    """Known people whom somebody should look over, all of them: it was not their address that fitted."""
    return db.session.scalars(
        select(AttendanceLine)
        .where(
            AttendanceLine.report_id == report.id,
            AttendanceLine.state == LineState.KNOWN,
            AttendanceLine.known_by != KnownBy.EMAIL,
        )
        .order_by(AttendanceLine.known_by, AttendanceLine.id)
        .options(
            joinedload(AttendanceLine.user),
            joinedload(AttendanceLine.registration).joinedload(WebinarRegistration.user),
        )
    ).all()


def candidates_of(line: AttendanceLine) -> dict[str, str]:
    """Who it may be: code to words that tell them apart."""
    keys: dict[str, set[int]] = {"user": set(), "seat": set()}
    for code in line.candidates:
        kind, _dash, key = code.partition("-")
        keys[kind].add(int(key))
    labels = {**_people(keys["user"]), **_guests(keys["seat"])}
    return {code: labels[code] for code in line.candidates if code in labels}


def _people(ids: set[int]) -> dict[str, str]:
    """With the partnerships they lead or have led."""
    rows = db.session.execute(
        select(User.id, User.name, User.email, Partnership.name)
        .outerjoin(LeaderTerm, LeaderTerm.user_id == User.id)
        .outerjoin(Partnership, Partnership.id == LeaderTerm.partnership_id)
        .where(User.id.in_(ids))
        .order_by(User.id, Partnership.id)
    )
    found: dict[str, list[str]] = {}
    for user_id, name, email, partnership in rows:
        words = found.setdefault(f"user-{user_id}", [name, email])
        if partnership and partnership not in words:
            words.append(partnership)
    return {code: ", ".join(words) for code, words in found.items()}


def _guests(ids: set[int]) -> dict[str, str]:
    seats = db.session.scalars(
        select(WebinarRegistration)
        .where(WebinarRegistration.id.in_(ids), WebinarRegistration.forgotten_at.is_(None))
        .options(joinedload(WebinarRegistration.municipality))
    )
    return {
        f"seat-{seat.id}": ", ".join(
            filter(None, (seat.name, seat.email, seat.municipality.name if seat.municipality else None))
        )
        for seat in seats
    }
