"""A frozen report shows the same figures for ever; whatever happens later stands beside them."""

import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core import clock as core_clock
from core.audit import AuditEvent
from core.database import db
from meetings.models import PartnershipMeeting
from municipalities.services.changing import Part, apply_change, decide, draft_change
from municipalities.workflow import ChangeKind
from partnerships.models import Partnership
from partnerships.services.founding import close_partnership
from partnerships.workflow import PartnershipStatus
from programme.changes import change_numbers
from reporting import differences, freezing
from reporting.counting import count, figures_of, kept_figure
from reporting.errors import FrozenAlready, NotOverYet
from reporting.events import ReportingEvent
from reporting.freezing import fingerprint, periods_begun, span_of
from reporting.indicators import indicator_called
from reporting.models import ReportDelta, ReportingPeriod, ReportSnapshot
from reporting.rows import Span
from reporting.workflow import PeriodStatus
from tests.reporting.evidence import first_quarter
from tests.reporting.later import EVENTS, Life
from tests.support.at_once import at_once

APRIL = datetime(2026, 4, 15, 10, 0, tzinfo=UTC)


def shown(period: ReportingPeriod) -> list[tuple[str, str, object]]:
    """All of a frozen report that anybody can see of its figures."""
    db.session.expire_all()
    return [(one.indicator, one.value, (one.words, one.evidence_refs)) for one in period.snapshots]


# --- Counting --------------------------------------------------------------------------------------------


def test_the_figures_of_a_quarter_are_those_counted_by_hand(places):
    counted = {one.code: str(one.value) for one in figures_of(span_of(first_quarter()))}

    assert {code: value for code, value in counted.items() if not code.startswith("task_")} == {
        "partnerships_standing": "3",
        "partnerships_founded": "3",
        "members": "9",
        "meetings": "3",
        "meeting_people": "36",
        "plans_published": "0",
        "review_days": "0",
        "visits_held": "3",
        "visit_minutes": "720",
        "remote_confirmed": "3",
        "remote_minutes": "90",
        "webinars": "0",
        "webinar_people": "0",
        "handbooks": "12",
        "all_tasks": "0",
    }


def test_what_lies_a_minute_outside_by_the_clock_there_is_not_counted(make, places):
    """31 March 23:59 in Warsaw is of the quarter, 1 April 0:00 is not; by UTC both are on 31 March."""
    partnership = places[0]
    for hour, minute in ((21, 59), (22, 0)):
        db.session.add(
            Consultation(
                municipality=partnership.municipality, channel=Channel.CHAT, status=ConsultationStatus.CONFIRMED,
                actual_start=datetime(2026, 3, 31, hour, minute, tzinfo=UTC), actual_minutes=7,
            )
        )  # fmt: skip
    db.session.commit()

    counted = {one.code: str(one.value) for one in figures_of(span_of(first_quarter()))}

    assert (counted["remote_confirmed"], counted["remote_minutes"]) == ("4", "97")


def members_on(last: date) -> int:
    organisations = indicator_called("members")
    assert organisations is not None
    return int(count(organisations, Span(date(2026, 1, 1), last)).value)


def test_the_organisations_of_a_partnership_that_was_closed_are_in_none_any_more(places, office):
    close_partnership(places[0], closed_on=date(2026, 3, 31), reason="Nobody goes on", actor=office)
    db.session.commit()

    assert (members_on(date(2026, 3, 30)), members_on(date(2026, 3, 31))) == (9, 6)


def test_organisations_that_go_along_when_municipalities_merge_count_once(places, office):
    """They keep the day on which each joined at first: before the merger too each is counted where it was."""
    larger, smaller, _alone = places
    change = draft_change(
        ChangeKind.ABOLISH, effective_on=core_clock.today(), legal_basis=None, sources=[Part(smaller.municipality)],
        targets=[Part(larger.municipality)], actor=office,
    )  # fmt: skip
    db.session.commit()
    decide(change, {"successor": f"partnership:{larger.id}"}, actor=office)
    decide(change, {"leader": str(min(larger.leader_ids(core_clock.today())))}, actor=office)
    apply_change(change, actor=office)
    db.session.commit()

    assert (members_on(date(2026, 3, 31)), members_on(date(2026, 4, 15))) == (9, 9)


def test_every_figure_is_the_sum_of_its_rows(places):
    for figure in figures_of(span_of(first_quarter())):
        if figure.code != "review_days":
            assert figure.value == sum(row.amount for row in figure.rows), figure.code


