"""Times of webinars: entered and read by the clock in Poland, kept as moments."""

from datetime import UTC, date, datetime, time

from babel.dates import format_date

from core import clock
from core.formatting import day
from core.i18n import _, language
from webinars.errors import FarAway, NoSuchHour
from webinars.models import Webinar

YEARS = range(2000, 2200)


def moment_of(on: date, at: time) -> datetime:
    """The moment at which clocks in Poland show this; in the night that has it twice, the first. None is leapt over."""
    if on.year not in YEARS:
        raise FarAway
    moment = datetime.combine(on, at, tzinfo=clock.LOCAL_ZONE).astimezone(UTC)
    shown = clock.local(moment)
    if (shown.date(), shown.time()) != (on, at):
        raise NoSuchHour
    return moment


def said(webinar: Webinar) -> str:
    """``Wednesday, 5 May 2027, 10:00–11:30``; of one taken over only its day is known."""
    first, last = clock.local(webinar.starts_at), clock.local(webinar.ends_at)
    on = f"{format_date(first.date(), 'EEEE', locale=language())}, {day(first.date())}"
    if webinar.taken_over:
        return on
    end = f"{last:%H:%M}" if last.date() == first.date() else f"{day(last.date())}, {last:%H:%M}"
    return f"{on}, {first:%H:%M}–{end}"


def place_said(webinar: Webinar) -> str:
    """Where it is held, as everybody may read it: of an online one never the link."""
    online = str(webinar.form.label)
    if webinar.form.is_online:
        return f"{online}, {webinar.place}" if webinar.place else online
    return webinar.place or _("On site")
