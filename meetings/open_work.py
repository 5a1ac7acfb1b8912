"""Meetings that a new leader finds: called and still to come, or over and not yet told about."""

from accounts.models import User
from core.formatting import day
from core.i18n import LazyString, _
from meetings.models import MeetingState, PartnershipMeeting
from meetings.queries import in_order
from partnerships.handovers.open_work import OpenWork
from partnerships.models import Partnership


def open_meetings(partnership: Partnership, former: User | None) -> list[OpenWork]:
    """They follow the rights by themselves."""
    return [OpenWork(text) for meeting in in_order(partnership) if (text := _standing(meeting)) is not None]


def _standing(meeting: PartnershipMeeting) -> LazyString | None:
    if meeting.state is MeetingState.PLANNED:
        return LazyString(lambda: _("Meeting on %(day)s: it is called", day=day(meeting.held_on)))
    if meeting.state is MeetingState.UNRECORDED:
        return LazyString(lambda: _("Meeting on %(day)s: to be recorded", day=day(meeting.held_on)))
    return None
