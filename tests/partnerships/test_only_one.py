"""What there may be only one of is held by the database, also when two people act at the same moment."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from accounts.models import User
from core.audit import AuditEvent
from core.database import db, refusing
from municipalities.errors import ChangedMeanwhile
from municipalities.models import Municipality
from partnerships import services
from partnerships.errors import (
    AlreadyCovered,
    AlreadyInOffice,
    AlreadyMember,
    PartnershipExists,
    SecondLeader,
)
from partnerships.models import (
    AnimatorAssignment,
    AssignmentKind,
    LeaderTerm,
    Organisation,
    Partnership,
    PartnershipMember,
    TermKind,
)
from partnerships.workflow import PartnershipStatus
from tests.support.at_once import at_once

TODAY = date(2026, 4, 15)
LATER = date(2026, 5, 10)
ROUNDS = 5


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def rejected_by_database(*records: object) -> bool:
    try:
        with db.session.begin_nested():
            db.session.add_all(records)
    except IntegrityError:
        return True
    return False


def test_the_database_itself_knows_one_open_partnership_per_municipality(make):
    first = make.partnership()

    def another(status: PartnershipStatus, closed_on: date | None) -> Partnership:
        return Partnership(
            programme_id=first.programme_id,
            municipality_id=first.municipality_id,
            name="Another",
            status=status,
            closed_on=closed_on,
        )

    assert rejected_by_database(another(PartnershipStatus.FORMING, None))
    assert not rejected_by_database(another(PartnershipStatus.CLOSED, TODAY))


def test_the_database_itself_knows_one_leader_and_one_term_of_a_person(make):
    partnership, person = make.partnership(), make.user()

    def term(user: User, kind: TermKind, ends_on: date | None = None) -> LeaderTerm:
        return LeaderTerm(
            partnership_id=partnership.id, user_id=user.id, kind=kind, starts_on=TODAY, ends_on=ends_on
        )

    assert rejected_by_database(term(person, TermKind.LEADER))
    assert rejected_by_database(term(person, TermKind.DEPUTY), term(person, TermKind.DEPUTY))
    assert rejected_by_database(term(person, TermKind.DEPUTY, ends_on=date(2026, 4, 14)))
    assert not rejected_by_database(term(person, TermKind.DEPUTY))


def test_the_database_itself_knows_one_main_and_one_covering_animator(make):
    municipality, animator = make.partnership().municipality, make.animator()

    def assignment(kind: AssignmentKind) -> AnimatorAssignment:
        return AnimatorAssignment(
            municipality_id=municipality.id, animator_id=animator.id, kind=kind, starts_on=TODAY
        )

    assert rejected_by_database(assignment(AssignmentKind.MAIN))
    assert not rejected_by_database(assignment(AssignmentKind.COVER))
    assert rejected_by_database(assignment(AssignmentKind.COVER))


@pytest.mark.parametrize("kind", AssignmentKind)
def test_the_database_itself_lets_no_two_assignments_of_a_kind_share_a_day(make, kind):
    """Also where both have a last day, which no unique index could see."""
    municipality, animator = make.municipality(), make.animator()
    make.assignment(municipality, animator, kind=kind, starts_on=TODAY, ends_on=LATER)

    def assignment(starts_on: date, ends_on: date | None) -> AnimatorAssignment:
        return AnimatorAssignment(
            municipality_id=municipality.id,
            animator_id=animator.id,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
        )

    within, day_after = date(2026, 4, 20), date(2026, 5, 11)
    assert rejected_by_database(assignment(within, within))
    assert rejected_by_database(assignment(date(2026, 4, 1), TODAY))
    assert rejected_by_database(assignment(LATER, None))
    assert rejected_by_database(assignment(date(2026, 4, 1), None))
    assert not rejected_by_database(assignment(date(2026, 4, 1), date(2026, 4, 14)))
    assert not rejected_by_database(assignment(day_after, None))


def test_the_database_itself_lets_no_assignment_grow_over_another(make):
    municipality, animator = make.municipality(), make.animator()
    first = make.assignment(municipality, animator, starts_on=date(2026, 4, 1), ends_on=TODAY)
    make.assignment(municipality, animator, starts_on=LATER)
    make.assignment(municipality, animator, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=TODAY)

    def grown_over(ends_on: date | None) -> bool:
        try:
            with db.session.begin_nested():
                first.ends_on = ends_on
        except IntegrityError:
            db.session.refresh(first)
            return True
        return False

    assert [grown_over(day) for day in (LATER, None, date(2026, 5, 9))] == [True, True, False]


def test_the_database_itself_knows_a_member_once(make):
    member = make.member(make.partnership())

    again = PartnershipMember(
        partnership_id=member.partnership_id,
        organisation_id=member.organisation_id,
        role="lender",
        joined_on=TODAY,
    )

    assert rejected_by_database(again)


def test_a_partnership_founded_behind_the_back_is_refused_by_its_index(make, monkeypatch):
    municipality, office = make.partnership().municipality, make.office()
    monkeypatch.setattr("partnerships.services.founding.open_partnership_of", lambda _: None)

    with pytest.raises(PartnershipExists):
        services.found_partnership(municipality, name="Another", founded_on=None, actor=office)

    assert db.session.scalar(select(func.count(Partnership.id))) == 1


def test_a_leader_appointed_behind_the_back_is_refused_by_the_index(make, monkeypatch):
    partnership, office = make.partnership(), make.office()
    monkeypatch.setattr("partnerships.services.leading.terms_between", lambda *_: [])

    with pytest.raises(SecondLeader):
        services.appoint_leader(partnership, make.user(), starts_on=TODAY, actor=office)

    assert len(partnership.terms) == 1


def test_a_deputy_appointed_behind_the_back_is_refused_by_the_index(make, monkeypatch):
    partnership, office = make.partnership(), make.office()
    leader = partnership.leader(TODAY)
    monkeypatch.setattr("partnerships.services.leading.terms_between", lambda *_: [])

    with pytest.raises(AlreadyInOffice):
        services.appoint_deputy(
            partnership, leader, starts_on=TODAY, can_submit=False, can_publish=False, actor=office
        )


def test_a_member_added_behind_the_back_is_refused_by_the_index(make, monkeypatch):
    member, office = make.member(make.partnership()), make.office()
    monkeypatch.setattr("partnerships.services.members.is_member", lambda *_: False)

    with pytest.raises(AlreadyMember):
        services.add_member(
            member.partnership, member.organisation, role="lender", joined_on=TODAY, actor=office
        )


def test_an_animator_assigned_behind_the_back_is_refused_by_the_index(make, monkeypatch):
    municipality, office = make.partnership().municipality, make.office()
    monkeypatch.setattr("partnerships.services.advising.assignments_between", lambda *_: [])

    with pytest.raises(AlreadyCovered):
        services.assign_animator(municipality, make.animator(), starts_on=TODAY, actor=office)


# --- Two people at the same moment -----------------------------------------------------------------------


def test_of_two_foundings_at_once_one_is_refused(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        municipality_id = make.municipality().id

        def found(municipality_id: int = municipality_id) -> None:
            services.found_partnership(
                db.session.get_one(Municipality, municipality_id),
                name="Together",
                founded_on=None,
                actor=db.session.get_one(User, office_id),
            )

        assert at_once(app, found, found) == ["PartnershipExists", "done"]


def test_of_two_leaders_appointed_at_once_one_is_refused_even_for_terms_with_a_last_day(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        partnership_id = make.partnership(led=False).id
        people = [make.user().id, make.user().id]

        def appoint(user_id: int, partnership_id: int = partnership_id) -> None:
            term = services.appoint_leader(
                db.session.get_one(Partnership, partnership_id),
                db.session.get_one(User, user_id),
                starts_on=TODAY,
                actor=db.session.get_one(User, office_id),
            )
            services.end_term(term, ends_on=LATER, reason="", actor=db.session.get_one(User, office_id))

        outcome = at_once(app, partial(appoint, people[0]), partial(appoint, people[1]))

        assert outcome == ["SecondLeader", "done"]


def test_of_two_covers_for_the_same_days_one_is_refused(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        municipality_id = make.partnership().municipality_id
        animators = [make.animator().id, make.animator().id]

        def assign(animator_id: int, municipality_id: int = municipality_id) -> None:
            services.assign_animator(
                db.session.get_one(Municipality, municipality_id),
                db.session.get_one(User, animator_id),
                kind=AssignmentKind.COVER,
                starts_on=TODAY,
                ends_on=LATER,
                actor=db.session.get_one(User, office_id),
            )

        outcome = at_once(app, partial(assign, animators[0]), partial(assign, animators[1]))

        assert outcome == ["AssignedFrom", "done"]


def test_of_two_animators_assigned_from_the_same_day_one_is_refused(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        municipality_id = make.partnership().municipality_id
        animators = [make.animator().id, make.animator().id]

        def assign(animator_id: int, municipality_id: int = municipality_id) -> None:
            services.assign_animator(
                db.session.get_one(Municipality, municipality_id),
                db.session.get_one(User, animator_id),
                starts_on=TODAY,
                actor=db.session.get_one(User, office_id),
            )

        outcome = at_once(app, partial(assign, animators[0]), partial(assign, animators[1]))

        assert outcome == ["AssignedFrom", "done"]


def test_of_two_assignments_written_past_the_service_at_once_the_database_refuses_one(app, make):
    for _ in range(ROUNDS):
        municipality_id, animator_id = make.municipality().id, make.animator().id

        def write(municipality_id: int = municipality_id, animator_id: int = animator_id) -> None:
            with refusing(AlreadyCovered):
                db.session.add(
                    AnimatorAssignment(
                        municipality_id=municipality_id,
                        animator_id=animator_id,
                        kind=AssignmentKind.COVER,
                        starts_on=TODAY,
                        ends_on=LATER,
                    )
                )

        assert at_once(app, write, write) == ["AlreadyCovered", "done"]


def write_taken(record: object) -> None:
    """As where much is written at once, and only days that are taken mean that somebody else was there first."""
    with refusing(ChangedMeanwhile, only_taken=True):
        db.session.add(record)


def test_days_that_are_taken_say_so_on_either_database(make):
    partnership, animator = make.partnership(), make.animator()
    municipality_id = partnership.municipality_id
    second = LeaderTerm(
        partnership_id=partnership.id, user_id=make.user().id, kind=TermKind.LEADER,
        starts_on=TODAY, ends_on=LATER,
    )  # fmt: skip
    assigned = AnimatorAssignment(
        municipality_id=municipality_id, animator_id=animator.id, starts_on=TODAY, ends_on=LATER
    )

    for record in (second, assigned):
        with pytest.raises(ChangedMeanwhile):
            write_taken(record)


def test_what_is_kept_as_it_was_decided_stays_a_fault(make):
    event = AuditEvent(event="x", record_kind="x")
    db.session.add(event)
    db.session.flush()

    with pytest.raises(DatabaseError), refusing(ChangedMeanwhile, only_taken=True):
        event.event = "y"


def test_members_added_at_once_are_all_there_and_make_it_active(app, make):
    actor_id = make.office().id
    for _ in range(ROUNDS):
        partnership_id = make.partnership(status=PartnershipStatus.FORMING).id
        organisations = [make.organisation().id for _ in range(3)]

        def add(organisation_id: int, partnership_id: int = partnership_id) -> None:
            services.add_member(
                db.session.get_one(Partnership, partnership_id),
                db.session.get_one(Organisation, organisation_id),
                role="organiser",
                joined_on=TODAY,
                actor=db.session.get_one(User, actor_id),
            )

        outcome = at_once(app, *(partial(add, one) for one in organisations))

        db.session.expire_all()
        partnership = db.session.get_one(Partnership, partnership_id)
        assert outcome == ["done"] * 3
        assert (partnership.status, len(partnership.members)) == (PartnershipStatus.ACTIVE, 3)


def test_an_organisation_that_leaves_twice_at_once_leaves_once(app, make):
    actor_id = make.office().id
    for _ in range(ROUNDS):
        member_id = make.member(make.partnership()).id

        def leave(left_on: date, member_id: int = member_id) -> None:
            member = db.session.get_one(PartnershipMember, member_id)
            services.member_left(member, left_on=left_on, actor=db.session.get_one(User, actor_id))

        assert at_once(app, partial(leave, TODAY), partial(leave, date(2026, 4, 1))) == [
            "AlreadyLeft",
            "done",
        ]
