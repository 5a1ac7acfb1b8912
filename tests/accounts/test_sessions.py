"""Being signed in: for how long, where, and how it ends."""

import pytest
from sqlalchemy import select, update

from accounts import services
from accounts.browsers import browser_name
from accounts.jobs import tidy
from accounts.models import OneTimeToken, SignInAttempt, SignInSession
from core.database import db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


def is_in(browser):
    return browser.client.get("/account").status_code == 200


# --- For how long ----------------------------------------------------------------------------------------


def test_two_quiet_hours_end_a_session(visit, make, clock):
    browser = visit(as_=make.user())
    clock.tick(hours=2, seconds=-1)
    assert is_in(browser)

    clock.tick(hours=2)

    assert not is_in(browser)


@pytest.mark.parametrize("role", ["office", "admin"])
def test_half_a_quiet_hour_ends_one_that_sees_everything(visit, make, clock, role):
    browser = visit(as_=getattr(make, role)())
    clock.tick(minutes=30, seconds=-1)
    assert is_in(browser)

    clock.tick(minutes=30)

    assert not is_in(browser)


def test_twelve_hours_end_any_session_however_busy(visit, make, clock):
    browser = visit(as_=make.user())
    for _ in range(7):
        clock.tick(minutes=100)
        assert is_in(browser)

    clock.tick(minutes=20)

    assert not is_in(browser)


def test_a_page_knows_how_long_its_reader_stays_signed_in(visit, make, clock):
    reader, officer = visit(as_=make.user()), visit(as_=make.office())

    def told(browser):
        return int(browser.open("/account").tree.find("body").get("data-session-seconds"))

    assert (told(reader), told(officer)) == (7200, 1800)
    clock.tick(seconds=50)
    assert told(reader) == 7150, "seen less than a minute ago: not written again"
    clock.tick(seconds=50)
    assert told(reader) == 7200
    later = []
    for _ in range(6):
        clock.tick(minutes=110)
        later.append(told(reader))
    assert later == [7200] * 5 + [3500], "the twelve hours come to an end"


def test_staying_here_is_asked_without_changing_the_page(visit, make, clock):
    browser = visit(as_=make.user())
    page = browser.open("/account")
    token = dict(page.form("Save").pairs())["csrf_token"]
    clock.tick(minutes=119)

    answer = browser.client.post("/account/still-here", headers={"X-CSRFToken": token})
    clock.tick(minutes=119)

    assert (answer.status_code, answer.data) == (204, b"")
    assert is_in(browser)


def test_when_the_session_is_over_asking_does_not_bring_it_back(visit, make, clock):
    browser = visit(as_=make.user())
    token = dict(browser.open("/account").form("Save").pairs())["csrf_token"]
    clock.tick(hours=2)

    answer = browser.client.post("/account/still-here", headers={"X-CSRFToken": token})

    assert answer.status_code == 303


# --- How it ends -----------------------------------------------------------------------------------------


def test_signing_out_ends_this_session_and_its_cookie_is_worth_nothing(visit, make):
    browser = visit(as_=make.user())
    page = browser.open("/account")
    kept = browser.client.get_cookie("gromada").value

    page = page.submit("Sign out")

    assert "You are signed out." in page.text
    browser.client.set_cookie("gromada", kept)
    assert not is_in(browser)


def test_signing_out_everywhere_ends_all_of_ones_own_sessions_and_no_other(visit, make):
    person = make.user()
    here, there, somebody = visit(as_=person), visit(as_=person), visit(as_=make.user())

    here.open("/account/sessions").submit("Sign out everywhere")

    assert [is_in(browser) for browser in (here, there, somebody)] == [False, False, True]


def test_an_account_that_is_deactivated_is_out_with_the_next_request(visit, make):
    person = make.user()
    browser = visit(as_=person)
    assert is_in(browser)

    person.is_active = False

    assert not is_in(browser)


@pytest.mark.parametrize("cookie", ["", "x", "eyJfdXNlcl9pZCI6IjEifQ.aAAAAA.x", "eyJfdXNlcl9pZCI6IjEifQ"])
def test_a_cookie_of_somebodys_own_making_opens_nothing(client, cookie):
    client.set_cookie("gromada", cookie)

    assert client.get("/account").status_code == 303


def test_a_cookie_holds_no_id_of_a_person_and_the_table_no_cookie(visit, make):
    browser = visit(as_=make.user())
    with browser.client.session_transaction() as cookie:
        token = cookie["_user_id"]

    row = db.session.scalars(select(SignInSession)).one()
    assert len(token) >= 43
    assert row.token_hash != token


# --- Where -----------------------------------------------------------------------------------------------


def test_a_person_sees_where_they_are_signed_in(visit, make, db_session):
    person = make.user()
    here = visit(as_=person)
    visit(as_=person)
    db_session.execute(update(SignInSession).values(browser=FIREFOX))

    page = here.open("/account/sessions")

    assert page.text.count("Firefox, Linux") == 2
    assert page.text.count("this browser") == 1


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("curl/8.0", "–"),
        ("", "–"),
    ],
)  # fmt: skip
def test_browsers_are_called_by_their_names(user_agent, name):
    assert browser_name(user_agent) == name


# --- Tidying up ------------------------------------------------------------------------------------------


def test_a_day_later_nothing_is_left_of_what_no_longer_opens_anything(visit, make, clock, client):
    person, other = make.user(email="ewa@gromada.example"), make.user()
    services.request_password_reset(person.email)
    visit(as_=person).open("/account/sessions").submit("Sign out everywhere")
    db.session.add(SignInAttempt(account_hash="a", address_hash="b", at=clock.now))
    db.session.commit()
    clock.tick(hours=23)
    assert tidy() == "0 removed"

    clock.tick(hours=3)
    visit(as_=other)

    assert tidy() == "3 removed"
    assert [len(db.session.scalars(select(model)).all()) for model in (OneTimeToken, SignInSession, SignInAttempt)] == [
        0, 1, 0
    ]  # fmt: skip
