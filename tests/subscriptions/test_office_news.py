"""News that the office writes itself: under every topic, by mail, in the digest, on a page and in a feed."""

from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from core import clock as the_clock
from core.audit import story_of
from core.checked_links import CheckedLink, LinkState, shown_links
from core.database import db
from core.web_addresses import NotPublic
from core.workflow import NotNow
from subscriptions import digests, jobs
from subscriptions.errors import UnknownTopic
from subscriptions.models import Frequency
from subscriptions.office_news import services
from subscriptions.office_news.errors import IsWithdrawn, TopicIsTold
from subscriptions.office_news.models import OfficeNews, OfficeNewsStatus
from subscriptions.office_news.queries import news_of_the_office
from subscriptions.office_news.services import Words
from subscriptions.topics import topics
from subscriptions.wanted import Wanted
from tests.subscriptions.conftest import WEBINARS, later
from tests.subscriptions.test_digest import MONDAY, drafted
from tests.support.at_once import at_once

pytestmark = pytest.mark.usefixtures("clock")
ATOM = "{http://www.w3.org/2005/Atom}"
URL = "https://library.example/hasla"
ARTICLES = Wanted("articles")


def words(topic: str = "articles", title: str = "Hasła", **values) -> Words:
    return Words(**{
        "topic": topic, "titles": {"pl": title, "en": ""}, "texts": {"pl": f"O tym: {title}.", "en": ""}, "url": URL,
        **values,
    })  # fmt: skip


@pytest.fixture
def published(office):
    def publish(*args, **values) -> OfficeNews:
        news = services.write(words(*args, **values), actor=office)
        services.publish(news, actor=office)
        db.session.commit()
        return news

    return publish


def told(outbox):
    return [(one.to_address, one.subject) for one in outbox() if one.template == "subscriptions/mail/news"]


# --- To whoever asked for the topic ------------------------------------------------------------------------


def test_each_topic_reaches_whoever_asked_for_it_and_nobody_else(app, published, reads, outbox, clock):
    codes = [one.code for one in topics()]
    for code in codes:
        reads(f"{code}@example.org", Wanted(code))
    for code in codes:
        published(code, f"O {code}")
    later(clock)

    assert jobs.tell_at_once() == "5 mails"
    assert told(outbox) == [(f"{code}@example.org", f"O {code}") for code in codes]
    assert all(URL in one.body for one in outbox()[-5:])


def test_a_draft_and_what_was_withdrawn_before_it_was_told_reach_nobody(
    office, published, reads, outbox, clock
):
    reads("a@example.org", ARTICLES)
    services.write(words(), actor=office)
    services.withdraw(published(), actor=office)
    db.session.commit()
    later(clock)

    assert jobs.tell_at_once() == "0 mails"


def test_what_is_put_right_afterwards_is_not_told_again(office, published, reads, outbox, clock):
    reads("a@example.org", ARTICLES)
    news = published()
    later(clock)
    jobs.tell_at_once()

    services.change(news, words(title="Hasła i klucze"), actor=office)
    db.session.commit()
    later(clock)

    assert jobs.tell_at_once() == "0 mails"
    assert news.title("pl") == "Hasła i klucze"


def test_once_a_day_and_in_the_digest_of_the_week_it_comes_with_the_rest(
    announced, office, published, reads, outbox, clock
):
    reads("day@example.org", ARTICLES, WEBINARS, frequency=Frequency.DAILY)
    reads("week@example.org", ARTICLES, frequency=Frequency.WEEKLY)
    announced("Granty")
    clock.tick(seconds=1)
    published()
    later(clock)
    assert jobs.tell_daily() == "1 mails"
    issue = drafted(clock)
    assert [
        (one.topic, one.title("en"), one.url("pl")) for one in issue.items if one.topic == "articles"
    ] == [("articles", "Hasła", URL)]
    digests.release(issue, actor=office)
    db.session.commit()

    assert jobs.send_digest() == "1 mails"
    mails = {one.to_address: one for one in outbox()}
    assert mails["day@example.org"].subject == "2 pieces of news, first: New webinar: Granty"
    assert URL in mails["week@example.org"].body
    assert "New webinar: Granty" not in mails["week@example.org"].body


