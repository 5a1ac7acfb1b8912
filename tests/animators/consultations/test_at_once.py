"""Two people, or a person and a job, at the same moment: what happens, happens once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy import func, select

from accounts.mail_links import mail_link
from accounts.models import User
from animators.consultations import services
from animators.consultations.models import Consultation, ConsultationStatus, Side
from animators.consultations.notices import CONFIRM
from animators.hours.models import LedgerEntry
from core import clock as core_clock
from core.audit import AuditEvent
from core.database import db
from tests.animators.consultations.conftest import a_report
from tests.support.at_once import at_once
from tests.support.clients import OutsideClient
from tests.support.reading import csrf_token


def one(consultation_id: int) -> Consultation:
    return db.session.get_one(Consultation, consultation_id)


def person(person_id: int) -> User:
    return db.session.get_one(User, person_id)


def count(event: str) -> int:
    return db.session.scalar(select(func.count()).where(AuditEvent.event == event)) or 0


def test_a_visit_that_two_report_at_once_is_reported_once(app, clock, held, animator):
    visit_id, animator_id = held.id, animator.id

    def report() -> str:
        services.report_visit(one(visit_id), a_report(), actor=person(animator_id))
        return "reported"

    outcome = at_once(app, report, report, report)

    assert outcome == ["ReportedAlready", "ReportedAlready", "reported"]
    assert list(db.session.scalars(select(LedgerEntry.minutes))) == [240]


def test_of_a_confirmation_and_a_dispute_at_once_one_counts(
    app, make, clock, partnership, visit_of, animator
):
    deputy = make.user()
    make.term(partnership, deputy)
    leader_id, deputy_id = next(iter(partnership.leader_ids(clock.now.date()))), deputy.id
    for number in range(1, 3):
        visit = visit_of(partnership, number=number)
        services.report_visit(visit, a_report(), actor=animator)
        visit_id = visit.id

        def confirm(visit_id: int = visit_id) -> str:
            services.confirm(one(visit_id), actor=person(leader_id), side=Side.LEADER)
            return "confirmed"

        def dispute(visit_id: int = visit_id) -> str:
            services.dispute(one(visit_id), "Not so", actor=person(deputy_id), side=Side.LEADER)
            return "disputed"

        outcome = at_once(app, confirm, dispute)

        assert outcome in (["DisputedAlready", "disputed"], ["ConfirmedAlready", "confirmed"])


def test_two_jobs_and_a_dispute_at_once_leave_one_outcome(app, clock, reported, leader):
    visit_id, leader_id = reported.id, leader.id
    later = clock.now + timedelta(days=7)

    def dispute() -> str:
        services.dispute(one(visit_id), "Not so", actor=person(leader_id), side=Side.LEADER)
        return "disputed"

    outcome = at_once(app, services.confirm_lapsed, services.confirm_lapsed, dispute, moment=later)

    db.session.expire_all()
    status = one(visit_id).status
    if status is ConsultationStatus.DISPUTED:
        assert outcome == ["0", "0", "disputed"]
    else:
        assert outcome == ["0", "1", "ConfirmedAlready"]
    assert count("consultation.confirmed_by_itself") + count("consultation.disputed") == 1


def test_a_link_pressed_in_two_browsers_at_once_confirms_once(app, clock, reported, leader):
    address = mail_link(CONFIRM, reported, leader, valid_for=timedelta(days=7)).removeprefix(
        "http://localhost"
    )
    browsers = [OutsideClient(app), OutsideClient(app)]
    tokens = [csrf_token(browser.get(address).text) for browser in browsers]
    barrier = Barrier(2)

    def press(number: int) -> int:
        barrier.wait()
        with app.app_context(), core_clock.at(clock.now):
            return browsers[number].post(address, data={"csrf_token": tokens[number]}).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, range(2)))

    assert answers == [303, 303]
    assert (count("consultation.confirmed"), count("account.did_by_link")) == (1, 1)
