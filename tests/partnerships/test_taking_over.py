"""The day of a hand-over: rights change at midnight, what is open moves, both get one mail with the list."""

from datetime import UTC, date, datetime, time

import pytest

from accounts.policy import Permission, can
from core.audit import story_of
from core.database import db
from core.workflow import NotNow
from meetings.services import When, call_meeting
from partnerships import services
from partnerships.errors import HandoverInForce
from partnerships.handovers.jobs import hand_over
from partnerships.handovers.workflow import HandoverAction, HandoverStatus
from partnerships.organisations.services import end_organisation
from partnerships.workflow import PartnershipStatus
from plans.services import consent
from plans.services.consent import consenting_person
from plans.workflow import PlanStatus
from tests.partnerships.handing_over import Cast, accepted, cast, confirmed

TODAY = date(2026, 4, 15)
THE_DAY = date(2026, 4, 29)
LAST_SECOND = datetime(2026, 4, 28, 21, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 4, 28, 22, 0, tzinfo=UTC)
"""In Warsaw, where summer time is two hours ahead."""


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test begins on one day."""


def subjects(outbox, person) -> list[str]:
    return [mail.subject for mail in outbox() if mail.to_address == person.mail_address]


def rights(people: Cast) -> tuple[list[Permission], list[Permission]]:
    """Of the former leader and of the successor."""
    db.session.expire_all()
    asked = (Permission.PARTNERSHIP_READ, Permission.PARTNERSHIP_EDIT, Permission.HANDOVER_REQUEST)
    former, new = (
        [one for one in asked if can(person, one, people.partnership)]
        for person in (people.leader, people.successor)
    )
    return former, new


ALL = [Permission.PARTNERSHIP_READ, Permission.PARTNERSHIP_EDIT, Permission.HANDOVER_REQUEST]


def test_rights_change_at_midnight_though_no_job_has_run(make, clock):
    people = cast(make)
    confirmed(make, people=people)

    clock.move_to(LAST_SECOND)
    assert rights(people) == (ALL, [])
    clock.move_to(MIDNIGHT)
    assert rights(people) == ([], ALL)


def test_with_its_day_being_today_it_happens_at_once(make, outbox):
    people = cast(make)

    handover = confirmed(make, people=people, effective_on=TODAY)

    assert handover.status is HandoverStatus.DONE
    assert people.partnership.leader(TODAY) is people.successor
    assert "You handed the partnership Together over" in subjects(outbox, people.leader)


def test_the_day_before_the_job_does_nothing(make, clock):
    handover = confirmed(make)

    clock.move_to(LAST_SECOND)

    assert hand_over() == "0 done, 0 expired"
    db.session.expire_all()
    assert handover.status is HandoverStatus.CONFIRMED


def test_after_a_stop_of_days_it_is_done_once_and_both_get_one_mail(make, clock, outbox):
    people = cast(make)
    handover = confirmed(make, people=people)
    clock.move_to(datetime(2026, 5, 3, 9, 0, tzinfo=UTC))

    assert (hand_over(), hand_over()) == ("1 done, 0 expired", "0 done, 0 expired")

    db.session.expire_all()
    assert (handover.status, handover.ended_how) == (HandoverStatus.DONE, HandoverAction.FINISH)
    assert people.partnership.leader(THE_DAY).id == people.successor.id
    for person, subject in (
        (people.leader, "You handed the partnership Together over"),
        (people.successor, "You lead the partnership Together"),
    ):
        assert subjects(outbox, person).count(subject) == 1
    assert subjects(outbox, people.animator)[-1] == "Together has a new leader"


def test_whoever_leads_no_more_when_the_job_comes_is_not_told_that_they_lead(make, clock, outbox):
    people = cast(make)
    handover = confirmed(make, people=people)
    assert handover.to_term is not None
    services.end_term(handover.to_term, ends_on=THE_DAY, reason="Ill", actor=make.office())
    db.session.commit()
    clock.move_to(datetime(2026, 5, 3, 9, 0, tzinfo=UTC))

    assert hand_over() == "1 done, 0 expired"

    db.session.expire_all()
    assert handover.status is HandoverStatus.DONE
    assert "You lead the partnership Together" not in subjects(outbox, people.successor)
    assert "You handed the partnership Together over" in subjects(outbox, people.leader)


def test_the_job_tells_the_history_who_led_and_who_leads(make, clock):
    people = cast(make)
    confirmed(make, people=people)
    clock.move_to(MIDNIGHT)

    hand_over()

    event, personal = story_of(people.partnership)[0]
    assert (event.event, event.actor_id, personal["note"]) == (
        "partnership.handover_done",
        None,
        "Anna Wrona → Ewa Lis",
    )
    assert event.data["before"] == {"leader_id": people.leader.id}
    assert event.data["after"] == {"leader_id": people.successor.id, "starts_on": "2026-04-29"}


def test_both_mails_hold_the_same_list_of_what_is_open(make, clock, outbox):
    people = cast(make)
    version = make.general_plan(PlanStatus.RETURNED, partnership=people.partnership)
    make.annual_plan(partnership=people.partnership)
    confirmed(make, people=people)
    clock.move_to(MIDNIGHT)

    hand_over()

    bodies = {mail.to_name: mail.body for mail in outbox()}
    listed = {
        name: [line for line in bodies[name].splitlines() if line.startswith("- ")]
        for name in ("Anna Wrona", "Ewa Lis")
    }
    assert version.status is PlanStatus.RETURNED
    assert listed["Ewa Lis"] == [
        "- General plan 2026–2028: returned for changes",
        "- Annual plan 2026: a draft to go on with",
    ]
    assert listed["Anna Wrona"] == listed["Ewa Lis"]


def test_meetings_called_and_meetings_to_be_recorded_stand_in_the_list(make, clock, outbox):
    people = cast(make)
    for held_on in (date(2026, 4, 20), date(2026, 6, 1)):
        when = When(held_on, time(17), 90, "Biblioteka", None)
        call_meeting(people.partnership, when, invite=False, actor=people.leader)
    confirmed(make, people=people)
    clock.move_to(MIDNIGHT)

    hand_over()

    mail = next(mail for mail in outbox() if mail.subject.startswith("You lead the partnership"))
    assert [line for line in mail.body.splitlines() if line.startswith("- ")] == [
        "- Meeting on 20 Apr 2026: to be recorded",
        "- Meeting on 1 Jun 2026: it is called",
    ]


def test_each_reads_the_list_in_their_own_language(make, clock, outbox):
    people = cast(make)
    people.successor.language = "pl"
    make.general_plan(partnership=people.partnership)
    confirmed(make, people=people)
    clock.move_to(MIDNIGHT)

    hand_over()

    spoken = {mail.to_name: (mail.language, mail.body) for mail in outbox()}
    assert spoken["Ewa Lis"][0] == "pl"
    assert "General plan" not in spoken["Ewa Lis"][1]
    assert "- General plan 2026–2028: a draft to go on with" in spoken["Anna Wrona"][1]


def test_an_agreement_to_publish_ends_with_the_former_leader_and_stands_in_the_list(make, clock, outbox):
    people = cast(make)
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=people.partnership)
    consent.give_consent(version, actor=people.leader)
    confirmed(make, people=people)
    clock.move_to(MIDNIGHT)
    db.session.expire_all()
    assert consenting_person(version) is None

    hand_over()

    db.session.expire_all()
    assert version.publish_on_approval_by_id is None
    assert next(event.event for event, _ in story_of(version.plan)) == "plan.consent_ended"
    mail = next(mail for mail in outbox() if mail.subject.startswith("You lead the partnership"))
    assert "nobody has agreed any more that it is published on approval" in mail.body
    consent.give_consent(version, actor=people.successor)
    assert consenting_person(version) is people.successor


def test_the_successors_organisation_becomes_a_member(make, clock):
    people = cast(make)
    library = make.organisation("Biblioteka", municipality=people.partnership.municipality)
    handover = services.request_handover(
        people.partnership, people.successor, effective_on=TODAY, organisation=library, actor=people.leader
    )
    services.accept_handover(handover, actor=people.successor)

    services.confirm_handover(handover, actor=people.animator)

    assert [(one.organisation, one.role) for one in people.partnership.members] == [(library, "leader")]
    assert people.partnership.leader_term(TODAY).organisation is library


def test_a_successor_from_an_organisation_that_is_no_more_takes_over_all_the_same(make, clock):
    people = cast(make)
    library = make.organisation("Biblioteka", municipality=people.partnership.municipality)
    handover = services.request_handover(
        people.partnership, people.successor, effective_on=THE_DAY, organisation=library, actor=people.leader
    )
    services.accept_handover(handover, actor=people.successor)
    services.confirm_handover(handover, actor=people.animator)
    end_organisation(library, ended_on=TODAY, actor=make.office())
    db.session.commit()
    clock.move_to(MIDNIGHT)

    assert hand_over() == "1 done, 0 expired"

    db.session.expire_all()
    assert (handover.status, people.partnership.members) == (HandoverStatus.DONE, [])


def test_once_it_is_in_force_it_is_no_longer_called_off(make, clock):
    people = cast(make)
    handover = confirmed(make, people=people)
    clock.move_to(MIDNIGHT)

    with pytest.raises(HandoverInForce, match="took effect on 29 Apr 2026"):
        services.cancel_handover(handover, reason="", actor=people.successor)
    hand_over()
    with pytest.raises(NotNow):
        services.cancel_handover(handover, reason="", actor=people.successor)

    assert people.partnership.leader(THE_DAY).id == people.successor.id


def test_a_successor_suspended_before_the_day_does_not_take_over(make, clock, outbox):
    people = cast(make)
    handover = confirmed(make, people=people)
    people.successor.is_active = False
    db.session.commit()
    clock.move_to(MIDNIGHT)

    hand_over()

    db.session.expire_all()
    assert (handover.status, handover.ended_how) == (HandoverStatus.CANCELLED, HandoverAction.FAIL)
    assert people.partnership.leader(THE_DAY).id == people.leader.id
    assert people.partnership.leader_term(THE_DAY).ends_on is None
    [told] = [mail for mail in outbox() if mail.to_name == "Anna Wrona" and "is off" in mail.subject]
    assert "The account of Ewa Lis is suspended" in told.body
    assert "Anna Wrona leads the partnership as before" in told.body


def test_one_that_fails_keeps_no_other_waiting(make, clock, monkeypatch):
    first, second = confirmed(make), confirmed(make, people=_others(make))
    clock.move_to(MIDNIGHT)
    finish = services.finish_handover

    def break_the_first(handover):
        if handover.id == first.id:
            raise RuntimeError("no power")
        return finish(handover)

    monkeypatch.setattr("partnerships.handovers.jobs.finish_handover", break_the_first)
    assert hand_over() == "1 done, 0 expired"
    monkeypatch.undo()
    assert hand_over() == "1 done, 0 expired"

    db.session.expire_all()
    assert {first.status, second.status} == {HandoverStatus.DONE}


def _others(make) -> Cast:
    leader, successor, animator = make.user("Jan Wrona"), make.user("Ola Lis"), make.animator()
    return Cast(make.partnership("Others", leader=leader, animator=animator), leader, successor, animator)


def test_what_nobody_answered_in_time_expires_by_itself(make, clock):
    handover = accepted(make)
    clock.move_to(datetime(2026, 4, 30, 8, 0, tzinfo=UTC))

    assert hand_over() == "0 done, 1 expired"

    db.session.expire_all()
    assert handover.status is HandoverStatus.EXPIRED


def test_in_a_partnership_merged_into_another_it_stays_as_it_is_and_nobody_is_asked(make, clock, visit):
    """The merger may still be undone."""
    people = cast(make)
    handover = accepted(make, people=people)
    people.partnership.status, people.partnership.closed_on = PartnershipStatus.CLOSED, TODAY
    db.session.commit()
    clock.move_to(datetime(2026, 5, 3, 9, 0, tzinfo=UTC))

    assert hand_over() == "0 done, 0 expired"

    db.session.expire_all()
    assert handover.status is HandoverStatus.ACCEPTED
    assert "Hand-overs" not in visit(as_=people.successor).open("/home").text


def test_the_process_for_jobs_knows_it_and_runs_it(app, make, clock):
    handover = confirmed(make)
    clock.move_to(MIDNIGHT)

    result = app.test_cli_runner().invoke(args=["jobs", "run-once", "partnerships.hand_over"])

    assert (result.exit_code, result.output) == (0, "done\n")
    db.session.expire_all()
    assert handover.status is HandoverStatus.DONE
