"""The organisations that belong to a partnership."""

from datetime import date

import pytest

from core.audit import story_of
from partnerships import services
from partnerships.errors import (
    AlreadyLeft,
    AlreadyMember,
    BelongedThen,
    JoinedInFuture,
    LeftBeforeJoining,
    LeftInFuture,
    NotLeftYet,
)
from partnerships.models import Organisation
from partnerships.organisations.errors import OrganisationOver
from partnerships.queries import members_of
from partnerships.services.members import ensure_member
from partnerships.workflow import PartnershipStatus

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_an_organisation_joins_with_what_it_gives(make):
    partnership, leader_acts = make.partnership(), make.user()
    school = make.organisation("Szkoła", municipality=partnership.municipality)

    member = services.add_member(
        partnership,
        school,
        role="trainer",
        contribution=["room", "staff"],
        contact_function="dyrektor",
        contact_email="szkola@gmina.example",
        joined_on=TODAY,
        actor=leader_acts,
    )

    assert partnership.members_on(TODAY) == [member]
    assert partnership.members_on(YESTERDAY) == []
    assert (member.role, member.contribution, member.contact_function, member.contact_email) == (
        "trainer",
        ["room", "staff"],
        "dyrektor",
        "szkola@gmina.example",
    )


def test_with_the_third_member_a_forming_partnership_is_active(make):
    partnership, actor = make.partnership(status=PartnershipStatus.FORMING), make.user()
    statuses = []

    for _ in range(4):
        services.add_member(partnership, make.organisation(), role="organiser", joined_on=TODAY, actor=actor)
        statuses.append(partnership.status)

    forming, active = PartnershipStatus.FORMING, PartnershipStatus.ACTIVE
    assert statuses == [forming, forming, active, active]
    assert [event.event for event, _ in story_of(partnership)].count("partnership.active") == 1


def test_where_nobody_leads_a_deputy_makes_it_active_on_behalf_of_the_partnership(make):
    partnership, deputy = make.partnership(led=False, status=PartnershipStatus.FORMING), make.user()
    make.term(partnership, deputy)

    for _ in range(3):
        services.add_member(partnership, make.organisation(), role="organiser", joined_on=TODAY, actor=deputy)

    (active,) = [event for event, _ in story_of(partnership) if event.event == "partnership.active"]
    assert (active.actor_id, active.data["on_behalf"]) == (deputy.id, "partnership")


def test_a_planned_partnership_stays_planned_however_many_join(make):
    partnership, actor = make.partnership(status=PartnershipStatus.PLANNED), make.user()

    for _ in range(3):
        services.add_member(partnership, make.organisation(), role="organiser", joined_on=TODAY, actor=actor)

    assert partnership.status is PartnershipStatus.PLANNED


def test_an_organisation_is_a_member_once(make):
    partnership, actor, school = make.partnership(), make.user(), make.organisation()
    make.member(partnership, school)

    with pytest.raises(AlreadyMember):
        services.add_member(partnership, school, role="trainer", joined_on=TODAY, actor=actor)


def test_an_organisation_may_belong_to_several_partnerships_and_join_again(make):
    first, second, actor, school = make.partnership(), make.partnership(), make.user(), make.organisation()
    make.member(first, school)
    make.member(second, school, left_on=YESTERDAY)

    services.add_member(second, school, role="trainer", joined_on=TODAY, actor=actor)

    assert [partnership.members_on(TODAY)[0].organisation for partnership in (first, second)] == [school] * 2
    assert len(second.members) == 2


def test_nobody_joins_ahead_of_the_day(make):
    with pytest.raises(JoinedInFuture):
        services.add_member(
            make.partnership(), make.organisation(), role="trainer", joined_on=TOMORROW, actor=make.user()
        )


def test_a_member_that_leaves_belongs_until_its_last_day(make):
    partnership = make.partnership()
    member = make.member(partnership)

    services.member_left(member, left_on=YESTERDAY, actor=make.user())

    assert partnership.members_on(YESTERDAY) == [member]
    assert partnership.members_on(TODAY) == []


def test_a_partnership_stays_active_when_a_member_leaves(make):
    partnership = make.partnership()

    services.member_left(make.member(partnership), left_on=TODAY, actor=make.user())

    assert partnership.status is PartnershipStatus.ACTIVE


@pytest.mark.parametrize(("left_on", "refusal"), [(YESTERDAY, LeftBeforeJoining), (TOMORROW, LeftInFuture)])
def test_a_member_leaves_between_the_day_it_joined_and_today(make, left_on, refusal):
    member = make.member(make.partnership(), joined_on=TODAY)

    with pytest.raises(refusal):
        services.member_left(member, left_on=left_on, actor=make.user())

    assert member.left_on is None


def test_a_member_leaves_once_and_then_no_longer_changes(make):
    member = make.member(make.partnership(), left_on=YESTERDAY)

    with pytest.raises(AlreadyLeft):
        services.member_left(member, left_on=TODAY, actor=make.user())
    with pytest.raises(AlreadyLeft):
        services.change_member(
            member,
            role="lender",
            contribution=[],
            contact_function=None,
            contact_email=None,
            actor=make.user(),
        )


