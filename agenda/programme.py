"""The calendar of the whole programme: a month, a week or a list, narrowed by what it is, where, and whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from agenda.months import YEARS, Month, MonthPage, month_page, week_page
from core.agenda import Appointment, Group, programme_agenda
from core.i18n import _l
from core.labels import LabelledEnum


class Showing(LabelledEnum):
    MONTH = "month", _l("Month")
    WEEK = "week", _l("Week")
    LIST = "list", _l("List")


@dataclass(frozen=True)
class Wanted:
    """Empty values narrow nothing."""

    group: Group | None = None
    region: str = ""
    animator: int | None = None

    def fits(self, one: Appointment) -> bool:
        return (
            (self.group is None or one.group is self.group)
            and (not self.region or one.region == self.region)
            and (self.animator is None or self.animator in one.animators)
        )


@dataclass(frozen=True)
class ProgrammePage:
    showing: Showing
    day: date
    page: MonthPage
    appointments: Sequence[Appointment]
    """For the list: what stands, in order."""
    regions: Sequence[str]
    animators: Sequence[tuple[int, str]]
    """To choose from: whoever has something in these days, and whoever is asked for."""

    @property
    def previous(self) -> date | None:
        return self._if_shown(self._back())

    @property
    def next(self) -> date | None:
        return self._if_shown(self._on())

    def _back(self) -> date:
        if self.showing is Showing.WEEK:
            return self.day - timedelta(days=7)
        return Month.of(self.day).plus(-1).first

    def _on(self) -> date:
        if self.showing is Showing.WEEK:
            return self.day + timedelta(days=7)
        return Month.of(self.day).plus(1).first

    @staticmethod
    def _if_shown(day: date) -> date | None:
        return day if day.year in YEARS else None


def day_written(text: str) -> date | None:
    """None for what is no day that a page shows."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def programme_page(
    person: User, showing: Showing, day: date, wanted: Wanted, *, today: date
) -> ProgrammePage:
    month, monday = Month.of(day), day - timedelta(days=day.weekday())
    is_week = showing is Showing.WEEK
    first, last = _days(showing, month, monday)
    found = programme_agenda(person, first, last)
    fitting = [one for one in found if wanted.fits(one) and not one.entry.is_cancelled]
    return ProgrammePage(
        showing,
        monday if is_week else month.first,
        week_page(monday, fitting, today) if is_week else month_page(month, fitting, today),
        fitting,
        sorted({one.region for one in found if one.region} | ({wanted.region} - {""})),
        sorted({(who, name) for one in found for who, name in one.animators.items()}, key=lambda one: one[1]),
    )


def _days(showing: Showing, month: Month, monday: date) -> tuple[date, date]:
    """The days around a month that fill its first and last week belong to the page, not to the list."""
    if showing is Showing.WEEK:
        return monday, monday + timedelta(days=6)
    if showing is Showing.LIST:
        return month.first, month.plus(1).first - timedelta(days=1)
    return month.weeks[0][0], month.weeks[-1][-1]
