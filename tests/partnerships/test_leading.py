"""Who leads a partnership and who may act for the leader."""

from datetime import date

import pytest

from core.audit import story_of
from partnerships import services
from partnerships.errors import (
    AdvisesHere,
    AlreadyInOffice,
    EndBeforeStart,
    LeadsElsewhere,
    PersonSuspended,
    SecondLeader,
    TermOver,
)
from partnerships.models import TermKind

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_a_leader_leads_from_the_first_day_on(make):
    partnership, person = make.partnership(led=False), make.user()

    term = services.appoint_leader(partnership, person, starts_on=TODAY, actor=make.office())

    assert (term.kind, term.starts_on, term.ends_on) == (TermKind.LEADER, TODAY, None)
    assert partnership.leader(YESTERDAY) is None
    assert partnership.leader(TODAY) is person


def test_a_second_leader_is_refused_and_nothing_changes(make):
    partnership, second = make.partnership(), make.user()
    first = partnership.leader(TODAY)

    with pytest.raises(SecondLeader, match="has a leader for these days already"):
        services.appoint_leader(partnership, second, starts_on=TOMORROW, actor=make.office())

    assert partnership.leader(TOMORROW) is first
    assert story_of(partnership) == []


def test_a_leader_whose_term_has_a_last_day_still_leads_until_then(make):
    office, second = make.office(), make.user()
    partnership = make.partnership(led=False)
    make.term(partnership, make.user(), kind=TermKind.LEADER, ends_on=TOMORROW)

    with pytest.raises(SecondLeader):
        services.appoint_leader(partnership, second, starts_on=TOMORROW, actor=office)

    services.appoint_leader(partnership, second, starts_on=date(2026, 4, 17), actor=office)
    assert partnership.leader(date(2026, 4, 17)) is second


def test_the_leaders_organisation_becomes_a_member_once(make):
    office, partnership = make.office(), make.partnership(led=False)
    library = make.organisation("Biblioteka", municipality=partnership.municipality)
    make.member(partnership, library, role="trainer")

    services.appoint_leader(partnership, make.user(), starts_on=TODAY, organisation=library, actor=office)

    assert [(member.organisation, member.role) for member in partnership.members] == [(library, "trainer")]


def test_a_deputy_who_becomes_the_leader_is_deputy_until_the_day_before(make):
    partnership, deputy = make.partnership(led=False), make.user()
    make.term(partnership, deputy)

    services.appoint_leader(partnership, deputy, starts_on=TODAY, actor=make.office())

    assert partnership.deputies(YESTERDAY) == [deputy]
    assert partnership.deputies(TODAY) == []
    assert partnership.leader(TODAY) is deputy


def test_a_deputy_since_today_can_lead_from_tomorrow(make):
    partnership, deputy, office = make.partnership(led=False), make.user("Jan Wrona"), make.office()
    make.term(partnership, deputy, starts_on=TODAY)

    with pytest.raises(
        AlreadyInOffice, match="Jan Wrona has led this partnership, or helped to, since 15 Apr"
    ):
        services.appoint_leader(partnership, deputy, starts_on=TODAY, actor=office)

    services.appoint_leader(partnership, deputy, starts_on=TOMORROW, actor=office)
    assert partnership.leader(TOMORROW) is deputy


def test_a_suspended_person_is_not_appointed(make):
    partnership, person, office = make.partnership(led=False), make.user(is_active=False), make.office()

    with pytest.raises(PersonSuspended):
        services.appoint_leader(partnership, person, starts_on=TODAY, actor=office)
    with pytest.raises(PersonSuspended):
        services.appoint_deputy(
            partnership, person, starts_on=TODAY, can_submit=False, can_publish=False, actor=office
        )


def test_nobody_is_appointed_to_lead_two_partnerships(make):
    person, partnership = make.user(), make.partnership(led=False)
    elsewhere = make.partnership(led=False)
    make.term(elsewhere, person, kind=TermKind.LEADER, ends_on=TODAY)

    with pytest.raises(LeadsElsewhere):
        services.appoint_leader(partnership, person, starts_on=TODAY, actor=make.office())

    services.appoint_leader(partnership, person, starts_on=TOMORROW, actor=make.office())
    assert partnership.leader(TOMORROW) is person


def test_a_partnership_is_not_founded_with_somebody_who_leads_another_one(make):
    leader = make.user()
    make.partnership(leader=leader)

    with pytest.raises(LeadsElsewhere):
        services.found_partnership(
            make.municipality(), name="Razem", founded_on=TODAY, leader=leader, actor=make.office()
        )


