"""Two people at the same moment, and what the database itself lets happen once only."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from animators.people.models import LeaveSummary, SummarisedCover
from animators.people.moves import Reassignment
from animators.people.services.leaves import summarise_leaves
from animators.people.services.reassigning import preview, reassign
from core.database import db
from core.mail import OutboxMail
from municipalities.models import Municipality
from partnerships import services
from partnerships.models import AnimatorAssignment, AssignmentKind
from tests.support.at_once import at_once

TODAY = date(2026, 4, 15)
NOW = datetime(2026, 4, 15, 10, tzinfo=UTC)
ROUNDS = 3


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def person(person_id: int) -> User:
    return db.session.get_one(User, person_id)


def test_of_two_who_reassign_the_same_municipalities_to_different_people_one_is_refused(app, make):
    office_id = make.office().id

    def move(leaver_id: int, to_id: int, places: list[int], token: str) -> str:
        wanted = Reassignment(person(leaver_id), TODAY, dict.fromkeys(places, person(to_id)))
        reassign(wanted, token=token, stays=[], actor=person(office_id))
        return "done"

    for _ in range(ROUNDS):
        leaver = make.animator()
        places = [make.partnership(animator=leaver).municipality_id for _ in range(3)]
        attempts = [_attempt(move, leaver, make.animator(), places) for _ in range(2)]

        outcome = at_once(app, *attempts)

        assert outcome == ["NothingMoves", "done"]
        current = select(AnimatorAssignment.animator_id).where(
            AnimatorAssignment.municipality_id.in_(places), AnimatorAssignment.ends_on.is_(None)
        )
        assert len(set(db.session.scalars(current))) == 1


def _attempt(move: Callable[..., str], leaver: User, to: User, places: list[int]) -> Callable[[], str]:
    token = preview(Reassignment(leaver, TODAY, dict.fromkeys(places, to))).token
    return partial(move, leaver.id, to.id, places, token)


def test_a_reassignment_and_a_new_cover_at_once_never_leave_two_of_a_kind(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        leaver, successor = make.animator(), make.animator()
        place = make.partnership(animator=leaver).municipality_id
        ids = leaver.id, successor.id
        token = preview(Reassignment(leaver, TODAY, {place: successor})).token

        def move(ids=ids, place=place, token=token):
            wanted = Reassignment(person(ids[0]), TODAY, {place: person(ids[1])})
            reassign(wanted, token=token, stays=[], actor=person(office_id))
            return "moved"

        def cover(ids=ids, place=place):
            services.assign_animator(
                db.session.get_one(Municipality, place),
                person(ids[1]),
                starts_on=TODAY,
                ends_on=date(2026, 5, 10),
                kind=AssignmentKind.COVER,
                actor=person(office_id),
            )
            return "covered"

        outcome = at_once(app, move, cover)

        assert outcome in (["AlreadyAdvises", "moved"], ["ChangedSincePreview", "covered"])


def test_two_jobs_at_once_tell_of_a_leave_once(app, make):
    main, cover = make.animator(), make.animator()
    for _ in range(2):
        make.assignment(
            make.partnership(animator=main).municipality,
            cover,
            kind=AssignmentKind.COVER,
            starts_on=date(2026, 4, 1),
            ends_on=date(2026, 4, 14),
        )

    made = at_once(app, summarise_leaves, summarise_leaves)

    db.session.expire_all()
    assert made == ["0", "1"]
    assert db.session.scalar(select(func.count()).select_from(LeaveSummary)) == 1
    assert db.session.scalar(select(func.count()).select_from(OutboxMail)) == 1


def test_the_database_itself_takes_a_cover_into_one_summary(make):
    main = make.animator()
    cover = make.assignment(make.municipality(), make.animator(), kind=AssignmentKind.COVER, ends_on=TODAY)

    def summary() -> LeaveSummary:
        return LeaveSummary(
            animator=main, starts_on=TODAY, ends_on=TODAY, covers=[SummarisedCover(assignment_id=cover.id)]
        )

    db.session.add(summary())
    db.session.flush()
    db.session.expunge_all()
    main = db.session.get_one(User, main.id)
    db.session.add(summary())
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
