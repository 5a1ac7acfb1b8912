"""Hand-overs that come to nothing: declined, refused, called off, expired. Everything stays as it was."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.audit import story_of
from core.database import db
from core.i18n import _, in_language
from partnerships import services
from partnerships.errors import HandoverOverdue, ReasonMissing
from partnerships.handovers.workflow import HandoverAction, HandoverStatus
from tests.partnerships.handing_over import accepted, cast, confirmed, periods, requested

TODAY = date(2026, 4, 15)
THE_DAY = date(2026, 4, 29)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test begins on one day."""


def reads_polish(message: str) -> str:
    """Reasons that are kept are written in the first language of the programme."""
    with in_language("pl"):
        return _(message)


def test_the_successor_declines_and_everything_stays(make, outbox):
    people = cast(make)
    handover = requested(make, people=people)

    services.decline_handover(handover, reason="No time", actor=people.successor)

    assert (handover.status, handover.ended_how) == (HandoverStatus.CANCELLED, HandoverAction.DECLINE)
    mail = outbox()[-1]
    assert (mail.to_name, mail.subject) == ("Anna Wrona", "The hand-over of Together is off")
    assert "Ewa Lis will not lead the partnership Together." in mail.body
    assert "Reason: No time" in mail.body
    assert people.partnership.leader(THE_DAY) is people.leader


def test_the_animator_refuses_and_says_why(make):
    people = cast(make)
    handover = accepted(make, people=people)

    with pytest.raises(ReasonMissing):
        services.refuse_handover(handover, reason="", actor=people.animator)
    services.refuse_handover(handover, reason="Lives abroad", actor=people.animator)

    assert (handover.status, handover.ended_how, handover.end_reason) == (
        HandoverStatus.CANCELLED,
        HandoverAction.REFUSE,
        "Lives abroad",
    )


def test_called_off_after_the_confirmation_it_leaves_no_trace_in_the_terms(make):
    people = cast(make)
    make.term(people.partnership, people.successor, ends_on=date(2027, 1, 1))
    before = periods(people.partnership)
    handover = confirmed(make, people=people)

    services.cancel_handover(handover, reason="We thought again", actor=people.leader)

    assert periods(people.partnership) == before
    assert handover.status is HandoverStatus.CANCELLED


def test_a_last_day_that_the_office_set_since_stays_when_it_is_called_off(make):
    people = cast(make)
    handover = confirmed(make, people=people)
    services.end_term(people.partnership.terms[0], ends_on=TODAY, reason="Resigned", actor=make.office())

    services.cancel_handover(handover, reason="", actor=people.leader)

    assert [one[3] for one in periods(people.partnership)] == [TODAY]


def test_a_deputys_term_that_was_taken_back_since_stays_away_when_it_is_called_off(make):
    people = cast(make)
    deputy = make.term(people.partnership, people.successor, starts_on=date(2026, 4, 20))
    handover = confirmed(make, people=people)
    services.end_term(deputy, ends_on=TODAY, reason="", actor=make.office())

    services.cancel_handover(handover, reason="", actor=people.leader)

    assert periods(people.partnership) == [("Anna Wrona", "leader", date(2024, 1, 1), None)]


def test_who_leads_elsewhere_from_that_day_does_not_lead_here_again(make, outbox, visit):
    people, office = cast(make), make.office("Ola Nowa")
    handover = confirmed(make, people=people)
    elsewhere = make.partnership(led=False)
    services.appoint_leader(elsewhere, people.leader, starts_on=THE_DAY, actor=office)

    services.cancel_handover(handover, reason="", actor=people.leader)

    assert periods(people.partnership) == [("Anna Wrona", "leader", date(2024, 1, 1), date(2026, 4, 28))]
    assert story_of(people.partnership)[1][0].event == "partnership.term_not_restored"
    told = {
        mail.to_name: mail.body for mail in outbox() if mail.subject == "The hand-over of Together is off"
    }
    assert set(told) == {"Ewa Lis", "Marta Maj", "Ola Nowa"}
    assert (
        "Anna Wrona leads the partnership until 28 Apr 2026, and nobody after that day." in told["Ola Nowa"]
    )
    page = visit(as_=office).open(f"/partnerships/handovers/{handover.id}")
    assert "Nobody leads the partnership from 29 Apr 2026. Somebody can be asked anew." in page.text
    assert "Nothing changed" not in page.text


