"""Weeks from Monday to Sunday by the clock of the country, and each number that of its rows in the reports."""

from datetime import UTC, date, datetime

import pytest

from animators.consultations.models import Channel, ConsultationStatus
from core.database import db
from overview.figures import reach_of_webinars, since_the_start
from overview.trend import Series, charts_of, weekly_trend, weeks_of
from plans.workflow import PlanStatus
from reporting.counting import count
from reporting.indicators import indicator_called
from reporting.rows import Span
from tests.overview.records import advised, met, noon, planned
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarStatus


def attended(partnership, at: datetime, people: int) -> None:
    webinar = Webinar(title="Webinar", starts_at=at, minutes=60, status=WebinarStatus.HELD)
    db.session.add(webinar)
    db.session.flush()
    db.session.add(
        Attendance(
            webinar_id=webinar.id, municipality_id=partnership.municipality_id, people_count=people,
            source=AttendanceSource.MANUAL,
        )
    )  # fmt: skip


@pytest.fixture
def busy(make):
    """Something of everything, at the edges of weeks, before the programme and beside the point."""
    first, second = (
        make.partnership(founded_on=date(2026, 1, 4)),
        make.partnership(founded_on=date(2026, 1, 5)),
    )
    make.partnership(founded_on=date(2025, 12, 31))
    for on in (date(2026, 1, 1), date(2026, 4, 12), date(2026, 4, 13)):
        met(first, on)
    met(first, date(2026, 4, 13), people=None)
    advised(first, datetime(2026, 4, 12, 21, 59, tzinfo=UTC), Channel.VISIT)
    advised(first, datetime(2026, 4, 12, 22, 0, tzinfo=UTC), Channel.VISIT, ConsultationStatus.HELD, number=2)
    advised(second, noon(date(2026, 2, 3)))
    advised(second, noon(date(2026, 2, 4)), status=ConsultationStatus.DISPUTED)
    version = planned(first, PlanStatus.SUPERSEDED, noon(date(2026, 3, 2)), is_current=False)
    version.published_at = noon(date(2026, 3, 2))
    newer = planned(first, PlanStatus.PUBLISHED, noon(date(2026, 3, 12)), number=2, plan=version.plan)
    newer.published_at = noon(date(2026, 3, 12))
    attended(first, noon(date(2026, 3, 29)), 4)
    attended(second, noon(date(2026, 3, 30)), 3)
    db.session.commit()


def counted(series: Series) -> dict[date, int]:
    """By the first day of the week; only where there is something."""
    return {week.span.first: week.counts[series] for week in weekly_trend().weeks if week.counts[series]}


def test_the_first_week_begins_with_the_programme_and_the_last_ends_today():
    weeks = weeks_of(date(2026, 1, 1), date(2026, 1, 14))

    assert weeks == [
        Span(date(2026, 1, 1), date(2026, 1, 4)),
        Span(date(2026, 1, 5), date(2026, 1, 11)),
        Span(date(2026, 1, 12), date(2026, 1, 14)),
    ]


def test_before_the_programme_begins_there_is_one_empty_week(app, clock):
    clock.move_to(datetime(2025, 11, 3, 12, 0, tzinfo=UTC))

    assert [week.span for week in weekly_trend().weeks] == [Span(date(2026, 1, 1), date(2026, 1, 1))]


def test_what_took_place_stands_in_its_week(busy):
    assert {series: counted(series) for series in Series} == {
        Series.FOUNDED: {date(2026, 1, 1): 1, date(2026, 1, 5): 1},
        Series.PUBLISHED: {date(2026, 3, 2): 1},
        Series.MEETINGS: {date(2026, 1, 1): 1, date(2026, 4, 6): 1, date(2026, 4, 13): 1},
        Series.VISITS: {date(2026, 4, 6): 1, date(2026, 4, 13): 1},
        Series.REMOTE: {date(2026, 2, 2): 1},
        Series.WEBINARS: {date(2026, 3, 23): 4, date(2026, 3, 30): 3},
    }


def test_every_number_is_that_of_the_rows_it_leads_to(busy):
    trend = weekly_trend()

    for series in Series:
        indicator = indicator_called(series.value)
        assert indicator is not None
        of_weeks = [int(count(indicator, week.span).value) for week in trend.weeks]
        assert of_weeks == [week.counts[series] for week in trend.weeks], series
        assert sum(of_weeks) == trend.total(series) == int(count(indicator, trend.span).value)


def test_people_from_elsewhere_are_none_of_partnerships(busy):
    """Guests without a municipality have their own count: the report leaves them out, and so does the overview."""
    webinar = db.session.scalars(db.select(Webinar).order_by(Webinar.id)).first()
    db.session.add(Attendance(webinar_id=webinar.id, people_count=40, source=AttendanceSource.MANUAL))
    db.session.commit()
    people = indicator_called(Series.WEBINARS.value)
    assert people is not None

    trend, reach = weekly_trend(), reach_of_webinars(since_the_start())

    reported = int(count(people, trend.span).value)
    assert (trend.total(Series.WEBINARS), reach.attendances, reach.places, reported) == (7, 7, 2, 7)


def test_two_questions_however_long_it_has_been(busy, count_queries, clock):
    weekly_trend()
    with count_queries() as early:
        weekly_trend()
    clock.tick(days=700)
    with count_queries() as late:
        weekly_trend()

    assert early.count == late.count <= 3, str(late)


def test_a_chart_says_its_sum_and_its_best_week(busy):
    charts = {chart.title: chart.said for chart in charts_of(weekly_trend())}

    assert charts["Webinar attendances: 7"] == "7 together. Most in the week from 23 Mar 2026: 4."
    assert len(charts) == len(Series)


def test_there_is_a_bar_for_each_week_with_something(busy):
    visits = next(chart for chart in charts_of(weekly_trend()) if chart.title.startswith("Visits"))

    assert [bar.said for bar in visits.bars] == ["6.04 2026, Visits: 1", "13.04 2026, Visits: 1"]
