"""What the office looks at over a period: how far ahead each webinar was announced, who registered, who came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import case, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from core import clock
from core.database import db
from webinars.models import Attendance, Webinar, WebinarStatus
from webinars.notice import is_short
from webinars.registrations.models import HOLDS_SEAT, AudienceGroup, WebinarRegistration


@dataclass(frozen=True)
class FiguresRow:
    webinar: Webinar
    registered: int
    from_partnerships: int
    """Of those registered."""
    attended: int | None
    """People, each once; None where nobody has entered any yet."""
    attended_from_partnerships: int | None
    """Of those who came: people of the programme's municipalities."""

    @property
    def is_short(self) -> bool:
        return is_short(self.webinar.notice_days)


def figures(first: date, last: date) -> Sequence[FiguresRow]:
    """Webinars of these days, cancelled ones too, in time; three queries in all. Events of others are not ours to count."""
    begin, end = (
        datetime.combine(day, time(), tzinfo=clock.LOCAL_ZONE).astimezone(UTC)
        for day in (first, last + timedelta(days=1))
    )
    webinars = db.session.scalars(
        select(Webinar)
        .where(
            Webinar.starts_at >= begin,
            Webinar.starts_at < end,
            Webinar.status != WebinarStatus.DRAFT,
            Webinar.is_outside.is_(False),
        )
        .options(joinedload(Webinar.series))
        .order_by(Webinar.starts_at, Webinar.id)
    ).all()
    ids = [one.id for one in webinars]
    seats, attended = _seats(ids), _attended(ids)
    return [
        FiguresRow(
            one,
            sum(seats.get((one.id, group), 0) for group in AudienceGroup),
            seats.get((one.id, AudienceGroup.PARTICIPANT), 0),
            _sum(attended, one.id, (True, False)),
            _sum(attended, one.id, (True,)),
        )
        for one in webinars
    ]


def _seats(webinar_ids: Sequence[int]) -> Mapping[tuple[int, AudienceGroup], int]:
    rows = db.session.execute(
        select(WebinarRegistration.webinar_id, WebinarRegistration.group, func.count())
        .where(WebinarRegistration.webinar_id.in_(webinar_ids), WebinarRegistration.status.in_(HOLDS_SEAT))
        .group_by(WebinarRegistration.webinar_id, WebinarRegistration.group)
    )
    return {(webinar_id, group): number for webinar_id, group, number in rows}


def _attended(webinar_ids: Sequence[int]) -> Mapping[tuple[int, bool], int]:
    """By webinar, and whether of a municipality. Whoever stands there for several, or came from elsewhere once, is one person."""
    is_of_one = case((Attendance.municipality_id.is_not(None), 1), else_=0)
    people = (
        select(Attendance.webinar_id, func.max(is_of_one).label("is_ours"), literal(1).label("people"))
        .where(Attendance.webinar_id.in_(webinar_ids), Attendance.user_id.is_not(None))
        .group_by(Attendance.webinar_id, Attendance.user_id)
    )
    counted = select(Attendance.webinar_id, is_of_one, Attendance.people_count).where(
        Attendance.webinar_id.in_(webinar_ids), Attendance.user_id.is_(None)
    )
    came = union_all(people, counted).subquery("came")
    rows = db.session.execute(
        select(came.c.webinar_id, came.c.is_ours, func.sum(came.c.people)).group_by(
            came.c.webinar_id, came.c.is_ours
        )
    )
    return {(webinar_id, bool(is_ours)): int(number) for webinar_id, is_ours, number in rows}


def _sum(attended: Mapping[tuple[int, bool], int], webinar_id: int, groups: Sequence[bool]) -> int | None:
    if not any((webinar_id, group) in attended for group in (True, False)):
        return None
    return sum(attended.get((webinar_id, group), 0) for group in groups)
