"""Signing in: who gets in, who is held back, and what nobody learns on the way."""

import dataclasses
import re
import threading

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from accounts import passwords, throttle
from accounts.models import SignInAttempt, SignInSession, User
from config import Mode
from core.audit import AuditEvent
from core.database import db
from tests.support.applications import app_on
from tests.support.clients import OutsideClient
from tests.support.reading import csrf_token

pytestmark = pytest.mark.usefixtures("fast_hashing")

RIGHT = "correct horse battery"
WRONG = "wrong horse battery"
EMAIL = "ewa@gromada.example"


@pytest.fixture
def ewa(make):
    return make.user("Ewa Nowak", email=EMAIL, password=RIGHT)


@pytest.fixture
def checks(monkeypatch):
    """Real comparisons of a password, without their cost: what each was asked for."""
    made = []

    def compare(password, stored):
        db.session.rollback()
        made.append(password)
        return stored is not None and password == RIGHT

    monkeypatch.setattr(passwords, "matches_between_transactions", compare)
    return made


def sign_in(client, email=EMAIL, password=RIGHT, *, address="192.0.2.1", **query):
    """From a browser of its own, unless one is passed with its cookies."""
    place = {"REMOTE_ADDR": address}
    page = client.get("/sign-in", query_string=query, environ_overrides=place)
    if page.status_code == 303:
        return page
    form = {"email": email, "password": password, "csrf_token": csrf_token(page.text)}
    return client.post("/sign-in", query_string=query, data=form, environ_overrides=place)


def attempt(app, email=EMAIL, password=RIGHT, *, address="192.0.2.1"):
    """One try from a new browser, without fetching the form first."""
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        form = {"email": email, "password": password}
        answer = OutsideClient(app).post("/sign-in", data=form, environ_overrides={"REMOTE_ADDR": address})
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    return answer.status_code


# --- Who gets in -----------------------------------------------------------------------------------------


def test_with_the_right_password_a_person_is_in(visit, ewa):
    form = visit().open("/sign-in?next=/account")

    page = form.submit("Sign in", email=" Ewa@GROMADA.example ", password=RIGHT)

    assert page.url == "/account"
    assert db.session.get_one(User, ewa.id).last_login_at is not None
    assert db.session.scalars(select(AuditEvent.event)).all() == ["account.signed_in"]


def test_whoever_was_on_the_way_somewhere_goes_on_there(client, ewa):
    wanted = client.get("/account/password").headers["Location"]

    assert wanted == "/sign-in?next=/account/password"
    assert sign_in(client, next="/account/password").headers["Location"] == "/account/password"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, WRONG),
        (EMAIL, RIGHT.upper()),
        ("nobody@gromada.example", RIGHT),
        ("invited@gromada.example", ""),
        ("invited@gromada.example", RIGHT),
        ("closed@gromada.example", RIGHT),
        ("no address", RIGHT),
        ("' OR 1=1 --", RIGHT),
        (EMAIL, "x" * 100_000),
    ],
)
def test_nobody_else_is(app, make, ewa, email, password):
    make.user(email="invited@gromada.example")
    make.user(email="closed@gromada.example", password=RIGHT, is_active=False)

    assert attempt(app, email, password) == 422
    assert db.session.scalar(select(func.count()).select_from(SignInSession)) == 0


def test_signing_in_gives_a_new_session_and_ends_the_one_before(app, ewa):
    client = OutsideClient(app)
    client.set_cookie("gromada", "chosen-by-somebody-else")
    sign_in(client)
    first = client.get_cookie("gromada").value
    client.post("/sign-out")
    with client.session_transaction() as cookie:
        preset = dict(cookie)
    sign_in(client)

    assert first != "chosen-by-somebody-else"
    assert client.get_cookie("gromada").value not in (first, preset)


def test_a_session_that_was_planted_before_is_worth_nothing_after(app, make, ewa):
    attacker = make.user(email="attacker@gromada.example", password=RIGHT)
    client = OutsideClient(app)
    sign_in(client, attacker.email)
    planted = client.get_cookie("gromada").value
    page = client.get("/account/password")
    assert page.status_code == 200
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    signs = client.get("/account").text
    csrf = csrf_token(signs)
    client.post("/sign-in", data={"email": EMAIL, "password": RIGHT, "csrf_token": csrf})

    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != token
    old = OutsideClient(app)
    old.set_cookie("gromada", planted)
    assert old.get("/account").status_code == 303