def test_asking_about_more_partnerships_asks_no_more_questions(make, places, count_queries):
    span = span_of(first_quarter())
    figures_of(span)
    with count_queries() as few:
        figures_of(span)
    for _ in range(5):
        make.member(make.partnership(founded_on=date(2026, 2, 2)))
    figures_of(span)

    with count_queries() as many:
        figures_of(span)

    assert few.count == many.count


# --- The life of a period --------------------------------------------------------------------------------


def test_periods_are_those_of_the_programme_that_have_begun(app):
    found = [(str(one.begins_on), str(one.ends_on), str(one.due_on)) for one in periods_begun()]

    assert found == [("2026-04-01", "2026-06-30", "2026-07-10"), ("2026-01-01", "2026-03-31", "2026-04-10")]


def test_a_period_is_not_frozen_before_it_is_over(places, office):
    period = next(one for one in periods_begun() if one.begins_on == date(2026, 4, 1))
    freezing.begin_closing(period, actor=office)

    with pytest.raises(NotOverYet):
        freezing.freeze(period, actor=office)


def test_two_who_begin_to_close_at_one_moment_begin_once(app, places, office):
    office_id = office.id
    db.session.commit()

    def begin():
        freezing.begin_closing(first_quarter(), actor=db.session.get_one(type(office), office_id))

    assert at_once(app, begin, begin) == ["NotNow", "done"]
    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.event == str(ReportingEvent.CLOSING)))
    assert event.actor_id == office_id


def test_two_who_freeze_at_one_moment_freeze_once(app, places, office):
    period = first_quarter()
    freezing.begin_closing(period, actor=office)
    db.session.commit()
    ids = period.id, office.id

    def freeze():
        person = db.session.get_one(type(office), ids[1])
        freezing.freeze(db.session.get_one(ReportingPeriod, ids[0]), actor=person)

    assert at_once(app, freeze, freeze) == ["FrozenAlready", "done"]
    assert len(db.session.scalars(select(ReportSnapshot)).all()) == len(figures_of(span_of(period)))


def test_a_frozen_period_is_not_frozen_again(frozen, office):
    with pytest.raises(FrozenAlready):
        freezing.freeze(frozen, actor=office)


def test_a_report_is_marked_as_sent(frozen, office):
    freezing.mark_sent(frozen, actor=office)
    db.session.commit()

    assert (frozen.status, frozen.submitted_on) == (PeriodStatus.SUBMITTED, date(2026, 4, 15))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE report_snapshot SET value = '999'",
        "DELETE FROM report_snapshot",
        "UPDATE reporting_period SET content_hash = 'x'",
        "UPDATE reporting_period SET ends_on = '2026-06-30'",
        "DELETE FROM reporting_period",
    ],
)
def test_the_database_itself_keeps_what_is_frozen(frozen, statement):
    with pytest.raises(IntegrityError, match="frozen figure"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_fingerprint_is_that_of_the_figures_kept(frozen):
    assert frozen.content_hash == fingerprint([kept_figure(one) for one in frozen.snapshots])


# --- What happens later ----------------------------------------------------------------------------------

LATER = st.lists(
    st.tuples(st.integers(0, len(EVENTS) - 1), st.integers(0, 10**6)), min_size=200, max_size=200
)
MAY = datetime(2026, 5, 5, 10, 0, tzinfo=UTC)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=4, deadline=None)
@given(events=LATER)
def test_a_frozen_report_is_the_same_after_two_hundred_later_events(make, places, frozen, office, events):
    """Each went through the service of its page and really happened; what was refused made way for another one."""
    with core_clock.at(MAY):
        life = Life(
            make,
            office,
            list(
                db.session.scalars(select(Partnership).where(Partnership.status != PartnershipStatus.CLOSED))
            ),
        )
        before, said = shown(frozen), frozen.content_hash
        happened = [life.go_on(kind, seed) for kind, seed in events]
        db.session.commit()
        differences.compare(frozen)
        db.session.commit()

        assert len(happened) == 200
        assert shown(frozen) == before
        assert fingerprint([kept_figure(one) for one in frozen.snapshots]) == frozen.content_hash == said
        now = {one.code: one for one in figures_of(span_of(frozen))}
        for snapshot in frozen.snapshots:
            last = snapshot.deltas[-1].value_after if snapshot.deltas else snapshot.value
            if not snapshot.indicator.startswith(("task_", "all_tasks")):
                assert last == str(now[snapshot.indicator].value), snapshot.indicator


