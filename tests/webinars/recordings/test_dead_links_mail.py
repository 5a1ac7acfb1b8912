"""The mail about dead links names the page on which each stands, whichever part of the application shows it."""

import pytest

from core import clock as clocks
from core.checked_links import CheckedLink, LinkState
from core.database import db
from core.link_checks import Answer
from knowledge import services as offers
from subscriptions.office_news import services as office_news
from subscriptions.office_news.services import Words
from tests.knowledge.conftest import content as offer
from webinars import services as webinars
from webinars.recordings import jobs

DEAD = "https://gone.example/page"


@pytest.fixture
def told(app, clock, office, outbox):
    """What the office reads once ``DEAD`` is dead."""

    def tell() -> str:
        link = CheckedLink(url=DEAD, state=LinkState.DEAD, failures=3, answer=Answer.GONE)
        link.checked_at = clocks.now()
        db.session.add(link)
        db.session.commit()
        assert jobs.tell_of_dead_links() == 1
        return str(outbox()[-1].body)

    return tell


def test_a_link_of_an_offer_leads_to_the_offer(told, office):
    item = offers.write(offer("Telefon bez obaw", url=DEAD), actor=office)
    offers.moderate(item, actor=office)
    offers.publish(item, actor=office)

    body = told()

    assert f"Telefon bez obaw: http://localhost/office/offers/{item.id}" in body
    assert "/webinars/recordings" not in body


def test_a_link_of_news_of_the_office_leads_to_the_news(told, office):
    words = Words("webinars", {"pl": "Nowy poradnik"}, {"pl": "Można go pobrać."}, DEAD)
    news = office_news.write(words, actor=office)
    office_news.publish(news, actor=office)

    assert f"Nowy poradnik: http://localhost/office/news/{news.id}" in told()


def test_a_link_that_stands_on_several_pages_names_each(told, announced, office):
    pages = [announced("Hasła"), announced("Telefon")]
    for webinar in pages:
        webinars.add_material(webinar, title="Slajdy", link=DEAD, actor=office)

    body = told()

    assert [f"{one.title}: http://localhost/webinars/{one.id}" in body for one in pages] == [True, True]
    assert body.count(DEAD) == 1
