"""Initiatives are followed up with dated notes, and the office is reminded of those that were forgotten."""

from datetime import date

import pytest

from core import clock as the_clock
from core.audit import story_of
from core.database import db
from core.workflow import NotNow
from initiatives import jobs, services
from initiatives.errors import BeforeTheLast, DayToCome, NumberTaken
from initiatives.models import InitiativeStatus
from initiatives.news import news_of_initiatives
from initiatives.queries import for_office, overdue
from initiatives.workflow import INITIATIVE, InitiativeAction
from programme.queries import the_programme
from subscriptions import jobs as news_jobs
from subscriptions import services as readers
from subscriptions.models import Frequency
from subscriptions.wanted import Wanted
from tests.initiatives.conftest import content

pytestmark = pytest.mark.usefixtures("app", "clock")
TODAY = date(2026, 4, 15)
STOP = {InitiativeAction.STOP: InitiativeStatus.STOPPED}


@pytest.mark.parametrize(
    ("status", "leads"),
    [
        (InitiativeStatus.PROPOSED, {InitiativeAction.DECIDE: InitiativeStatus.DECIDED, **STOP}),
        (InitiativeStatus.DECIDED, {InitiativeAction.START: InitiativeStatus.STARTED, **STOP}),
        (InitiativeStatus.STARTED, {InitiativeAction.CARRY_OUT: InitiativeStatus.CARRIED_OUT, **STOP}),
        (InitiativeStatus.CARRIED_OUT, {}),
        (InitiativeStatus.STOPPED, {}),
    ],
)
def test_from_each_status_an_initiative_goes_only_where_the_table_says(status, leads):
    found = {
        action: INITIATIVE.after(action, status)
        for action in InitiativeAction
        if INITIATIVE.allows(action, status)
    }

    assert found == leads


def test_a_follow_up_moves_it_on_and_is_told_with_what_was_and_what_is(office, entered, clock):
    initiative = entered()
    clock.tick(days=10)

    services.follow_up(
        initiative,
        day=date(2026, 4, 20),
        text="Rada zdecydowała.",
        action=InitiativeAction.DECIDE,
        actor=office,
    )
    db.session.commit()

    assert (initiative.status, initiative.last_follow_up_on) == (InitiativeStatus.DECIDED, date(2026, 4, 20))
    event, personal = story_of(initiative)[0]
    assert (event.event, event.actor_id, event.data, personal) == (
        "initiative.followed_up", office.id,
        {
            "before": {"status": "proposed", "last_follow_up_on": "2026-04-15"},
            "after": {"status": "decided", "last_follow_up_on": "2026-04-20"},
        },
        {"note": "Rada zdecydowała."},
    )  # fmt: skip


def test_a_step_that_is_not_next_is_refused_and_nothing_is_written(office, entered):
    initiative = entered()

    with pytest.raises(NotNow):
        services.follow_up(
            initiative, day=TODAY, text="Gotowe.", action=InitiativeAction.CARRY_OUT, actor=office
        )
    assert (initiative.status, services.last_update_on(initiative)) == (InitiativeStatus.PROPOSED, None)


def test_what_is_written_has_a_day_that_has_come_and_keeps_its_order(office, entered):
    initiative = entered()
    with pytest.raises(DayToCome):
        services.follow_up(initiative, day=date(2026, 4, 16), text="Jutro.", action=None, actor=office)
    services.follow_up(initiative, day=date(2026, 4, 10), text="Wniosek złożono.", action=None, actor=office)

    with pytest.raises(BeforeTheLast):
        services.follow_up(initiative, day=date(2026, 4, 9), text="Wcześniej.", action=None, actor=office)
    services.follow_up(initiative, day=date(2026, 4, 10), text="Tego samego dnia.", action=None, actor=office)


def test_one_that_has_ended_can_still_be_written_about(office, entered):
    initiative = entered()
    services.follow_up(initiative, day=TODAY, text="Wstrzymano.", action=InitiativeAction.STOP, actor=office)

    services.follow_up(initiative, day=TODAY, text="Powstał raport.", action=None, actor=office)

    assert initiative.status is InitiativeStatus.STOPPED


def test_two_initiatives_never_have_one_number(office, entered):
    entered()
    second = entered()

    with pytest.raises(NumberTaken):
        services.enter(content(1), actor=office)
    with pytest.raises(NumberTaken):
        services.change(second, content(1), actor=office)
    db.session.refresh(second)
    assert second.number == 2


def test_the_office_sees_first_what_was_followed_up_longest_ago(office, entered, clock):
    ended = entered("Koniec")
    services.follow_up(ended, day=TODAY, text="Wstrzymano.", action=InitiativeAction.STOP, actor=office)
    fresh = entered("Nowa")
    entered("Dawna")
    clock.tick(days=20)
    services.follow_up(fresh, day=date(2026, 5, 1), text="Trwa.", action=None, actor=office)
    db.session.commit()

    assert [one.title for one in for_office()] == ["Dawna", "Nowa", "Koniec"]


def test_the_office_is_reminded_of_forgotten_ones_once_a_month(office, entered, outbox, clock):
    the_programme().row.settings = {"initiative_follow_up_months": 2}
    db.session.commit()
    entered("Dawna")
    ended = entered("Koniec")
    services.follow_up(ended, day=TODAY, text="Wstrzymano.", action=InitiativeAction.STOP, actor=office)
    clock.tick(days=60)
    assert (jobs.remind_office(), [one.title for one in overdue()]) == ("0 reminded", [])
    clock.tick(days=1)

    assert (jobs.remind_office(), jobs.remind_office()) == ("1 reminded", "0 reminded")
    mail = outbox()[-1]
    assert (mail.to_address, mail.subject) == (office.email, "Nobody has followed one initiative up for long")
    assert "1. Dawna, last on 15 Apr 2026" in mail.body
    clock.tick(days=31)
    assert jobs.remind_office() == "1 reminded"


def test_whoever_asked_for_initiatives_is_told_what_is_new(make, office, entered, outbox, clock):
    readers.choose(make.user(email="reader@example.org"), [Wanted("initiatives")], Frequency.AT_ONCE)
    clock.tick(seconds=1)
    initiative = entered()
    services.follow_up(
        initiative, day=TODAY, text="Rada się zebrała.", action=InitiativeAction.DECIDE, actor=office
    )
    db.session.commit()
    clock.tick(minutes=3)

    assert (news_jobs.tell_at_once(), news_jobs.tell_at_once()) == ("1 mails", "0 mails")
    mail = outbox()[-1]
    assert (mail.to_address, mail.subject) == ("reader@example.org", "Sieć w świetlicach: decision taken")
    assert "Rada się zebrała." in mail.body
    assert f"http://localhost/en/initiatives/{initiative.id}" in mail.body


def test_asking_for_news_takes_one_query_however_many_there_are(office, entered, count_queries, clock):
    since = the_clock.now()
    clock.tick(minutes=1)
    for number in range(4):
        services.follow_up(entered(), day=TODAY, text=f"Wieść {number}", action=None, actor=office)
    db.session.commit()
    db.session.expunge_all()

    with count_queries() as queries:
        found = [one.title for one in news_of_initiatives(since, the_clock.now())]

    assert (len(found), queries.count) == (4, 1)
