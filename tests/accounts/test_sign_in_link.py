"""Signing in by a link from a mail: once, for a quarter of an hour, in the browser that asked, at the press of a button."""

import dataclasses
import threading

import pytest
from sqlalchemy import func, select

from accounts import services, tokens
from accounts.errors import LinkNoLongerWorks
from accounts.link_browsers import COOKIE
from accounts.models import OneTimeToken, SignInSession, TokenPurpose, User
from config import Mode
from core.audit import AuditEvent
from core.database import db
from tests.accounts.links import EMAIL, PASSWORD, link_in
from tests.support.applications import app_on
from tests.support.clients import OutsideClient
from tests.support.reading import csrf_token, found

pytestmark = pytest.mark.usefixtures("fast_hashing")


def signed_in():
    return db.session.scalar(
        select(func.count()).select_from(SignInSession).where(SignInSession.ended_at.is_(None))
    )


def events():
    return db.session.scalars(select(AuditEvent.event).order_by(AuditEvent.id)).all()


# --- The usual way ---------------------------------------------------------------------------------------


def test_a_person_asks_opens_the_link_presses_the_button_and_is_in(ewa, ask):
    visitor, link = ask()

    page = visitor.open(link)
    inside = page.submit("Sign in").visitor.open("/account")

    assert page.headings[0] == "Sign in as Ewa Nowak"
    assert EMAIL in page.text
    assert inside.headings[0] == "Your account"
    assert events() == ["account.sign_in_link_sent", "account.signed_in_by_link"]
    assert db.session.get_one(User, ewa.id, populate_existing=True).last_login_at is not None


def test_the_way_on_survives_the_mail(ewa, ask):
    visitor, link = ask(way_on="?next=/account/password")

    inside = visitor.open(link).submit("Sign in")

    assert inside.url == "/account/password"
    assert "next" not in link


def test_the_page_says_the_same_after_asking_from_the_page_of_its_own(ewa, visit, outbox):
    page = visit().open("/sign-in/link?next=/account").submit("Send me a link", email=" EWA@Gromada.example ")

    assert page.headings[0] == "Look into your mailbox"
    inside = page.visitor.open(link_in(outbox()[-1])).submit("Sign in")
    assert inside.url == "/account"


def test_without_an_address_the_page_asks_for_it(visit):
    page = visit().open("/sign-in").submit("Send me a link instead", expect=422)

    assert page.headings[0] == "Sign in with a link"
    assert "Fill in this field" in page.text


def test_signing_in_by_link_gives_a_new_session_and_ends_the_one_before(make, ewa, visit, outbox):
    other = make.user("Jan Lis", email="jan@gromada.example", password=PASSWORD)
    visitor = visit(as_=other)
    visitor.open("/account")
    with visitor.client.session_transaction() as cookie:
        before = cookie["_user_id"]
    page = visitor.open("/sign-in/link")

    page.submit("Send me a link", email=EMAIL)
    visitor.open(link_in(outbox()[-1])).submit("Sign in")

    with visitor.client.session_transaction() as cookie:
        assert cookie["_user_id"] != before
    assert signed_in() == 1


def test_the_browser_is_remembered_as_one_that_this_person_uses(ewa, ask):
    visitor, link = ask()
    visitor.open(link).submit("Sign in")

    assert visitor.client.get_cookie("gromada_device") is not None
    assert visitor.client.get_cookie(COOKIE) is None


# --- Once, not for long ----------------------------------------------------------------------------------


def test_mail_scanners_that_open_the_link_do_not_use_it_up(ewa, ask, client):
    visitor, link = ask()
    for _ in range(3):
        client.get(link)
        client.head(link)
        visitor.client.get(link)
        visitor.client.head(link)

    assert signed_in() == 0
    assert visitor.open(link).submit("Sign in").visitor.open("/account").headings[0] == "Your account"


def test_a_link_works_once(ewa, ask):
    visitor, link = ask()
    cookie = visitor.client.get_cookie(COOKIE).value
    left_open = visitor.open(link)
    visitor.open(link).submit("Sign in")
    visitor.client.set_cookie(COOKIE, cookie)
    again = visitor.open(link, expect=404)

    refused = visitor.client.post(link, data={"csrf_token": csrf_token(visitor.open("/account").html)})

    assert again.headings[0] == "This link does not work any more"
    assert "You are signed in already, as Ewa Nowak." in again.text
    assert refused.status_code == 404
    assert left_open.headings[0] == "Sign in as Ewa Nowak"
    assert signed_in() == 1


def test_of_two_who_press_at_the_same_moment_one_gets_in(app, ewa, ask):
    visitor, link = ask()
    token = csrf_token(visitor.open(link).html)
    cookies = {
        name: visitor.client.get_cookie(name).value for name in (COOKIE, app.config["SESSION_COOKIE_NAME"])
    }
    start, answers = threading.Barrier(2), []

    def press():
        with app.app_context():
            browser = OutsideClient(app)
            for name, value in cookies.items():
                browser.set_cookie(name, value)
            start.wait()
            answers.append(browser.post(link, data={"csrf_token": token}).status_code)

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [303, 404]
    assert signed_in() == 1


def test_a_link_works_for_fifteen_minutes(ewa, ask, clock):
    visitor, link = ask()
    page = visitor.open(link)
    clock.tick(minutes=15, seconds=-1)
    visitor.open(link)

    clock.tick(seconds=1)

    assert visitor.open(link, expect=404).links["Send me a new link"] == "/sign-in/link"
    assert page.submit("Sign in", expect=404).headings[0] == "This link does not work any more"
    assert signed_in() == 0


