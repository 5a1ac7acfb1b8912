"""The pages of a hand-over, and of the people of a partnership with their terms."""

from datetime import date

import pytest

from core.audit import story_of
from core.database import db
from partnerships import services
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.workflow import HandoverStatus
from partnerships.models import TermKind
from tests.guards.test_one_primary_action import primary_actions
from tests.partnerships.handing_over import accepted, cast, confirmed, requested

TODAY = date(2026, 4, 15)
THE_DAY = date(2026, 4, 29)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def page_of(handover: LeaderHandover) -> str:
    return f"/partnerships/handovers/{handover.id}"


def people_page(partnership) -> str:
    return f"/partnerships/{partnership.id}/people"


def test_people_stand_by_now_to_come_and_before(make, visit):
    people = cast(make)
    make.term(people.partnership, make.user("Jan Zastępca"), can_submit=True, ends_on=date(2026, 12, 31))
    make.term(
        people.partnership, make.user("Ola Dawna"), kind=TermKind.LEADER,
        starts_on=date(2023, 1, 1), ends_on=date(2023, 11, 30),
    )  # fmt: skip
    confirmed(make, people=people)

    page = visit(as_=people.leader).open(people_page(people.partnership))

    headings = page.headings[page.headings.index("People and terms") + 1 :]
    assert headings[:10] == [
        "Ewa Lis is to lead from 29 Apr 2026",
        "Now", "Anna Wrona", "Jan Zastępca", "Marta Maj",
        "To come", "Ewa Lis",
        "Before", "Nobody led the partnership", "Ola Dawna",
    ]  # fmt: skip
    assert "1 Dec 2023 – 31 Dec 2023" in page.text
    assert "may submit plans" in page.text


def test_a_partnership_without_a_leader_says_since_when(make, visit):
    partnership, deputy = make.partnership(led=False), make.user()
    make.term(partnership, make.user("Ola Dawna"), kind=TermKind.LEADER, ends_on=date(2026, 3, 31))
    make.term(partnership, deputy)

    page = visit(as_=deputy).open(people_page(partnership))

    assert "since 1 Apr 2026" in page.text
    assert primary_actions(page) == ["Ask a new leader"]


def test_a_deputy_asks_for_a_new_leader_only_where_nobody_leads(make, visit):
    led, deputy = make.partnership(), make.user()
    make.term(led, deputy)

    visit(as_=deputy).open(f"/partnerships/{led.id}/handover", expect=403)

    assert "Begin the hand-over" not in visit(as_=deputy).open(people_page(led)).links


def test_a_deputy_chosen_on_the_page_of_people_is_filled_in(make, visit):
    people, deputy = cast(make), make.user("Jan Zastępca")
    make.term(people.partnership, deputy)

    form = (
        visit(as_=people.leader)
        .open(people_page(people.partnership))
        .follow("Hand over to them (Jan Zastępca)")
        .form("Ask them")
    )

    assert dict(form.pairs())["email"] == deputy.email


def test_somebody_who_is_no_deputy_here_is_not_filled_in(make, visit):
    people, stranger = cast(make), make.user("Ktoś Inny")

    page = visit(as_=people.leader).open(
        f"/partnerships/{people.partnership.id}/handover", deputy=str(stranger.id)
    )

    assert "Ktoś Inny" not in page.text
    assert dict(page.form("Ask them").pairs())["email"] == ""


def test_what_cannot_be_asked_is_said_beside_its_field_and_nobody_is_invited(make, visit, outbox):
    people = cast(make)
    page = visit(as_=people.leader).open(f"/partnerships/{people.partnership.id}/handover")

    answer = page.submit(
        "Ask them",
        expect=422,
        person_name="Nowa Osoba",
        email="nowa@gmina.example",
        effective_on="2026-04-14",
    )

    assert "This day is over. A hand-over begins today or later." in answer.text
    assert db.session.query(LeaderHandover).count() == 0
    assert outbox() == []


@pytest.mark.parametrize("why", ["oneself", "suspended", "leads elsewhere", "animator"])
def test_whoever_cannot_take_over_is_refused_beside_the_address(make, visit, why):
    people = cast(make)
    elsewhere, suspended = make.user("Ola Obca"), make.user("Jan Zawieszony", is_active=False)
    make.partnership(leader=elsewhere)
    person, sentence = {
        "oneself": (people.leader, "This person leads the partnership already. Name somebody else."),
        "suspended": (
            suspended,
            "The account of this person is suspended. The programme office can open it.",
        ),
        "leads elsewhere": (elsewhere, "This person leads another partnership on these days."),
        "animator": (people.animator, "Marta Maj advises this municipality as its animator"),
    }[why]
    page = visit(as_=people.leader).open(f"/partnerships/{people.partnership.id}/handover")

    answer = page.submit(
        "Ask them", expect=422, person_name=person.name, email=person.email, effective_on="2026-05-01"
    )

    assert sentence in answer.text
    assert db.session.query(LeaderHandover).count() == 0


