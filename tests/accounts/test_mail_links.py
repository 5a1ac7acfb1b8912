"""A link in a mail does one thing, once, as the person it was sent to and with the rights of that moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from accounts import jobs, mail_links
from accounts.mail_links import DeedPage, MailDeed
from accounts.models import MailLink, SignInAttempt
from accounts.policy import Permission
from core.audit import AuditEvent
from core.database import db
from core.errors import DomainError
from core.forms import BaseForm, InputRequired, Text
from partnerships.models import Partnership
from tests.support.clients import OutsideClient
from tests.support.reading import csrf_token


class NameForm(BaseForm):
    name = Text("New name", validators=[InputRequired("Say the new name")])


class NotThatName(DomainError):
    field = "name"


class TooLateToName(DomainError):
    pass


def load(record_id):
    return db.session.get(Partnership, record_id)


def page(partnership, person):
    if partnership.name == "Fixed":
        raise TooLateToName("The name is fixed by now")
    return DeedPage(
        title=f"Rename {partnership.name}",
        text="It gets another name.",
        button="Rename it",
        facts=[("Now", partnership.name)],
        form=NameForm,
    )


def act(partnership, person, *, name):
    if name == "Bad":
        raise NotThatName("Choose another name")
    partnership.name = f"{partnership.name}, {name}"
    return f"It is called {partnership.name}."


RENAME = MailDeed(
    "test.rename", load, Permission.PARTNERSHIP_EDIT, page, act, lambda one: f"/partnerships/{one.id}"
)
WEEK = timedelta(days=7)


@pytest.fixture
def ewa(make):
    return make.user("Ewa Nowak", email="ewa@gromada.example", language="en")


@pytest.fixture
def partnership(make, ewa):
    return make.partnership("Old name", leader=ewa)


@pytest.fixture
def link(app, partnership, ewa):
    mail_links.register_mail_deed(app, RENAME)
    yield path(mail_links.mail_link("test.rename", partnership, ewa, valid_for=WEEK))
    app.extensions["gromada_mail_deeds"].pop("test.rename")


def path(address):
    return address.removeprefix("http://localhost")


def name_of(partnership):
    db.session.rollback()
    return db.session.scalar(select(Partnership.name).where(Partnership.id == partnership.id))


# --- The usual way ---------------------------------------------------------------------------------------


def test_opening_the_link_changes_nothing_and_the_button_does_it(visit, partnership, ewa, link):
    opened = visit().open(link)

    assert opened.headings[0] == "Rename Old name"
    assert "You do this as Ewa Nowak" in opened.text
    assert name_of(partnership) == "Old name"
    assert db.session.scalar(select(MailLink.used_at)) is None
    done = opened.submit("Rename it", name="New")
    assert (done.headings[0], name_of(partnership)) == ("Done", "Old name, New")
    assert "It is called Old name, New." in done.text
    event = db.session.scalar(select(AuditEvent).where(AuditEvent.event == "account.did_by_link"))
    assert (event.actor_id, event.data) == (ewa.id, {"deed": "test.rename", "record_id": partnership.id})


def test_only_the_hash_of_the_link_is_kept(partnership, link):
    kept = db.session.scalars(select(MailLink)).one()

    assert len(kept.token_hash) == 64
    assert link.rpartition("/")[2] not in repr(vars(kept))


def test_it_leads_to_the_page_of_the_record_after_signing_in(visit, partnership, link):
    assert visit().open(link).links["Sign in to see more"] == f"/sign-in?next=/partnerships/{partnership.id}"


def test_a_second_use_says_what_happened_already(visit, clock, partnership, link):
    left_open = visit().open(link)
    visit().open(link).submit("Rename it", name="New")
    clock.tick(days=30)

    again, pressed = visit().open(link), left_open.submit("Rename it", name="Other")

    assert "It is called Old name, New." in again.text
    assert "Ewa Nowak pressed the button on 15 Apr 2026" in again.text
    assert pressed.text == again.text
    assert name_of(partnership) == "Old name, New"


def test_it_is_done_in_the_name_of_its_owner_whoever_is_signed_in(visit, make, partnership, ewa, link):
    stranger = make.user("Jan Lis")

    visit(as_=stranger).open(link).submit("Rename it", name="New")

    event = db.session.scalar(select(AuditEvent).where(AuditEvent.event == "account.did_by_link"))
    assert (name_of(partnership), event.actor_id) == ("Old name, New", ewa.id)


def test_nobody_is_signed_in_by_it(visit, partnership, link):
    visitor = visit()
    visitor.open(link).submit("Rename it", name="New")

    assert visitor.open("/account").url == "/sign-in?next=/account"


def test_the_page_speaks_the_language_of_the_person(visit, ewa, link):
    ewa.language = "pl"

    assert 'lang="pl"' in visit().open(link).html


def test_the_page_is_not_kept_and_its_address_goes_nowhere(client, link):
    headers = client.get(link).headers

    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "same-origin")


def test_several_people_get_a_link_each_by_one_statement(
    app, monkeypatch, make, visit, partnership, ewa, count_queries
):
    monkeypatch.setitem(app.extensions["gromada_mail_deeds"], "test.rename", RENAME)
    jan = make.user("Jan Lis")
    make.term(partnership, jan)
    db.session.refresh(partnership)
    with count_queries() as queries:
        links = mail_links.mail_links("test.rename", partnership, [ewa, jan], valid_for=WEEK)
    db.session.commit()

    visit().open(path(links[jan.id])).submit("Rename it", name="New")

    assert list(links) == [ewa.id, jan.id]
    assert sum("INSERT INTO mail_link" in one for one in queries.statements) == 1
    assert "You do this as Ewa Nowak" in visit().open(path(links[ewa.id])).text
    assert name_of(partnership) == "Old name, New"
    event = db.session.scalar(select(AuditEvent).where(AuditEvent.event == "account.did_by_link"))
    assert event.actor_id == jan.id


# --- What is typed ---------------------------------------------------------------------------------------


def test_what_is_missing_or_refused_is_said_at_the_field_and_the_link_still_works(visit, partnership, link):
    empty = visit().open(link).submit("Rename it", name="", expect=422)
    refused = visit().open(link).submit("Rename it", name="Bad", expect=422)

    assert "Say the new name" in empty.text
    assert "Choose another name" in refused.text
    visit().open(link).submit("Rename it", name="New")
    assert name_of(partnership) == "Old name, New"


# --- Refusals --------------------------------------------------------------------------------------------


def test_a_former_leader_is_refused_with_a_sentence(visit, make, clock, partnership, ewa, link):
    left_open = visit().open(link)
    (term,) = partnership.terms
    term.ends_on = clock.now.date() - timedelta(days=1)

    opened, pressed = visit().open(link, expect=409), left_open.submit("Rename it", name="New", expect=409)

    sentence = (
        "This is not yours to do any more. Since the mail was sent, who leads or advises here has changed"
    )
    assert sentence in opened.text
    assert sentence in pressed.text
    assert "Old name" not in opened.text
    assert name_of(partnership) == "Old name"


def test_an_expired_link_shows_a_way_to_sign_in(visit, clock, partnership, link):
    left_open = visit().open(link)
    clock.tick(days=7)

    opened, pressed = visit().open(link, expect=410), left_open.submit("Rename it", name="New", expect=410)

    assert opened.headings[0] == pressed.headings[0] == "This link has expired"
    assert opened.links["Sign in to see more"] == f"/sign-in?next=/partnerships/{partnership.id}"
    assert name_of(partnership) == "Old name"


def test_where_nothing_is_left_to_do_the_page_says_why(visit, partnership, link):
    partnership.name = "Fixed"

    page = visit().open(link, expect=409)

    assert "The name is fixed by now" in page.text
    assert page.buttons == []


@pytest.mark.parametrize("token", ["x", "x" * 43, "ą", "x" * 3000])
def test_a_link_that_does_not_exist_is_told_so(visit, token):
    assert visit().open(f"/do/{token}", expect=404).headings[0] == "This link does not work"


def test_an_inactive_person_has_no_links(visit, ewa, link):
    ewa.is_active = False

    assert visit().open(link, expect=404).headings[0] == "This link does not work"


def test_whoever_tries_many_links_is_stopped_and_good_ones_still_open(client, link):
    answers = [client.get(f"/do/{number}").status_code for number in range(26)]

    assert answers == [404] * 25 + [429]
    assert client.get("/do/another").headers["Retry-After"].isdigit()
    assert client.get(link).status_code == 200
    assert len(db.session.scalars(select(SignInAttempt)).all()) == 25


# --- Many at once ----------------------------------------------------------------------------------------


def test_of_many_presses_at_once_one_counts(app, partnership, link):
    browsers = [OutsideClient(app) for _ in range(4)]
    tokens = [csrf_token(browser.get(link).text) for browser in browsers]
    barrier = Barrier(len(browsers))

    def press(number):
        barrier.wait()
        with app.app_context():
            return browsers[number].post(link, data={"csrf_token": tokens[number], "name": str(number)})

    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(press, range(len(browsers))))

    assert [answer.status_code for answer in answers] == [303] * 4
    assert name_of(partnership) in {f"Old name, {number}" for number in range(4)}
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "account.did_by_link")).all()
    assert len(events) == 1


# --- Afterwards ------------------------------------------------------------------------------------------


def test_links_are_kept_for_a_quarter_so_that_old_mails_say_what_happened(clock, link):
    clock.tick(days=7 + 90)
    jobs.tidy()
    kept = len(db.session.scalars(select(MailLink)).all())
    clock.tick(seconds=1)
    jobs.tidy()

    assert (kept, len(db.session.scalars(select(MailLink)).all())) == (1, 0)


def test_a_mail_that_others_read_holds_no_link_that_acts(link):
    mail = f"Confirm it here:\nhttp://localhost{link}\nThank you"

    assert mail_links.without_secrets(mail) == "Confirm it here:\nhttp://localhost/do/…\nThank you"
