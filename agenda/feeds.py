"""What a person's calendar is given: everything of theirs from a year ago to two years ahead, as they may see it now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from flask import current_app, request

from accounts.models import User
from agenda.months import Month
from core import clock
from core.agenda import agenda_of
from core.calendars import Entry, calendar_file
from core.i18n import _, in_language
from programme.queries import the_programme

MONTHS_BACK, MONTHS_AHEAD = 12, 24
ASK_AGAIN = timedelta(hours=1)


def bounds(today: date) -> tuple[date, date]:
    """Whole months, so that the answer of one month does not change by itself from day to day."""
    month = Month.of(today)
    return month.plus(-MONTHS_BACK).first, month.plus(MONTHS_AHEAD + 1).first - timedelta(days=1)


def calendar_of(person: User) -> str:
    """In the person's own language, whoever asks."""
    with in_language(person.language):
        name = _("%(programme)s: %(name)s", programme=the_programme().name, name=person.name)
        return calendar_file(list(_entries(person)), name=name, refresh=ASK_AGAIN)


def _entries(person: User) -> Iterator[Entry]:
    """With the way back to what each is about. A uid stands once, also where two sources know of it."""
    told: set[str] = set()
    for one in agenda_of(person, *bounds(clock.today())):
        if one.entry.uid not in told:
            told.add(one.entry.uid)
            yield replace(one.entry, url=_address(one.path))


def _address(path: str) -> str:
    """Under our own public address, whatever host the request names."""
    own = path.removeprefix(request.script_root)
    return f"{current_app.config['PUBLIC_URL']}{own}" if path else ""