def test_each_sees_whose_turn_it_is(make, visit):
    people, deputy, office = cast(make), make.user(), make.office()
    make.term(people.partnership, deputy)
    handover = requested(make, people=people)

    def seen(person) -> tuple[str, list[str]]:
        page = visit(as_=person).open(page_of(handover))
        return page.headings[1], primary_actions(page)

    waiting: tuple[str, list[str]] = ("Waiting for Ewa Lis", [])
    assert seen(people.successor) == ("Will you lead this partnership?", ["Accept"])
    assert [seen(one) for one in (people.leader, deputy, people.animator, office)] == [waiting] * 4

    services.accept_handover(handover, actor=people.successor)
    db.session.commit()

    waiting = ("Waiting for Marta Maj", [])
    assert seen(people.animator) == ("Confirm the new leader", ["Confirm"])
    assert [seen(one) for one in (people.leader, deputy, people.successor, office)] == [waiting] * 4


def test_the_steps_say_who_did_what_and_who_is_to(make, visit):
    people = cast(make)
    handover = accepted(make, people=people)

    page = visit(as_=people.leader).open(page_of(handover))

    steps = [" ".join(step.text_content().split()) for step in page.tree.xpath("//ol[@class='steps']/li")]
    assert steps == [
        "Request Done. Anna Wrona, 15 Apr 2026, 12:00",
        "Consent Done. Ewa Lis, 15 Apr 2026, 12:00",
        "3 Confirmation Now. waiting for: Marta Maj",
        "4 Hand-over To do. 29 Apr 2026",
    ]


def test_the_office_confirms_in_place_of_the_animator_on_a_page_that_asks_why(make, visit):
    people = cast(make)
    handover = accepted(make, people=people)
    asking = (
        visit(as_=make.office("Ola Biuro")).open(page_of(handover)).follow("Confirm in place of the animator")
    )

    assert "You confirm in place of the animator: say why" in asking.submit("Confirm", expect=422).text
    asking.submit("Confirm", reason="The animator is ill")

    db.session.refresh(handover)
    assert handover.status is HandoverStatus.CONFIRMED
    history = visit(as_=people.leader).open(f"/partnerships/{people.partnership.id}").text
    assert "Ola Biuro · on behalf of Marta Maj" in history


def test_the_animator_says_why_not(make, visit):
    people = cast(make)
    handover = accepted(make, people=people)
    page = visit(as_=people.animator).open(page_of(handover)).follow("Refuse")

    assert "Say why: the others read it in their mail" in page.submit("Refuse", expect=422).text
    page.submit("Refuse", reason="Lives abroad")

    told = visit(as_=people.leader).open(page_of(handover))
    assert told.headings[1] == "Marta Maj did not confirm it"
    assert "Lives abroad" in told.text


def test_a_successor_who_declined_has_no_way_back_to_the_page(make, visit):
    people = cast(make)
    handover = requested(make, people=people)
    browser = visit(as_=people.successor)

    home = browser.open(page_of(handover)).follow("Decline").submit("Decline", reason="No time")

    assert "You declined. Those concerned get a mail." in home.text
    browser.open(page_of(handover), expect=404)


def test_the_leader_calls_it_off(make, visit):
    people = cast(make)
    handover = confirmed(make, people=people)

    page = (
        visit(as_=people.leader)
        .open(page_of(handover))
        .follow("Call the hand-over off")
        .submit("Call it off")
    )

    assert "The hand-over is called off. Those concerned get a mail." in page.text
    assert "Begin the hand-over" in page.links


def test_a_page_left_open_is_told_that_somebody_was_faster(make, visit):
    people = cast(make)
    handover = requested(make, people=people)
    left_open = visit(as_=people.successor).open(page_of(handover))
    services.accept_handover(handover, actor=people.successor)
    db.session.commit()

    again = left_open.submit("Accept", expect=409)

    assert "Someone has already moved this on" in again.text


def test_who_confirmed_their_own_removal_from_a_page_lands_where_they_may_be(make, visit):
    """With today as its day the leader loses the page at once; the animator keeps it."""
    people = cast(make)
    handover = accepted(make, people=people, effective_on=TODAY)

    page = visit(as_=people.animator).open(page_of(handover)).submit("Confirm")

    assert page.headings[1] == "Ewa Lis has led since 15 Apr 2026"
    visit(as_=people.leader).open(page_of(handover), expect=404)


