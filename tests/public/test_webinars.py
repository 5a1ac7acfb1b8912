"""Webinars for everybody: the list and the pages; and that no link to join is in any of it."""

import json
from datetime import timedelta

import pytest
from icalendar import Calendar

from core.database import db
from tests.public.conftest import LINK, STARTS
from tests.support.queries import Queries
from tests.visit import Page
from webinars import recorded, services
from webinars.models import Webinar, WebinarForm
from webinars.registrations.moving import NewTime, call_off, move
from webinars.services import Content, SeriesContent


def cards(page: Page, under: str) -> list[str]:
    """Titles of the cards in the part of the page with this heading."""
    found = page.tree.xpath(
        f"//section[h2[normalize-space()='{under}']]//li[contains(@class, 'card-link')]//a"
    )
    return [link.text_content().strip() for link in found]


# --- The list ---------------------------------------------------------------------------------------------


def test_what_is_coming_stands_first_then_the_series_then_what_was(visit, announced, held, series, office):
    announced("Later", starts_at=STARTS + timedelta(days=7))
    announced("Soon", series_id=series.id)
    first = held("Long ago", 30, series_id=series.id)
    held("Lately", 2)
    services.change_series(series, SeriesContent(series.name, introduction_id=first.id), actor=office)
    db.session.commit()

    page = visit().open("/en/webinars")

    assert cards(page, "Coming up") == ["Soon", "Later"]
    assert cards(page, "Series") == ["Mocni w partnerstwie"]
    assert cards(page, "Past webinars") == ["Lately", "Long ago"]
    assert "To begin with: Long ago" in page.text


def test_a_draft_is_nowhere(visit, office, app, clock, series):
    content = Content("Secret plan", STARTS, 60, abstract="Not yet", series_id=series.id)
    draft = services.write_webinar(content, actor=office)
    services.change_series(series, SeriesContent(series.name, introduction_id=draft.id), actor=office)
    db.session.commit()
    visitor = visit()

    for address in ("", "/series/mocni-w-partnerstwie", "/calendar.ics", "/feed.atom",
                    "/series/mocni-w-partnerstwie/calendar.ics", "/series/mocni-w-partnerstwie/feed.atom"):  # fmt: skip
        assert "Secret plan" not in visitor.open(f"/en/webinars{address}").html
    visitor.open(f"/en/webinars/{draft.id}", expect=404)
    visitor.open(f"/en/webinars/{draft.id}.ics", expect=404)
    assert visit(as_=office).open(f"/webinars/{draft.id}").headings[0] == "Secret plan"


@pytest.mark.parametrize("typed", ["hasla", "HASŁA", "bezp", "zak ewa", "hasla uczyc"])
def test_a_webinar_is_found_without_accents_by_beginnings_of_words(visit, announced, held, typed):
    announced("Bezpieczne hasła")
    held("Pieniądze", 3, presenters="Jan Lis", abstract="Skąd je wziąć.")

    page = visit().open("/en/webinars", q=typed)

    assert (cards(page, "Coming up"), cards(page, "Past webinars")) == (["Bezpieczne hasła"], [])


def test_the_list_is_narrowed_by_series_year_and_form(visit, announced, held, series):
    announced("Now", series_id=series.id)
    held("Once", 200)
    held("There", 5, form=WebinarForm.ON_SITE, place="Rynek 1")
    visitor = visit()

    def found(**wanted: str) -> list[str]:
        page = visitor.open("/en/webinars", **wanted)
        return cards(page, "Coming up") + cards(page, "Past webinars")

    assert found(series=series.slug) == ["Now"]
    assert found(year="2025") == ["Once"]
    assert found(form="on_site") == ["There"]
    assert found(form="on_site", series=series.slug) == []
    assert found(series="nowhere", year="x", form="y") == ["Now", "There", "Once"]


@pytest.mark.parametrize("year", ["020005", "20260", "9999", "0000", "²026"])
def test_a_year_that_no_calendar_has_narrows_nothing(visit, announced, year):
    announced("Now")

    assert cards(visit().open("/en/webinars", year=year), "Coming up") == ["Now"]


def test_those_with_a_recording_are_found_once_somebody_keeps_recordings(app, visit, held, monkeypatch):
    first, _second = held("Recorded", 5), held("Not recorded", 6)
    kept = recorded.Recordings(lambda: Webinar.id == first.id, lambda ids: {}, lambda topic: [])

    monkeypatch.delitem(app.extensions, recorded.KEY, raising=False)
    before = visit().open("/en/webinars", recorded="yes")
    monkeypatch.setitem(app.extensions, recorded.KEY, kept)
    after = visit().open("/en/webinars", recorded="yes")

    assert [page.tree.xpath("//select/@name") for page in (before, after)] == [
        ["year", "form"],
        ["year", "form", "recorded"],
    ]
    assert cards(before, "Past webinars") == ["Recorded", "Not recorded"]
    assert cards(after, "Past webinars") == ["Recorded"]


def test_a_long_past_comes_in_pages(visit, held):
    for number in range(21):
        held(f"Webinar {number:02}", number)

    first, second = (visit().open("/en/webinars", page=number) for number in (1, 2))

    assert (len(cards(first, "Past webinars")), cards(second, "Past webinars")) == (20, ["Webinar 20"])


