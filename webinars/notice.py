"""How many days ahead people learn of a webinar: of its first time, and of any other it is moved to."""

from datetime import datetime

from core import clock
from programme.queries import the_programme
from webinars.errors import ShortNotice
from webinars.models import Webinar


def days_until(starts_at: datetime) -> int:
    """From today to its day, by the calendar on the wall: an hour more or less, as the clocks change, is no day."""
    return (clock.local(starts_at).date() - clock.today()).days


def is_short(days: int | None) -> bool:
    return days is not None and days < the_programme().settings.webinar_notice_days


def keep_notice(webinar: Webinar, starts_at: datetime, reason: str | None) -> None:
    """For an announcement or a move: too short a notice needs a reason, and the office's figures show both.

    The shortest notice there ever was stays; a later one with time enough takes no reason away.
    """
    days = days_until(starts_at)
    if is_short(days):
        if not reason:
            raise ShortNotice(the_programme().settings.webinar_notice_days)
        webinar.short_notice_reason = reason
    if webinar.notice_days is None or days < webinar.notice_days:
        webinar.notice_days = days
