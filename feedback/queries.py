"""What people say of public pages, counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select

from core import clock
from core.database import db
from feedback.models import PageFeedback

LATELY = timedelta(days=30)
MONTHS = 12
MOST_TEXTS = 100


@dataclass(frozen=True)
class PageResult:
    path: str
    yes: int
    no: int
    words: int
    yes_lately: int
    no_lately: int
    """Of the last 30 days."""
    yes_before: int
    no_before: int
    """Of the 30 days before those."""

    @property
    def percent(self) -> int:
        return _percent(self.yes, self.no) or 0

    @property
    def change(self) -> int | None:
        """In percentage points; None: there is nothing to compare."""
        lately = _percent(self.yes_lately, self.no_lately)
        before = _percent(self.yes_before, self.no_before)
        return None if lately is None or before is None else lately - before


def results() -> Select[*tuple[Any, ...]]:
    """One row for each page, those that help least often first; of several the one with more answers."""
    today = clock.today()
    lately, before = today - LATELY, today - 2 * LATELY
    is_lately = PageFeedback.given_on > lately
    is_before = (PageFeedback.given_on > before) & (PageFeedback.given_on <= lately)
    yes, no = PageFeedback.helpful.is_(True), PageFeedback.helpful.is_(False)
    return (
        select(
            PageFeedback.path,
            _count(yes),
            _count(no),
            func.count(PageFeedback.text),
            _count(yes & is_lately),
            _count(no & is_lately),
            _count(yes & is_before),
            _count(no & is_before),
        )
        .group_by(PageFeedback.path)
        .order_by((_count(yes) * 100 / func.count()), func.count().desc(), PageFeedback.path)
    )


def result_of(path: str) -> PageResult | None:
    row = db.session.execute(results().where(PageFeedback.path == path)).first()
    return PageResult(*row) if row else None


@dataclass(frozen=True)
class MonthResult:
    month: date
    yes: int
    no: int


def by_month(path: str) -> Sequence[MonthResult]:
    """The last twelve months, each with its answers, also those without any."""
    months = _last_months(clock.today())
    rows = db.session.execute(
        select(PageFeedback.given_on, PageFeedback.helpful, func.count())
        .where(PageFeedback.path == path, PageFeedback.given_on >= months[0])
        .group_by(PageFeedback.given_on, PageFeedback.helpful)
    )
    counts: dict[tuple[date, bool], int] = {}
    for on, helpful, count in rows:
        counts[on.replace(day=1), helpful] = counts.get((on.replace(day=1), helpful), 0) + count
    return [MonthResult(one, counts.get((one, True), 0), counts.get((one, False), 0)) for one in months]


def words_about(path: str) -> Sequence[PageFeedback]:
    """The latest first."""
    return db.session.scalars(
        select(PageFeedback)
        .where(PageFeedback.path == path, PageFeedback.text.is_not(None))
        .order_by(PageFeedback.given_on.desc(), PageFeedback.id.desc())
        .limit(MOST_TEXTS)
    ).all()


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _percent(yes: int, no: int) -> int | None:
    return round(100 * yes / (yes + no)) if yes + no else None


def _last_months(today: date) -> list[date]:
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]
