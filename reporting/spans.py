"""The periods a programme reports by, from its first day to its last, as its settings say."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from core.formatting import day
from core.i18n import _
from programme.settings import PeriodKind
from reporting.rows import Span

MONTHS_OF = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}
YEAR = 12


def spans_of(first: date, last: date, kind: PeriodKind) -> Iterator[Span]:
    """Whole ones of the calendar; the programme's own first and last day cut the outer two."""
    begins = date(first.year, (first.month - 1) // MONTHS_OF[kind] * MONTHS_OF[kind] + 1, 1)
    while begins <= last:
        after = _months_later(begins, MONTHS_OF[kind])
        yield Span(max(begins, first), min(after - timedelta(days=1), last))
        begins = after


def what_is_left(whole: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """Its days that lie in none of the others, as spans without a gap."""
    first = whole.first
    for one in sorted(one for one in taken if one.first <= whole.last and whole.first <= one.last):
        if first < one.first:
            yield Span(first, one.first - timedelta(days=1))
        first = max(first, one.last + timedelta(days=1))
    if first <= whole.last:
        yield Span(first, whole.last)


def due_after(last: date, due_day: int) -> date:
    """The given day of the month after the period."""
    return _months_later(last.replace(day=1), 1).replace(day=due_day)


def _months_later(day_: date, months: int) -> date:
    years, month = divmod(day_.month - 1 + months, YEAR)
    return date(day_.year + years, month + 1, 1)


def span_label(first: date, last: date) -> str:
    """``Q2 2026``, ``2026``, or both days."""
    whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1 and first.year == last.year
    if whole_months and (first.month, last.month) == (1, YEAR):
        return str(first.year)
    if whole_months and last.month - first.month == 2 and last.month % 3 == 0:
        return _("Quarter %(quarter)s of %(year)s", quarter=last.month // 3, year=first.year)
    return f"{day(first)} – {day(last)}"
