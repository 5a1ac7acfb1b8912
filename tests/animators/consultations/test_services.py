"""What the partnership says about a report, and what the office decides."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from animators.consultations import errors, services
from animators.consultations.jobs import confirm_in_time
from animators.consultations.models import Consultation, ConsultationStatus, FollowUp, Side
from animators.consultations.queries import count_disputes, overdue_follow_ups, reports_owed, to_confirm
from animators.consultations.services import Promise
from animators.consultations.workflow import Outcome
from animators.hours.models import LedgerEntry
from core.audit import AuditEvent
from core.database import db
from partnerships.handovers.open_work import move_open_work
from tests.animators.consultations.conftest import HELD, a_report, events, told, used

TODAY = date(2026, 4, 15)
WINTER = datetime(2026, 3, 24, 10, 0, tzinfo=UTC)
"""11:00 in Warsaw, five days before the clocks go forward."""


# --- Confirming --------------------------------------------------------------------------------------------


def test_the_leader_confirms(reported, leader, clock):
    services.confirm(reported, actor=leader, side=services.side_of(reported, leader))

    assert (reported.status, reported.confirmed_at, reported.confirmed_by) == (
        ConsultationStatus.CONFIRMED, clock.now, Side.LEADER,
    )  # fmt: skip


def test_the_office_confirms_on_behalf_of_the_leader(reported, leader, office):
    services.confirm(reported, actor=office, side=services.side_of(reported, office))

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "consultation.confirmed")).one()
    assert (reported.confirmed_by, event.actor_id, event.on_behalf_of_id) == (
        Side.OFFICE, office.id, leader.id,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["leader", "deputy"])
def test_nobody_confirms_or_disputes_their_own_report(make, visit_of, kind):
    """An animator who leads or helps to lead the partnership they advise."""
    both = make.animator("Jan Wrona")
    deputy = make.user("Ola Sroka")
    partnership = make.partnership(leader=both if kind == "leader" else None, animator=both)
    make.term(partnership, deputy if kind == "leader" else both)
    db.session.expire(partnership)
    visit = visit_of(partnership)
    services.report_visit(visit, a_report(), actor=both)

    for attempt in (
        lambda: services.confirm(visit, actor=both, side=Side.LEADER),
        lambda: services.dispute(visit, "Not so", actor=both, side=Side.LEADER),
    ):
        with pytest.raises(errors.OwnReport, match="nobody confirms or disputes their own work"):
            attempt()
    asked = deputy if kind == "leader" else partnership.leader(TODAY)
    assert told("reported") == [asked.email]
    services.confirm(visit, actor=asked, side=Side.LEADER)


def test_where_nobody_leads_the_deputies_are_asked(make, animator, visit_of):
    partnership = make.partnership(led=False, animator=animator)
    deputies = [make.user(), make.user()]
    for deputy in deputies:
        make.term(partnership, deputy)
    db.session.expire(partnership)
    visit = visit_of(partnership)

    services.report_visit(visit, a_report(), actor=animator)

    assert told("reported") == sorted(one.email for one in deputies)


# --- By itself ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reported_at", "until"),
    [
        (WINTER, datetime(2026, 3, 31, 9, 0, tzinfo=UTC)),  # 167 hours: the clocks went forward
        (datetime(2026, 10, 20, 9, 0, tzinfo=UTC), datetime(2026, 10, 27, 10, 0, tzinfo=UTC)),  # 169 hours
        (datetime(2026, 5, 5, 9, 0, tzinfo=UTC), datetime(2026, 5, 12, 9, 0, tzinfo=UTC)),
    ],
)
def test_it_confirms_itself_after_seven_days_to_the_minute_on_the_clock(reported, clock, reported_at, until):
    reported.reported_at = reported_at
    db.session.commit()
    assert services.dispute_until(reported) == until

    clock.move_to(until - timedelta(seconds=1))
    early = confirm_in_time()
    clock.move_to(until)
    in_time, again = confirm_in_time(), confirm_in_time()

    assert (early, in_time, again) == ("0 confirmed", "1 confirmed", "0 confirmed")
    db.session.refresh(reported)
    assert (reported.status, reported.confirmed_at, reported.confirmed_by) == (
        ConsultationStatus.CONFIRMED, until, None,
    )  # fmt: skip
    assert events()[-1] == "consultation.confirmed_by_itself"


def test_remote_advice_confirms_itself_too_and_disputes_and_earlier_records_do_not(
    logged, held, visit_of, partnership, clock
):
    disputed = visit_of(
        partnership, number=2, status=ConsultationStatus.DISPUTED, actual_minutes=240, reported_at=HELD
    )
    held.status = ConsultationStatus.CONFIRMED
    clock.tick(days=30)

    assert confirm_in_time() == "1 confirmed"
    assert (logged.status, disputed.status, held.confirmed_at) == (
        ConsultationStatus.CONFIRMED, ConsultationStatus.DISPUTED, None,
    )  # fmt: skip


# --- Disputes ----------------------------------------------------------------------------------------------


def test_a_dispute_goes_to_the_office_and_the_animator(reported, leader, animator, office):
    services.dispute(reported, "It was two hours", actor=leader, side=Side.LEADER)

    assert (reported.status, reported.dispute_reason) == (ConsultationStatus.DISPUTED, "It was two hours")
    assert told("disputed") == sorted([animator.email, office.email])
    assert count_disputes() == 1


def test_a_dispute_needs_a_reason(reported, leader):
    for reason in ("", "x" * 2001):
        with pytest.raises(errors.NoReason):
            services.dispute(reported, reason, actor=leader, side=Side.LEADER)


@pytest.mark.parametrize(
    ("outcome", "minutes", "status", "taken"),
    [
        (Outcome.CONFIRMED, None, ConsultationStatus.CONFIRMED, 240),
        (Outcome.CORRECTED, 120, ConsultationStatus.CONFIRMED, 120),
        (Outcome.VOID, None, ConsultationStatus.VOID, 0),
    ],
)
def test_the_office_decides_and_both_sides_are_told(
    reported, partnership, leader, animator, office, outcome, minutes, status, taken
):
    services.dispute(reported, "It was two hours", actor=leader, side=Side.LEADER)

    services.settle(reported, outcome, "Both were asked", minutes=minutes, actor=office)

    assert (reported.status, reported.decision_note, used(partnership)) == (status, "Both were asked", taken)
    assert told("settled") == sorted([animator.email, leader.email])
    first = db.session.scalars(select(LedgerEntry.minutes).order_by(LedgerEntry.id)).first()
    assert first == 240


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"outcome": Outcome.CORRECTED, "note": "So", "minutes": None}, errors.NoMinutes),
        ({"outcome": Outcome.CORRECTED, "note": "So", "minutes": 0}, errors.NoMinutes),
        ({"outcome": Outcome.CORRECTED, "note": "So", "minutes": 240}, errors.SameMinutes),
        ({"outcome": Outcome.VOID, "note": ""}, errors.NoNote),
    ],
)
def test_a_decision_says_why_and_what(reported, leader, office, said, refusal):
    services.dispute(reported, "It was two hours", actor=leader, side=Side.LEADER)
    outcome, note = said.pop("outcome"), said.pop("note")

    with pytest.raises(refusal):
        services.settle(reported, outcome, note, actor=office, **said)

    assert reported.status is ConsultationStatus.DISPUTED


def test_whoever_works_for_the_office_does_not_decide_about_their_own_work(make, visit_of):
    both, other = make.office("Ala Czapla"), make.user()
    partnership = make.partnership(animator=both)
    make.term(partnership, other)
    db.session.expire(partnership)
    visit = visit_of(partnership)
    services.report_visit(visit, a_report(), actor=both)
    services.dispute(visit, "Not so", actor=other, side=Side.LEADER)

    with pytest.raises(errors.OwnDispute, match="ask a colleague"):
        services.settle(visit, Outcome.CONFIRMED, "It was so", actor=both)


# --- Next steps and what waits -----------------------------------------------------------------------------


def test_next_steps_and_reports_go_over_to_a_new_leader(reported, partnership, leader, animator):
    for promise in (
        Promise("Find a room", Side.LEADER, date(2026, 5, 1)),
        Promise("Write down the needs", Side.LEADER),
        Promise("Send examples", Side.ANIMATOR),
    ):
        services.add_follow_up(reported, promise, actor=animator)

    found = [str(work.text) for work in move_open_work(partnership, leader)]

    assert found == [
        "Visit 1 on 14 Apr 2026: the report waits to be confirmed",
        "Next step until 1 May 2026: Find a room",
        "Next step: Write down the needs",
    ]


def test_a_step_is_ticked_once_and_opened_again(reported, leader, clock):
    step = services.add_follow_up(reported, Promise("Find a room", Side.LEADER), actor=leader)
    services.tick(step, done=True, actor=leader)
    clock.tick(days=1)
    services.tick(step, done=True, actor=leader)

    on_the_day = step.done_on
    services.tick(step, done=False, actor=leader)
    assert (on_the_day, step.done_on) == (TODAY, None)
    found = select(AuditEvent.event).where(AuditEvent.record_kind == "follow_up").order_by(AuditEvent.id)
    assert list(db.session.scalars(found)) == ["follow_up.added", "follow_up.done", "follow_up.reopened"]


def test_before_it_took_place_there_is_nothing_to_follow_up(held, leader):
    with pytest.raises(errors.NothingReported):
        services.add_follow_up(held, Promise("Find a room", Side.LEADER), actor=leader)


def test_each_person_finds_what_waits_for_them(partnership, held, logged, make, visit_of, animator, leader):
    other = make.partnership()
    foreign = visit_of(other)
    foreign.follow_ups.append(FollowUp(text="Foreign", owner=Side.LEADER, due_on=date(2026, 4, 1)))
    logged.follow_ups.append(FollowUp(text="Late", owner=Side.LEADER, due_on=date(2026, 4, 14)))
    logged.follow_ups.append(FollowUp(text="In time", owner=Side.LEADER, due_on=TODAY))
    visit_of(partnership, number=2, at=HELD + timedelta(days=5))
    db.session.flush()

    assert [one.id for one in reports_owed(animator)] == [held.id]
    assert [one.id for one in to_confirm(leader)] == [logged.id]
    for person in (leader, animator):
        assert [one.text for one in overdue_follow_ups(person)] == ["Late"]
    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 4