def test_an_older_hash_is_renewed_on_the_way_in(app, ewa):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(RIGHT)
    ewa.password_hash = weak
    db.session.commit()

    assert [attempt(app), attempt(app)] == [303, 303]
    renewed = db.session.get_one(User, ewa.id, populate_existing=True).password_hash or ""
    assert renewed != weak
    assert not passwords.is_outdated(renewed)


def test_a_production_browser_is_told_to_keep_its_cookies_to_itself(config, ewa):
    db.session.commit()
    production = dataclasses.replace(config, mode=Mode.PRODUCTION, public_url="https://gromada.example")
    with app_on(production) as app:
        client = OutsideClient(app)
        https = {
            "base_url": "https://gromada.example",
            "headers": {"Referer": "https://gromada.example/sign-in"},
        }
        page = client.get("/sign-in", **https)
        token = csrf_token(page.text)
        answer = client.post(
            "/sign-in", data={"email": EMAIL, "password": RIGHT, "csrf_token": token}, **https
        )

    cookies = answer.headers.getlist("Set-Cookie")
    assert answer.status_code == 303
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == [
        "__Host-gromada",
        "__Host-gromada_device",
    ]
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "gromada.example" not in page.text, "no demonstration account is offered"


def test_a_demonstration_fills_in_the_form(visit):
    page = visit().open("/sign-in").follow("Programme office")

    form = page.form("Sign in")
    assert ("email", "office@gromada.example") in form.pairs()
    assert ("password", "gromada-demo-2026") in form.pairs()


# --- What nobody learns ----------------------------------------------------------------------------------


def test_a_wrong_password_and_no_such_account_are_answered_alike(app, ewa):
    known, unknown = (sign_in(OutsideClient(app), email, WRONG) for email in (EMAIL, "eva@gromada.example"))

    assert known.status_code == unknown.status_code == 422
    assert set(known.headers.keys()) == set(unknown.headers.keys())
    assert anonymous(known.text) == anonymous(unknown.text)


def anonymous(page):
    """Without what was typed and what is random."""
    page = re.sub(r'value="[^"]*"', "", page)
    return page.replace("ewa@gromada", "eva@gromada")


def test_the_slow_work_is_done_whether_there_is_such_an_account_or_not(app, make, ewa, monkeypatch):
    make.user(email="invited@gromada.example")
    make.user(email="closed@gromada.example", password=RIGHT, is_active=False)
    verified: list[str] = []
    monkeypatch.setattr(passwords, "_hasher", Counting(passwords._hasher, verified))

    for email in (EMAIL, "nobody@gromada.example", "invited@gromada.example", "closed@gromada.example"):
        attempt(app, email, WRONG)

    assert verified == [WRONG] * 4


class Counting:
    """A hasher that tells what it was asked to compare."""

    def __init__(self, hasher, verified):
        self.hasher, self.verified = hasher, verified

    def __getattr__(self, name):
        return getattr(self.hasher, name)

    def verify(self, stored, password):
        self.verified.append(password)
        return self.hasher.verify(stored, password)


def test_no_password_and_no_address_is_written_into_the_log(app, ewa, caplog):
    caplog.set_level("INFO")
    attempt(app, EMAIL, WRONG)
    attempt(app)

    assert "sign-in refused" in caplog.text
    assert "sign-in person=" in caplog.text
    for secret in (EMAIL, WRONG, RIGHT, "192.0.2.1"):
        assert secret not in caplog.text


# --- Who is held back ------------------------------------------------------------------------------------


def test_guessing_from_one_place_is_held_back_and_the_owner_elsewhere_is_not(app, ewa, checks, clock):
    answers = [attempt(app, EMAIL, WRONG, address="203.0.113.9") for _ in range(100)]

    assert len(checks) == 5
    assert answers == [422] * 5 + [429] * 95
    assert attempt(app, address="192.0.2.1") == 303


def test_guessing_from_fifty_places_gets_ten_real_checks_in_a_quarter_of_an_hour(app, ewa, checks, clock):
    for turn in range(80):
        attempt(app, EMAIL, WRONG, address=f"203.0.113.{turn % 50}")

    assert len(checks) == 10


def test_an_hour_of_guessing_gets_at_most_a_hundred(app, ewa, checks, clock):
    for turn in range(80):
        attempt(app, EMAIL, WRONG, address=f"203.0.113.{turn % 50}")
        clock.tick(seconds=45)

    assert len(checks) <= 100


