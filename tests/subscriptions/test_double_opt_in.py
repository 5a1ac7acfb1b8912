"""News without an account: the form tells nobody who is known, and only the mailbox can say yes."""

import pytest
from sqlalchemy import select

from accounts.throttle import WINDOW
from core.database import db
from core.mail import OutboxMail
from subscriptions import jobs
from subscriptions.models import Frequency, Subscriber, SubscriptionRequest
from subscriptions.wanted import Wanted
from tests.subscriptions.conftest import PLANS, WEBINARS, links_in, secret_in

pytestmark = pytest.mark.usefixtures("clock")

LABELS = ["Webinars: New dates", "Plans of partnerships:", "Initiatives:", "Articles:", "Training offers:"]
FORM = {"topics": ["webinars"], "frequency": "weekly", "email": "Ewa@Example.org"}


def ask(visitor, **fields):
    return visitor.open("/en/news").submit("Send me the link", **{**FORM, **fields})


def subscribers() -> list[Subscriber]:
    db.session.rollback()
    return list(db.session.scalars(select(Subscriber).order_by(Subscriber.id)))


def test_an_address_says_yes_with_one_button_and_gets_its_own_page(visit, outbox):
    visitor = visit()

    assert ask(visitor).headings == ["Now look into your mailbox"]
    [asked] = outbox()
    [link] = links_in(asked)
    page = visitor.open(link)
    assert subscribers() == [], "opening the link changes nothing"
    assert page.buttons == ["Yes, send me news"]
    page = page.submit("Yes, send me news")

    [one] = subscribers()
    assert (one.email, one.user_id, one.frequency, one.language, one.wanted) == (
        "ewa@example.org", None, Frequency.WEEKLY, "en", {WEBINARS},
    )  # fmt: skip
    assert (asked.to_address, asked.status) == ("ewa@example.org", "queued")
    assert page.headings == ["Your news by mail"]


def test_the_form_answers_alike_for_a_known_an_unknown_and_an_accounts_address(visit, make, reads, outbox):
    reads("known@example.org", PLANS)
    make.user(email="leader@example.org")
    before = len(outbox())

    pages = [ask(visit(), email=f"{name}@example.org") for name in ("known", "unknown", "leader")]

    assert len({page.text for page in pages}) == len({page.url for page in pages}) == 1
    mails = outbox()[before:]
    assert [mail.to_address for mail in mails] == [
        "known@example.org", "unknown@example.org", "leader@example.org",
    ]  # fmt: skip
    assert len({mail.body.replace(secret_in(mail), "") for mail in mails}) == 1


def test_a_known_address_keeps_what_it_gets_and_gets_more(visit, reads, outbox):
    reads("known@example.org", PLANS)
    visitor = visit()
    ask(visitor, email="known@example.org", frequency="daily")

    visitor.open(links_in(outbox()[-1])[0]).submit("Yes, send me news")

    [one] = subscribers()
    assert (one.wanted, one.frequency) == ({PLANS, WEBINARS}, Frequency.DAILY)


def test_the_address_of_an_account_belongs_to_the_account(visit, make, outbox):
    leader = make.user(email="leader@example.org")
    visitor = visit()
    ask(visitor, email="leader@example.org")

    visitor.open(links_in(outbox()[-1])[0]).submit("Yes, send me news")

    [one] = subscribers()
    assert (one.user_id, one.email) == (leader.id, None)


def test_the_link_works_once_for_48_hours_and_for_nothing_else(visit, outbox, clock):
    visitor = visit()
    ask(visitor)
    [link] = links_in(outbox()[0])
    secret = link.rpartition("/")[2]

    visitor.open(f"/en/news/{secret}", expect=404)
    visitor.open(f"/en/news/{secret}/stop", expect=404)
    clock.tick(hours=48, seconds=1)
    assert "does not work any more" in visitor.open(link, expect=410).text
    clock.tick(hours=-1)
    page = visitor.open(link)
    page.submit("Yes, send me news")
    visitor.open(link, expect=410)
    page.submit("Yes, send me news", expect=410)

    assert len(subscribers()) == 1


