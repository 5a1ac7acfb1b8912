"""The pages of the digest: the office edits, looks and releases; everybody reads what is released."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from core.database import db
from subscriptions import digests, jobs
from subscriptions.models import Frequency
from tests.subscriptions.conftest import WEBINARS
from tests.subscriptions.test_digest import MONDAY, OWN, drafted, issues, released

pytestmark = pytest.mark.usefixtures("clock")
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_office_makes_an_issue_of_its_own_from_the_draft_and_releases_it(announced, office, visit, clock):
    announced("Hasła")
    announced("Granty")
    issue = drafted(clock)
    visitor = visit(as_=office)

    page = visitor.open(f"/office/digests/{issue.id}").follow("Edit the title and the introduction")
    page = page.submit(
        "Save", title_pl="Nowe hasła", title_en="", introduction_pl="Dzień dobry!", introduction_en="Hello!"
    )
    page = page.follow("Add something of your own").submit(
        "Put it into the issue", topic="webinars", title_pl="Dyżur", url="https://office.example/x"
    )
    page = page.follow("See it as it goes out")
    assert "Mail (Polski): Nowe hasła" in page.text
    assert "Dzień dobry!" in page.text
    assert "• Dyżur – https://office.example/x" in page.text
    page.submit("Release the digest")

    assert issues()[0].number == 1
    public = visit().open("/en/digest").follow("Nowe hasła")
    assert "Hello!" in public.text
    assert "New webinar: Granty" in public.text
    assert visit().open("/pl/biuletyn/1").headings[0] == "Nowe hasła"


@pytest.mark.parametrize("url", ["office.example", "javascript:alert(1)", "https://", "ftp://a.example/"])
def test_only_whole_web_addresses_are_linked(office, visit, clock, url):
    issue = drafted(clock)

    page = visit(as_=office).open(f"/office/digests/{issue.id}/add")
    page.submit("Put it into the issue", expect=422, topic="webinars", title_pl="Dyżur", url=url)

    assert issues()[0].items == []


def test_who_opened_a_draft_that_was_released_meanwhile_is_told(announced, office, visit, clock):
    announced()
    issue = drafted(clock)
    page = visit(as_=office).open(f"/office/digests/{issue.id}/words")
    released(issue, office)

    page = page.submit("Save", expect=422, title_pl="Anders")

    assert "This issue is not a draft any more" in page.text


def test_drafts_and_issues_left_out_are_not_public(announced, office, visit, clock):
    announced("Hasła")
    issue = drafted(clock)

    assert "Hasła" not in visit().open("/en/digest").text
    visit().open("/en/digest/1", expect=404)
    digests.leave_out(issue, actor=office)
    visit().open(f"/en/digest/{issue.id}", expect=404)


def test_what_was_taken_out_is_nowhere_to_be_seen(announced, office, reads, visit, outbox, clock):
    reads("a@example.org", WEBINARS, frequency=Frequency.WEEKLY)
    announced("Hasła")
    announced("Granty")
    issue = drafted(clock)
    digests.take_out(issue.items[0], actor=office)
    released(issue, office)
    jobs.send_digest()

    texts = [
        visit().open(path).data.decode() for path in ("/en/digest/1", "/en/digest", "/en/digest/feed.atom")
    ]
    texts += [visit(as_=office).open(f"/office/digests/{issue.id}/preview").text, outbox()[-1].body]
    assert [("Hasła" in text, "Granty" in text) for text in texts] == [(False, True)] * 5


def test_programs_can_follow_the_digest(announced, office, visit, clock, client):
    announced("Hasła")
    released(drafted(clock), office)

    answer = client.get("/pl/biuletyn/kanal.atom")
    feed = ElementTree.fromstring(answer.data)  # noqa: S314 (our own feed)

    assert answer.mimetype == "application/atom+xml"
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") == "2026-04-20T04:00:00Z"
    assert entry.find(f"{ATOM}link").get("href") == "http://localhost/pl/biuletyn/1"
    assert "Hasła" in (entry.findtext(f"{ATOM}summary") or "")
    again = client.get("/pl/biuletyn/kanal.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_list_of_the_office_says_who_reads_what_and_shows_no_address(
    announced, office, reads, visit, clock
):
    reads("a@example.org", WEBINARS, frequency=Frequency.WEEKLY)
    announced()
    released(drafted(clock), office)
    jobs.send_digest()

    page = visit(as_=office).open("/office/digests")

    assert "1 piece of news · released 20 Apr 2026 · 1 mail · 0 left since" in page.text
    assert page.tables[0][1:4] == [["All", "1"], ["Webinars", "1"], ["Plans of partnerships", "0"]]
    assert "a@example.org" not in page.html


@pytest.mark.parametrize("path", ["/office/digests", "/en/digest", "/en/digest/feed.atom"])
def test_lists_take_the_same_queries_for_one_issue_and_for_three(
    announced, office, visit, clock, count_queries, path
):
    def looked():
        visitor = visit(as_=office)
        visitor.open(path)
        with count_queries() as queries:
            visitor.open(path)
        return queries.count

    announced()
    released(drafted(clock), office)
    one = looked()
    for week in (1, 2):
        clock.tick(days=1)
        announced()
        released(drafted(clock, MONDAY + timedelta(days=7 * week)), office)

    assert looked() == one


@pytest.mark.parametrize("path", ["", "/preview"])
def test_an_issue_takes_the_same_queries_for_one_piece_of_news_and_for_five(
    announced, office, visit, clock, count_queries, path
):
    def looked(issue):
        visitor = visit(as_=office)
        with count_queries() as queries:
            visitor.open(f"/office/digests/{issue.id}{path}")
        return queries.count

    announced()
    issue = drafted(clock)
    one = looked(issue)
    for _ in range(4):
        digests.add_own(issue, OWN, actor=office)
    db.session.commit()

    assert looked(issue) == one