def test_every_kind_of_later_event_really_happens(make, places, frozen, office):
    """Else the test above could pass without having seen it."""
    chance = random.Random(7)
    with core_clock.at(MAY):
        life = Life(make, office, list(places))
        seen = {life.go_on(chance.randrange(len(EVENTS)), chance.randrange(10**6)) for _ in range(600)}

    assert set(EVENTS) - seen == set()


def test_a_later_correction_appears_as_a_difference_with_its_cause(frozen, places, office):
    from core import audit
    from meetings.events import MeetingEvent

    meeting = db.session.scalars(select(PartnershipMeeting).order_by(PartnershipMeeting.id)).first()
    meeting.people_count = 15
    audit.record(
        MeetingEvent.CHANGED, meeting, actor=office, before={"people_count": 12}, after={"people_count": 15}
    )
    db.session.commit()

    assert differences.notice_differences() == 1
    db.session.commit()
    delta = db.session.scalars(select(ReportDelta)).one()
    assert (delta.snapshot.indicator, delta.snapshot.value, delta.value_after) == (
        "meeting_people",
        "36",
        "39",
    )
    assert delta.cause == [
        {
            "kind": "partnership_meeting",
            "record_id": meeting.id,
            "place": meeting.partnership.municipality.name,
            "then": 12,
            "now": 15,
            "event": "meeting.changed",
            "at": core_clock.now().isoformat(),
        }
    ]


def test_the_same_difference_is_noticed_once_and_its_end_too(frozen, office):
    meeting = db.session.scalars(select(PartnershipMeeting).order_by(PartnershipMeeting.id)).first()
    meeting.people_count = 15
    db.session.commit()

    first, again = differences.notice_differences(), differences.notice_differences()
    meeting.people_count = 12
    db.session.commit()
    ended, quiet = differences.notice_differences(), differences.notice_differences()

    assert (first, again, ended, quiet) == (1, 0, 1, 0)
    deltas = db.session.scalars(select(ReportDelta).order_by(ReportDelta.id)).all()
    assert [(one.value_after, len(one.cause)) for one in deltas] == [("39", 1), ("36", 0)]


def report_by(kind: str, actor: User) -> None:
    change_numbers({"period_kind": kind}, actor=actor)
    db.session.commit()


def test_a_new_kind_of_period_reports_no_day_twice(make, frozen):
    report_by("half_year", make.admin())
    found = [(str(one.begins_on), str(one.ends_on)) for one in periods_begun()]

    assert ("2026-01-01", "2026-06-30") not in found


def days_of_periods() -> list[tuple[str, str]]:
    return [(str(one.begins_on), str(one.ends_on)) for one in periods_begun()]


def test_a_new_kind_of_period_leaves_no_day_out(make, frozen):
    report_by("half_year", make.admin())

    assert days_of_periods() == [("2026-04-01", "2026-06-30"), ("2026-01-01", "2026-03-31")]


def test_a_period_that_is_being_closed_stays_as_it_is_whatever_kind_comes_after(make, places, office):
    """Else its days would be offered again by months, and both could be frozen."""
    freezing.begin_closing(first_quarter(), actor=office)
    report_by("month", make.admin())

    assert days_of_periods() == [("2026-04-01", "2026-04-30"), ("2026-01-01", "2026-03-31")]


def test_days_that_the_programme_got_since_are_reported_too(make, frozen):
    report_by("half_year", make.admin())
    make.programme.starts_on = date(2025, 11, 16)
    db.session.commit()

    assert days_of_periods() == [
        ("2026-04-01", "2026-06-30"),
        ("2026-01-01", "2026-03-31"),
        ("2025-11-16", "2025-12-31"),
    ]


def test_a_report_asks_about_the_tasks_once_and_forgets_the_answer(places, count_queries):
    """Eight of its figures are about them; the next report sees what changed since."""
    span = span_of(first_quarter())
    before = {one.code: one.value for one in figures_of(span)}
    with count_queries() as queries:
        figures_of(span)
    for member in places[0].members:
        member.left_on = date(2026, 4, 1)
    db.session.commit()

    after = {one.code: one.value for one in figures_of(span)}

    assert sum("own_years" in one for one in queries.statements) == 1
    assert (before["task_found"], after["task_found"]) == (3, 2)
