"""Partnerships as people ask for them, and who may know of which."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.models import User
from accounts.policy import Permission, can
from accounts.role_sources import roles_of
from accounts.roles import Role
from core.database import db
from partnerships.models import AssignmentKind, Partnership, TermKind
from partnerships.queries import (
    advised_by,
    animators_to_choose,
    led_by,
    member_by_id,
    members_of,
    partnership_by_id,
    roles_from_partnerships,
    term_by_id,
    visible_to,
)
from tests.make import LONG_AGO

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def people(make) -> dict[str, User]:
    """Everybody who stands in some relation to a partnership today, did so or will do so."""
    people = {
        name: make.user(name)
        for name in ("leader", "former leader", "leader to come", "deputy", "former deputy", "stranger")
    }
    people |= {
        name: make.animator(name) for name in ("main", "covered main", "cover", "cover to come", "former")
    }
    people |= {"office": make.office(), "admin": make.admin(), "both": make.animator("both")}
    suspended = make.user("suspended", is_active=False)
    former_office = make.holder(Role.OFFICE, "former office", ends_on=YESTERDAY)
    return people | {"suspended": suspended, "former office": former_office}


BEFORE = LONG_AGO - timedelta(days=1)
"""Of two leaders one ends before the other begins."""


@pytest.fixture
def partnerships(make, people) -> list[Partnership]:
    led = make.partnership("led", leader=people["leader"], animator=people["main"])
    make.term(led, people["deputy"])
    make.term(led, people["former deputy"], ends_on=YESTERDAY)
    make.term(led, people["former leader"], kind=TermKind.LEADER, starts_on=BEFORE, ends_on=BEFORE)
    make.term(led, people["leader to come"], kind=TermKind.DEPUTY, starts_on=TOMORROW)

    covered = make.partnership("covered", leader=people["both"], animator=people["covered main"])
    cover = AssignmentKind.COVER
    make.assignment(covered.municipality, people["cover"], kind=cover, starts_on=TODAY, ends_on=TODAY)

    later = make.partnership("covered later", led=False, animator=people["both"])
    make.assignment(later.municipality, people["cover to come"], kind=cover, starts_on=TOMORROW)
    make.assignment(later.municipality, people["former"], kind=cover, ends_on=YESTERDAY)

    last_day = make.partnership("last day", led=False, advised=False)
    make.term(last_day, people["leader"], kind=TermKind.LEADER, ends_on=TODAY)
    make.term(last_day, people["suspended"], kind=TermKind.DEPUTY)
    make.assignment(last_day.municipality, people["former"], ends_on=YESTERDAY)
    return [led, covered, later, last_day, make.partnership("of others")]


def names(condition) -> set[str]:
    return set(db.session.scalars(select(Partnership.name).where(condition)))


def test_lists_show_exactly_what_may_be_opened(partnerships, people):
    in_lists = {name: names(visible_to(person)) for name, person in people.items()}
    one_by_one = {
        name: {one.name for one in partnerships if can(person, Permission.PARTNERSHIP_READ, one)}
        for name, person in people.items()
    }

    assert in_lists == one_by_one
    everything = {one.name for one in partnerships}
    assert in_lists == {
        "leader": {"led", "last day"},
        "former leader": set(),
        "leader to come": set(),
        "deputy": {"led"},
        "former deputy": set(),
        "stranger": set(),
        "main": {"led"},
        "covered main": set(),
        "cover": {"covered"},
        "cover to come": set(),
        "former": set(),
        "office": everything,
        "admin": set(),
        "both": {"covered", "covered later"},
        "suspended": set(),
        "former office": set(),
    }


def test_leading_and_advising_are_told_apart(partnerships, people):
    assert names(led_by(people["both"])) == {"covered"}
    assert names(advised_by(people["both"])) == {"covered later"}


def test_roles_come_from_terms_and_assignments_of_the_day(partnerships, people):
    roles = {name: roles_from_partnerships(person, TODAY) for name, person in people.items()}

    assert {name: found for name, found in roles.items() if found} == {
        "leader": {Role.LEADER},
        "deputy": {Role.DEPUTY},
        "main": {Role.ANIMATOR},
        "covered main": {Role.ANIMATOR},
        "cover": {Role.ANIMATOR},
        "both": {Role.LEADER, Role.ANIMATOR},
        "suspended": {Role.DEPUTY},
    }
    assert roles_from_partnerships(people["leader to come"], TOMORROW) == {Role.DEPUTY}


def test_roles_are_asked_in_one_query_and_join_those_granted(partnerships, people, count_queries):
    office = people["office"]
    assert office.grants

    with count_queries() as queries:
        roles = roles_of(office)

    assert roles == {Role.OFFICE}
    assert queries.count == 1
    assert roles_of(people["both"]) == {Role.LEADER, Role.ANIMATOR}


def test_a_partnership_comes_with_its_place_and_people_in_one_query(partnerships, count_queries):
    partnership_id = partnerships[0].id
    db.session.expire_all()

    with count_queries() as queries:
        found = partnership_by_id(partnership_id)
        assert found is not None
        leader, animator = found.leader(TODAY), found.animator(TODAY)
        assert leader is not None
        assert animator is not None
        shown = (
            found.municipality.county.name,
            found.municipality.voivodeship.name,
            leader.name,
            [person.name for person in found.deputies(TODAY)],
            animator.name,
        )

    assert shown == ("opolski", "opolskie", "leader", ["deputy"], "main")
    assert queries.count == 1, str(queries)


def test_its_parts_come_with_everything_the_rights_ask_about_in_one_query(make, count_queries):
    partnership = make.partnership()
    member_id, term_id = make.member(partnership).id, partnership.terms[0].id
    leader_id = partnership.leader(TODAY).id
    db.session.expunge_all()
    leader = db.session.get_one(User, leader_id)
    assert leader.grants == []

    for load, name in ((member_by_id, member_id), (term_by_id, term_id)):
        with count_queries() as queries:
            found = load(name)
            assert can(leader, Permission.PARTNERSHIP_READ, found)
        assert queries.count == 1, str(queries)


def test_what_is_not_there_is_nothing(app):
    assert (partnership_by_id(1), member_by_id(1), term_by_id(1)) == (None, None, None)


def test_only_the_leader_and_the_office_appoint_and_end_deputies(make):
    office, leader, deputy, animator = make.office(), make.user(), make.user(), make.animator()
    partnership = make.partnership(leader=leader, animator=animator)
    deputy_term, leader_term = make.term(partnership, deputy), partnership.leader_term(TODAY)

    allowed = {
        person.name: [
            can(person, Permission.TERM_EDIT, one) for one in (partnership, deputy_term, leader_term)
        ]
        for person in (office, leader, deputy, animator)
    }

    assert allowed == {
        office.name: [True, True, True],
        leader.name: [True, True, False],
        deputy.name: [False, False, False],
        animator.name: [False, False, False],
    }


def test_present_members_stand_before_former_ones(make):
    partnership = make.partnership()
    left = make.member(partnership, left_on=YESTERDAY)
    second = make.member(partnership, joined_on=YESTERDAY)
    first = make.member(partnership)

    assert list(members_of(partnership)) == [first, second, left]


def test_animators_to_choose_have_the_role_or_will_have_it(make):
    present, to_come = make.animator("Żaneta"), make.holder(Role.ANIMATOR, "Ćwiek", starts_on=TOMORROW)
    make.holder(Role.ANIMATOR, "Former", ends_on=YESTERDAY)
    make.animator("Suspended").is_active = False
    make.office()

    assert list(animators_to_choose()) == [to_come, present]