def test_of_the_links_only_hashes_are_kept(visit, outbox):
    visitor = visit()
    ask(visitor)
    secret = secret_in(outbox()[0])

    [asked] = db.session.scalars(select(SubscriptionRequest)).all()
    own = visitor.open(f"/en/news/confirm/{secret}").submit("Yes, send me news").url.rpartition("/")[2]
    [one] = subscribers()

    assert len(secret) == len(own) == 43
    assert secret not in (asked.token_hash, outbox()[0].dedupe_key)
    assert own not in (one.token_hash, one.key)


def test_what_was_not_confirmed_is_gone_after_seven_days(visit, reads, clock):
    reads("known@example.org", PLANS)
    ask(visit())

    clock.tick(days=6, hours=23)
    assert jobs.forget() == "0 forgotten"
    clock.tick(hours=1, seconds=1)

    assert jobs.forget() == "2 forgotten"
    assert db.session.scalars(select(SubscriptionRequest)).all() == []
    assert [one.email for one in subscribers()] == ["known@example.org"]


def test_one_address_gets_at_most_three_such_mails_a_day_and_the_form_says_nothing_of_it(
    visit, outbox, clock
):
    answers = []
    for _ in range(5):
        answers.append(ask(visit()).text)
        clock.tick(minutes=10)

    assert len(set(answers)) == 1
    assert len(outbox()) == 3
    clock.tick(days=1)
    ask(visit())
    assert len(outbox()) == 4


def test_who_asks_without_end_is_told_to_come_back(visit, clock):
    visitor = visit()
    for _ in range(4):
        ask(visitor)

    visitor.open("/en/news").submit("Send me the link", expect=429, **FORM)
    clock.tick(seconds=WINDOW.total_seconds() + 1)
    ask(visitor)


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b", "a@example.org\r\nBcc: all@example.org", "a@example.org, b@example.org"]
)
def test_what_is_no_address_is_not_taken(visit, client, outbox, email):
    visitor = visit()

    visitor.open("/en/news").submit("Send me the link", expect=422, **{**FORM, "email": email})

    assert list(outbox()) == []


def test_somebody_chooses_among_all_topics_and_has_to_choose_one(visit):
    page = visit().open("/en/news")

    assert [label for label in LABELS if label in page.text] == LABELS
    page.submit("Send me the link", expect=422, **{**FORM, "topics": []})


def test_regions_narrow_the_plans_and_none_means_the_whole_country(visit, make, outbox):
    opolskie, slaskie = make.voivodeship(), make.voivodeship("śląskie", code="24")
    visitor = visit()
    ask(visitor, topics=["plans", "webinars"], regions=[str(opolskie.id), str(slaskie.id)])

    page = visitor.open(links_in(outbox()[0])[0])
    assert "Plans of partnerships (opolskie, śląskie)" in page.text
    page = page.submit("Yes, send me news")
    assert subscribers()[0].wanted == {
        WEBINARS, Wanted("plans", opolskie.id), Wanted("plans", slaskie.id),
    }  # fmt: skip
    page.submit("Save", regions=[])

    assert subscribers()[0].wanted == {WEBINARS, PLANS}


def test_a_visitors_language_is_that_of_the_mails(visit, outbox):
    visit().open("/pl/powiadomienia").submit("Wyślij link", **FORM)

    [mail] = outbox()
    assert mail.language == "pl"
    assert db.session.scalars(select(SubscriptionRequest.language)).all() == ["pl"]
    assert links_in(mail)[0].startswith("/pl/powiadomienia/potwierdz/")


def test_links_of_these_mails_are_hidden_from_the_office(visit, make, outbox):
    ask(visit())
    secret = secret_in(outbox()[0])
    mail_id = db.session.scalars(select(OutboxMail.id)).one()

    page = visit(as_=make.office()).open(f"/office/mail/{mail_id}")

    assert "One more step" in page.text
    assert secret not in page.html
