"""When and where a webinar is, in words."""

from core import clock, local_times
from core.formatting import day, weekday_in_a_line
from core.i18n import _
from webinars.models import Webinar


def said(webinar: Webinar) -> str:
    """``Wednesday, 5 May 2027, 10:00–11:30``; of one taken over only its day is known."""
    if webinar.taken_over:
        on = clock.local(webinar.starts_at).date()
        return f"{weekday_in_a_line(on)}, {day(on)}"
    return local_times.said(webinar.starts_at, webinar.minutes)


def place_said(webinar: Webinar) -> str:
    """Where it is held, as everybody may read it: of an online one never the link."""
    online = str(webinar.form.label)
    if webinar.form.is_online:
        return f"{online}, {webinar.place}" if webinar.place else online
    return webinar.place or _("On site")
