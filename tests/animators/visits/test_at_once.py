"""Two people at the same moment: one visit of each number, one answer to a date."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import func, select

from accounts.models import User
from animators.consultations.models import Consultation, ConsultationStatus, VisitSlot
from animators.visits import services
from core.database import db
from core.mail import OutboxMail
from partnerships.models import Partnership
from tests.animators.visits.conftest import slot
from tests.support.at_once import at_once

ROUNDS = 3


def get(model, record_id):
    return db.session.get_one(model, record_id)


def visits_of(municipality_id):
    db.session.expire_all()
    found = select(Consultation).where(Consultation.municipality_id == municipality_id)
    return db.session.scalars(found.order_by(Consultation.id)).all()


def enter(partnership_id: int, person_id: int, days: int) -> str:
    services.enter_agreed(
        get(Partnership, partnership_id), slot(days), visit_no=1, actor=get(User, person_id)
    )
    return "entered"


def propose(partnership_id: int, person_id: int, days: int) -> str:
    services.propose(get(Partnership, partnership_id), [slot(days)], visit_no=1, actor=get(User, person_id))
    return "proposed"


def accept(slot_id: int, person_id: int) -> str:
    services.accept(get(VisitSlot, slot_id), actor=get(User, person_id))
    return "accepted"


def cancel(visit_id: int, person_id: int) -> str:
    services.cancel(get(Consultation, visit_id), reason="Ill", actor=get(User, person_id))
    return "cancelled"


def decline(visit_id: int, person_id: int) -> str:
    services.decline(get(Consultation, visit_id), note="No", actor=get(User, person_id))
    return "declined"


@pytest.mark.parametrize(("second", "done"), [(enter, "entered"), (propose, "proposed")])
def test_of_both_sides_entering_a_visit_at_once_one_makes_it(app, make, second: Callable[..., str], done):
    for _ in range(ROUNDS):
        partnership = make.partnership()
        place, id_ = partnership.municipality_id, partnership.id
        leader, animator = partnership.terms[0].user_id, partnership.assignments[0].animator_id

        outcome = at_once(app, partial(enter, id_, leader, 14), partial(second, id_, animator, 15))

        assert outcome in (["OnItsWayAlready", "entered"], ["OnItsWayAlready", done])
        assert [visit.visit_no for visit in visits_of(place)] == [1]


def test_of_two_who_accept_different_dates_at_once_one_is_told_that_it_is_answered(app, make):
    for _ in range(ROUNDS):
        partnership = make.partnership()
        deputy = make.user()
        make.term(partnership, deputy)
        leader, deputy_id = partnership.terms[0].user_id, deputy.id
        visit = services.propose(
            partnership, [slot(14), slot(15)], visit_no=1, actor=partnership.assignments[0].animator
        )
        first, second = (one.id for one in visit.slots)

        outcome = at_once(app, partial(accept, first, leader), partial(accept, second, deputy_id))

        assert outcome == ["AnsweredAlready", "accepted"]
        (kept,) = visits_of(partnership.municipality_id)
        assert [str(one.answer) for one in kept.slots].count("accepted") == 1


def test_accepting_and_cancelling_at_once_leave_one_story(app, make):
    for _ in range(ROUNDS):
        partnership = make.partnership()
        leader, animator = partnership.terms[0].user_id, partnership.assignments[0].animator
        visit = services.propose(partnership, [slot(14)], visit_no=1, actor=animator)
        slot_id, visit_id, animator_id = visit.slots[0].id, visit.id, animator.id

        outcome = at_once(app, partial(accept, slot_id, leader), partial(cancel, visit_id, animator_id))

        assert outcome in (["accepted", "cancelled"], ["AnsweredAlready", "cancelled"])
        (kept,) = visits_of(partnership.municipality_id)
        assert kept.status is ConsultationStatus.CANCELLED


def test_accepting_and_declining_at_once_one_wins(app, make):
    for _ in range(ROUNDS):
        partnership = make.partnership()
        deputy = make.user()
        make.term(partnership, deputy)
        leader, deputy_id = partnership.terms[0].user_id, deputy.id
        visit = services.propose(
            partnership, [slot(14)], visit_no=1, actor=partnership.assignments[0].animator
        )
        slot_id, visit_id = visit.slots[0].id, visit.id

        outcome = at_once(app, partial(accept, slot_id, leader), partial(decline, visit_id, deputy_id))

        assert outcome in (["NotNow", "accepted"], ["AnsweredAlready", "declined"])


def test_two_jobs_at_once_write_down_once_that_a_visit_was_held(app, make, clock):
    partnership = make.partnership()
    visit = services.enter_agreed(partnership, slot(-1 + 2, 9), visit_no=1, actor=partnership.terms[0].user)
    visit.planned_start = slot(-1, 9).starts_at
    db.session.commit()
    before = db.session.scalar(select(func.count()).select_from(OutboxMail)) or 0

    made = at_once(app, services.hold_past_visits, services.hold_past_visits)

    db.session.expire_all()
    assert made == ["0", "1"]
    assert db.session.scalar(select(func.count()).select_from(OutboxMail)) == before + 1