def test_a_change_of_a_member_tells_old_and_new_and_keeps_addresses_where_they_can_be_erased(make):
    partnership = make.partnership()
    member = make.member(partnership, make.organisation("Szkoła"), role="trainer")

    services.change_member(
        member,
        role="trainer",
        contribution=["room"],
        contact_function="dyrektor",
        contact_email="szkola@gmina.example",
        actor=make.user(),
    )

    [(event, personal)] = story_of(partnership)
    assert event.data == {
        "note": "Szkoła",
        "before": {"contribution": []},
        "after": {"contribution": ["room"]},
    }
    assert personal == {
        "before": {"contact_function": None, "contact_email": None},
        "after": {"contact_function": "dyrektor", "contact_email": "szkola@gmina.example"},
    }


def test_saving_a_member_without_a_change_leaves_no_trace(make):
    partnership = make.partnership()
    member = make.member(partnership, role="trainer")

    services.change_member(
        member, role="trainer", contribution=[], contact_function="", contact_email="", actor=make.user()
    )

    assert story_of(partnership) == []


def test_an_organisation_of_the_municipality_is_found_by_its_name_however_it_is_typed(make):
    municipality, elsewhere = make.municipality(), make.municipality()
    known = make.organisation("Biblioteka w Łodzi", municipality=municipality)
    make.organisation("Dom Kultury", municipality=elsewhere)

    again = services.organisation_in(municipality, name=" biblioteka W ŁODZI ", org_type="other")
    new = services.organisation_in(municipality, name="Dom Kultury", org_type="culture_centre")

    assert again is known
    assert (type(new), new.municipality_id, new.org_type) == (
        Organisation,
        municipality.id,
        "culture_centre",
    )


# --- Days of one organisation ----------------------------------------------------------------------------


@pytest.mark.parametrize("joined_on", [date(2026, 3, 1), date(2025, 12, 1), date(2026, 3, 31)])
def test_an_organisation_does_not_join_again_before_it_left(make, joined_on):
    partnership, actor = make.partnership(), make.user()
    former = make.member(partnership, joined_on=date(2026, 1, 1), left_on=date(2026, 3, 31))

    with pytest.raises(BelongedThen, match="from 1 Jan 2026 to 31 Mar 2026 already"):
        services.add_member(
            partnership, former.organisation, role="trainer", joined_on=joined_on, actor=actor
        )

    again = services.add_member(
        partnership, former.organisation, role="trainer", joined_on=date(2026, 4, 1), actor=actor
    )
    assert again.joined_on == date(2026, 4, 1)


def test_the_leaders_organisation_belongs_again_from_the_day_after_it_left(make):
    partnership, actor = make.partnership(), make.user()
    former = make.member(partnership, left_on=YESTERDAY)
    gone_today = make.member(partnership, left_on=TODAY)

    for one in (former, gone_today):
        ensure_member(partnership, one.organisation, role="leader", joined_on=date(2026, 3, 1), actor=actor)

    days = {(one.organisation_id, one.joined_on) for one in members_of(partnership) if one.left_on is None}
    assert days == {(former.organisation_id, TODAY), (gone_today.organisation_id, gone_today.joined_on)}
    event, _ = story_of(partnership)[0]
    assert (event.data["before"], event.data["after"]) == ({"left_on": "2026-04-15"}, {"left_on": None})


def test_an_organisation_that_is_no_more_does_not_become_the_leaders_member(make):
    partnership = make.partnership(led=False)
    library = make.organisation("Biblioteka", municipality=partnership.municipality)
    library.ended_on = YESTERDAY

    term = services.appoint_leader(
        partnership, make.user(), starts_on=TODAY, organisation=library, actor=make.office()
    )

    assert (term.organisation, list(members_of(partnership))) == (library, [])


def test_the_last_day_of_a_former_member_is_corrected(make):
    partnership, actor, school = make.partnership(), make.user(), make.organisation("Szkoła")
    first = make.member(partnership, school, joined_on=date(2026, 1, 1), left_on=date(2026, 1, 31))
    second = make.member(partnership, school, joined_on=date(2026, 3, 1))

    services.correct_last_day(first, left_on=date(2026, 2, 28), actor=actor)
    services.correct_last_day(first, left_on=date(2026, 2, 28), actor=actor)

    [(event, _)] = story_of(partnership)
    assert event.data == {
        "note": "Szkoła", "before": {"left_on": "2026-01-31"}, "after": {"left_on": "2026-02-28"},
    }  # fmt: skip
    for left_on, refusal in (
        (date(2026, 3, 1), BelongedThen), (TOMORROW, LeftInFuture), (date(2025, 12, 31), LeftBeforeJoining),
    ):  # fmt: skip
        with pytest.raises(refusal):
            services.correct_last_day(first, left_on=left_on, actor=actor)
    with pytest.raises(NotLeftYet):
        services.correct_last_day(second, left_on=TODAY, actor=actor)
    school.ended_on = date(2026, 2, 28)
    second.left_on = date(2026, 3, 2)
    with pytest.raises(OrganisationOver):
        services.correct_last_day(second, left_on=date(2026, 3, 3), actor=actor)
