"""Rights follow the assignment of that minute, and one review may stay with the former animator."""

from datetime import UTC, date, datetime

import pytest

from core.database import db
from partnerships.models import AssignmentKind
from plans.errors import OverrideNeedsReason
from plans.queries import plans_awaiting_review
from plans.services import flow, review
from plans.services.keeping import move_lapsed_reviews
from plans.visibility import ids_kept_with
from plans.workflow import PlanStatus
from tests.animators.moving import done, wish

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
IN_MAY = date(2026, 5, 10)
DAY_BEFORE = date(2026, 5, 9)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_a_page_left_open_by_the_former_animator_decides_nothing(make, visit):
    former, successor = make.animator(), make.animator()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    left_open = visit(as_=former).open(f"/plans/{version.id}/decide")
    of_successor = visit(as_=successor)
    of_successor.open(f"/plans/{version.id}", expect=404)

    done(wish(former, (version.partnership, successor)), make)
    db.session.commit()

    left_open.submit("Return the plan", expect=404, note="See the goals")
    of_successor.open(f"/plans/{version.id}/decide").submit("Return the plan", note="See the figures")
    db.session.refresh(version)
    assert (version.status, version.decision_note, version.decided_by) == (
        PlanStatus.RETURNED,
        "See the figures",
        successor,
    )


def test_a_review_that_stays_is_decided_by_the_former_animator_and_only_read_by_the_new_one(make, visit):
    former, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])
    db.session.commit()

    reading = visit(as_=successor).open(f"/plans/{version.id}")
    visit(as_=successor).open(f"/plans/{version.id}/decide", expect=403)

    assert "Waiting for Ewa Lis" in reading.text
    assert "Ewa Lis advised this municipality before and keeps this review" in reading.text
    assert "Nothing waits for you" in visit(as_=successor).open("/reviews").text
    place = visit(as_=successor).open(f"/partnerships/{version.partnership.id}")
    assert "Ewa Lis is reading the plan" in place.text
    own = visit(as_=former).open("/reviews").follow(version.partnership.municipality.name)
    visit(as_=former).open(f"/partnerships/{version.partnership.id}", expect=404)
    own.follow("Decide").submit("Return the plan", note="See the goals")
    db.session.refresh(version)
    assert (version.status, version.decided_by) == (PlanStatus.RETURNED, former)
    visit(as_=former).open(f"/plans/{version.id}", expect=404)


def test_the_next_round_is_the_new_animators(make):
    former, successor = make.animator(), make.animator()
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])
    kept = (version.reviewer_ids(TODAY), version.animator_ids(TODAY))

    flow.withdraw_plan(version, actor=version.partnership.leader(TODAY))
    flow.submit_plan(version, actor=version.partnership.leader(TODAY))

    assert kept == ({former.id}, {former.id, successor.id})
    assert version.reviewer_ids(TODAY) == version.animator_ids(TODAY) == {successor.id}


def test_a_review_moves_after_all_once_its_keeper_is_suspended_or_loses_the_role(make, visit, outbox):
    former, successor = make.animator("Ewa Lis"), make.animator()
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])
    assert (
        list(plans_awaiting_review(animator=former)),
        list(plans_awaiting_review(animator=successor)),
    ) == (
        [version],
        [],
    )

    former.is_active = False
    suspended = (version.reviewer_ids(TODAY), list(plans_awaiting_review(animator=successor)))
    former.is_active = True
    former.grants[0].ends_on = YESTERDAY
    db.session.flush()
    without_role = (version.reviewer_ids(TODAY), list(plans_awaiting_review(animator=successor)))

    assert suspended == without_role == ({successor.id}, [version])
    before = len(outbox())
    assert (move_lapsed_reviews(), move_lapsed_reviews()) == (1, 0)
    [mail] = outbox()[before:]
    assert (mail.to_address, version.kept_with_id) == (successor.email, None)
    assert "had stayed with Ewa Lis, who may not decide about it any more" in mail.body


def test_a_review_stays_also_where_the_municipality_goes_over_on_a_later_day(make, clock):
    former, successor = make.animator(), make.animator()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor), starts_on=IN_MAY), make, stays=[version.id])

    moved = move_lapsed_reviews()
    clock.move_to(datetime(2026, 5, 10, 9, tzinfo=UTC))

    assert (moved, move_lapsed_reviews()) == (0, 0)
    assert version.reviewer_ids(IN_MAY) == {former.id}
    assert list(plans_awaiting_review(animator=former)) == [version]


