"""A report from its file to attendances: read, settled where it is not sure, saved; forgotten after a month."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Select, delete, func, select, update

from accounts.models import User
from core import audit, clock
from core.database import db
from core.text import words
from municipalities.models import Municipality
from programme.queries import the_programme
from webinars.attendance.errors import NotOver, ReportIsOver, SettledAlready
from webinars.attendance.events import AttendanceEvent
from webinars.attendance.matching import Known, known_people
from webinars.attendance.models import (
    OPEN,
    AttendanceLine,
    AttendanceReport,
    KnownBy,
    LineState,
    ReportStatus,
)
from webinars.attendance.reading import Person, read_report
from webinars.attendance.reading.mapping import Formats, load_formats
from webinars.attendance.writing import Outcome, wanted_of, write
from webinars.certificates.services import follow_attendance
from webinars.models import Attendance, Webinar
from webinars.registrations.joining import join_accounts
from webinars.services.shared import hold, see

KEPT = timedelta(days=30)
"""Names of people whom nobody knows stay so long, to be settled."""

Decision = tuple[LineState, KnownBy | None, int | None, int | None, int | None]


def formats() -> Formats:
    return load_formats(the_programme().profile.folder)


def is_of_another_day(report: AttendanceReport) -> bool:
    """Likely the wrong file. One day beside is none: a platform may count by another clock."""
    if report.begins_on is None:
        return False
    return abs((report.begins_on - clock.local(report.webinar.starts_at).date()).days) > 1


def take_in(webinar: Webinar, data: bytes, *, actor: User) -> AttendanceReport:
    """Read and matched, nothing saved yet. Another draft of the same webinar gives way to it."""
    if webinar.starts_at > clock.now():
        raise NotOver
    read = read_report(data, formats(), near=clock.local(webinar.starts_at).date())
    hold(webinar)
    join_accounts(webinar)
    decided = _decided(webinar)
    for draft in _drafts(webinar):
        _delete(draft)
    report = AttendanceReport(
        webinar=webinar,
        source=read.source.key,
        uploaded_by=actor,
        begins_on=read.day,
        people=len(read.people),
    )
    db.session.add(report)
    db.session.flush()
    known = known_people(webinar, {person.email for person in read.people if person.email})
    db.session.add_all(_line(report, person, known, decided) for person in read.people)
    db.session.flush()
    audit.record(
        AttendanceEvent.REPORT_READ,
        report,
        actor=actor,
        after={"source": read.source.key, "people": report.people},
    )
    return report


def _line(
    report: AttendanceReport, person: Person, known: Known, decided: Mapping[object, Decision]
) -> AttendanceLine:
    line = AttendanceLine(
        report=report, name=person.name, email=person.email, minutes=person.spent.minutes,
        spent=person.spent.as_data(), candidates=[],
    )  # fmt: skip
    earlier = decided.get(_key_of(line))
    if earlier is not None:
        line.state, line.known_by, line.user_id, line.registration_id, line.municipality_id = earlier
        return line
    found = known.match(person)
    line.state, line.known_by, line.candidates = found.state, found.known_by, list(found.candidates)
    if found.target is not None:
        _point_to(line, found.target)
    return line


def _point_to(line: AttendanceLine, code: str) -> None:
    kind, _dash, key = code.partition("-")
    line.user_id, line.registration_id = (int(key), None) if kind == "user" else (None, int(key))
    line.municipality_id = None


def _key_of(line: AttendanceLine) -> object:
    return line.email or tuple(sorted(words(line.name))) or line.name


def _decided(webinar: Webinar) -> dict[object, Decision]:
    """What somebody said of people in earlier reports of this webinar, as long as their names are there."""
    lines = db.session.scalars(
        select(AttendanceLine)
        .join(AttendanceLine.report)
        .where(AttendanceReport.webinar_id == webinar.id, AttendanceLine.known_by == KnownBy.HAND)
        .order_by(AttendanceLine.id)
    )
    return {
        _key_of(line): (line.state, line.known_by, line.user_id, line.registration_id, line.municipality_id)
        for line in lines
    }


def _drafts(webinar: Webinar) -> Sequence[AttendanceReport]:
    return db.session.scalars(
        select(AttendanceReport).where(
            AttendanceReport.webinar_id == webinar.id, AttendanceReport.status == ReportStatus.DRAFT
        )
    ).all()


# --- Settling --------------------------------------------------------------------------------------------


def settle_as_person(line: AttendanceLine, code: str, *, actor: User) -> None:
    """One of those it may be."""
    _hold(line)
    if code not in line.candidates:
        raise SettledAlready
    _point_to(line, code)
    _settle(line, LineState.KNOWN, actor=actor)


def settle_as_user(line: AttendanceLine, person: User, *, actor: User) -> None:
    _hold(line)
    line.user_id, line.registration_id = person.id, None
    _settle(line, LineState.KNOWN, actor=actor)


def settle_as_place(line: AttendanceLine, place: Municipality, *, actor: User) -> None:
    """Counted for the municipality, without a name."""
    _hold(line)
    line.municipality = place
    _settle(line, LineState.PLACE, actor=actor)


def settle_as_other(line: AttendanceLine, *, actor: User) -> None:
    _hold(line)
    _settle(line, LineState.NOT_OURS, actor=actor)


def settle_rest(report: AttendanceReport, *, actor: User) -> int:
    """Everybody still open is from elsewhere."""
    hold(report.webinar)
    lines = db.session.scalars(
        select(AttendanceLine).where(AttendanceLine.report_id == report.id, AttendanceLine.state.in_(OPEN))
    ).all()
    for line in lines:
        line.state, line.known_by = LineState.NOT_OURS, KnownBy.HAND
    db.session.flush()
    if lines:
        audit.record(AttendanceEvent.REST_SETTLED, report, actor=actor, after={"people": len(lines)})
    _write_again(report, actor=actor)
    return len(lines)


def _hold(line: AttendanceLine) -> None:
    hold(line.report.webinar)
    see(line)
    if not line.is_open:
        raise SettledAlready


def _settle(line: AttendanceLine, state: LineState, *, actor: User) -> None:
    before = line.state
    line.state, line.known_by = state, KnownBy.HAND
    db.session.flush()
    audit.record(
        AttendanceEvent.SETTLED, line, actor=actor,
        before={"state": before.value}, after={"state": state.value}, personal={"name": line.name},
    )  # fmt: skip
    _write_again(line.report, actor=actor)


def _write_again(report: AttendanceReport, *, actor: User) -> None:
    """What is settled after it was saved counts at once."""
    if not report.is_draft:
        _write(report, actor=actor)


# --- Saving ----------------------------------------------------------------------------------------------


def save(report: AttendanceReport, *, actor: User) -> Outcome:
    hold(report.webinar)
    see(report)
    if report.forgotten_at is not None:
        raise ReportIsOver
    report.status, report.saved_at = ReportStatus.SAVED, clock.now()
    outcome = _write(report, actor=actor)
    _forget_earlier(report)
    audit.record(
        AttendanceEvent.REPORT_SAVED, report, actor=actor,
        after={"new": outcome.new, "changed": outcome.changed, "people": report.people},
    )  # fmt: skip
    return outcome


def _forget_earlier(report: AttendanceReport) -> None:
    """What was said of the people of earlier reports has come along: their names are not needed twice."""
    earlier = db.session.scalars(
        select(AttendanceReport).where(
            AttendanceReport.webinar_id == report.webinar_id,
            AttendanceReport.id != report.id,
            AttendanceReport.status == ReportStatus.SAVED,
            AttendanceReport.forgotten_at.is_(None),
        )
    )
    for one in earlier:
        db.session.execute(delete(AttendanceLine).where(AttendanceLine.report_id == one.id))
        one.forgotten_at = clock.now()


def _write(report: AttendanceReport, *, actor: User | None) -> Outcome:
    wanted = wanted_of(report, lines_of(report))
    report.others = wanted.counts.get(None, 0)
    outcome = write(report.webinar, wanted, actor=actor)
    follow_attendance(report.webinar)
    return outcome


def lines_of(report: AttendanceReport) -> Sequence[AttendanceLine]:
    return db.session.scalars(
        select(AttendanceLine).where(AttendanceLine.report_id == report.id).order_by(AttendanceLine.id)
    ).all()


def let_go(row: Attendance) -> None:
    """Taken out by hand: the saved report does not bring it back. Who one person was is to be said anew; a count goes."""
    saved = select(AttendanceReport.id).where(
        AttendanceReport.webinar_id == row.webinar_id, AttendanceReport.status == ReportStatus.SAVED
    )
    ours = AttendanceLine.report_id.in_(saved)
    if row.user_id is None and row.registration_id is None:
        state = LineState.NOT_OURS if row.municipality_id is None else LineState.PLACE
        of_place = AttendanceLine.municipality_id == row.municipality_id
        db.session.execute(delete(AttendanceLine).where(ours, AttendanceLine.state == state, of_place))
        return
    if _stands_elsewhere(row):
        return
    is_theirs = (
        AttendanceLine.user_id == row.user_id
        if row.user_id is not None
        else AttendanceLine.registration_id == row.registration_id
    )
    db.session.execute(
        update(AttendanceLine)
        .where(ours, is_theirs)
        .values(state=LineState.UNKNOWN, known_by=None, user_id=None, registration_id=None, candidates=[])
    )


def _stands_elsewhere(row: Attendance) -> bool:
    """Whoever leads two partnerships stands there for each."""
    others = select(Attendance.id).where(
        Attendance.webinar_id == row.webinar_id,
        Attendance.id != row.id,
        Attendance.user_id == row.user_id,
        Attendance.user_id.is_not(None),
    )
    return db.session.scalar(others.limit(1)) is not None


def discard(report: AttendanceReport, *, actor: User) -> None:
    """A draft goes with all its names; what was saved has become attendances."""
    hold(report.webinar)
    see(report)
    if not report.is_draft:
        return
    audit.record(AttendanceEvent.REPORT_DISCARDED, report, actor=actor, before={"people": report.people})
    _delete(report)


def _delete(report: AttendanceReport) -> None:
    db.session.execute(delete(AttendanceLine).where(AttendanceLine.report_id == report.id))
    db.session.delete(report)
    db.session.flush()


# --- Forgetting ------------------------------------------------------------------------------------------


def due_reports() -> int:
    """How many ``forget_reports`` would empty now."""
    return db.session.scalar(select(func.count()).select_from(_past_reports().subquery())) or 0


def _past_reports() -> Select[int]:
    past = AttendanceReport.created_at < clock.now() - KEPT
    return select(AttendanceReport.id).where(past, AttendanceReport.forgotten_at.is_(None))


def forget_reports() -> int:
    """Names go after a month. Who was still open is counted as from elsewhere; drafts go as a whole."""
    due = _past_reports()
    ids = db.session.scalars(due.order_by(AttendanceReport.id)).all()
    db.session.rollback()
    for report_id in ids:
        report = db.session.get(AttendanceReport, report_id)
        if report is not None:
            forget(report)
        db.session.commit()
    return len(ids)


def forget(report: AttendanceReport) -> None:
    hold(report.webinar)
    see(report)
    if report.is_draft:
        _delete(report)
        return
    lines = lines_of(report)
    if any(line.is_open for line in lines):
        for line in lines:
            if line.is_open:
                line.state = LineState.NOT_OURS
        _write(report, actor=None)
    db.session.execute(delete(AttendanceLine).where(AttendanceLine.report_id == report.id))
    report.forgotten_at = clock.now()
    audit.record(AttendanceEvent.FORGOTTEN, report, actor=None, people=len(lines))
