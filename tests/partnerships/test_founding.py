"""A partnership begins and ends."""

from datetime import date

import pytest

from core.audit import story_of
from core.errors import DomainError
from partnerships import services
from partnerships.errors import (
    ClosedInFuture,
    ClosedTooEarly,
    FoundedInFuture,
    MunicipalityGone,
    PartnershipClosed,
    PartnershipExists,
)
from partnerships.models import Partnership, TermKind
from partnerships.queries import open_partnership_of
from partnerships.workflow import PartnershipStatus

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def events(partnership: Partnership) -> list[str]:
    """Oldest first."""
    return [event.event for event, _ in story_of(partnership)][::-1]


def test_a_partnership_with_its_day_of_founding_is_forming(make):
    office, municipality = make.office(), make.municipality("Żółta Gęś")

    partnership = services.found_partnership(
        municipality, name="Cyfrowa Gęś", founded_on=YESTERDAY, actor=office
    )

    assert (partnership.name, partnership.founded_on) == ("Cyfrowa Gęś", YESTERDAY)
    assert partnership.status is PartnershipStatus.FORMING
    assert open_partnership_of(municipality) is partnership
    assert events(partnership) == ["partnership.founded"]


def test_without_a_day_of_founding_it_is_planned(make):
    partnership = services.found_partnership(
        make.municipality(), name="To come", founded_on=None, actor=make.office()
    )

    assert partnership.status is PartnershipStatus.PLANNED
    assert events(partnership) == ["partnership.planned"]


def test_its_leader_leads_from_the_day_of_founding_and_brings_the_first_member(make):
    office, leader, municipality = make.office(), make.user("Ewa Lis"), make.municipality()
    library = make.organisation("Biblioteka", municipality=municipality)

    partnership = services.found_partnership(
        municipality,
        name="Together",
        founded_on=YESTERDAY,
        leader=leader,
        leader_organisation=library,
        actor=office,
    )

    assert partnership.leader(YESTERDAY) is leader
    assert [(member.organisation, member.role) for member in partnership.members] == [(library, "leader")]
    assert events(partnership) == [
        "partnership.founded",
        "partnership.leader_appointed",
        "partnership.member_joined",
    ]


def test_a_second_partnership_in_one_municipality_is_refused(make):
    first = make.partnership()

    with pytest.raises(PartnershipExists):
        services.found_partnership(first.municipality, name="Another", founded_on=TODAY, actor=make.office())


def test_after_one_is_closed_another_may_be_founded(make):
    office, first = make.office(), make.partnership()
    services.close_partnership(first, closed_on=TODAY, reason="Merged", actor=office)

    second = services.found_partnership(first.municipality, name="Another", founded_on=TODAY, actor=office)

    assert open_partnership_of(first.municipality) is second


def test_nothing_is_founded_ahead_of_its_day(make):
    with pytest.raises(FoundedInFuture):
        services.found_partnership(
            make.municipality(), name="Too soon", founded_on=TOMORROW, actor=make.office()
        )


def test_a_municipality_that_has_ended_gets_no_partnership(make):
    municipality = make.municipality()
    municipality.valid_to = YESTERDAY

    with pytest.raises(MunicipalityGone, match="14 Apr 2026"):
        services.found_partnership(municipality, name="Late", founded_on=None, actor=make.office())


def test_the_first_day_of_founding_makes_a_planned_partnership_forming(make):
    office = make.office()
    partnership = services.found_partnership(make.municipality(), name="Plan", founded_on=None, actor=office)

    services.record_founding(partnership, name="Plan", founded_on=TODAY, actor=office)

    assert (partnership.founded_on, partnership.status) == (TODAY, PartnershipStatus.FORMING)
    assert events(partnership) == ["partnership.planned", "partnership.founded"]


def test_the_founding_makes_it_active_at_once_where_the_members_are_there(make):
    office, partnership = make.office(), make.partnership(status=PartnershipStatus.PLANNED)
    for _ in range(3):
        make.member(partnership)

    services.record_founding(partnership, name=partnership.name, founded_on=TODAY, actor=office)

    assert partnership.status is PartnershipStatus.ACTIVE
    assert events(partnership) == ["partnership.founded", "partnership.active"]


