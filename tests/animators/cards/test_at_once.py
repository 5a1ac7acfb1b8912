"""Two people at the same moment with one card."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from accounts.models import User
from animators.cards.models import CardLine, Work, WorkCard
from animators.cards.queries import content_of
from animators.cards.services import entering, flow
from animators.cards.services.entering import Entry
from animators.cards.workflow import CardStatus
from core.audit import AuditEvent
from core.database import db
from tests.animators.cards.working import APRIL, begun, consultation, submitted
from tests.support.at_once import at_once

NOW = datetime(2026, 4, 30, 10, tzinfo=UTC)
ROUNDS = 3


@pytest.fixture(autouse=True)
def _time(clock):
    clock.move_to(NOW)


def card_and(card_id: int, person_id: int) -> tuple[WorkCard, User]:
    return db.session.get_one(WorkCard, card_id), db.session.get_one(User, person_id)


def test_two_submissions_at_once_are_one(app, make):
    place = make.partnership().municipality
    for _ in range(ROUNDS):
        animator = make.animator()
        consultation(animator, place, date(2026, 4, 2), 30)
        card = begun(animator, APRIL)
        ids, seen = (card.id, animator.id), flow.seen_as(content_of(card))

        def submit(ids=ids, seen=seen):
            mine, actor = card_and(*ids)
            flow.submit_card(mine, seen=seen, actor=actor)
            return "submitted"

        assert at_once(app, submit, submit) == ["NotNow", "submitted"]
        told = select(func.count()).where(
            AuditEvent.record_kind == "work_card",
            AuditEvent.record_id == ids[0],
            AuditEvent.event == "card.submitted",
        )
        assert db.session.scalar(told) == 1


def test_a_card_that_is_checked_and_returned_at_once_is_one_of_both(app, make):
    place = make.partnership().municipality
    for _ in range(ROUNDS):
        animator = make.animator()
        consultation(animator, place, date(2026, 4, 2), 30)
        card_id = submitted(begun(animator, APRIL)).id
        one, other = make.office().id, make.office().id

        def check(card_id=card_id, one=one):
            card, actor = card_and(card_id, one)
            flow.check_card(card, actor=actor)
            return "checked"

        def check_too(card_id=card_id, other=other):
            card, actor = card_and(card_id, other)
            flow.check_card(card, actor=actor)
            return "checked"

        assert at_once(app, check, check_too) == ["NotNow", "checked"]
        db.session.expire_all()
        assert db.session.get_one(WorkCard, card_id).status is CardStatus.CHECKED


def test_a_line_entered_while_the_card_is_submitted_is_on_it_or_refused(app, make):
    place = make.partnership().municipality
    for _ in range(ROUNDS):
        animator = make.animator()
        consultation(animator, place, date(2026, 4, 2), 30)
        card = begun(animator, APRIL)
        ids, seen = (card.id, animator.id), flow.seen_as(content_of(card))

        def submit(ids=ids, seen=seen):
            mine, actor = card_and(*ids)
            flow.submit_card(mine, seen=seen, actor=actor)
            return "submitted"

        def enter(ids=ids):
            mine, actor = card_and(*ids)
            entering.add_line(mine, Entry(date(2026, 4, 3), Work.TRAVEL, 60, 40), actor=actor)
            return "entered"

        outcome = at_once(app, submit, enter)

        db.session.expire_all()
        kept = db.session.get_one(WorkCard, ids[0])
        entered = db.session.scalar(select(func.count()).where(CardLine.card_id == ids[0]))
        assert (outcome, kept.status, entered) in (
            (["CardSubmitted", "submitted"], CardStatus.SUBMITTED, 0),
            (["ChangedSinceSeen", "entered"], CardStatus.OPEN, 1),
        )


def test_one_line_sent_twice_at_once_is_one(app, make):
    for _ in range(ROUNDS):
        animator = make.animator()
        ids = begun(animator, APRIL).id, animator.id

        def enter(ids=ids):
            mine, actor = card_and(*ids)
            entering.add_line(
                mine, Entry(date(2026, 4, 3), Work.TRAVEL, 60), key=f"{ids[0]:032x}", actor=actor
            )
            return "entered"

        assert at_once(app, enter, enter) == ["entered", "entered"]
        assert db.session.scalar(select(func.count()).where(CardLine.card_id == ids[0])) == 1


def test_a_card_begun_twice_at_once_is_one(app, make):
    for _ in range(ROUNDS):
        animator_id = make.animator().id

        def begin(animator_id=animator_id):
            person = db.session.get_one(User, animator_id)
            return entering.begin_card(person, APRIL, actor=person).number

        outcome = at_once(app, begin, begin)

        assert outcome[0] == outcome[1]
        assert db.session.scalar(select(func.count()).where(WorkCard.animator_id == animator_id)) == 1
