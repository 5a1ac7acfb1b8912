"""Webinars as other programs follow them: calendars to subscribe to, files of one entry, and feeds."""

from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from core.database import db
from tests.agenda.plain_calendar import parts_of
from tests.public.conftest import STARTS
from webinars.registrations.moving import call_off

ATOM = "{http://www.w3.org/2005/Atom}"


# --- Calendars --------------------------------------------------------------------------------------------


def test_a_calendar_to_subscribe_to_is_read_alike_by_two_readers(visit, announced, held, series):
    coming = announced("Hasła; kody, i co dalej", series_id=series.id)
    held("Lately", 3)
    held("Years ago", 400)

    answer = visit().open("/pl/webinaria/kalendarz.ics")
    calendar = Calendar.from_ical(answer.data)
    plain = [part for name, part in parts_of(answer.data) if name == "VEVENT"]
    of_series = Calendar.from_ical(visit().open("/en/webinars/series/mocni-w-partnerstwie/calendar.ics").data)

    assert answer.response.mimetype == "text/calendar"
    assert [str(one["summary"]) for one in calendar.events] == ["Lately", "Hasła; kody, i co dalej"]
    assert [one["SUMMARY"] for one in plain] == ["Lately", "Hasła; kody, i co dalej"]
    assert plain[1]["UID"] == str(calendar.events[1]["uid"]) == coming.calendar_uid
    assert (plain[1]["DTSTART;TZID=Europe/Warsaw"], calendar.events[1].start) == ("20260506T100000", STARTS)
    assert urlsplit(plain[1]["URL"]).path == f"/pl/webinaria/{coming.id}"
    assert [str(one["summary"]) for one in of_series.events] == ["Hasła; kody, i co dalej"]


def test_one_webinar_is_taken_into_a_calendar_by_its_file(visit, announced):
    webinar = announced()

    answer = visit().open(f"/en/webinars/{webinar.id}.ics")

    assert [str(one["uid"]) for one in Calendar.from_ical(answer.data).events] == [webinar.calendar_uid]
    assert answer.response.headers["Content-Disposition"] == f"attachment; filename=webinar-{webinar.id}.ics"


@pytest.mark.parametrize("address", ["/en/webinars/calendar.ics", "/en/webinars/feed.atom"])
def test_whoever_has_it_already_gets_nothing_again(app, announced, address):
    announced()
    client = app.test_client()
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


# --- Feeds ------------------------------------------------------------------------------------------------


def test_a_feed_has_what_rfc_4287_asks_for(visit, announced, series):
    announced("First", series_id=series.id)
    announced("Second <b>& more", series_id=series.id)

    for address in ("/pl/webinaria/kanal.atom", "/en/webinars/series/mocni-w-partnerstwie/feed.atom"):
        answer = visit().open(address)
        feed = ElementTree.fromstring(answer.data)  # noqa: S314 (made by ourselves)

        assert answer.response.mimetype == "application/atom+xml"
        assert feed.tag == f"{ATOM}feed"
        check_feed(feed, own=address)
        assert [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")] == [
            "Second <b>& more",
            "First",
        ]


def check_feed(feed: ElementTree.Element, *, own: str) -> None:
    """Section 4: what each container must hold, how often, and of which form."""
    entries = feed.findall(f"{ATOM}entry")
    for each in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{ATOM}{name}")) == 1, name
            assert each.findtext(f"{ATOM}{name}")
        assert urlsplit(text_of(each, "id")).scheme == "tag"
        assert datetime.fromisoformat(text_of(each, "updated")).tzinfo is not None
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.get("rel"): urlsplit(link.get("href")) for link in feed.findall(f"{ATOM}link")}
    assert links["self"].path == own
    assert links["self"].scheme in ("http", "https")
    assert links["alternate"].path == own.rpartition("/")[0]
    ids = [each.findtext(f"{ATOM}id") for each in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
        assert entry.findtext(f"{ATOM}published")
        assert text_of(entry, "updated") <= text_of(feed, "updated")


def text_of(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def test_an_entry_keeps_its_id_in_both_languages_and_after_a_change(visit, announced, office, clock):
    webinar = announced()

    def entry(address: str) -> list[str]:
        found = next(ElementTree.fromstring(visit().open(address).data).iter(f"{ATOM}entry"))  # noqa: S314 (our own)
        return [text_of(found, name) for name in ("id", "title", "updated")]

    before = entry("/en/webinars/feed.atom")
    clock.tick(hours=1)
    call_off(webinar, reason="Ill", actor=office)
    db.session.commit()
    after, in_polish = entry("/en/webinars/feed.atom"), entry("/pl/webinaria/kanal.atom")

    assert before[0] == after[0] == in_polish[0]
    assert (after[1], before[2] < after[2]) == ("Cancelled: Bezpieczne hasła", True)


def test_an_empty_feed_is_one_too(visit, clock):
    feed = ElementTree.fromstring(visit().open("/en/webinars/feed.atom").data)  # noqa: S314 (made by ourselves)

    check_feed(feed, own="/en/webinars/feed.atom")


def test_pages_lead_programs_to_their_feed_and_calendar(visit, announced, series):
    announced(series_id=series.id)

    for page, before in (
        (visit().open("/pl/webinaria"), "/pl/webinaria"),
        (
            visit().open("/pl/webinaria/cykle/mocni-w-partnerstwie"),
            "/pl/webinaria/cykle/mocni-w-partnerstwie",
        ),
    ):
        found = {
            link.get("type"): link.get("href")
            for link in page.tree.xpath("//head/link[@rel='alternate'][@type]")
        }
        assert found == {
            "application/atom+xml": f"{before}/kanal.atom",
            "text/calendar": f"{before}/kalendarz.ics",
        }
