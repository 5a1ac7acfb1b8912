"""Changing and stopping what comes: by the link in every mail, by a mail program's own button, in one's account."""

import pytest
from sqlalchemy import delete, func, select, update

from core.audit import AuditEvent, AuditPersonal
from core.database import db
from core.mail import OutboxMail
from subscriptions import links
from subscriptions.models import Frequency, Subscriber, Subscription, SubscriptionRequest
from subscriptions.services import end, forget_unconfirmed
from subscriptions.telling import tell
from subscriptions.wanted import Wanted
from tests.subscriptions.conftest import PLANS, WEBINARS, later, links_in

pytestmark = pytest.mark.usefixtures("clock")


def count(table) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_the_link_in_a_mail_opens_what_the_address_gets_and_changes_it(
    visit, reads, outbox, announced, clock
):
    reads("ewa@example.org", WEBINARS)
    announced()
    later(clock)
    tell(Frequency.AT_ONCE)
    own = links_in(outbox()[-1])[-2]

    page = visit().open(own)
    assert "They go to ewa@example.org." in page.text
    page.submit("Save", topics=["plans"], frequency="daily")

    [one] = db.session.scalars(select(Subscriber)).all()
    assert (one.wanted, one.frequency) == ({PLANS}, Frequency.DAILY)


def test_choosing_nothing_there_points_to_the_button_that_stops_it(visit, reads):
    one = reads("ewa@example.org", WEBINARS)

    page = visit().open(f"/en/news/{links.token_of(one)}").submit("Save", expect=422, topics=[])

    assert "or stop all news with the button below" in page.text


def test_opening_the_page_that_stops_news_changes_nothing_and_its_button_deletes_the_address(
    visit, reads, clock
):
    one = reads("ewa@example.org", WEBINARS, PLANS)
    visitor = visit()
    address = f"/en/news/{links.token_of(one)}/stop"

    page = visitor.open(address)
    assert count(Subscriber) == 1
    page = page.submit("Stop all news")

    assert page.headings == ["You get no news by mail any more"]
    assert (count(Subscriber), count(Subscription)) == (0, 0)
    clock.tick(days=8)
    forget_unconfirmed()
    db.session.commit()
    assert count(SubscriptionRequest) == 0
    visitor.open(address, expect=404)


def test_a_mail_program_stops_it_with_one_request_and_without_a_session(
    client, reads, outbox, announced, clock
):
    one = reads("ewa@example.org", WEBINARS)
    announced()
    later(clock)
    tell(Frequency.AT_ONCE)
    mail = outbox()[-1]
    assert mail.list_unsubscribe == links.stop_page(one)
    path = mail.list_unsubscribe.removeprefix("http://localhost")

    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, answer.text) == (200, "You get no news by mail any more.")
    assert "Set-Cookie" not in answer.headers
    assert count(Subscriber) == 0
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 404


def test_our_own_button_needs_its_token(client, reads):
    one = reads("ewa@example.org", WEBINARS)

    answer = client.post(f"/en/news/{links.token_of(one)}/stop")

    assert answer.status_code == 400
    assert count(Subscriber) == 1


def test_a_link_to_another_secret_key_opens_nothing(app, visit, reads, monkeypatch):
    one = reads("ewa@example.org", WEBINARS)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key of thirty-two letters")
    forged = links.token_of(one)
    monkeypatch.undo()

    visit().open(f"/en/news/{forged}", expect=404)


def test_no_address_stays_in_the_history(reads, visit):
    one = reads("ewa@example.org", WEBINARS)
    visit().open(f"/en/news/{links.token_of(one)}/stop").submit("Stop all news")

    events = db.session.scalars(select(AuditEvent).where(AuditEvent.record_kind == "subscriber")).all()
    assert [event.event for event in events] == ["subscription.begun", "subscription.ended"]
    assert "ewa@" not in repr([event.data for event in events])
    assert count(AuditPersonal) == 0


def test_a_person_chooses_news_in_their_account_and_ends_them_by_choosing_none(visit, make):
    leader = make.user(email="leader@example.org")
    visitor = visit(as_=leader)

    visitor.open("/account").follow("Choose news").submit(
        "Save", topics=["webinars", "plans"], frequency="daily"
    )
    [one] = db.session.scalars(select(Subscriber)).all()
    assert (one.user_id, one.email, one.wanted, one.frequency) == (
        leader.id, None, {WEBINARS, PLANS}, Frequency.DAILY,
    )  # fmt: skip
    page = visitor.open("/account/news").submit("Save", topics=[])

    assert "You get no news by mail." in page.text
    assert count(Subscriber) == 0


