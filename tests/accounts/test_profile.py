"""What people say about themselves, and the language they read."""

import pytest

from accounts import services
from accounts.history import story
from accounts.models import User, surname_first
from core.database import db


def fresh(person):
    return db.session.get(User, person.id, populate_existing=True)


def test_a_person_changes_their_profile(visit, make):
    person = make.user("Ewa Nowak", email="ewa@gromada.example")
    page = visit(as_=person).open("/account")

    page = page.submit(
        "Save", name=" Ewa Żak-Nowak ", phone="+48 600 000 000", notification_email="Biuro@gmina.example"
    )

    changed = fresh(person)
    assert "Your profile was saved." in page.text
    assert (changed.name, changed.phone, changed.notification_email, changed.email) == (
        "Ewa Żak-Nowak", "+48 600 000 000", "biuro@gmina.example", "ewa@gromada.example"
    )  # fmt: skip
    assert changed.mail_address == "biuro@gmina.example"
    assert changed.search_text == "ewa zak-nowak ewa@gromada.example"


def test_several_people_may_share_an_address_for_notices(visit, make):
    for person in (make.user(), make.user()):
        visit(as_=person).open("/account").submit("Save", notification_email="biuro@gmina.example")

    assert db.session.query(User).filter_by(notification_email="biuro@gmina.example").count() == 2


def test_ones_own_address_need_not_be_said_twice(visit, make):
    person = make.user(email="ewa@gromada.example")

    visit(as_=person).open("/account").submit("Save", notification_email="EWA@gromada.example")

    assert fresh(person).notification_email is None


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"phone": "1" * 41},
        {"notification_email": "nobody"},
        {"notification_email": "a@b.example,c@d.example"},
        {"notification_email": "a@b.example\r\nBcc: c@d.example"},
    ],
)
def test_what_cannot_be_is_refused(visit, make, fields):
    person = make.user("Ewa Nowak", email="ewa@gromada.example")

    page = visit(as_=person).open("/account").submit("Save", expect=422, **fields)

    assert "Something needs correcting" in page.text
    assert (fresh(person).name, fresh(person).notification_email) == ("Ewa Nowak", None)


def test_nothing_beyond_the_form_can_be_changed_with_it(visit, make):
    person = make.user("Ewa Nowak", email="ewa@gromada.example")
    browser = visit(as_=person)
    form = dict(browser.open("/account").form("Save").pairs())
    before = {column.name: getattr(person, column.name) for column in User.__table__.columns}

    extra = {
        "email": "other@gromada.example",
        "is_active": "",
        "password_hash": "x",
        "role": "admin",
        "id": "1",
    }
    answer = browser.client.post("/account", data=form | extra)

    assert answer.status_code == 303
    after = {column.name: getattr(fresh(person), column.name) for column in User.__table__.columns}
    assert {name for name in before if before[name] != after[name]} == set()
    assert fresh(person).grants == []


def test_a_change_is_remembered_by_field_and_not_by_value(visit, make):
    person = make.user("Ewa Nowak")
    visit(as_=person).open("/account").submit("Save", phone="600000000")
    visit(as_=person).open("/account").submit("Save")

    assert [(line.text, line.who, line.note) for line in story(person)] == [
        ("Changed the profile", "Ewa Nowak", None)
    ]


# --- Language --------------------------------------------------------------------------------------------


def test_a_persons_language_is_that_of_pages_and_mails(visit, make, outbox):
    person = make.user(email="ewa@gromada.example", language="pl")
    browser = visit(as_=person)

    page = browser.open("/language/en?next=/account")
    (button,) = [button for button in page.buttons if page.form(button).action.startswith("/language/en")]
    page = page.submit(button)

    assert (page.url, page.tree.get("lang")) == ("/account", "en")
    services.request_password_reset(person.email)
    assert outbox()[0].subject == "Choose a new password"


def test_opening_the_link_alone_changes_nothing_about_a_person(visit, make):
    person = make.user(language="pl")

    visit(as_=person).open("/language/en")

    assert fresh(person).language == "pl"


def test_a_visitor_changes_the_language_with_a_link_and_stays_where_they_are(client):
    answer = client.get("/language/en?next=/sign-in")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert '<html lang="en"' in client.get("/sign-in").text
    client.get("/language/pl?next=/sign-in")
    assert '<html lang="pl"' in client.get("/sign-in").text


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_a_change_of_language_leads_nowhere_else(client, wanted):
    assert client.get("/language/en", query_string={"next": wanted}).headers["Location"] == "/"


def test_a_language_we_do_not_speak_is_no_page(client):
    assert client.get("/language/xx").status_code == 404


@pytest.mark.parametrize(
    ("name", "sorted_under"),
    [
        ("Anna Maria Nowak", "Nowak Anna Maria"),
        ("Nowak", "Nowak"),
        ("Ewa Żak-Nowak", "Żak-Nowak Ewa"),
        ("", ""),
    ],
)
def test_people_are_sorted_by_surname(name, sorted_under):
    assert surname_first(name) == sorted_under


@pytest.mark.parametrize(
    ("name", "initials"), [("Anna Maria Nowak", "AN"), ("Żaneta", "Ż"), ("ewa gęś", "EG"), ("", "")]
)
def test_initials_are_those_of_first_name_and_surname(make, name, initials):
    assert User(name=name, email="x@gromada.example").initials == initials
