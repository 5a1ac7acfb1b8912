"""What has a date: each package names its own, and the calendar, the home pages and private feeds show them together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from flask import Flask, current_app

from core import clock
from core.calendars import Entry
from core.i18n import LazyString, _l
from core.labels import LabelledEnum

_KEY, _PROGRAMME = "gromada_agenda", "gromada_programme_agenda"


class Group(LabelledEnum):
    """By what the calendar of the whole programme is narrowed."""

    VISIT = "visit", _l("Visits")
    MEETING = "meeting", _l("Meetings")
    WEBINAR = "webinar", _l("Webinars")
    OUTSIDE = "outside", _l("Events of others")
    DEADLINE = "deadline", _l("Deadlines")
    LEAVE = "leave", _l("Leave and cover")


@dataclass(frozen=True)
class Appointment:
    """One entry of a calendar, and where in the application it is told about."""

    entry: Entry
    kind: LazyString
    """What it is, as on a label: ``Visit``."""
    path: str = ""
    """Its page in the application; empty where there is none for this reader."""
    about: str = ""
    """What a page says of it beside its kind, most often the municipality; its title where nothing is said."""
    group: Group | None = None
    region: str = ""
    """The voivodeship, where it is of one."""
    animators: Mapping[int, str] = field(default_factory=dict)
    """Whom it concerns, by their ids; nobody: it is not one animator's."""

    @property
    def day(self) -> date:
        begins = self.entry.begins
        return clock.local(begins).date() if isinstance(begins, datetime) else begins

    @property
    def last_day(self) -> date:
        """What ends at midnight ends on the day before."""
        ends = self.entry.ends
        if ends is None:
            return self.day
        if isinstance(ends, datetime):
            return max(self.day, (clock.local(ends) - timedelta(microseconds=1)).date())
        return ends - timedelta(days=1)

    @property
    def starts_at(self) -> datetime | None:
        """By the clock of the programme's country; None: it is about whole days."""
        begins = self.entry.begins
        return clock.local(begins) if isinstance(begins, datetime) else None


Source = Callable[[Any, date, date], Iterable[Appointment]]
"""Asked for a person and two days, both included: what that person may see of it, in a fixed number of queries.

What was called off may come too, marked so in its entry; pages leave it out, private feeds pass it on.
"""


def add_to_agenda(app: Flask, *sources: Source) -> None:
    app.extensions.setdefault(_KEY, []).extend(sources)


def agenda_of(person: Any, first: date, last: date) -> Sequence[Appointment]:
    """Everything of these days, in order; what lasts the whole day stands first."""
    return _gathered(_KEY, person, first, last)


def add_to_programme_agenda(app: Flask, *sources: Source) -> None:
    """The same of everything there is, for whoever follows the whole programme: the page asks who that is."""
    app.extensions.setdefault(_PROGRAMME, []).extend(sources)


def programme_agenda(person: Any, first: date, last: date) -> Sequence[Appointment]:
    return _gathered(_PROGRAMME, person, first, last)


def _gathered(key: str, person: Any, first: date, last: date) -> Sequence[Appointment]:
    sources: list[Source] = current_app.extensions.get(key, [])
    found = chain.from_iterable(source(person, first, last) for source in sources)
    return sorted(found, key=_in_order)


def _in_order(one: Appointment) -> tuple[date, float]:
    """By the moment, in whichever zone its source wrote it."""
    return one.day, one.starts_at.timestamp() if one.starts_at else 0