def test_a_review_stays_with_whoever_covers_there_for_a_few_days(make):
    former, successor = make.animator(), make.animator()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])
    place = version.partnership.municipality
    make.assignment(place, former, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=DAY_BEFORE)
    db.session.commit()

    assert (move_lapsed_reviews(), version.keeper(TODAY), version.keeper(IN_MAY)) == (0, None, former)


def test_a_review_moves_once_its_keeper_belongs_to_the_partnership(make, outbox):
    former, successor = make.animator("Ewa Lis"), make.animator()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])
    before = len(outbox())

    make.term(version.partnership, former)

    assert version.reviewer_ids(TODAY) == {successor.id}
    assert (
        list(plans_awaiting_review(animator=former)),
        list(plans_awaiting_review(animator=successor)),
    ) == ([], [version])
    assert (move_lapsed_reviews(), move_lapsed_reviews()) == (1, 0)
    assert [mail.to_address for mail in outbox()[before:]] == [successor.email]


def test_a_review_that_moves_with_the_municipality_stays_with_nobody_from_an_earlier_time(make):
    former, between, next_one = make.animator(), make.animator(), make.animator()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, between)), make, stays=[version.id])
    done(wish(between, (version.partnership, former)), make)

    done(wish(former, (version.partnership, next_one)), make)

    assert (version.kept_with_id, version.reviewer_ids(TODAY)) == (None, {next_one.id})


def test_a_decision_needs_no_reason_from_whom_the_review_stays_with_and_one_from_the_office(make):
    former, successor, office = make.animator(), make.animator(), make.office()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])

    with pytest.raises(OverrideNeedsReason):
        review.approve_plan(version, checks=set(review.ApprovalCheck), note="", actor=office)
    review.approve_plan(version, checks=set(review.ApprovalCheck), note="", actor=former)

    assert version.status is PlanStatus.APPROVED


def kept(make, status=PlanStatus.IN_REVIEW):
    """A review that stays with its former animator; and who advises there now."""
    former, successor = make.animator(), make.animator()
    version = make.general_plan(status, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])
    db.session.commit()
    return version, former, successor


def test_nobody_hears_that_the_office_decided_when_whom_the_review_stays_with_did(make, outbox):
    version, former, _successor = kept(make)
    before = len(outbox())

    review.return_plan(version, note="See the goals", actor=former)

    leader = version.partnership.leader(TODAY)
    assert [mail.to_address for mail in outbox()[before:]] == [leader.email]


def test_whom_the_review_stays_with_hears_that_the_office_decided_in_their_place(make, outbox):
    version, former, _successor = kept(make)
    before = len(outbox())

    review.return_plan(version, note="It took too long", actor=make.office())

    [mail] = [one for one in outbox()[before:] if "in your place" in one.subject]
    assert mail.to_address == former.email
    assert f"/plans/{version.id}" not in mail.body  # which they may not read any more


@pytest.mark.parametrize("way_back", ["withdraw", "correct"])
def test_whom_the_review_stays_with_hears_that_it_is_over(make, outbox, way_back):
    version, former, successor = kept(make, PlanStatus.SUBMITTED)
    leader, before = version.partnership.leader(TODAY), len(outbox())

    if way_back == "withdraw":
        flow.withdraw_plan(version, actor=leader)
    else:
        flow.correct_plan(version, reason="Wrong year", actor=make.office())

    told = {mail.to_address: mail.body for mail in outbox()[before:] if mail.to_address != leader.email}
    assert set(told) == {former.email, successor.email}
    assert "/plans/" in told[successor.email]
    assert "/plans/" not in told[former.email]


def test_a_review_that_a_correction_ended_is_kept_no_longer(make):
    version, former, successor = kept(make)

    flow.correct_plan(version, reason="Wrong year", actor=make.office())

    assert version.animator_ids(TODAY) == {successor.id}
    assert list(ids_kept_with(former)) == []


def test_a_remark_that_the_former_animator_left_unsent_is_the_next_ones_to_change_or_delete(make, visit):
    former, successor = make.animator(), make.animator()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    comment = make.comment(version, "Add a source", sheet="needs")
    unseen = page_of(visit, make.office(), version)
    done(wish(former, (version.partnership, successor)), make)
    db.session.commit()

    page = page_of(visit, successor, version)
    visit(as_=successor).open(f"/remarks/{comment.id}/edit")
    page.submit("Delete: Add a source")

    assert ("Add a source" in unseen.text, "Add a source" in page.text) == (False, True)
    assert "Add a source" not in page_of(visit, successor, version).text


def page_of(visit, person, version):
    return visit(as_=person).open(f"/plans/{version.id}")