def test_the_animator_of_a_municipality_is_not_appointed_there(make):
    animator, office = make.animator(), make.office()
    partnership = make.partnership(led=False, animator=animator)

    with pytest.raises(AdvisesHere, match="would review their own plan"):
        services.appoint_leader(partnership, animator, starts_on=TODAY, actor=office)
    with pytest.raises(AdvisesHere):
        services.appoint_deputy(
            partnership, animator, starts_on=TODAY, can_submit=False, can_publish=False, actor=office
        )

    assert (partnership.leader(TODAY), partnership.deputies(TODAY)) == (None, [])


def test_a_deputy_goes_on_until_the_day_before_they_advise(make):
    person = make.animator()
    partnership = make.partnership(advised=False)
    make.assignment(partnership.municipality, person, starts_on=date(2026, 5, 1))
    leader, rights = partnership.leader(TODAY), {"can_submit": False, "can_publish": False}

    term = services.appoint_deputy(
        partnership, person, starts_on=TODAY, ends_on=date(2026, 4, 30), actor=leader, **rights
    )

    with pytest.raises(AdvisesHere):
        services.change_deputy(term, ends_on=date(2026, 5, 1), actor=leader, **rights)
    assert partnership.deputies(date(2026, 4, 30)) == [person]


def test_who_advises_later_can_always_be_given_fewer_rights_and_an_earlier_last_day(make):
    """Their terms and assignments may share days since before there was a rule, or by a file."""
    deputy, partnership = make.animator(), make.partnership(advised=False)
    term = make.term(partnership, deputy, starts_on=date(2026, 6, 1), can_submit=True)
    make.assignment(partnership.municipality, deputy, starts_on=TODAY)
    leader = partnership.leader(TODAY)

    services.change_deputy(term, ends_on=None, can_submit=False, can_publish=False, actor=leader)
    services.change_deputy(term, ends_on=date(2026, 7, 31), can_submit=False, can_publish=False, actor=leader)

    assert (term.can_submit, term.ends_on) == (False, date(2026, 7, 31))
    with pytest.raises(AdvisesHere):
        services.change_deputy(term, ends_on=None, can_submit=False, can_publish=False, actor=leader)


def test_a_deputy_who_begins_after_they_advised_gets_a_later_last_day(make):
    deputy, partnership = make.animator(), make.partnership(advised=False)
    make.assignment(partnership.municipality, deputy, ends_on=date(2026, 5, 31))
    term = make.term(partnership, deputy, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30))

    services.change_deputy(
        term,
        ends_on=date(2026, 7, 31),
        can_submit=False,
        can_publish=False,
        actor=partnership.leader(TODAY),
    )

    assert term.ends_on == date(2026, 7, 31)


def test_a_deputy_gets_the_rights_that_are_named(make):
    partnership, first, second = make.partnership(), make.user(), make.user()
    leader = partnership.leader(TODAY)

    services.appoint_deputy(
        partnership, first, starts_on=TODAY, can_submit=True, can_publish=False, actor=leader
    )
    services.appoint_deputy(
        partnership, second, starts_on=TODAY, can_submit=False, can_publish=True, actor=leader
    )

    assert partnership.deputies(TODAY) == [first, second]
    assert partnership.deputies_who_submit(TODAY) == {first.id}
    assert partnership.deputies_who_publish(TODAY) == {second.id}


def test_a_deputy_for_a_while_is_one_for_that_while(make):
    partnership, person = make.partnership(), make.user()

    services.appoint_deputy(
        partnership,
        person,
        starts_on=TODAY,
        ends_on=TOMORROW,
        can_submit=False,
        can_publish=False,
        actor=make.office(),
    )

    assert partnership.deputies(TOMORROW) == [person]
    assert partnership.deputies(date(2026, 4, 17)) == []


def test_nobody_holds_two_terms_in_one_partnership_at_a_time(make):
    partnership = make.partnership()
    leader = partnership.leader(TODAY)

    with pytest.raises(AlreadyInOffice):
        services.appoint_deputy(
            partnership, leader, starts_on=TODAY, can_submit=False, can_publish=False, actor=leader
        )


