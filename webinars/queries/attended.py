"""Who took part, as the minimum tasks count it: leaders and deputies in office at the time, by attendances that count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from core import clock
from core.database import db
from partnerships.models import LeaderTerm, Partnership
from programme.queries import the_programme
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarSeries

Term = tuple[date, date | None]


@dataclass(frozen=True)
class Counted:
    """One webinar that a partnership has taken part in."""

    webinar_id: int
    title: str
    on: date
    by_recording: bool


def counted_attendances(
    partnership_ids: Sequence[int], *, until: date | None = None
) -> dict[int, list[Counted]]:
    """For partnerships that have any: each webinar once, the earliest first. In one query, however many are asked for.

    It counts for who led on the day of the webinar, or watched its recording as a leader, so it stays after a hand-over;
    where partnerships have merged, the leaders of the one that went on there count too.
    """
    if not partnership_ids:
        return {}
    led = aliased(Partnership)
    recording_counts = the_programme().settings.recording_counts_as_attendance
    found = db.session.execute(
        select(
            Partnership.id, Webinar.id, Webinar.title, Webinar.starts_at, Attendance.source, Attendance.minutes,
            Attendance.created_at, func.coalesce(WebinarSeries.min_minutes, 0),
            func.coalesce(WebinarSeries.recording_counts, recording_counts), LeaderTerm.starts_on, LeaderTerm.ends_on,
        )
        .join(Attendance, Attendance.municipality_id == Partnership.municipality_id)
        .join(Webinar, Webinar.id == Attendance.webinar_id)
        .outerjoin(WebinarSeries, WebinarSeries.id == Webinar.series_id)
        .join(LeaderTerm, LeaderTerm.user_id == Attendance.user_id)
        .join(led, led.id == LeaderTerm.partnership_id)
        .where(
            Partnership.id.in_(partnership_ids),
            or_(led.id == Partnership.id, led.successor_id == Partnership.id),
            Webinar.is_outside.is_(False),
        )
        .order_by(Webinar.starts_at, Webinar.id)
    )  # fmt: skip
    counted: dict[int, dict[int, Counted]] = {}
    for partnership, webinar, title, starts_at, source, minutes, at, least, counts, begins, ends in found:
        by_recording = source is AttendanceSource.RECORDING
        on = clock.local(at if by_recording else starts_at).date()
        if by_recording and not counts:
            continue
        too_short = not by_recording and minutes is not None and minutes < least
        if too_short or not _held_on(on, (begins, ends)) or (until is not None and on > until):
            continue
        known = counted.setdefault(partnership, {})
        was_there = webinar in known and not known[webinar].by_recording
        known[webinar] = Counted(webinar, title, on, by_recording and not was_there)
    return {partnership: list(webinars.values()) for partnership, webinars in counted.items()}


def _held_on(day: date, term: Term) -> bool:
    begins, ends = term
    return begins <= day and (ends is None or day <= ends)