def test_it_stands_on_the_page_of_the_issue(office, published, visit, clock):
    published("initiatives", "Tydzień seniora")
    issue = drafted(clock, MONDAY)
    digests.release(issue, actor=office)
    db.session.commit()

    page = visit().open("/en/digest/1")

    assert "Initiatives" in page.headings
    assert f'<a href="{URL}">Tydzień seniora</a>' in page.html


def test_asking_for_news_takes_one_query_however_many_there_are(published, count_queries, clock):
    def asked() -> int:
        with count_queries() as queries:
            list(news_of_the_office(since, the_clock.now()))
        return len(queries.statements)

    since = the_clock.now()
    clock.tick(minutes=1)
    published()
    few = asked()
    for _number in range(5):
        published()

    assert (few, asked()) == (1, 1)


# --- Writing it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "", "office.example", "javascript:alert(1)", "ftp://a.example/", "https://", "https://localhost/a",
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "https://10.0.0.7/a", "https://[::1]/", "https://intranet/a",
        "https://files.local/a", "https://me:secret@a.example/", "https://a.example/x y", "https://a.example:port/",
    ],
)  # fmt: skip
def test_it_leads_only_to_where_everybody_can_go(office, url):
    with pytest.raises(NotPublic):
        services.write(words(url=url), actor=office)


@pytest.mark.parametrize(
    "url", ["https://a.example", "http://a.example:8080/b?c=d#e", "https://łódź.example/ś"]
)
def test_a_public_address_is_taken_as_it_is(office, url):
    assert services.write(words(url=url), actor=office).url == url


def test_a_topic_that_nobody_can_choose_is_refused(office):
    with pytest.raises(UnknownTopic):
        services.write(words("gossip"), actor=office)


def test_once_it_was_told_its_topic_stays_and_once_withdrawn_all_of_it(office, published):
    news = published()
    with pytest.raises(TopicIsTold):
        services.change(news, words("offers"), actor=office)

    services.withdraw(news, actor=office)

    with pytest.raises(IsWithdrawn):
        services.change(news, words(), actor=office)
    with pytest.raises(NotNow):
        services.publish(news, actor=office)


def test_its_story_tells_what_was_and_what_is(office, published):
    news = published()
    services.change(news, words(title="Klucze"), actor=office)
    services.withdraw(news, actor=office)
    db.session.commit()

    first, second = (
        {"titles": {"pl": one}, "texts": {"pl": f"O tym: {one}."}} for one in ("Hasła", "Klucze")
    )
    assert [(event.event, event.data) for event, _words in story_of(news)] == [
        ("office_news.withdrawn", {"before": {"titles": second["titles"]}}),
        ("office_news.changed", {"before": first, "after": second}),
        ("office_news.published", {"after": {"titles": first["titles"]}}),
        ("office_news.written", {"after": {"topic": "articles", **first, "url": URL}}),
    ]


def test_of_two_who_publish_at_once_the_second_is_refused(app, office):
    news_id, actor_id = services.write(words(), actor=office).id, office.id

    def publish() -> None:
        services.publish(
            db.session.get_one(OfficeNews, news_id), actor=db.session.get_one(type(office), actor_id)
        )

    assert at_once(app, publish, publish) == ["NotNow", "done"]


# --- Pages -------------------------------------------------------------------------------------------------