def test_a_newer_link_replaces_the_older(ewa, ask):
    visitor, older = ask()
    _, newer = ask(visitor=visitor)

    visitor.open(older, expect=404)
    visitor.open(newer).submit("Sign in")
    assert older != newer


@pytest.mark.parametrize("what", ["a new password", "deactivation"])
def test_a_link_is_dead_after(make, ewa, ask, what):
    visitor, link = ask()
    page = visitor.open(link)
    if what == "deactivation":
        services.deactivate(db.session.get_one(User, ewa.id), actor=make.admin())
    else:
        services.change_password(
            db.session.get_one(User, ewa.id), current=PASSWORD, password="cztery zielone mgły tramwaju"
        )

    visitor.open(link, expect=404)
    page.submit("Sign in", expect=404)
    assert signed_in() == 0


def test_a_link_is_kept_only_as_a_hash_and_so_is_the_browser(ewa, ask):
    visitor, link = ask()
    token = db.session.scalars(select(OneTimeToken)).one()
    kept = str({column.name: getattr(token, column.name) for column in token.__table__.columns})

    assert len(link.rpartition("/")[2]) >= 43
    assert link.rpartition("/")[2] not in kept
    assert token.browser_hash
    assert token.browser_hash not in visitor.client.get_cookie(COOKIE).value


@pytest.mark.parametrize("secret", ["x", "a" * 43, "..%2f..%2fetc", "'--"])
def test_a_made_up_link_is_answered_like_an_old_one(client, secret):
    answer = client.get(f"/sign-in/link/{secret}")

    assert answer.status_code == 404
    assert "This link does not work any more" in answer.text or "There is no such page" in answer.text


@pytest.mark.parametrize("kind", ["invitation", "new-password"])
def test_a_sign_in_link_sets_no_password(ewa, ask, kind):
    visitor, link = ask()

    assert visitor.client.get(f"/{kind}/{link.rpartition('/')[2]}").status_code == 404


def test_a_link_for_a_new_password_signs_nobody_in(ewa, ask, outbox):
    visitor, _ = ask()
    services.request_password_reset(EMAIL)
    secret = found(r"/new-password/(\S+)", outbox()[-1].body)

    assert visitor.client.get(f"/sign-in/link/{secret}").status_code == 404


# --- In the browser that asked ---------------------------------------------------------------------------


def test_in_another_browser_nobody_gets_in_and_the_link_still_works_in_the_right_one(ewa, ask, visit):
    visitor, link = ask()
    elsewhere = visit()
    page = elsewhere.open(link, expect=403)
    token = page.form("Send me a link").pairs()[0][1]

    pressed = elsewhere.client.post(link, data={"csrf_token": token})

    assert page.headings[0] == "This is another browser"
    assert "Open the link in the browser in which you asked for it." in page.text
    assert "choose “Open in browser”" in page.text
    assert "Ewa" not in page.text
    assert pressed.status_code == 403
    assert visitor.open(link).submit("Sign in").visitor.open("/account").headings[0] == "Your account"


def test_a_browser_that_asked_for_somebody_else_is_another_one(make, ewa, ask, visit):
    make.user("Jan Lis", email="jan@gromada.example", password=PASSWORD)
    _, link = ask()
    attacker, _ = ask("jan@gromada.example")

    assert attacker.open(link, expect=403).headings[0] == "This is another browser"


def test_whoever_opened_it_elsewhere_asks_anew_there(ewa, ask, visit, outbox):
    visitor, link = ask()
    page = visit().open(link, expect=403).submit("Send me a link", email=EMAIL)

    page.visitor.open(link_in(outbox()[-1])).submit("Sign in")
    visitor.open(link, expect=404)
    assert signed_in() == 1


@pytest.mark.parametrize("cookie", ["", "x", "eyJzZWNyZXQiOiJ4In0.y", "a" * 3900])
def test_a_forged_cookie_is_another_browser(ewa, ask, cookie):
    visitor, link = ask()
    visitor.client.set_cookie(COOKIE, cookie)

    assert visitor.open(link, expect=403).headings[0] == "This is another browser"


def test_the_database_itself_refuses_the_wrong_browser(ewa):
    _, secret = tokens.issue(ewa, TokenPurpose.SIGN_IN, valid=tokens.SIGN_IN_VALID, browser="the right one")

    for browser in ("another one", ""):
        with pytest.raises(LinkNoLongerWorks):
            services.use_sign_in_link(secret, browser=browser)
    assert services.use_sign_in_link(secret, browser="the right one").id == ewa.id


def test_two_people_at_one_computer_both_get_in(make, ewa, ask, visit, outbox):
    make.user("Jan Lis", email="jan@gromada.example", password=PASSWORD)
    visitor, ewas = ask()
    _, jans = ask("jan@gromada.example", visitor=visitor)

    assert visitor.open(ewas).headings[0] == "Sign in as Ewa Nowak"
    assert visitor.open(jans).headings[0] == "Sign in as Jan Lis"


def test_a_production_browser_keeps_the_secret_to_itself_for_fifteen_minutes(config, ewa):
    db.session.commit()
    production = dataclasses.replace(config, mode=Mode.PRODUCTION, public_url="https://gromada.example")
    with app_on(production) as app:
        client = OutsideClient(app)
        https = {
            "base_url": "https://gromada.example",
            "headers": {"Referer": "https://gromada.example/sign-in/link"},
        }
        token = csrf_token(client.get("/sign-in/link", **https).text)
        answer = client.post("/sign-in/link", data={"email": EMAIL, "csrf_token": token}, **https)

    (cookie,) = [
        each for each in answer.headers.getlist("Set-Cookie") if each.startswith(f"__Host-{COOKIE}=")
    ]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=900"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