def test_who_leads_elsewhere_only_after_their_last_day_leads_here_until_then(make):
    people, office = cast(make), make.office()
    services.end_term(people.partnership.terms[0], ends_on=date(2026, 6, 30), reason="", actor=office)
    handover = confirmed(make, people=people)
    services.appoint_leader(
        make.partnership(led=False), people.leader, starts_on=date(2026, 7, 1), actor=office
    )

    services.cancel_handover(handover, reason="", actor=people.leader)

    assert [one[3] for one in periods(people.partnership)] == [date(2026, 6, 30)]


def test_who_advises_from_that_day_does_not_lead_again_and_the_deputy_stays_one(make, clock, outbox):
    leader, deputy = make.animator("Anna Wrona"), make.animator("Ewa Lis")
    people = replace(cast(make), leader=leader, successor=deputy)
    people = replace(people, partnership=make.partnership(leader=leader, animator=people.animator))
    make.term(people.partnership, deputy)
    handover, office, place = confirmed(make, people=people), make.office(), people.partnership.municipality
    services.assign_animator(place, leader, starts_on=THE_DAY, actor=office)

    deputy.is_active = False
    db.session.commit()
    clock.tick(days=14)
    assert services.finish_handover(handover)

    assert periods(people.partnership) == [
        ("Anna Wrona", "leader", date(2024, 1, 1), date(2026, 4, 28)),
        ("Ewa Lis", "deputy", date(2024, 1, 1), None),
    ]
    mail = next(one for one in reversed(outbox()) if one.to_name == "Anna Wrona")
    assert mail.subject.endswith("is off")
    assert "The partnership has no leader now. Somebody else can be asked at any time." in mail.body


def helps_from_the_day(make, people):
    services.appoint_deputy(
        people.partnership,
        people.leader,
        starts_on=THE_DAY,
        can_submit=True,
        can_publish=False,
        actor=make.office(),
    )
    db.session.commit()


@pytest.mark.parametrize("last_day", [None, date(2026, 6, 30)])
def test_a_leader_who_goes_on_does_not_help_as_well_from_the_day_on_which_they_would_have_stopped(
    make, last_day
):
    people = cast(make)
    if last_day:
        services.end_term(people.partnership.terms[0], ends_on=last_day, reason="", actor=make.office())
    handover = confirmed(make, people=people)
    helps_from_the_day(make, people)

    services.cancel_handover(handover, reason="", actor=people.leader)

    assert periods(people.partnership) == [("Anna Wrona", "leader", date(2024, 1, 1), last_day)]
    told = {row[0].event for row in story_of(people.partnership)}
    assert "partnership.term_taken_back" in told


@pytest.mark.parametrize("last_day", [None, date(2026, 6, 30)])
def test_nor_where_the_successor_is_suspended_on_the_day(make, clock, last_day):
    people = cast(make)
    if last_day:
        services.end_term(people.partnership.terms[0], ends_on=last_day, reason="", actor=make.office())
    handover = confirmed(make, people=people)
    helps_from_the_day(make, people)
    people.successor.is_active = False
    db.session.commit()
    clock.tick(days=14)

    assert services.finish_handover(handover)

    assert handover.ended_how is HandoverAction.FAIL
    assert periods(people.partnership) == [("Anna Wrona", "leader", date(2024, 1, 1), last_day)]


def test_who_helps_only_after_their_last_day_as_leader_still_will(make):
    people = cast(make)
    services.end_term(people.partnership.terms[0], ends_on=date(2026, 6, 30), reason="", actor=make.office())
    handover = confirmed(make, people=people)
    services.appoint_deputy(
        people.partnership, people.leader, starts_on=date(2026, 7, 1), can_submit=False, can_publish=False,
        actor=make.office(),
    )  # fmt: skip

    services.cancel_handover(handover, reason="", actor=people.leader)

    assert [one[1:] for one in periods(people.partnership)] == [
        ("deputy", date(2026, 7, 1), None),
        ("leader", date(2024, 1, 1), date(2026, 6, 30)),
    ]


