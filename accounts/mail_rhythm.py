"""How often somebody gets what can wait, and when that is."""

from datetime import date, datetime, time, timedelta

from core import clock
from core.i18n import _l
from core.labels import LabelledEnum

HOUR = time(7)
"""By the clock of the programme's country: the bundle is there when the day begins."""
MONDAY = 0


class MailRhythm(LabelledEnum):
    AT_ONCE = "at_once", _l("At once, each by itself")
    DAILY = "daily", _l("Once a day, in one mail")
    WEEKLY = "weekly", _l("Once a week, on Monday, in one mail")


class MailTopic(LabelledEnum):
    """Mails that a person may do without."""

    REMINDERS = "reminders", _l("Reminders of what is still open")
    NEWS = "news", _l("What others did, where there is nothing for you to do")


def held_until(rhythm: MailRhythm, *, due: date | datetime | None = None) -> datetime | None:
    """When the next bundle is made; one that leaves less than a day until ``due`` is too late. None: at once."""
    if rhythm is MailRhythm.AT_ONCE:
        return None
    latest = None if due is None else _moment(due) - timedelta(days=1)
    wanted = [_next(weekly=True)] if rhythm is MailRhythm.WEEKLY else []
    return next((at for at in [*wanted, _next()] if latest is None or at <= latest), None)


def _next(*, weekly: bool = False) -> datetime:
    """The next time the clock strikes seven, on both sides of a clock change; weekly: on a Monday."""
    now = clock.now()
    day = clock.local(now).date()
    while (at := datetime.combine(day, HOUR, tzinfo=clock.LOCAL_ZONE)) <= now or (
        weekly and day.weekday() != MONDAY
    ):
        day += timedelta(days=1)
    return at


def _moment(due: date | datetime) -> datetime:
    return due if isinstance(due, datetime) else datetime.combine(due, time(), tzinfo=clock.LOCAL_ZONE)