def test_the_office_writes_looks_and_publishes_and_everybody_reads(office, visit, reads):
    reads("a@example.org", ARTICLES)
    reads("b@example.org", ARTICLES, frequency=Frequency.WEEKLY)
    visitor = visit(as_=office)

    page = visitor.open("/office/news").follow("Write news")
    page = page.submit(
        "Save",
        topic="articles",
        title_pl="Hasła",
        text_pl="Krótko.",
        title_en="Passwords",
        text_en="",
        url=URL,
    )
    assert "at once to 1, in the mail of the day to 0, in the next digest to 1" in page.text
    assert "Passwords" not in visit().open("/en/announcements").text
    page = page.submit("Publish")
    assert "Published. Whoever asked for this topic is told." in page.text

    public = visit().open("/en/announcements")
    assert f'<a href="{URL}">Passwords</a>' in public.html
    assert '<p class="digest-words" lang="pl">Krótko.</p>' in public.html
    assert visit().open("/pl/aktualnosci").headings[1:] == ["Hasła"]
    page.submit("Withdraw")
    assert "Passwords" not in visit().open("/en/announcements").text


def test_a_form_that_is_not_right_says_so_and_keeps_nothing(office, visit):
    page = visit(as_=office).open("/office/news/new")

    page = page.submit("Save", expect=422, topic="offers", title_pl="Oferta", url="http://192.168.1.1/")

    assert "Enter a whole address that everybody can open" in page.text
    assert db.session.scalars(select(OfficeNews)).all() == []


def test_the_page_is_narrowed_by_topic(published, visit):
    published("articles", "Artykuł o hasłach")
    published("offers", "Szkolenie z haseł")

    page = visit().open("/en/announcements?topic=offers")

    assert page.headings[1:] == ["Szkolenie z haseł"]
    assert visit().open("/en/announcements?topic=gossip").headings[1:] == [
        "Szkolenie z haseł", "Artykuł o hasłach",
    ]  # fmt: skip


def test_the_page_takes_as_many_queries_for_one_as_for_many(published, visit, count_queries):
    def looked() -> int:
        with count_queries() as queries:
            visit().open("/en/announcements")
        return len(queries.statements)

    published()
    looked()
    few = looked()
    for _number in range(8):
        published()

    assert looked() == few


def test_the_feed_has_the_latest_with_where_they_lead(published, visit, clock):
    published(title="First")
    clock.tick(hours=1)
    newest = published(title="Second <b>", titles={"pl": "Drugie", "en": "Second <b>"})

    answer = visit().open("/en/announcements/feed.atom")
    feed = ElementTree.fromstring(answer.data)  # noqa: S314 (made by ourselves)

    entries = feed.findall(f"{ATOM}entry")
    assert answer.response.mimetype == "application/atom+xml"
    assert [one.findtext(f"{ATOM}title") for one in entries] == ["Second <b>", "First"]
    assert [one.find(f"{ATOM}link").get("href") for one in entries] == [URL, URL]
    assert entries[0].findtext(f"{ATOM}id").endswith(f":office-news-{newest.id}")


def test_a_link_that_is_dead_is_not_shown_and_the_office_sees_it(office, published, visit):
    published()
    db.session.add(CheckedLink(url=URL, state=LinkState.DEAD, failures=3))
    db.session.commit()

    assert URL in shown_links()
    assert URL not in visit().open("/en/announcements").html
    feed = ElementTree.fromstring(visit().open("/en/announcements/feed.atom").data)  # noqa: S314 (made by ourselves)
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href") == "http://localhost/en/announcements"
    assert "link does not work" in visit(as_=office).open("/office/news").text


def test_only_the_office_writes_news(make, visit, published):
    news = published()
    for path in (
        "/office/news",
        "/office/news/new",
        f"/office/news/{news.id}",
        f"/office/news/{news.id}/edit",
    ):
        visit(as_=make.user()).open(path, expect=403)
    assert db.session.get_one(OfficeNews, news.id).status is OfficeNewsStatus.PUBLISHED


def test_words_are_put_right_also_under_a_topic_that_the_profile_no_longer_has(
    published, office, monkeypatch
):
    news = published("articles", "Hasal")
    monkeypatch.setattr(services, "topics", lambda: [one for one in topics() if one.code != "articles"])

    services.change(news, words("articles", "Hasła"), actor=office)

    assert news.titles == {"pl": "Hasła"}
    with pytest.raises(UnknownTopic):
        services.write(words("articles"), actor=office)
