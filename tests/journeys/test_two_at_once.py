"""Two people act on the same plan: the second is told, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from core.audit import AuditEvent
from core.database import db
from core.mail import OutboxMail
from plans.errors import NotNow
from plans.models import PlanVersion
from plans.queries import version_by_id
from plans.services import review
from plans.workflow import PlanStatus

TOLD = "Someone has already moved this on"
EVERY_CHECK = [check.value for check in review.ApprovalCheck]


def test_of_two_decisions_the_second_is_told(visit, make):
    version = make.general_plan(PlanStatus.IN_REVIEW)
    animator = version.partnership.animator(version.status_since.date())
    left_open = visit(as_=make.office()).open(f"/plans/{version.id}/decide")
    visit(as_=animator).open(f"/plans/{version.id}/decide").submit("Return the plan", note="See the goals")

    second = left_open.submit("Approve the plan", expect=422, checks=EVERY_CHECK, note="The animator is ill")

    assert TOLD in second.text
    db.session.refresh(version)
    assert (version.status, version.decision_note) == (PlanStatus.RETURNED, "See the goals")


def test_a_button_pressed_twice_publishes_once(visit, make):
    version = make.general_plan(PlanStatus.APPROVED)
    leader = version.partnership.leader(version.status_since.date())
    page = visit(as_=leader).open(f"/plans/{version.id}").follow("Publish")
    page.submit("Publish the plan")

    again = page.submit("Publish the plan", expect=409)

    assert TOLD in again.text
    published = select(func.count()).select_from(AuditEvent).where(AuditEvent.event == "plan.published")
    assert db.session.scalar(published) == 1


def test_of_two_decisions_in_the_same_moment_one_stands(app: Flask, make):
    """Through two connections at once, on whichever database the tests run."""
    version = make.general_plan(PlanStatus.IN_REVIEW)
    version_id, mails = version.id, db.session.scalar(select(func.count()).select_from(OutboxMail))
    db.session.commit()
    start = Barrier(2)

    def decide(approve: bool) -> str:
        with app.app_context():
            start.wait()
            try:
                _decide(version_id, approve=approve)
            except (NotNow, StaleDataError):
                db.session.rollback()
                return "told"
            finally:
                db.session.remove()
            return "decided"

    with ThreadPoolExecutor(2) as people:
        outcomes = sorted(people.map(decide, (True, False)))

    db.session.expire_all()
    assert outcomes == ["decided", "told"]
    assert db.session.get_one(PlanVersion, version_id).status in (PlanStatus.APPROVED, PlanStatus.RETURNED)
    assert db.session.scalar(select(func.count()).select_from(OutboxMail)) == (mails or 0) + 1


def _decide(version_id: int, *, approve: bool) -> None:
    version = version_by_id(version_id)
    assert version is not None
    animator = version.partnership.animator(version.status_since.date())
    assert animator is not None
    if approve:
        review.approve_plan(version, checks=set(review.ApprovalCheck), note="", actor=animator)
    else:
        review.return_plan(version, note="See the goals", actor=animator)
    db.session.commit()
