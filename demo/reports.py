"""Reports to the funder: two quarters frozen, the last one being closed, and a correction that came too late for one."""

from collections.abc import Sequence

from sqlalchemy import select

from accounts.models import User
from core import audit
from core.database import db
from demo.seats import Seat
from meetings.events import MeetingEvent
from meetings.models import PartnershipMeeting
from reporting.differences import compare
from reporting.freezing import begin_closing, freeze, mark_sent, periods_begun
from reporting.models import ReportingPeriod
from tasks.rules import TaskCode
from tasks.services import waive

LATE_BY = 3
"""People whom the list of a meeting had forgotten."""


def report_to_funder(seats: Sequence[Seat]) -> None:
    office = seats[0].office
    over = [period for period in reversed(periods_begun()) if period.ends_on < seats[0].calendar.today]
    for period in over[:-1]:
        begin_closing(period, actor=office)
        db.session.flush()
        freeze(period, actor=office)
    for period in over[-1:]:
        begin_closing(period, actor=office)
    for period in over[:1]:
        mark_sent(period, actor=office)
        _correct_late(period, office)
    _let_off(seats, office)


def _correct_late(period: ReportingPeriod, office: User) -> None:
    """The frozen figure stays, and the difference stands beside it."""
    meeting = db.session.scalars(
        select(PartnershipMeeting)
        .where(
            PartnershipMeeting.held_on.between(period.begins_on, period.ends_on),
            PartnershipMeeting.people_count.is_not(None),
        )
        .order_by(PartnershipMeeting.id)
    ).first()
    if meeting is None or meeting.people_count is None:
        return
    before, meeting.people_count = meeting.people_count, meeting.people_count + LATE_BY
    audit.record(
        MeetingEvent.CHANGED,
        meeting,
        actor=office,
        before={"people_count": before},
        after={"people_count": meeting.people_count},
    )
    db.session.flush()
    compare(period)


def _let_off(seats: Sequence[Seat], office: User) -> None:
    """One partnership has no way to webinars at all."""
    waive(
        seats[-1].partnership,
        TaskCode.WEBINARS,
        reason="Brak łącza pozwalającego na udział; partnerstwo korzysta z nagrań na pendrivie.",
        actor=office,
    )
