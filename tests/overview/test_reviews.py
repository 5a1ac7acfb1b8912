"""How long plans waited for a decision: the middle of them, and what nine of ten stayed within."""

from datetime import date

import pytest

from core.database import db
from overview.reviews import Quarter, chart_of, review_times
from plans.workflow import PlanStatus
from reporting.counting import count
from reporting.indicators import indicator_called
from reporting.rows import Span
from tests.overview.records import noon, planned

SPAN = Span(date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("days", "middle", "most"),
    [
        ([], None, None),
        ([3], 3, 3),
        ([1, 2], 1.5, 2),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 30], 5.5, 9),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30], 6, 10),
    ],
)
def test_the_middle_and_nine_of_ten(days, middle, most):
    quarter = Quarter(SPAN, days)

    assert (quarter.median, quarter.nine_of_ten) == (middle, most)


@pytest.fixture
def decided(make):
    """Three decisions in the first quarter, one in the second, one not yet."""
    for sent, at in (
        (date(2026, 1, 12), date(2026, 1, 13)),
        (date(2026, 1, 12), date(2026, 1, 16)),
        (date(2026, 3, 30), date(2026, 3, 31)),
        (date(2026, 3, 30), date(2026, 4, 1)),
        (date(2026, 4, 1), None),
    ):
        version = planned(make.partnership(), PlanStatus.SUBMITTED, noon(sent), submitted_at=noon(sent))
        version.decided_at = noon(at) if at else None
    db.session.commit()


def test_a_decision_is_of_the_quarter_it_was_made_in(decided):
    quarters = review_times()

    assert [(one.span.first, one.days) for one in quarters] == [
        (date(2026, 1, 1), [1, 1, 4]),
        (date(2026, 4, 1), [2]),
    ]


def test_the_median_is_the_one_that_is_reported(decided):
    indicator = indicator_called("review_days")

    assert indicator is not None
    assert [count(indicator, one.span).value for one in review_times()] == [
        one.median for one in review_times()
    ]


def test_the_chart_shows_both_and_leaves_out_quarters_without_a_decision(decided):
    quarters = [*review_times(), Quarter(Span(date(2026, 7, 1), date(2026, 9, 30)), [])]

    chart = chart_of(quarters)

    assert [point.said for point in chart.points] == [
        "Q1 2026, Half of them within: 1", "Q2 2026, Half of them within: 2",
        "Q1 2026, Nine of ten within: 4", "Q2 2026, Nine of ten within: 2",
    ]  # fmt: skip
    assert "The programme allows 10." in chart.said


def test_without_any_decision_the_chart_is_empty(app):
    assert chart_of(review_times()).is_empty