def test_a_new_name_is_kept_with_the_old_one(make):
    office, partnership = make.office(), make.partnership("Old name")

    services.record_founding(partnership, name="New name", founded_on=None, actor=office)

    [(event, _)] = story_of(partnership)
    assert partnership.name == "New name"
    assert (event.event, event.data) == (
        "partnership.renamed",
        {
            "before": {"name": "Old name", "founded_on": "2024-01-01"},
            "after": {"name": "New name", "founded_on": "2024-01-01"},
            "note": "Old name → New name",
        },
    )


def test_saving_without_a_change_leaves_no_trace(make):
    partnership = make.partnership("Same")

    services.record_founding(partnership, name="Same", founded_on=None, actor=make.office())

    assert events(partnership) == []


def test_closing_ends_every_term(make):
    office, partnership, deputy = make.office(), make.partnership(), make.user()
    make.term(partnership, deputy)

    services.close_partnership(partnership, closed_on=YESTERDAY, reason="Over", actor=office)

    assert (partnership.status, partnership.closed_on) == (PartnershipStatus.CLOSED, YESTERDAY)
    assert [term.ends_on for term in partnership.terms] == [YESTERDAY, YESTERDAY]
    assert (partnership.leader(TODAY), partnership.deputies(TODAY)) == (None, [])


def test_its_people_are_told_why_it_closed(make, outbox):
    office, leader, animator = make.office(), make.user(), make.animator()
    partnership = make.partnership("Together", leader=leader, animator=animator)

    services.close_partnership(partnership, closed_on=TODAY, reason="The school left", actor=office)

    assert [(mail.to_address, mail.subject) for mail in outbox()] == [
        (leader.email, "The partnership Together is closed"),
        (animator.email, "The partnership Together is closed"),
    ]
    assert all("Reason: The school left" in mail.body for mail in outbox())


def test_terms_that_have_not_begun_are_taken_back_when_it_closes(make, outbox):
    office, deputy, next_leader = make.office(), make.user("Jan Wrona"), make.user("Ewa Lis")
    partnership = make.partnership("Together", led=False, advised=False)
    make.term(partnership, deputy, starts_on=date(2026, 5, 1))
    make.term(partnership, next_leader, kind=TermKind.LEADER, starts_on=date(2026, 6, 1))

    services.close_partnership(partnership, closed_on=TODAY, reason="The school left", actor=office)

    assert partnership.terms == []
    events = [(event.event, personal.get("note")) for event, personal in story_of(partnership)[1:]]
    assert sorted(events) == [
        ("partnership.term_taken_back", "Ewa Lis: The school left"),
        ("partnership.term_taken_back", "Jan Wrona: The school left"),
    ]
    assert {(mail.to_name, mail.subject) for mail in outbox()} == {
        ("Ewa Lis", "The partnership Together is closed"),
        ("Jan Wrona", "The partnership Together is closed"),
    }


@pytest.mark.parametrize(
    ("closed_on", "refusal"), [(TOMORROW, ClosedInFuture), (date(2023, 12, 31), ClosedTooEarly)]
)
def test_it_closes_on_a_day_between_founding_and_today(make, closed_on, refusal):
    partnership = make.partnership()

    with pytest.raises(refusal):
        services.close_partnership(partnership, closed_on=closed_on, reason="x", actor=make.office())

    assert partnership.status is PartnershipStatus.ACTIVE


def test_in_a_closed_partnership_nothing_changes(make):
    office, partnership, person = make.office(), make.partnership(), make.user()
    organisation = make.organisation()
    services.close_partnership(partnership, closed_on=TODAY, reason="Over", actor=office)

    attempts = [
        lambda: services.close_partnership(partnership, closed_on=TODAY, reason="x", actor=office),
        lambda: services.record_founding(partnership, name="x", founded_on=None, actor=office),
        lambda: services.appoint_leader(partnership, person, starts_on=TOMORROW, actor=office),
        lambda: services.appoint_deputy(
            partnership, person, starts_on=TODAY, can_submit=True, can_publish=True, actor=office
        ),
        lambda: services.add_member(
            partnership, organisation, role="organiser", joined_on=TODAY, actor=office
        ),
    ]

    for attempt in attempts:
        with pytest.raises(PartnershipClosed):
            attempt()


def test_every_refusal_is_a_sentence():
    for refusal in (PartnershipExists(), FoundedInFuture(), PartnershipClosed(), ClosedInFuture()):
        assert isinstance(refusal, DomainError)
        assert str(refusal).endswith(".")