def test_home_leads_each_to_what_waits_for_them(make, visit):
    people = cast(make)
    handover = requested(make, people=people)

    successor = visit(as_=people.successor).open("/home")
    assert primary_actions(successor) == ["Open the hand-over"]
    assert "Hand-overs under way 1" in visit(as_=people.leader).open("/home").headings

    services.accept_handover(handover, actor=people.successor)
    db.session.commit()
    assert primary_actions(visit(as_=people.animator).open("/home")) == ["Open the hand-over"]


def test_home_of_the_office_shows_one_that_nobody_else_can_confirm(make, visit):
    office, people = make.office(), cast(make)
    handover = requested(make, people=people)
    people.partnership.assignments[0].ends_on = date(2026, 4, 14)
    db.session.commit()
    db.session.expire_all()
    services.accept_handover(handover, actor=people.successor)
    db.session.commit()

    page = visit(as_=office).open("/home")

    assert "Nobody is assigned to confirm" in page.headings


def test_three_handovers_cost_no_more_queries_than_one(make, visit, count_queries):
    animator = make.animator()

    def one_more() -> int:
        partnership = make.partnership(animator=animator)
        services.request_handover(
            partnership, make.user(), effective_on=THE_DAY, actor=partnership.leader(TODAY)
        )
        db.session.commit()
        db.session.expire_all()
        browser = visit(as_=animator)
        browser.open("/home")
        with count_queries() as queries:
            browser.open("/home")
        return int(queries.count)

    one, _two, three = one_more(), one_more(), one_more()
    assert one == three


# --- Deputies --------------------------------------------------------------------------------------------


def test_the_rights_and_days_of_a_deputy_change_and_both_sides_stand_in_the_history(make, visit, outbox):
    people, deputy = cast(make), make.user("Jan Zastępca")
    term = make.term(people.partnership, deputy, can_submit=True)

    page = (
        visit(as_=people.leader)
        .open(people_page(people.partnership))
        .follow("Change rights and days (Jan Zastępca)")
        .submit("Save", can_submit=False, can_publish=True, ends_on="2026-12-31")
    )

    assert "Rights and days are saved." in page.text
    db.session.refresh(term)
    assert (term.can_submit, term.can_publish, term.ends_on) == (False, True, date(2026, 12, 31))
    event, _ = story_of(people.partnership)[0]
    assert event.data["before"] == {"ends_on": None, "can_submit": True, "can_publish": False}
    assert event.data["after"] == {"ends_on": "2026-12-31", "can_submit": False, "can_publish": True}
    [mail] = outbox()
    assert (mail.to_name, "Publishing plans: yes." in mail.body) == ("Jan Zastępca", True)


def test_a_deputy_is_not_made_longer_into_a_term_that_begins_later(make, visit):
    people, deputy = cast(make), make.user("Jan Zastępca")
    term = make.term(people.partnership, deputy, ends_on=date(2026, 5, 1))
    make.term(people.partnership, deputy, starts_on=date(2026, 6, 1))
    page = visit(as_=people.leader).open(f"/partnerships/terms/{term.id}/rights")

    answer = page.submit("Save", expect=422, ends_on="2026-06-01")

    assert "or to help, from 1 Jun 2026. Take that term back first." in answer.text


def test_a_last_day_that_is_over_is_refused(make, visit):
    people = cast(make)
    term = make.term(people.partnership, make.user())
    page = visit(as_=people.leader).open(f"/partnerships/terms/{term.id}/rights")

    answer = page.submit("Save", expect=422, ends_on="2026-04-14")

    assert "The last day lies before the first one, 15 Apr 2026." in answer.text


def test_the_leaders_own_rights_are_not_changed_this_way(make, visit):
    people = cast(make)

    page = visit(as_=make.office()).open(f"/partnerships/terms/{people.partnership.terms[0].id}/rights")

    assert "A leader hands over instead." in page.submit("Save", expect=422).text


def test_a_deputy_is_led_to_the_question_who_leads_next(make, visit):
    partnership, deputy = make.partnership(led=False), make.user()
    make.term(partnership, deputy)

    page = visit(as_=deputy).open(f"/partnerships/{partnership.id}").follow("Ask a new leader")

    assert page.url == people_page(partnership)


def test_many_terms_and_handovers_cost_no_more_queries_than_one(make, visit, count_queries):
    people = cast(make)
    browser = visit(as_=people.leader)

    def asked() -> int:
        make.term(people.partnership, make.user(), ends_on=date(2026, 4, 1))
        handover = requested(make, people=people)
        services.cancel_handover(handover, reason="", actor=people.leader)
        db.session.commit()
        db.session.expire_all()
        browser.open(people_page(people.partnership))
        with count_queries() as queries:
            browser.open(people_page(people.partnership))
        return int(queries.count)

    one, _two, three = asked(), asked(), asked()
    assert one == three
