"""Who came to a webinar: a leader with a certificate, a report with somebody to settle."""

from collections.abc import Mapping
from datetime import UTC, datetime

from accounts.models import User
from core.database import db
from tests.guards.matrix.markers import HOSTILE, hostile
from tests.guards.matrix.world import Record, World
from webinars.attendance import by_hand, reports
from webinars.attendance.writing import present_of
from webinars.certificates.queries import counting_of
from webinars.certificates.services import issue
from webinars.models import Webinar, WebinarStatus
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration

WAS = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
SEAT, CERTIFICATE = "seat to tick", "certificate on paper"
"""Where ``World.seen`` keeps what forms are filled with."""
REPORT_FILE = (
    f'Name,Email,Duration\n"{hostile("adraftvisitor").replace(chr(34), chr(34) * 2)}",,50 min\n'.encode()
)


def some_attendance(world: World, people: Mapping[str, User]) -> None:
    webinar = Webinar(
        title=f"Odbyte {HOSTILE}",
        abstract=HOSTILE,
        starts_at=WAS,
        minutes=60,
        status=WebinarStatus.HELD,
        announced_at=WAS,
    )
    db.session.add(webinar)
    db.session.flush()
    leader, deputy, office = (people[name] for name in ("leader", "deputy", "office"))
    mine, theirs = (_seat(webinar, person) for person in (leader, deputy))
    by_hand.tick(webinar, [mine.id], actor=office)
    report = reports.take_in(webinar, REPORT_FILE, actor=office)
    (line,) = reports.lines_of(report)
    row = next(row for rows in present_of(webinar).people.values() for row in rows)
    (certificate,) = issue(leader, list(counting_of(webinar).values()))
    world.seen[SEAT] = str(theirs.id)
    world.seen[CERTIFICATE] = f"{certificate.number} {certificate.held_on}"
    _keep(world, "attended webinar", "attended", webinar_id=webinar.id)
    _keep(world, "attendance", "leader's", attendance_id=row.id)
    _keep(world, "attendance report", "draft", report_id=report.id)
    _keep(world, "attendance line", "open", line_id=line.id)
    _keep(world, "certificate", "leader's", certificate_id=certificate.id)


def _seat(webinar: Webinar, person: User) -> WebinarRegistration:
    seat = WebinarRegistration(
        webinar=webinar, user=person, language="pl", group=AudienceGroup.PARTICIPANT, asked_at=WAS,
        status=RegistrationStatus.REGISTERED, access_needs=[],
    )  # fmt: skip
    db.session.add(seat)
    db.session.flush()
    return seat


def _keep(world: World, kind: str, name: str, **values: object) -> None:
    world.records.setdefault(kind, []).append(Record(name, "a", values))