def test_who_had_news_by_the_address_before_gets_them_once(visit, make, reads):
    reads("leader@example.org", WEBINARS)
    leader = make.user(email="leader@example.org")

    visit(as_=leader).open("/account/news").submit("Save", topics=["plans"])

    [one] = db.session.scalars(select(Subscriber)).all()
    assert (one.user_id, one.email, one.wanted) == (leader.id, None, {PLANS})


def test_who_had_news_by_the_address_before_and_confirms_once_more_gets_them_once(make, reads):
    reads("leader@example.org", PLANS)
    leader = make.user(email="leader@example.org")

    reads("leader@example.org", WEBINARS)

    [one] = db.session.scalars(select(Subscriber)).all()
    assert (one.user_id, one.email, one.wanted) == (leader.id, None, {PLANS, WEBINARS})


def test_who_had_news_by_the_account_and_by_its_address_gets_all_of_them_once(make, reads):
    former = reads("leader@example.org", PLANS)
    leader = make.user(email="leader@example.org")
    former.user, former.email = leader, None
    db.session.commit()
    db.session.add(_by_address(former))
    db.session.commit()

    reads("leader@example.org", Wanted("offers"))

    [one] = db.session.scalars(select(Subscriber)).all()
    assert (one.user_id, one.wanted) == (leader.id, {PLANS, WEBINARS, Wanted("offers")})


def _by_address(other: Subscriber) -> Subscriber:
    """As both could be there before the account took over what came by its address."""
    found = Subscriber(
        email="leader@example.org", language="en", frequency=Frequency.WEEKLY, confirmed_at=other.confirmed_at,
        told_until=other.told_until, subscriptions=[Subscription(topic="webinars")],
    )  # fmt: skip
    links.give_key(found)
    return found


def test_who_chooses_in_a_new_account_misses_nothing_and_the_links_in_older_mails_still_work(
    make, reads, announced, clock, outbox, visit
):
    before = reads("leader@example.org", WEBINARS, frequency=Frequency.DAILY)
    link = links.stop_page(before).removeprefix("http://localhost")
    leader = make.user(email="leader@example.org")
    announced("Hasła")
    later(clock, hours=1)

    reads("", WEBINARS, person=leader, frequency=Frequency.DAILY)

    assert (tell(Frequency.DAILY), "Hasła" in outbox()[-1].subject) == (1, True)
    visit().open(link).submit("Stop all news")
    assert count(Subscriber) == 0


def held(subscriber: Subscriber) -> Subscriber:
    known = links.subscriber_by_token(links.token_of(subscriber))
    assert known is not None
    return known


def test_who_stops_while_a_mail_is_written_to_them_is_heard(reads):
    one = held(reads("ewa@example.org", WEBINARS))
    told = update(Subscriber).values(row_version=Subscriber.row_version + 1)
    db.session.execute(told, execution_options={"synchronize_session": False})

    end(one, actor=None)
    db.session.commit()

    assert count(Subscriber) == 0


def test_who_stops_twice_at_once_is_not_told_of_a_fault(reads):
    one = held(reads("ewa@example.org", WEBINARS))
    db.session.execute(delete(Subscription), execution_options={"synchronize_session": False})
    db.session.execute(delete(Subscriber), execution_options={"synchronize_session": False})

    end(one, actor=None)
    db.session.commit()

    assert count(Subscriber) == 0


def test_whose_account_is_suspended_gets_nothing(make, reads, announced, clock):
    leader = make.user(email="leader@example.org")
    reads("", WEBINARS, person=leader)
    leader.is_active = False
    db.session.commit()
    announced()
    later(clock)
    before = count(OutboxMail)

    tell(Frequency.AT_ONCE)

    assert count(OutboxMail) == before


def test_links_that_do_not_exist_are_counted(client, clock):
    answers = [client.get(f"/en/news/{number:043}").status_code for number in range(101)]

    assert (set(answers[:100]), answers[100]) == ({404}, 429)