def test_who_leads_elsewhere_from_that_day_still_helps_here(make):
    people = cast(make)
    handover = confirmed(make, people=people)
    helps_from_the_day(make, people)
    services.appoint_leader(
        make.partnership(led=False), people.leader, starts_on=THE_DAY, actor=make.office()
    )

    services.cancel_handover(handover, reason="", actor=people.leader)

    assert [one[1:] for one in periods(people.partnership)] == [
        ("deputy", THE_DAY, None),
        ("leader", date(2024, 1, 1), date(2026, 4, 28)),
    ]


def test_the_office_that_was_to_confirm_is_told_that_it_is_off(make, outbox):
    leader, office = make.user(), make.office("Ola Nowa")
    alone = make.partnership("Alone", leader=leader, advised=False)
    people = replace(cast(make), partnership=alone, leader=leader)
    handover = accepted(make, people=people)

    services.cancel_handover(handover, reason="", actor=people.leader)

    told = [mail.subject for mail in outbox() if mail.to_address == office.mail_address]
    assert told[-1] == "The hand-over of Alone is off"


def test_when_the_office_appoints_a_leader_it_is_called_off(make, outbox):
    people, office, other = cast(make), make.office(), make.user("Ola Nowa")
    services.end_term(people.partnership.terms[0], ends_on=TODAY, reason="", actor=office)
    handover = accepted(make, people=people)

    services.appoint_leader(people.partnership, other, starts_on=THE_DAY, actor=office)

    assert (handover.status, handover.end_reason) == (
        HandoverStatus.CANCELLED,
        reads_polish("The programme office has appointed a leader."),
    )
    told = [mail.to_name for mail in outbox() if mail.subject == "The hand-over of Together is off"]
    assert told == ["Ewa Lis", "Anna Wrona", "Marta Maj"]


def test_after_it_was_called_off_another_one_can_begin(make):
    people = cast(make)
    handover = confirmed(make, people=people)
    services.cancel_handover(handover, reason="", actor=people.leader)

    again = requested(make, people=people)

    assert again.id != handover.id


def test_nobody_accepted_within_the_days_of_an_invitation(make, clock, outbox):
    people = cast(make)
    handover = requested(make, people=people, effective_on=date(2026, 9, 1))
    assert handover.answer_until == TODAY + timedelta(days=14)
    clock.tick(days=14)
    assert not services.expire_handover(handover)
    clock.tick(days=1)

    with pytest.raises(HandoverOverdue):
        services.accept_handover(handover, actor=people.successor)
    assert services.expire_handover(handover)

    assert handover.status is HandoverStatus.EXPIRED
    assert {mail.to_name for mail in outbox() if mail.subject == "The hand-over of Together expired"} == {
        "Ewa Lis",
        "Anna Wrona",
    }


def test_nobody_confirmed_before_the_day_was_over(make, clock):
    people = cast(make)
    handover = accepted(make, people=people)
    clock.tick(days=14)
    assert not services.expire_handover(handover)
    clock.tick(days=1)

    with pytest.raises(HandoverOverdue, match="Ask for a new one with a later day"):
        services.confirm_handover(handover, actor=people.animator)
    assert services.expire_handover(handover)

    assert people.partnership.leader(THE_DAY) is people.leader


def test_a_partnership_that_closes_calls_it_off(make):
    people, office = cast(make), make.office()
    handover = confirmed(make, people=people)

    services.close_partnership(people.partnership, closed_on=TODAY, reason="Merged", actor=office)

    assert (handover.status, handover.end_reason) == (HandoverStatus.CANCELLED, "Merged")
    assert periods(people.partnership) == [("Anna Wrona", "leader", date(2024, 1, 1), TODAY)]


def test_also_where_the_leader_was_to_help_the_next_one(make):
    people = cast(make)
    confirmed(make, people=people)
    helps_from_the_day(make, people)

    services.close_partnership(people.partnership, closed_on=TODAY, reason="Merged", actor=make.office())

    assert periods(people.partnership) == [("Anna Wrona", "leader", date(2024, 1, 1), TODAY)]
