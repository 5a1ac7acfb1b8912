"""Where people come across the self-assessment."""

from datetime import date

from assessments.services import begin, finish
from core.database import db
from partnerships.handovers.open_work import move_open_work
from tests.assessments.answering import answer_all, leader_of


def test_the_home_page_leads_to_the_one_that_is_begun(partnership, visit):
    visitor = visit(as_=leader_of(partnership))
    assert "Self-assessment" not in visitor.open("/home").links

    begun = begin(partnership, actor=leader_of(partnership))
    db.session.commit()

    assert visitor.open("/home").links["Self-assessment"] == f"/self-assessments/{begun.id}"


def test_whoever_has_no_plan_yet_is_led_from_its_beginning(partnership, visit):
    page = visit(as_=leader_of(partnership)).open(f"/partnerships/{partnership.id}/plans/general/new")

    assert page.links["self-assessment"] == f"/partnerships/{partnership.id}/self-assessments"


def test_a_new_leader_finds_the_one_that_is_begun(partnership):
    leader = leader_of(partnership)
    begun = begin(partnership, actor=leader)

    told = [str(work.text) for work in move_open_work(partnership, leader)]

    assert told == ["Self-assessment: 0 of 11 areas are answered"]
    answer_all(begun, leader)
    finish(begun, actor=leader)
    assert begun.taken_on == date(2026, 4, 15)
    assert [str(work.text) for work in move_open_work(partnership, leader)] == []


def test_what_happened_to_it_is_told_in_the_partnerships_history(partnership, visit):
    leader = leader_of(partnership)
    begun = begin(partnership, actor=leader)
    answer_all(begun, leader, safety="1")
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/history?about=partnership")

    assert "Began a self-assessment" in page.text
    assert "Answered an area of the self-assessment" in page.text
    assert "Result of 100" in page.text
