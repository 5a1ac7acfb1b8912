"""What happened week by week since the programme began: only what has a day of its own, never a status of today.

Each series counts the same records as the indicator of its name in ``reporting/indicators.py``, so that a week's number
leads to its rows there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all

from animators.consultations.models import Consultation
from animators.reports.counting import place_among
from core import clock
from core.charts import Chart, Entry, Frame, columns
from core.database import db
from core.formatting import day, number
from core.i18n import _, _l
from core.labels import LabelledEnum
from meetings.models import PartnershipMeeting
from overview.risks import begin_of
from partnerships.models import Partnership
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from programme.queries import the_programme
from reporting.rows import Span, remote_confirmed, visit_held
from webinars.models import Attendance, Webinar

WEEK = timedelta(days=7)
TABLE = "weeks-table"
LABELS = 8
"""Under a chart of half the width."""


class Series(LabelledEnum):
    """The values are the codes of the indicators."""

    FOUNDED = "partnerships_founded", _l("Partnerships founded")
    PUBLISHED = "plans_published", _l("Plans published")
    MEETINGS = "meetings", _l("Meetings")
    VISITS = "visits_held", _l("Visits")
    REMOTE = "remote_confirmed", _l("Remote consultations")
    WEBINARS = "webinar_people", _l("Webinar attendances")


@dataclass(frozen=True)
class Week:
    """The outer two may be cut by the programme's first day and by today."""

    span: Span
    counts: Mapping[Series, int]


@dataclass(frozen=True)
class Trend:
    weeks: Sequence[Week]

    def total(self, series: Series) -> int:
        return sum(week.counts[series] for week in self.weeks)

    @property
    def span(self) -> Span:
        return Span(self.weeks[0].span.first, self.weeks[-1].span.last)


def weekly_trend() -> Trend:
    """Two queries, whatever the number of weeks and records."""
    spans = weeks_of(the_programme().row.starts_on, clock.today())
    found: dict[tuple[str, int], int] = {}
    bounds = [one.first for one in spans] + [spans[-1].last + timedelta(days=1)]
    for parts, ends in (
        ((_founded(), _meetings()), bounds),
        ((_published(), _visits(), _remote(), _attendances()), [begin_of(on) for on in bounds]),
    ):
        every = union_all(*parts).subquery()
        place = place_among(every.c.at, ends).label("place")
        counted = select(every.c.series, place, func.sum(every.c.amount)).group_by("series", "place")
        found |= {(series, at): int(amount) for series, at, amount in db.session.execute(counted)}
    return Trend(
        [
            Week(span, {series: found.get((series.value, at), 0) for series in Series})
            for at, span in enumerate(spans)
        ]
    )


def weeks_of(first: date, last: date) -> list[Span]:
    """From Monday to Sunday; before the programme begins its first week alone."""
    last, begins = max(first, last), first
    spans = []
    while begins <= last:
        ends = begins + timedelta(days=6 - begins.weekday())
        spans.append(Span(begins, min(ends, last)))
        begins = ends + timedelta(days=1)
    return spans


# --- Which records, on which moment of theirs, and how much each gives -----------------------------------------


def _of(series: Series, at: Any, amount: Any = None) -> Select[*tuple[Any, ...]]:
    given = literal(1) if amount is None else amount
    return select(literal(series.value).label("series"), at.label("at"), given.label("amount"))


def _founded() -> Select[*tuple[Any, ...]]:
    return _of(Series.FOUNDED, Partnership.founded_on).where(Partnership.founded_on.is_not(None))


def _meetings() -> Select[*tuple[Any, ...]]:
    return _of(Series.MEETINGS, PartnershipMeeting.held_on).where(
        PartnershipMeeting.people_count.is_not(None), PartnershipMeeting.called_off_at.is_(None)
    )


def _published() -> Select[*tuple[Any, ...]]:
    """Each general plan once: when its first version became public."""
    first = (
        select(func.min(PlanVersion.published_at).label("at"))
        .join(PlanVersion.plan)
        .where(Plan.kind == PlanKind.GENERAL, PlanVersion.published_at.is_not(None))
        .group_by(PlanVersion.plan_id)
        .subquery()
    )
    return _of(Series.PUBLISHED, first.c.at)


def _began() -> Any:
    return func.coalesce(Consultation.actual_start, Consultation.planned_start)


def _visits() -> Select[*tuple[Any, ...]]:
    return _of(Series.VISITS, _began()).where(visit_held())


def _remote() -> Select[*tuple[Any, ...]]:
    return _of(Series.REMOTE, _began()).where(remote_confirmed())


def _attendances() -> Select[*tuple[Any, ...]]:
    """From municipalities; people from elsewhere are counted apart."""
    counted = _of(Series.WEBINARS, Webinar.starts_at, Attendance.people_count)
    known = counted.select_from(Attendance).join(Webinar, Attendance.webinar_id == Webinar.id)
    return known.where(Attendance.municipality_id.is_not(None))


# --- Drawn -----------------------------------------------------------------------------------------------------


def charts_of(trend: Trend) -> list[Chart]:
    """A small one for each series: they differ too much for one scale."""
    return [_chart(trend, series) for series in Series]


def _chart(trend: Trend, series: Series) -> Chart:
    best = max(trend.weeks, key=lambda week: week.counts[series])
    said = _("%(total)s together.", total=number(trend.total(series)))
    if most := best.counts[series]:
        said += " " + _(
            "Most in the week from %(day)s: %(most)s.", day=day(best.span.first), most=number(most)
        )
    frame = Frame(
        f"weeks-{series.value}", f"{series.label}: {number(trend.total(series))}", said, TABLE, (str(series.label),),
        number, most_labels=LABELS,
    )  # fmt: skip
    entries = [
        Entry(_short(week.span.first), [week.counts[series]], str(week.span.first.year))
        for week in trend.weeks
    ]
    return columns(frame, entries)


def _short(on: date) -> str:
    """The year stands below."""
    return f"{on.day}.{on.month:02d}"
