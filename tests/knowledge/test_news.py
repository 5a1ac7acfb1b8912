"""Published offers are news of their topic: once."""

import pytest

from core import clock as the_clock
from core.database import db
from knowledge import services
from knowledge.news import news_of_offers
from subscriptions import jobs
from subscriptions import services as readers
from subscriptions.models import Frequency
from subscriptions.wanted import Wanted

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def reader(make, clock):
    person = make.user(email="reader@example.org")
    readers.choose(person, [Wanted("offers")], Frequency.AT_ONCE)
    db.session.commit()
    clock.tick(seconds=1)
    return person


def test_whoever_asked_for_offers_is_told_once(reader, office, published, outbox, clock):
    item = published()
    clock.tick(minutes=3)
    assert jobs.tell_at_once() == "1 mails"
    mail = outbox()[-1]
    assert (mail.to_address, mail.subject) == ("reader@example.org", "Telefon bez obaw")
    assert f"http://localhost/en/offers/{item.id}" in mail.body
    services.outdate(item, actor=office)
    services.confirm(item, actor=office)
    db.session.commit()
    clock.tick(minutes=3)

    assert jobs.tell_at_once() == "0 mails"


def test_asking_for_news_takes_one_query_however_many_there_are(published, count_queries, clock):
    since = the_clock.now()
    clock.tick(minutes=1)
    for number in range(4):
        published(f"Kurs {number}")

    with count_queries() as queries:
        found = list(news_of_offers(since, the_clock.now()))

    assert (len(found), queries.count) == (4, 1)