def test_a_term_ends_with_its_last_day(make):
    partnership = make.partnership()
    term = partnership.leader_term(TODAY)

    services.end_term(term, ends_on=TODAY, reason="Moves away", actor=make.office())

    assert (term.ends_on, term.end_reason) == (TODAY, "Moves away")
    assert partnership.leader(TOMORROW) is None


def test_a_term_does_not_end_before_it_began(make):
    partnership = make.partnership(led=False)
    term = make.term(partnership, make.user(), starts_on=TODAY)

    with pytest.raises(EndBeforeStart):
        services.end_term(term, ends_on=YESTERDAY, reason="", actor=make.office())


def test_a_term_that_is_over_cannot_be_made_longer(make):
    partnership = make.partnership(led=False)
    term = make.term(partnership, make.user(), ends_on=YESTERDAY)

    with pytest.raises(TermOver):
        services.end_term(term, ends_on=TODAY, reason="", actor=make.office())

    assert term.ends_on == YESTERDAY


def test_a_term_with_a_last_day_can_end_earlier(make):
    partnership = make.partnership(led=False)
    term = make.term(partnership, make.user(), ends_on=TOMORROW)

    services.end_term(term, ends_on=TODAY, reason="", actor=make.office())

    assert term.ends_on == TODAY


def test_a_new_leader_is_told_what_to_do_and_the_others_who_it_is(make, outbox):
    leader, animator, deputy = make.user("Ewa Lis"), make.animator(), make.user()
    partnership = make.partnership("Together", led=False, animator=animator)
    make.term(partnership, deputy)

    services.appoint_leader(partnership, leader, starts_on=TODAY, actor=make.office())

    assert {mail.to_address: mail.subject for mail in outbox()} == {
        leader.email: "You lead the partnership Together",
        animator.email: "Together has a new leader",
        deputy.email: "Together has a new leader",
    }
    assert f"http://localhost/partnerships/{partnership.id}" in outbox()[0].body
    assert "use the link in the invitation" in outbox()[0].body


def test_a_deputy_is_told_what_they_may_do(make, outbox):
    partnership, person = make.partnership("Together"), make.user()
    leader = partnership.leader(TODAY)

    services.appoint_deputy(
        partnership, person, starts_on=TODAY, can_submit=True, can_publish=False, actor=leader
    )

    [mail] = outbox()
    assert (mail.to_address, mail.subject, mail.reply_to) == (
        person.email,
        "You are deputy leader of the partnership Together",
        leader.email,
    )
    assert "- You may submit plans for approval.\n- Publishing plans stays with the leader." in mail.body


def test_when_a_leader_goes_everybody_learns_how_it_goes_on(make, outbox):
    leader, animator, deputy = make.user("Ewa Lis"), make.animator(), make.user()
    partnership = make.partnership("Together", leader=leader, animator=animator)
    make.term(partnership, deputy)

    services.end_term(
        partnership.leader_term(TODAY), ends_on=TOMORROW, reason="A new job", actor=make.office()
    )

    assert {mail.to_address: mail.subject for mail in outbox()} == {
        leader.email: "Your term in the partnership Together ends",
        animator.email: "A term ends in the partnership Together",
        deputy.email: "A term ends in the partnership Together",
    }
    assert all("Reason: A new job" in mail.body for mail in outbox())
    assert "the deputies go on with the plans" in outbox()[1].body
    assert "Ask them before that day:\n\nhttp" in outbox()[1].body


def test_mails_come_in_the_language_of_who_reads_them(make, outbox):
    reader = make.user(language="pl")
    partnership = make.partnership(led=False, advised=False)

    services.appoint_leader(partnership, reader, starts_on=TODAY, actor=make.office())

    assert [(mail.language, "15.04.2026" in mail.body) for mail in outbox()] == [("pl", True)]


def test_the_story_keeps_ids_and_days_but_name_and_reason_apart(make):
    office, partnership = make.office(), make.partnership(leader=make.user("Ewa Lis"))
    term = partnership.leader_term(TODAY)

    services.end_term(term, ends_on=TODAY, reason="Is ill", actor=office)

    [(event, personal)] = story_of(partnership)
    assert (event.event, event.actor_id, event.record_kind, event.record_id) == (
        "partnership.term_ended",
        office.id,
        "leader_term",
        term.id,
    )
    assert event.data == {
        "user_id": term.user_id,
        "kind": "leader",
        "before": {"ends_on": None},
        "after": {"ends_on": "2026-04-15"},
    }
    assert personal == {"note": "Ewa Lis: Is ill"}