def test_the_owner_gets_in_from_the_usual_browser_however_much_is_guessed(app, ewa, checks, clock):
    browser = OutsideClient(app)
    sign_in(browser)
    browser.post("/sign-out", data={"csrf_token": csrf_of(browser)})
    for turn in range(30):
        attempt(app, EMAIL, WRONG, address=f"203.0.113.{turn}")

    assert attempt(app, address="192.0.2.77") == 429, "a browser nobody knows has to wait"
    assert sign_in(browser, address="192.0.2.1").status_code == 303


def test_the_usual_browser_too_is_held_back_after_ten(app, ewa, checks, clock):
    browser = OutsideClient(app)
    sign_in(browser)
    browser.post("/sign-out", data={"csrf_token": csrf_of(browser)})
    checks.clear()

    answers = [sign_in(browser, password=WRONG).status_code for _ in range(12)]

    assert answers == [422] * 10 + [429] * 2
    assert len(checks) == 10


def test_a_stolen_mark_of_a_browser_is_worth_nothing_after_a_new_password(app, ewa, checks, clock):
    browser = OutsideClient(app)
    sign_in(browser)
    browser.post("/sign-out", data={"csrf_token": csrf_of(browser)})
    ewa.password_hash = "another"
    db.session.commit()

    answers = [sign_in(browser, password=WRONG).status_code for _ in range(7)]

    assert answers == [422] * 5 + [429] * 2


@pytest.mark.parametrize("cookie", ["", "x", "eyJpZCI6IjEiLCJwZW9wbGUiOltdfQ.x.y", "a" * 3900])
def test_a_forged_mark_of_a_browser_counts_as_none(app, ewa, checks, clock, cookie):
    answers = []
    for _ in range(6):
        browser = OutsideClient(app)
        browser.set_cookie("gromada_device", cookie)
        answers.append(sign_in(browser, password=WRONG).status_code)

    assert answers == [422] * 5 + [429]


def test_one_password_for_many_accounts_is_held_back_and_others_are_not(app, make, ewa, checks, clock):
    accounts = [f"person{number}@gromada.example" for number in range(100)]
    answers = [attempt(app, account, WRONG, address="203.0.113.9") for account in accounts]

    assert answers.index(429) <= 30
    assert len(checks) <= 30
    assert attempt(app, address="192.0.2.1") == 303


def test_an_account_that_does_not_exist_is_held_back_like_any_other(app, ewa, checks, clock):
    answers = {
        email: [attempt(app, email, WRONG, address="203.0.113.9") for _ in range(8)]
        for email in (EMAIL, "nobody@gromada.example")
    }

    assert answers[EMAIL] == answers["nobody@gromada.example"]


def test_being_held_back_reads_like_a_wrong_password_and_says_when_to_come_back(app, ewa, checks, clock):
    browsers = [OutsideClient(app) for _ in range(6)]
    *_, wrong, held_back = [sign_in(browser, password=WRONG) for browser in browsers]

    assert (wrong.status_code, held_back.status_code) == (422, 429)
    assert anonymous(wrong.text) == anonymous(held_back.text)
    assert 0 < int(held_back.headers["Retry-After"]) <= 901
    clock.tick(seconds=int(held_back.headers["Retry-After"]))
    assert attempt(app) == 303


def test_a_success_takes_its_own_failures_back(app, ewa, checks, clock):
    answers = []
    for _ in range(3):
        answers += [attempt(app, EMAIL, WRONG) for _ in range(4)]
        answers.append(attempt(app))

    assert answers == ([422] * 4 + [303]) * 3
    assert db.session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_failures_are_kept_as_hashes_that_need_the_key(app, ewa, checks):
    attempt(app, EMAIL, WRONG)

    row = db.session.scalars(select(SignInAttempt)).one()
    assert row.account_hash == throttle.keyed("sign-in", EMAIL)
    assert row.address_hash == throttle.keyed("sign-in", "192.0.2.1")
    app.config["SECRET_KEY"], key = "another key of the installation", app.config["SECRET_KEY"]
    assert row.account_hash != throttle.keyed("sign-in", EMAIL)
    app.config["SECRET_KEY"] = key


def csrf_of(client):
    return csrf_token(client.get("/account").text)


def test_tries_at_the_same_moment_count_like_tries_in_a_row(app):
    admitted = []
    start = threading.Barrier(8)

    def guess():
        with app.app_context():
            start.wait()
            for _ in range(3):
                attempt = throttle.a_try(throttle.SIGN_IN, account=EMAIL, address="203.0.113.9")
                admitted.append(throttle.admit(throttle.SIGN_IN, attempt) == 0)

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(admitted), sum(admitted)) == (24, 5)
