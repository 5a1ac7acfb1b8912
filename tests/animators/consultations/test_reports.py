"""What an animator reports and corrects, and every slip in it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from animators.consultations import errors, services
from animators.consultations.models import ConsultationStatus, Side
from animators.consultations.services import Promise
from animators.consultations.workflow import Outcome
from animators.hours.errors import OverBudgetNeedsReason
from animators.hours.models import BudgetAdjustment, Decision, LedgerEntry
from core.audit import AuditEvent, story_of
from core.database import db
from partnerships.models import AssignmentKind
from tests.animators.consultations.conftest import HELD, a_report, events, told, used

TODAY = date(2026, 4, 15)


# --- The report --------------------------------------------------------------------------------------------


def test_a_report_says_everything_and_takes_its_minutes_from_the_pot(
    held, partnership, animator, leader, clock
):
    promise = Promise("Send the list", Side.LEADER, date(2026, 5, 5))

    services.report_visit(held, a_report(follow_ups=[promise]), actor=animator)

    assert (held.status, held.actual_start, held.actual_minutes, held.reported_at) == (
        ConsultationStatus.REPORTED, HELD, 240, clock.now,
    )  # fmt: skip
    assert (held.topics, held.participants_count, held.summary) == (
        ["general_plan"], 12, "We wrote down the needs.",
    )  # fmt: skip
    (step,) = held.follow_ups
    assert (step.text, step.owner, step.due_on) == ("Send the list", Side.LEADER, date(2026, 5, 5))
    assert used(partnership) == 240
    assert events() == ["consultation.reported"]
    assert told("reported") == [leader.email]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"minutes": 0}, errors.NoMinutes),
        ({"minutes": -30}, errors.NoMinutes),
        ({"minutes": 10_000}, errors.NoMinutes),
        ({"minutes": 1.5}, errors.NoMinutes),
        ({"minutes": True}, errors.NoMinutes),
        ({"minutes": None}, errors.NoMinutes),
        ({"started_at": HELD + timedelta(days=2)}, errors.NotHeldYet),
        ({"started_at": HELD + timedelta(days=1)}, errors.StillGoingOn),
        ({"started_at": datetime(2019, 4, 14, 8, tzinfo=UTC)}, errors.BeforeTheProgramme),
        ({"topics": []}, errors.NoTopic),
        ({"topics": ["no_such_topic"]}, errors.NoTopic),
        ({"people_count": 0}, errors.NobodyCame),
        ({"people_count": 10_001}, errors.NobodyCame),
        ({"summary": ""}, errors.NoSummary),
        ({"minutes": 179}, errors.LengthNeedsNote),
        ({"minutes": 301}, errors.LengthNeedsNote),
        ({"started_at": HELD - timedelta(days=20)}, errors.LateNeedsReason),
        ({"follow_ups": [Promise("", Side.LEADER)]}, errors.FollowUpWithoutText),
        ({"follow_ups": [Promise("x" * 501, Side.LEADER)]}, errors.FollowUpWithoutText),
        ({"follow_ups": [Promise("x", Side.LEADER, date(2026, 4, 13))]}, errors.DueBeforeVisit),
        ({"follow_ups": [Promise("x", Side.LEADER)] * 21}, errors.TooManyFollowUps),
    ],
)
def test_each_slip_is_refused_with_a_sentence_and_changes_nothing(held, animator, said, refusal):
    with pytest.raises(refusal) as refused:
        services.report_visit(held, a_report(**said), actor=animator)

    assert str(refused.value).endswith(".")
    assert (held.status, held.actual_minutes) == (ConsultationStatus.AGREED, None)
    assert db.session.scalar(select(func.count()).select_from(LedgerEntry)) == 0


@pytest.mark.parametrize("minutes", [180, 300])
def test_three_and_five_hours_need_no_note(held, animator, minutes):
    services.report_visit(held, a_report(minutes=minutes), actor=animator)

    assert held.length_note is None


@pytest.mark.parametrize("minutes", [179, 301])
def test_with_a_note_any_length_is_saved(held, animator, minutes):
    services.report_visit(held, a_report(minutes=minutes, length_note="Snow"), actor=animator)

    assert (held.actual_minutes, held.length_note) == (minutes, "Snow")


def test_a_visit_reported_late_needs_a_reason(partnership, visit_of, animator):
    visit = visit_of(partnership, at=HELD - timedelta(days=14))
    late = a_report(started_at=HELD - timedelta(days=14), late_reason="I was ill")

    services.report_visit(visit, late, actor=animator)

    assert visit.late_entry_reason == "I was ill"


def test_a_visit_still_to_come_is_not_reported(partnership, visit_of, animator):
    visit = visit_of(partnership, at=HELD + timedelta(days=3))

    with pytest.raises(errors.NotHeldYet):
        services.report_visit(visit, a_report(), actor=animator)


def test_over_the_pot_a_reason_is_needed_and_makes_one_request(partnership, visit_of, reported, animator):
    second = visit_of(partnership, number=2)

    with pytest.raises(OverBudgetNeedsReason):
        services.report_visit(second, a_report(minutes=290), actor=animator)
    services.report_visit(second, a_report(minutes=290, over_reason="Two groups"), actor=animator)

    (request,) = db.session.scalars(select(BudgetAdjustment)).all()
    assert (request.minutes, request.decision, second.over_budget_minutes) == (50, Decision.PENDING, 50)
    assert used(partnership) == 480


def test_the_visit_of_a_leave_is_credited_to_the_cover_who_was_there(
    partnership, make, visit_of, animator, clock
):
    """Case 3: rights are those of the moment, and the visit is of whoever advised on its day."""
    cover = make.animator("Zofia Wilk")
    make.assignment(
        partnership.municipality, cover, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 10), ends_on=TODAY
    )
    db.session.expire(partnership)
    visit = visit_of(partnership)
    clock.tick(days=2)

    services.report_visit(visit, a_report(), actor=animator)

    assert visit.animator is cover
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "consultation.reported")).one()
    assert (event.actor_id, event.on_behalf_of_id) == (animator.id, cover.id)


def test_on_a_day_without_an_animator_nobody_can_have_been_there(make, leader, visit_of):
    partnership = make.partnership(leader=leader, advised=False)
    animator = make.animator()
    make.assignment(partnership.municipality, animator, starts_on=TODAY)
    visit = visit_of(partnership)

    with pytest.raises(errors.NobodyAdvisedThen, match="On 14 Apr 2026 no animator was assigned"):
        services.report_visit(visit, a_report(), actor=animator)


# --- Corrections -------------------------------------------------------------------------------------------


def test_a_correction_after_the_confirmation_is_a_new_entry_and_is_confirmed_anew(
    reported, partnership, animator, leader, clock
):
    services.confirm(reported, actor=leader, side=Side.LEADER)
    clock.tick(days=1)

    services.correct_report(
        reported, a_report(minutes=200, summary="Needs and groups."), reason="A break", actor=animator
    )

    entries = db.session.scalars(select(LedgerEntry.minutes).order_by(LedgerEntry.id)).all()
    assert entries == [240, -40]
    assert used(partnership) == 200
    assert (reported.status, reported.confirmed_at, reported.confirmed_by) == (
        ConsultationStatus.REPORTED, None, None,
    )  # fmt: skip
    assert told("reported") == [leader.email, leader.email]


def test_what_the_office_decided_in_a_dispute_is_not_raised_again_by_whoever_advised(
    reported, partnership, animator, leader, make
):
    services.dispute(reported, "It was three hours", actor=leader, side=Side.LEADER)
    services.settle(reported, Outcome.CORRECTED, "Both were asked", minutes=180, actor=make.office())

    with pytest.raises(errors.DecidedByOffice, match="decided that 3 h count"):
        services.correct_report(reported, a_report(), reason="It was four", actor=animator)
    services.correct_report(
        reported, a_report(minutes=180, summary="Groups."), reason="Words", actor=animator
    )

    assert used(partnership) == 180
    assert (reported.status, reported.summary) == (ConsultationStatus.REPORTED, "Groups.")


def test_minutes_lowered_by_a_slip_go_back_to_what_the_office_decided(
    reported, partnership, animator, leader, make
):
    services.dispute(reported, "It was three hours", actor=leader, side=Side.LEADER)
    services.settle(reported, Outcome.CORRECTED, "Both were asked", minutes=220, actor=make.office())
    services.correct_report(reported, a_report(minutes=200), reason="A break", actor=animator)

    with pytest.raises(errors.DecidedByOffice, match="decided that 3 h 40 min count"):
        services.correct_report(reported, a_report(minutes=230), reason="Longer", actor=animator)
    services.correct_report(reported, a_report(minutes=220), reason="There was no break", actor=animator)

    assert used(partnership) == 220


def test_the_office_reads_why_more_time_was_needed_and_the_history_why_it_was_corrected(
    partnership, visit_of, reported, animator
):
    second = visit_of(partnership, number=2)
    services.report_visit(second, a_report(), actor=animator)

    services.correct_report(
        second, a_report(minutes=270, over_reason="Two groups"), reason="I mistyped it", actor=animator
    )

    (request,) = db.session.scalars(select(BudgetAdjustment)).all()
    assert (request.minutes, request.reason) == (30, "Two groups")
    said = {event.event: personal.get("reason") for event, personal in story_of(partnership.municipality)}
    assert (said["hours.asked"], said["hours.corrected"]) == ("Two groups", "I mistyped it")


def test_a_correction_needs_a_reason_and_something_to_correct(reported, animator):
    with pytest.raises(errors.NoReason):
        services.correct_report(reported, a_report(minutes=200), reason="", actor=animator)
    with pytest.raises(errors.NothingCorrected):
        services.correct_report(reported, a_report(), reason="A break", actor=animator)
