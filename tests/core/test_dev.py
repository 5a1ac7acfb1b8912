"""Pages for developers: there in a demonstration, not there in production."""

import dataclasses

import pytest

from config import Mode
from core.database import db
from core.mail import OutboxMail
from tests.support.applications import app_on

PAGES = ("/dev/outbox", "/dev/outbox/1", "/dev/gallery")
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture
def a_mail(app):
    mail = OutboxMail(
        dedupe_key="x", to_address="ewa@gromada.example", to_name=f"Ewa {HOSTILE}", language="pl",
        subject=f"Witaj {HOSTILE}", body=f"Dzień dobry {HOSTILE}\n\nhttp://localhost/account\n",
    )  # fmt: skip
    db.session.add(mail)
    db.session.commit()
    return mail


def test_the_outbox_is_empty_at_first(visit):
    assert "No mail yet" in visit().open("/dev/outbox").text


def test_a_mail_can_be_read_and_its_links_followed(visit, a_mail):
    page = visit().open("/dev/outbox").follow(a_mail.subject)

    assert page.headings[0] == a_mail.subject
    assert page.links["http://localhost/account"] == "http://localhost/account"
    assert page.text.count("Dzień dobry") == 2


@pytest.mark.parametrize("address", PAGES[:2])
def test_nothing_in_a_mail_becomes_part_of_the_page(visit, a_mail, address):
    assert "<img src=x" not in visit().open(address).html


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_shown_in_both_languages(client, a_mail, address, language):
    client.set_cookie("gromada_language", language)

    assert client.get(address).status_code == 200


def test_a_mail_that_is_not_there_is_not_found(client):
    assert client.get("/dev/outbox/7").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_production_has_none_of_them(config, a_mail, address):
    production = dataclasses.replace(config, mode=Mode.PRODUCTION, public_url="https://gromada.example")
    with app_on(production) as app:
        assert app.test_client().get(address, base_url="https://gromada.example").status_code == 404
