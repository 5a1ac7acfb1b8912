"""First-time hints: everybody sees them until they put them away, once and for good."""

import re

import pytest
from sqlalchemy import select

from accounts import services
from accounts.hints import Hint
from accounts.models import DismissedHint, User
from config import ROOT
from core.database import db
from tests.support.reading import csrf_token

PUT_AWAY = "Do not show this again"
BOARD = "What you see is what you take with you"


@pytest.fixture
def office(make):
    return make.office()


def test_a_hint_stands_on_its_page_until_it_is_put_away(visit, office):
    page = visit(as_=office).open("/office/board?stage=draft")
    assert BOARD in page.text

    after = page.submit(PUT_AWAY)

    assert after.url == "/office/board?stage=draft"
    assert BOARD not in after.text
    assert BOARD not in visit(as_=office).open("/office/board").text, "nor in any other browser"


def test_it_is_put_away_for_one_person_only(visit, make, office):
    visit(as_=office).open("/office/board").submit(PUT_AWAY)

    assert BOARD in visit(as_=make.office()).open("/office/board").text


def test_the_account_page_shows_all_hints_again(visit, office):
    visitor = visit(as_=office)
    assert "Show hints again" not in visitor.open("/account").buttons
    visitor.open("/office/board").submit(PUT_AWAY)

    page = visitor.open("/account")
    after = page.submit("Show hints again")

    assert "You put 1 hint away." in page.text
    assert "The hints are shown again." in after.text
    assert BOARD in visitor.open("/office/board").text


def test_a_script_takes_the_hint_away_in_place_and_says_so(visit, office):
    visitor = visit(as_=office)
    token = csrf_token(visitor.open("/office/board").html)

    answer = visitor.client.post(
        "/hints/board/dismiss", data={"csrf_token": token}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert "The hint is put away." in answer.text
    assert "<html" not in answer.text
    assert db.session.scalars(select(DismissedHint.hint)).all() == ["board"]


def test_putting_it_away_twice_is_the_same(office):
    services.dismiss_hint(office, Hint.BOARD)
    services.dismiss_hint(office, Hint.BOARD)

    assert db.session.scalars(select(DismissedHint.hint)).all() == ["board"]


def test_only_hints_that_there_are_can_be_put_away(visit, office):
    visitor = visit(as_=office)
    token = csrf_token(visitor.open("/account").html)

    answer = visitor.client.post("/hints/made-up/dismiss", data={"csrf_token": token})

    assert answer.status_code == 404
    assert db.session.scalars(select(DismissedHint.hint)).all() == []


def test_hints_cost_no_question_to_the_database(visit, office, count_queries):
    visitor = visit(as_=office)
    visitor.open("/office/board")
    with count_queries() as shown:
        visitor.open("/office/board")
    for hint in Hint:
        services.dismiss_hint(db.session.get_one(User, office.id), hint)
    db.session.commit()

    with count_queries() as put_away:
        visitor.open("/office/board")

    assert shown.count == put_away.count


def test_every_hint_stands_on_one_page_and_every_page_names_one_that_there_is():
    called = [
        key
        for path in (ROOT / "templates").rglob("*.html")
        if path.name != "hints.html"
        for key in re.findall(r"\{\{ hint\(\"([^\"]+)\"", path.read_text())
    ]

    assert sorted(called) == sorted(Hint)
