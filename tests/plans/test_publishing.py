"""Publication agreed on beforehand: who may agree, until when, and what the approval makes of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from accounts.models import User
from core.audit import AuditEvent
from core.database import db
from partnerships.models import TermKind
from plans.errors import ConsentIsTheirs, NotNow
from plans.models import PlanVersion
from plans.queries import version_by_id
from plans.services import consent, flow, review
from plans.workflow import PlanStatus
from tests.make import Make
from tests.plans.test_flow import animator_of, leader_of


def approve(version: PlanVersion, *, note: str = "", actor: User | None = None) -> None:
    checks = set(review.ApprovalCheck)
    review.approve_plan(version, checks=checks, note=note, actor=actor or animator_of(version))
    db.session.commit()


def agreed(make: Make, *, by: User | None = None) -> PlanVersion:
    """A plan in review whose leader agreed to publication when submitting it."""
    version = make.general_plan()
    flow.submit_plan(version, actor=by or leader_of(version), publish_on_approval=True)
    review.start_review(version, actor=animator_of(version))
    db.session.commit()
    return version


def events(version: PlanVersion, *names: str) -> list[tuple[str, int | None]]:
    found = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [(one.event, one.actor_id) for one in found if one.event in names]


def test_the_consent_is_the_leaders_own_act(make, clock):
    version = make.general_plan()
    leader = leader_of(version)

    flow.submit_plan(version, actor=leader, publish_on_approval=True)

    assert (version.publish_on_approval_at, version.publish_on_approval_by_id) == (clock.now, leader.id)
    assert events(version, "plan.submitted", "plan.consented") == [
        ("plan.submitted", leader.id),
        ("plan.consented", leader.id),
    ]


def test_without_the_tick_nothing_is_agreed(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)

    approve(version)

    assert (version.status, version.publish_on_approval_at) == (PlanStatus.APPROVED, None)


def test_with_the_approval_the_plan_becomes_public_in_the_leaders_name(make, clock):
    version = agreed(make)
    leader, animator = leader_of(version), animator_of(version)
    approved_hash = version.content_hash
    clock.tick(days=3)

    approve(version)

    assert (version.status, version.content_hash) == (PlanStatus.PUBLISHED, approved_hash)
    assert (version.decided_by_id, version.published_by_id) == (animator.id, leader.id)
    assert version.published_at == clock.now
    assert events(version, "plan.approved", "plan.published", "plan.published_on_approval") == [
        ("plan.approved", animator.id),
        ("plan.published_on_approval", leader.id),
    ]
    told = db.session.scalars(
        select(AuditEvent).where(AuditEvent.event == "plan.published_on_approval")
    ).one()
    assert told.data == {
        "number": 1, "hash": approved_hash, "consented_on": version.publish_on_approval_at.date().isoformat(),
    }  # fmt: skip


def test_one_mail_tells_that_the_plan_is_approved_and_public(make, outbox):
    version = agreed(make)
    told_before = len(outbox())

    approve(version, note="Well done")

    (mail,) = outbox()[told_before:]
    place = version.partnership.municipality.address_name
    assert mail.to_address == leader_of(version).email
    assert mail.subject == f"{version.partnership.municipality.name}: your plan is approved and public"
    assert f"/en/municipalities/{place}/plan\n" in mail.body
    assert "Well done" in mail.body
    assert f'/en/municipalities/{place}/plan">' in mail.html


def test_the_version_published_before_gives_way(make):
    first = make.general_plan(PlanStatus.PUBLISHED)
    second = flow.start_new_round(first, actor=leader_of(first))
    flow.submit_plan(second, actor=leader_of(first), publish_on_approval=True)
    review.start_review(second, actor=animator_of(first))

    approve(second)

    assert (first.status, second.status) == (PlanStatus.SUPERSEDED, PlanStatus.PUBLISHED)


def test_a_deputy_who_may_publish_can_agree_and_one_who_may_not_cannot(make):
    partnership = make.partnership()
    publishing, submitting = make.user(), make.user()
    make.term(partnership, publishing, can_submit=True, can_publish=True)
    make.term(partnership, submitting, can_submit=True)
    db.session.refresh(partnership)
    version = make.general_plan(partnership=partnership)

    with pytest.raises(ConsentIsTheirs):
        flow.submit_plan(version, actor=submitting, publish_on_approval=True)
    db.session.rollback()
    flow.submit_plan(version, actor=publishing, publish_on_approval=True)

    assert version.publish_on_approval_by_id == publishing.id


def test_the_office_agrees_for_nobody(make):
    version = make.general_plan(PlanStatus.SUBMITTED)

    with pytest.raises(ConsentIsTheirs):
        consent.give_consent(version, actor=make.office())

    assert version.publish_on_approval_at is None


def test_an_annual_plan_has_no_public_page_to_agree_to(make):
    version = make.annual_plan()

    assert consent.may_consent(version, leader_of(version)) is False


def test_the_consent_is_given_and_taken_back_until_the_decision(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    leader = leader_of(version)

    consent.give_consent(version, actor=leader)
    consent.take_consent_back(version, actor=leader)
    approve(version)

    assert (version.status, version.publish_on_approval_at) == (PlanStatus.APPROVED, None)
    assert events(version, "plan.consented", "plan.consent_taken_back") == [
        ("plan.consented", leader.id),
        ("plan.consent_taken_back", leader.id),
    ]
    for act in (consent.give_consent, consent.take_consent_back):
        with pytest.raises(NotNow):
            act(version, actor=leader)


def test_agreeing_twice_is_agreeing_once(make):
    version = agreed(make)

    consent.give_consent(version, actor=leader_of(version))

    assert len(events(version, "plan.consented")) == 1


def test_what_nobody_agreed_to_is_not_taken_back(make):
    version = make.general_plan(PlanStatus.IN_REVIEW)

    with pytest.raises(NotNow):
        consent.take_consent_back(version, actor=leader_of(version))


@pytest.mark.parametrize("way_back", ["withdrawn", "returned", "corrected"])
def test_a_plan_that_goes_back_takes_the_consent_with_it(make, way_back):
    version = make.general_plan()
    flow.submit_plan(version, actor=leader_of(version), publish_on_approval=True)

    if way_back == "withdrawn":
        flow.withdraw_plan(version, actor=leader_of(version))
    elif way_back == "returned":
        review.start_review(version, actor=animator_of(version))
        review.return_plan(version, note="See the goals", actor=animator_of(version))
    else:
        flow.correct_plan(version, reason="A mistake", actor=make.office())

    assert (version.publish_on_approval_at, version.publish_on_approval_by_id) == (None, None)


def test_a_new_version_begins_without_consent(make):
    version = agreed(make)
    consent_given = version.publish_on_approval_at
    review.return_plan(version, note="See the goals", actor=animator_of(version))

    draft = flow.revise_plan(version, actor=leader_of(version))

    assert consent_given is not None
    assert draft.publish_on_approval_at is None


def resign(version: PlanVersion, clock) -> User:
    """The leader of yesterday; nobody has taken over."""
    term = next(one for one in version.partnership.terms if one.kind is TermKind.LEADER)
    term.ends_on = clock.now.date()
    db.session.commit()
    clock.tick(days=1)
    return term.user


def test_who_may_no_longer_publish_does_not(make, clock, outbox):
    version = agreed(make)
    deputy = make.user()
    make.term(version.partnership, deputy, can_publish=True)
    db.session.refresh(version.partnership)
    resign(version, clock)
    told_before = len(outbox())

    approve(version)

    assert (version.status, version.published_at) == (PlanStatus.APPROVED, None)
    assert (version.publish_on_approval_at, version.publish_on_approval_by_id) == (None, None)
    assert events(version, "plan.consent_lapsed", "plan.published_on_approval") == [
        ("plan.consent_lapsed", None)
    ]
    (mail,) = outbox()[told_before:]
    assert mail.to_address == deputy.email
    assert "It was not published: the person who had agreed to that may no longer publish it." in mail.body
    assert f"/plans/{version.id}/publish\n" in mail.body


def test_a_deputy_whose_right_to_publish_is_gone_does_not_publish(make):
    partnership = make.partnership()
    deputy = make.user()
    term = make.term(partnership, deputy, can_submit=True, can_publish=True)
    db.session.refresh(partnership)
    version = make.general_plan(partnership=partnership)
    flow.submit_plan(version, actor=deputy, publish_on_approval=True)
    review.start_review(version, actor=animator_of(version))
    term.can_publish = False
    db.session.commit()

    approve(version)

    assert version.status is PlanStatus.APPROVED


def test_an_account_that_was_closed_publishes_nothing(make):
    version = agreed(make)
    leader_of(version).is_active = False
    db.session.commit()

    approve(version)

    assert version.status is PlanStatus.APPROVED


def test_a_new_leader_can_agree_in_place_of_the_one_who_left(make, clock):
    version = agreed(make)
    resign(version, clock)
    successor = make.user()
    make.term(version.partnership, successor, kind=TermKind.LEADER, starts_on=clock.now.date())
    db.session.refresh(version.partnership)

    consent.give_consent(version, actor=successor)
    approve(version)

    assert (version.status, version.published_by_id) == (PlanStatus.PUBLISHED, successor.id)


def test_the_animator_hears_of_a_publication_that_the_office_decided(make, outbox):
    version = agreed(make)
    told_before = len(outbox())

    approve(version, note="The animator is ill", actor=make.office())

    mails = {mail.to_address: mail.subject for mail in outbox()[told_before:]}
    name = version.partnership.municipality.name
    assert mails == {
        leader_of(version).email: f"{name}: your plan is approved and public",
        animator_of(version).email: f"{name}: the office decided in your place",
    }


def test_the_reviewer_is_told_that_the_approval_publishes(make, outbox):
    version = make.general_plan()

    flow.submit_plan(version, actor=leader_of(version), publish_on_approval=True)

    assert "the plan becomes public as soon as you approve it" in outbox()[-1].body


def test_of_taking_back_and_approving_in_the_same_moment_no_half_remains(app: Flask, make):
    """Through two connections at once: the plan is public with the consent, or approved without it."""
    version_id = agreed(make).id
    db.session.commit()
    start = Barrier(2)

    def act(take_back: bool) -> str:
        with app.app_context():
            start.wait()
            try:
                version = version_by_id(version_id)
                assert version is not None
                if take_back:
                    consent.take_consent_back(version, actor=leader_of(version))
                else:
                    review.approve_plan(
                        version, checks=set(review.ApprovalCheck), note="", actor=animator_of(version)
                    )
                db.session.commit()
            except (NotNow, StaleDataError):
                db.session.rollback()
                return "told"
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(2) as people:
        taken_back, approved = people.map(act, (True, False))

    db.session.expire_all()
    version = db.session.get_one(PlanVersion, version_id)
    outcome = (taken_back, approved, version.status, version.publish_on_approval_at is not None)
    assert outcome in {
        ("told", "done", PlanStatus.PUBLISHED, True),
        ("done", "done", PlanStatus.APPROVED, False),
        ("done", "told", PlanStatus.IN_REVIEW, False),
    }
    assert (version.published_by_id is not None) == (version.status is PlanStatus.PUBLISHED)
