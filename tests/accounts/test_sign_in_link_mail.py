"""The mail with a link to sign in: what nobody learns from it, and whose link it is."""

import time

import pytest
from sqlalchemy import func, select

from accounts import services
from accounts.link_browsers import COOKIE
from accounts.models import OneTimeToken, User
from accounts.role_sources import Duty, duties_of
from accounts.roles import Role
from accounts.views import entrance
from core.database import db
from tests.accounts.links import EMAIL, PASSWORD
from tests.support.reading import csrf_token

pytestmark = pytest.mark.usefixtures("fast_hashing")


# --- What nobody learns ----------------------------------------------------------------------------------


def test_whoever_asks_learns_nothing(visit, make, ewa, outbox):
    make.user(email="closed@gromada.example", password=PASSWORD, is_active=False)
    make.user(email="invited@gromada.example")
    answers, cookies = set(), set()
    for email in (EMAIL, "nobody@gromada.example", "closed@gromada.example", "invited@gromada.example", "?"):
        page = visit().open("/sign-in/link").submit("Send me a link", email=email)
        answers.add(page.html)
        cookies.add(len(page.visitor.client.get_cookie(COOKIE).value))

    assert len(answers) == len(cookies) == 1
    assert [mail.to_address for mail in outbox()] == [EMAIL, "invited@gromada.example"]


def test_whoever_asks_waits_as_long_whatever_is_found(visit, make, ewa):
    make.user(email="closed@gromada.example", password=PASSWORD, is_active=False)
    make.user(email="invited@gromada.example")
    page = visit().open("/sign-in/link")
    waited = []
    for email in (EMAIL, "nobody@gromada.example", "closed@gromada.example", "invited@gromada.example"):
        form = page.form("Send me a link")
        form.fill("email", email)
        began = time.monotonic()
        page.visitor.client.post(form.action, data=dict(form.pairs()))
        waited.append(time.monotonic() - began)

    assert min(waited) >= entrance.SAME_TIME_SECONDS


def test_who_never_chose_a_password_is_pointed_to_the_invitation_once_a_day(visit, make, outbox, clock):
    make.user("Jan Lis", email="jan@gromada.example")
    for _ in range(2):
        visit().open("/sign-in/link").submit("Send me a link", email="jan@gromada.example")

    (mail,) = outbox()
    assert mail.to_address == "jan@gromada.example"
    assert "Look for the mail with your invitation" in mail.body
    assert "/sign-in/link/" not in mail.body
    assert db.session.scalars(select(OneTimeToken)).all() == []


def test_asking_again_and_again_fills_nobodys_mailbox(visit, ewa, outbox, clock):
    page = visit().open("/sign-in/link")
    for _ in range(3):
        page.submit("Send me a link", email=EMAIL)

    held_back = page.submit("Send me a link", email=EMAIL, expect=429)

    assert len(outbox()) == 3
    assert int(held_back.response.headers["Retry-After"]) > 0


def test_an_account_that_does_not_exist_is_held_back_like_any_other(visit, clock):
    page = visit().open("/sign-in/link")
    for _ in range(3):
        page.submit("Send me a link", email="nobody@gromada.example")

    page.submit("Send me a link", email="nobody@gromada.example", expect=429)


def test_one_place_asks_for_few_people(make, visit, clock):
    page = visit().open("/sign-in/link")
    for number in range(15):
        page.submit("Send me a link", email=f"person{number}@gromada.example")

    page.submit("Send me a link", email="person99@gromada.example", expect=429)


def test_an_hour_brings_one_person_at_most_five_links(ewa, outbox, clock):
    for _ in range(10):
        services.request_sign_in_link(EMAIL, browser="one")
        clock.tick(minutes=5)
    assert len(outbox()) == 5

    clock.tick(hours=1)
    services.request_sign_in_link(EMAIL, browser="one")

    assert len(outbox()) == 6


def test_no_address_and_no_secret_is_written_into_the_log(ewa, ask, caplog):
    caplog.set_level("INFO")
    visitor, link = ask()
    visitor.open(link).submit("Sign in")

    assert "sign-in by link person=" in caplog.text
    for secret in (EMAIL, link.rpartition("/")[2], visitor.client.get_cookie("gromada_device").value):
        assert secret not in caplog.text


# --- Whose link it is ------------------------------------------------------------------------------------


def test_in_a_shared_mailbox_each_mail_says_whose_it_is(make, ask, outbox):
    anna = make.user("Anna Lis", email="anna@gromada.example", password=PASSWORD)
    piotr = make.user("Piotr Lis", email="piotr@gromada.example", password=PASSWORD)
    anna.notification_email = piotr.notification_email = "urzad@gmina.example"
    anna.language = piotr.language = "en"
    make.partnership(municipality=make.municipality("Brzegi"), leader=anna)
    make.partnership(municipality=make.municipality("Dolina", code="1602022"), leader=piotr)

    visitor, annas = ask("anna@gromada.example")
    visitor.open(annas).submit("Sign in")
    ask("piotr@gromada.example")

    first, second = outbox()
    assert [mail.to_address for mail in (first, second)] == ["urzad@gmina.example"] * 2
    assert [mail.subject for mail in (first, second)] == [
        "Sign-in link for Anna Lis",
        "Sign-in link for Piotr Lis",
    ]
    assert "- Anna Lis, anna@gromada.example\n- Leader, Brzegi\n" in first.body
    assert "- Piotr Lis, piotr@gromada.example\n- Leader, Dolina\n" in second.body


def test_the_address_for_notices_signs_nobody_in(ewa, visit, outbox):
    ewa.notification_email = "urzad@gmina.example"

    visit().open("/sign-in/link").submit("Send me a link", email="urzad@gmina.example")

    assert outbox() == []


def test_two_accounts_never_share_the_name_they_sign_in_with(make, ewa):
    again = services.invite("EWA@gromada.example", "Somebody Else", actor=make.office(), role=Role.ANIMATOR)

    assert again.id == ewa.id
    assert db.session.scalar(select(func.count()).where(User.email == EMAIL)) == 1


def test_duties_name_places_where_there_is_one(make, ewa):
    make.partnership(municipality=make.municipality("Brzegi"), leader=ewa)

    assert duties_of(ewa) == [Duty(Role.LEADER, "Brzegi")]
    assert duties_of(make.animator("Jan Lis")) == [Duty(Role.ANIMATOR)]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_mail_is_in_the_language_of_the_person_and_says_how_long_it_works(ewa, ask, outbox, language):
    ewa.language = language
    visitor, link = ask()

    (mail,) = outbox()
    assert mail.language == language
    assert "15" in mail.body
    assert visitor.open(link).tree.get("lang") == language


def test_links_in_mails_lead_to_us_whatever_host_was_asked(client, ewa, outbox):
    elsewhere = {"base_url": "http://evil.example", "headers": {"X-Forwarded-Host": "evil.example"}}
    token = csrf_token(client.get("/sign-in/link", **elsewhere).text)

    client.post("/sign-in/link", data={"email": EMAIL, "csrf_token": token}, **elsewhere)

    (mail,) = outbox()
    assert "evil.example" not in mail.body
    assert "http://localhost/sign-in/link/" in mail.body
