"""A leader hands over: asked, accepted, confirmed, and every way in which it does not come to that."""

from datetime import date

import pytest

from core.audit import story_of
from core.database import db
from core.workflow import NotNow
from partnerships import services
from partnerships.errors import (
    AdvisesHere,
    AlreadyInOffice,
    ConfirmedForAnimator,
    DecidesOwnHandover,
    HandoverInPast,
    HandoverTooEarly,
    HandoverToOneself,
    HandoverUnderWay,
    LeadsElsewhere,
    PersonSuspended,
    SecondLeader,
)
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.workflow import HandoverStatus
from partnerships.models import AssignmentKind, TermKind
from tests.partnerships.handing_over import accepted, cast, confirmed, periods, requested

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)
THE_DAY = date(2026, 4, 29)
THE_EVE = date(2026, 4, 28)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test begins on one day."""


def nothing_is_asked() -> bool:
    db.session.rollback()
    return db.session.query(LeaderHandover).count() == 0


# --- The way that leads there ----------------------------------------------------------------------------


def test_the_leader_asks_the_successor_accepts_and_the_animator_confirms(make):
    people = cast(make)

    handover = requested(make, people=people)
    services.accept_handover(handover, actor=people.successor)
    services.confirm_handover(handover, actor=people.animator)

    assert handover.status is HandoverStatus.CONFIRMED
    assert people.partnership.leader(THE_EVE) is people.leader
    assert people.partnership.leader(THE_DAY) is people.successor


def test_until_it_is_confirmed_no_term_changes(make):
    people = cast(make)
    before = periods(people.partnership)

    accepted(make, people=people)

    assert periods(people.partnership) == before


def test_a_deputy_who_takes_over_is_deputy_until_the_day_before(make):
    people = cast(make)
    make.term(people.partnership, people.successor)

    confirmed(make, people=people)

    assert [(*one[:2], one[3]) for one in periods(people.partnership)] == [
        ("Anna Wrona", "leader", THE_EVE),
        ("Ewa Lis", "deputy", THE_EVE),
        ("Ewa Lis", "leader", None),
    ]


def test_every_step_is_remembered_with_its_day_and_the_name_apart(make):
    people = cast(make)
    confirmed(make, people=people)

    story = [
        (event.event, event.actor_id, event.data["effective_on"], personal["note"])
        for event, personal in reversed(story_of(people.partnership))
        if event.record_kind == "leader_handover"
    ]

    assert story == [
        ("partnership.handover_requested", people.leader.id, "2026-04-29", "Ewa Lis"),
        ("partnership.handover_accepted", people.successor.id, "2026-04-29", "Ewa Lis"),
        ("partnership.handover_confirmed", people.animator.id, "2026-04-29", "Ewa Lis"),
    ]


def last_days(partnership) -> list[tuple[str, str, str | None, str | None]]:
    """What the history says of terms that a hand-over shortened, and gave their last day back."""
    return [
        (
            event.event.removeprefix("partnership."),
            personal["note"],
            *(event.data[when]["ends_on"] for when in ("before", "after")),
        )
        for event, personal in reversed(story_of(partnership))
        if event.record_kind == "leader_term"
    ]


def test_each_term_that_ends_by_it_says_so_and_says_when_it_goes_on(make):
    people = cast(make)
    make.term(people.partnership, people.successor, ends_on=date(2026, 12, 31))

    handover = confirmed(make, people=people)
    shortened = last_days(people.partnership)
    services.cancel_handover(handover, reason="", actor=people.leader)

    assert sorted(shortened) == [
        ("term_ended", "Anna Wrona", None, "2026-04-28"),
        ("term_ended", "Ewa Lis", "2026-12-31", "2026-04-28"),
    ]
    assert sorted(last_days(people.partnership)[2:]) == [
        ("term_restored", "Anna Wrona", "2026-04-28", None),
        ("term_restored", "Ewa Lis", "2026-04-28", "2026-12-31"),
    ]


def test_whoever_is_next_is_told_what_to_do(make, outbox):
    confirmed(make)

    assert [(mail.to_name, mail.subject) for mail in outbox()] == [
        ("Ewa Lis", "Will you lead the partnership Together?"),
        ("Marta Maj", "Please confirm the new leader of Together"),
        ("Anna Wrona", "Ewa Lis will lead the partnership Together"),
        ("Ewa Lis", "The hand-over of Together is confirmed"),
        ("Anna Wrona", "The hand-over of Together is confirmed"),
    ]
    assert "accept or decline by 29 Apr 2026" in outbox()[0].body


def test_who_has_no_account_yet_is_told_in_the_invitation_alone(make, outbox):
    people = cast(make)

    services.request_handover(people.partnership, make.user(), effective_on=THE_DAY, actor=people.leader)

    assert outbox() == []


def test_the_office_asks_on_behalf_of_the_leader_who_is_told(make, outbox):
    people, office = cast(make), make.office("Ola Biuro")

    services.request_handover(people.partnership, people.successor, effective_on=THE_DAY, actor=office)

    [(event, _)] = story_of(people.partnership)
    assert (event.actor_id, event.on_behalf_of_id) == (office.id, people.leader.id)
    assert [mail.to_name for mail in outbox()] == ["Ewa Lis", "Anna Wrona"]


def test_where_nobody_leads_a_deputy_asks_on_behalf_of_the_partnership(make):
    partnership, deputy, successor = make.partnership(led=False), make.user(), make.user()
    make.term(partnership, deputy)
    db.session.refresh(partnership)

    handover = services.request_handover(partnership, successor, effective_on=TODAY, actor=deputy)

    [(event, _)] = story_of(partnership)
    assert (event.actor_id, event.on_behalf_of_id, event.data["on_behalf"]) == (
        deputy.id,
        None,
        "partnership",
    )
    assert handover.from_term is None


# --- Confirming ------------------------------------------------------------------------------------------


def test_the_animator_of_this_minute_confirms_not_the_one_who_was_asked(make, outbox):
    people, cover = cast(make), make.animator("Iza Cień")
    handover = accepted(make, people=people)
    make.assignment(
        people.partnership.municipality, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=TODAY
    )
    db.session.expire_all()

    with pytest.raises(ConfirmedForAnimator):
        services.confirm_handover(handover, actor=people.animator)
    services.confirm_handover(handover, actor=cover)

    assert handover.confirmed_by is cover


def test_the_office_confirms_in_place_of_the_animator_with_a_reason(make):
    people, office = cast(make), make.office()
    handover = accepted(make, people=people)

    with pytest.raises(ConfirmedForAnimator, match="say why"):
        services.confirm_handover(handover, actor=office)
    services.confirm_handover(handover, reason="The animator is ill", actor=office)

    event, personal = story_of(people.partnership)[0]
    assert (event.actor_id, event.on_behalf_of_id) == (office.id, people.animator.id)
    assert personal["note"] == "Ewa Lis: The animator is ill"


def test_nobody_confirms_a_handover_in_which_they_take_part(make):
    people = cast(make)
    handover = accepted(make, people=people)

    for person in (people.leader, people.successor):
        with pytest.raises(DecidesOwnHandover):
            services.confirm_handover(handover, reason="Because", actor=person)

    assert handover.status is HandoverStatus.ACCEPTED


def test_without_an_animator_the_office_is_asked_to_confirm(make, outbox):
    make.office("Ola Biuro")
    people = cast(make)
    people.partnership.assignments[0].ends_on = YESTERDAY
    db.session.commit()
    db.session.expire_all()

    accepted(make, people=people)

    assert ("Ola Biuro", "Please confirm the new leader of Together") in [
        (mail.to_name, mail.subject) for mail in outbox()
    ]


# --- What is refused, with nothing changed ---------------------------------------------------------------


def test_to_oneself_it_is_refused(make):
    people = cast(make)

    with pytest.raises(HandoverToOneself, match="leads the partnership already"):
        services.request_handover(
            people.partnership, people.leader, effective_on=THE_DAY, actor=people.leader
        )

    assert nothing_is_asked()


def test_to_a_suspended_person_it_is_refused_also_when_they_are_suspended_meanwhile(make):
    people = cast(make)
    handover = accepted(make, people=people)
    people.successor.is_active = False
    db.session.commit()

    with pytest.raises(PersonSuspended, match="is suspended"):
        services.confirm_handover(handover, actor=people.animator)
    db.session.rollback()
    services.cancel_handover(handover, reason="", actor=people.leader)
    with pytest.raises(PersonSuspended):
        services.request_handover(
            people.partnership, people.successor, effective_on=THE_DAY, actor=people.leader
        )

    assert people.partnership.leader(THE_DAY) is people.leader


def test_to_somebody_who_leads_another_partnership_it_is_refused(make):
    people = cast(make)
    make.partnership("Elsewhere", leader=people.successor)

    with pytest.raises(LeadsElsewhere, match="This person leads another partnership on these days"):
        services.request_handover(
            people.partnership, people.successor, effective_on=THE_DAY, actor=people.leader
        )

    assert nothing_is_asked()


def test_whoever_led_another_partnership_until_the_day_before_may_take_over(make):
    people = cast(make)
    elsewhere = make.partnership("Elsewhere", led=False)
    make.term(elsewhere, people.successor, kind=TermKind.LEADER, ends_on=THE_EVE)

    assert requested(make, people=people).status is HandoverStatus.REQUESTED


def test_to_the_municipalitys_own_animator_it_is_refused(make):
    people, cover = cast(make), make.animator("Iza Cień")
    make.assignment(
        people.partnership.municipality, cover, kind=AssignmentKind.COVER, starts_on=THE_DAY, ends_on=THE_DAY
    )

    for person in (people.animator, cover):
        with pytest.raises(AdvisesHere, match="would review their own plan"):
            services.request_handover(people.partnership, person, effective_on=THE_DAY, actor=people.leader)

    assert nothing_is_asked()


def test_with_a_day_that_is_over_it_is_refused(make):
    people = cast(make)

    with pytest.raises(HandoverInPast, match="This day is over"):
        services.request_handover(
            people.partnership, people.successor, effective_on=YESTERDAY, actor=people.leader
        )

    assert nothing_is_asked()


def test_a_leader_since_today_hands_over_tomorrow_at_the_earliest(make):
    partnership, leader, successor = make.partnership(led=False), make.user(), make.user()
    make.term(partnership, leader, kind=TermKind.LEADER, starts_on=TODAY)
    db.session.refresh(partnership)

    with pytest.raises(HandoverTooEarly, match="began on 15 Apr 2026"):
        services.request_handover(partnership, successor, effective_on=TODAY, actor=leader)
    services.request_handover(partnership, successor, effective_on=TOMORROW, actor=leader)


def test_a_second_one_is_refused_while_one_is_under_way(make):
    people = cast(make)
    requested(make, people=people)

    with pytest.raises(HandoverUnderWay, match="A hand-over to Ewa Lis is under way"):
        services.request_handover(people.partnership, make.user(), effective_on=THE_DAY, actor=make.office())


def test_while_one_is_confirmed_nobody_else_is_appointed_for_its_days(make):
    people = cast(make)
    confirmed(make, people=people)
    before = periods(people.partnership)

    with pytest.raises(SecondLeader):
        services.appoint_leader(people.partnership, make.user(), starts_on=THE_DAY, actor=make.office())

    assert periods(people.partnership) == before


def test_where_somebody_is_appointed_for_later_it_is_refused(make):
    people = cast(make)
    services.end_term(people.partnership.terms[0], ends_on=THE_EVE, reason="", actor=make.office())
    services.appoint_leader(people.partnership, make.user(), starts_on=THE_DAY, actor=make.office())

    with pytest.raises(SecondLeader):
        services.request_handover(
            people.partnership, people.successor, effective_on=THE_DAY, actor=people.leader
        )


def test_to_a_deputy_who_begins_later_it_is_refused_until_that_term_is_taken_back(make):
    people = cast(make)
    term = make.term(people.partnership, people.successor, starts_on=date(2026, 6, 1))

    with pytest.raises(AlreadyInOffice, match="or to help, from 1 Jun 2026"):
        requested(make, people=people)
    services.end_term(term, ends_on=TODAY, reason="", actor=people.leader)

    assert requested(make, people=people).status is HandoverStatus.REQUESTED


def test_no_step_is_taken_twice(make):
    people = cast(make)
    handover = confirmed(make, people=people)

    for again in (
        lambda: services.accept_handover(handover, actor=people.successor),
        lambda: services.confirm_handover(handover, actor=people.animator),
        lambda: services.refuse_handover(handover, reason="No", actor=people.animator),
    ):
        with pytest.raises(NotNow):
            again()