def test_three_webinars_ask_no_more_questions_than_one(visit, announced, held, series, count_queries):
    def counted(address: str) -> int:
        visit().open(address)
        queries: Queries
        with count_queries() as queries:
            visit().open(address)
        return queries.count

    announced("A", series_id=series.id)
    held("B", 3, series_id=series.id)
    addresses = ("/en/webinars", "/en/webinars/series/mocni-w-partnerstwie", "/en/webinars/calendar.ics",
                 "/en/webinars/feed.atom")  # fmt: skip
    one = [counted(address) for address in addresses]
    for number in range(2):
        announced(f"A{number}", series_id=series.id)
        held(f"B{number}", 3, series_id=series.id)

    three = [counted(address) for address in addresses]

    assert three == one
    assert max(three) <= 9


# --- One webinar, one series ------------------------------------------------------------------------------


def test_a_page_offers_to_register_and_tells_search_engines_what_it_is(visit, announced, office):
    webinar = announced("</script><b>Hasła", co_organisers="Biblioteka")

    page = visit().open(f"/en/webinars/{webinar.id}")
    (script,) = page.tree.xpath("//script[@type='application/ld+json']")
    event = json.loads(script.text)

    assert page.tree.xpath("//main//a[@data-variant='primary']/@href") == [
        f"/en/webinars/{webinar.id}/register"
    ]
    assert {name: event[name] for name in ("@type", "name", "startDate", "endDate", "eventStatus")} == {
        "@type": "Event",
        "name": "</script><b>Hasła",
        "startDate": "2026-05-06T10:00:00+02:00",
        "endDate": "2026-05-06T11:30:00+02:00",
        "eventStatus": "https://schema.org/EventScheduled",
    }
    assert event["location"] == {"@type": "VirtualLocation", "url": event["url"]}
    assert LINK not in page.html
    assert "<b>Hasła" not in page.html


def test_an_event_of_others_leads_to_its_organiser(visit, announced):
    webinar = announced("Kongres", is_outside=True, outside_link="https://congress.example/", join_link=None)

    page = visit().open(f"/pl/webinaria/{webinar.id}")

    assert page.tree.xpath("//main//a[@data-variant='primary']/@href") == ["https://congress.example/"]


def test_moved_and_cancelled_ones_say_so_everywhere(visit, announced, office):
    moved, off = announced("Moved one"), announced("Off")
    move(moved, NewTime(STARTS + timedelta(days=7), 90), actor=office)
    call_off(off, reason="The presenter is ill.", actor=office)
    db.session.commit()

    page = visit().open(f"/en/webinars/{off.id}")
    entries = {
        str(one["uid"]): one
        for one in Calendar.from_ical(visit().open("/en/webinars/calendar.ics").data).events
    }

    assert "Cancelled: The presenter is ill." in page.text
    assert page.tree.xpath("//main//a[@data-variant='primary']") == []
    assert "EventCancelled" in page.html
    assert (entries[off.calendar_uid]["status"], entries[off.calendar_uid]["sequence"]) == ("CANCELLED", 1)
    assert entries[moved.calendar_uid]["sequence"] == 1
    assert entries[moved.calendar_uid].start == STARTS + timedelta(days=7)


def test_nobody_is_told_to_begin_with_a_webinar_that_was_called_off(visit, announced, series, office):
    first = announced("Introduction", series_id=series.id)
    services.change_series(series, SeriesContent(series.name, introduction_id=first.id), actor=office)
    call_off(first, reason="The speaker is ill", actor=office)
    db.session.commit()

    page = visit().open(f"/en/webinars/series/{series.slug}")

    assert "Begin here" not in page.text
    assert cards(page, "In the order of the series") == ["Introduction"]
    assert "To begin with" not in visit().open("/en/webinars").text


def test_a_series_begins_with_its_introduction(visit, announced, held, series, office):
    second = held("Second", 20, series_id=series.id)
    first = held("First", 10, series_id=series.id)
    announced("Next", series_id=series.id)
    services.change_series(series, SeriesContent(series.name, introduction_id=first.id), actor=office)
    db.session.commit()

    page = visit().open("/en/webinars/series/mocni-w-partnerstwie")

    assert page.tree.xpath("//main//a[@data-variant='primary']/@href") == [f"/en/webinars/{first.id}"]
    assert (cards(page, "Coming up"), cards(page, "In the order of the series")) == (["Next"], [second.title])


def test_what_is_not_there_is_not_found(visit, clock):
    for address in (
        "/en/webinars/99",
        "/en/webinars/99.ics",
        "/en/webinars/series/none",
        "/pl/webinaria/cykle/x/kanal.atom",
    ):
        visit().open(address, expect=404)


# --- What is nobody's business ----------------------------------------------------------------------------


def test_the_link_to_join_is_in_no_public_page_feed_or_calendar(visit, announced, series):
    webinar = announced(series_id=series.id)
    one = f"/en/webinars/{webinar.id}"
    all_of_it = (
        "/en/",
        "/en/webinars",
        one,
        f"{one}.ics",
        "/en/webinars/calendar.ics",
        "/en/webinars/feed.atom",
    )
    of_series = (f"/en/webinars/series/{series.slug}{rest}" for rest in ("", "/calendar.ics", "/feed.atom"))

    answers = [visit().open(address) for address in (*all_of_it, *of_series)]

    assert [webinar.title in answer.data.decode() for answer in answers] == [True] * 9
    assert [answer.url for answer in answers if b"rooms.example" in answer.data] == []


def test_the_first_page_of_the_programme_shows_the_next_three(visit, announced):
    for number in range(4):
        announced(f"Webinar {number}", starts_at=STARTS + timedelta(days=number))

    found = visit().open("/en/").tree.xpath("//section[@aria-labelledby='webinars']//h3")

    assert [heading.text_content() for heading in found] == ["Webinar 0", "Webinar 1", "Webinar 2"]
