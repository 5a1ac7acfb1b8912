"""How long plans waited for a decision, quarter by quarter: the middle of them, and what nine of ten stayed within."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from sqlalchemy import select

from core import clock
from core.charts import Chart, Entry, Frame, lines
from core.database import db
from core.formatting import number
from core.i18n import _
from overview.risks import local_day
from plans.models import PlanVersion
from programme.queries import the_programme
from programme.settings import PeriodKind
from reporting.rows import Span, review_days
from reporting.spans import spans_of

TABLE = "reviews-table"
HALF = 2
"""The chart counts in half days: a median may lie between two whole ones."""


@dataclass(frozen=True)
class Quarter:
    span: Span
    days: Sequence[int]
    """Working days of every decision made in it, the shortest first."""

    @property
    def median(self) -> Decimal | None:
        return Decimal(str(median(self.days))) if self.days else None

    @property
    def nine_of_ten(self) -> int | None:
        """The fewest days that at least 90 % of the decisions did not need longer than."""
        return self.days[-(-len(self.days) * 9 // 10) - 1] if self.days else None


def review_times() -> list[Quarter]:
    """From the programme's first day until today, in two queries; the days are those of the indicator."""
    first, last = the_programme().row.starts_on, clock.today()
    whole = Span(first, max(first, last))
    decided = dict(
        db.session.execute(
            select(PlanVersion.id, PlanVersion.decided_at).where(
                PlanVersion.decided_at >= whole.begins_at, PlanVersion.decided_at < whole.ends_before
            )
        ).all()
    )
    counted = [
        (local_day(at), row.amount)
        for row in review_days(whole)
        if (at := decided[row.record_id]) is not None
    ]
    return [
        Quarter(span, sorted(days for on, days in counted if span.first <= on <= span.last))
        for span in spans_of(whole.first, date(whole.last.year, 12, 31), PeriodKind.QUARTER)
        if span.first <= whole.last
    ]


def chart_of(quarters: Sequence[Quarter]) -> Chart:
    """Quarters without a decision have no place on it: none is not nought."""
    with_any = [one for one in quarters if one.days]
    allowed = the_programme().settings.review_working_days
    said = _(
        "Working days from handing a plan over to the decision. The programme allows %(days)s.", days=allowed
    )
    series = (str(_("Half of them within")), str(_("Nine of ten within")))
    frame = Frame("reviews", _("Review times by quarter"), said, TABLE, series, _in_days, HALF)
    return lines(frame, [_entry(one) for one in with_any])


def _entry(quarter: Quarter) -> Entry:
    middle, most = quarter.median or Decimal(0), quarter.nine_of_ten or 0
    number_of = (quarter.span.first.month + 2) // 3
    return Entry(
        _("Q%(quarter)s", quarter=number_of), (int(middle * HALF), most * HALF), str(quarter.span.first.year)
    )


def _in_days(halves: int) -> str:
    return number(Decimal(halves) / HALF)
