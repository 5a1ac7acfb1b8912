"""The private calendar address: who gets what from it, and that it ends when it should."""

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from icalendar import Calendar

from accounts.services import deactivate
from agenda import services
from agenda.feeds import bounds
from agenda.queries import feed_of
from animators.consultations.models import ConsultationStatus, Side
from animators.visits.calendars import file_for, slot_of
from core import clock as core_clock
from core.audit import AuditEvent
from core.calendars import Method
from core.database import db
from meetings.invitations import Guest, tell
from tests.agenda.plain_calendar import parts_of
from tests.progress.advising import proposed, visit_at

SOON = date(2026, 4, 20)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def address(app):
    def make(person) -> str:
        secret = services.make_address(person, actor=person)
        db.session.commit()
        return f"/feed/{secret}.ics"

    return make


@pytest.fixture
def leader(make):
    return make.user("Ewa Lis")


@pytest.fixture
def partnership(make, leader):
    return make.partnership("Together", municipality=make.municipality("Łąck"), leader=leader)


def titles(answer) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]


# --- The page --------------------------------------------------------------------------------------------------


def test_an_address_is_made_shown_once_and_revoked(leader, visit, client):
    page = visit(as_=leader).open("/account").follow("Private calendar address")
    page = page.submit("Make the address")
    [shown] = page.tree.xpath("//input[@id='feed-address']/@value")
    path = "/feed/" + shown.partition("/feed/")[2]

    assert client.get(path).status_code == 200
    again = page.visitor.open("/calendar/address")
    assert (
        shown.rpartition("/")[2].removesuffix(".ics") in again.html,
        "A calendar last read it on 15 Apr 2026." in again.text,
    ) == (False, True)

    page = again.submit("Revoke the address")

    assert "The address is revoked. Calendars that know it get nothing any more." in page.text
    assert (client.get(path).status_code, page.buttons[-1]) == (404, "Make the address")


def test_a_new_address_ends_the_old_one_and_the_history_tells_each_step(leader, address, client):
    old, new = address(leader), address(leader)
    services.revoke_address(leader, actor=leader)
    services.revoke_address(leader, actor=leader)
    db.session.commit()

    assert [client.get(path).status_code for path in (old, new)] == [404, 404]
    assert [
        event.event for event in db.session.query(AuditEvent).filter(AuditEvent.event.like("feed.%"))
    ] == [
        "feed.made",
        "feed.renewed",
        "feed.revoked",
    ]


def test_the_secret_is_long_random_and_nowhere_kept(leader, address):
    secrets = {address(leader).removeprefix("/feed/").removesuffix(".ics") for _ in range(20)}

    assert (len(secrets), {len(one) for one in secrets}) == (20, {43})  # 256 bits
    assert not {feed_of(leader).token_hash} & secrets


def test_two_people_at_once_and_twice_have_one_address_each(make, address):
    people = [make.user(), make.user()]
    for person in (*people, *people):
        address(person)

    assert len({feed_of(person).id for person in people}) == 2


# --- What is in it ---------------------------------------------------------------------------------------------


def test_an_entry_is_the_same_as_the_mailed_one(leader, partnership, address, client, meeting, outbox):
    called = meeting(partnership, SOON, calendar_sequence=3)
    tell(called, [Guest(leader.name, leader.email, "en")], "invitation", actor=leader)
    [mailed] = Calendar.from_ical(outbox()[0].calendar).walk("VEVENT")

    [fed] = Calendar.from_ical(client.get(address(leader)).data).walk("VEVENT")

    same = ("uid", "sequence", "summary", "dtstart", "dtend", "location", "dtstamp", "status")
    assert [fed.decoded(name) for name in same] == [mailed.decoded(name) for name in same]
    assert str(fed["url"]).endswith(f"/meetings/{called.id}")


def test_what_was_called_off_stays_as_cancelled(leader, partnership, address, client, meeting):
    meeting(partnership, SOON, called_off_at=datetime(2026, 4, 10, tzinfo=UTC), calendar_sequence=1)

    [event] = Calendar.from_ical(client.get(address(leader)).data).walk("VEVENT")

    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 1)


def test_an_agreed_visit_is_the_mailed_one_and_a_proposed_date_only_tentative(
    make, partnership, address, client
):
    visit = visit_at(
        partnership, ConsultationStatus.AGREED, datetime(2026, 4, 20, 8, tzinfo=UTC), calendar_sequence=2
    )
    proposed(partnership, Side.LEADER, datetime(2026, 4, 22, 8, tzinfo=UTC), number=2)
    animator = partnership.animator(core_clock.today())
    slot = slot_of(visit)
    assert slot is not None
    mailed = file_for(animator, visit, slot, Method.REQUEST)
    [sent] = Calendar.from_ical(mailed).walk("VEVENT")

    agreed, tentative = Calendar.from_ical(client.get(address(animator)).data).walk("VEVENT")

    same = ("uid", "sequence", "summary", "dtstart", "dtend", "location", "status", "organizer")
    assert [str(agreed[name]) for name in same] == [str(sent[name]) for name in same]
    assert (str(tentative["status"]), tentative["uid"] != agreed["uid"]) == ("TENTATIVE", True)


def test_a_feed_reaches_a_year_back_and_two_ahead(leader, partnership, address, client, meeting):
    first, last = bounds(date(2026, 4, 15))
    for day in (first - timedelta(days=1), first, last, last + timedelta(days=1)):
        meeting(partnership, day)

    events = Calendar.from_ical(client.get(address(leader)).data).walk("VEVENT")

    assert (first, last) == (date(2025, 4, 1), date(2028, 4, 30))
    assert [event.decoded("dtstart").date() for event in events] == [first, last]


def test_a_calendar_speaks_its_owners_language_whoever_asks(make, address, client):
    person = make.user("Żaneta Gęś", language="pl")

    calendar = Calendar.from_ical(client.get(address(person), headers={"Accept-Language": "en"}).data)

    assert str(calendar["x-wr-calname"]).endswith(": Żaneta Gęś")


@pytest.mark.parametrize(
    "text",
    ["A; b, c\\d\nBEGIN:VEVENT\nSUMMARY:mine", "ą" * 200, "🙂" * 60, "x\r\nATTENDEE:mailto:a@b.example"],
)
def test_a_plain_reader_of_the_format_finds_the_same(leader, partnership, address, client, meeting, text):
    """Lines end with CRLF, none is longer than 75 bytes, and no text breaks out of its line."""
    meeting(partnership, SOON, agenda=text)
    data = client.get(address(leader)).data

    lines = data.split(b"\r\n")
    parts = parts_of(data)

    assert (max(len(line) for line in lines) <= 75, b"\n" in data.replace(b"\r\n", b"")) == (True, False)
    assert [name for name, _ in parts] == ["VCALENDAR", "VTIMEZONE", "DAYLIGHT", "STANDARD", "VEVENT"]
    event = parts[-1][1]
    assert event["DESCRIPTION"] == text.replace("\r\n", "\n")
    assert (event["DTSTART;TZID=Europe/Warsaw"], event["DTEND;TZID=Europe/Warsaw"]) == (
        "20260420T170000",
        "20260420T183000",
    )
    assert {"UID", "DTSTAMP", "SEQUENCE"} <= event.keys()


# --- Who gets it -----------------------------------------------------------------------------------------------


def test_the_address_is_all_that_is_asked_and_no_session_begins(leader, address, client):
    answer = client.get(address(leader))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers


def test_somebody_who_may_not_come_in_any_more_gets_nothing(make, leader, address, client):
    path = address(leader)

    deactivate(leader, actor=make.admin())
    db.session.commit()

    assert client.get(path).status_code == 404


def test_a_feed_holds_only_what_its_owner_may_see_now(
    make, leader, partnership, address, client, meeting, clock
):
    meeting(partnership, SOON)
    meeting(make.partnership(), SOON)
    path = address(leader)
    before = titles(client.get(path))

    partnership.leader_term(core_clock.today()).ends_on = date(2026, 4, 15)
    db.session.commit()
    clock.tick(days=1)

    assert (before, titles(client.get(path))) == (["Meeting: Together"], [])


def test_an_unchanged_calendar_is_not_sent_again(leader, partnership, address, client, meeting, clock):
    meeting(partnership, SOON)
    path = address(leader)
    first = client.get(path)
    clock.tick(hours=2)

    by_tag = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    by_day = client.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert [(answer.status_code, answer.data) for answer in (by_tag, by_day)] == [(304, b"")] * 2


def test_what_is_only_gone_is_a_change_too(leader, partnership, address, client, meeting, clock):
    found = meeting(partnership, SOON)
    path = address(leader)
    first = client.get(path)
    clock.tick(hours=2)
    db.session.delete(found)
    db.session.commit()

    answer = client.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert (answer.status_code, titles(answer)) == (200, [])
    assert parsedate_to_datetime(answer.headers["Last-Modified"]) == core_clock.now()


def test_guessing_addresses_is_slowed_down_and_hinders_nobody_else(leader, address, client):
    path = address(leader)

    answers = [client.get(f"/feed/guess-{n}.ics").status_code for n in range(61)]

    assert answers == [404] * 60 + [429]
    assert client.get("/feed/one-more.ics").headers["Retry-After"] == "901"
    assert client.get(path).status_code == 200


def test_forty_municipalities_ask_no_more_questions_than_one(
    make, leader, partnership, address, client, meeting, count_queries
):
    meeting(partnership, SOON)
    path = address(leader)
    client.get(path)
    with count_queries() as one:
        client.get(path)
    for _ in range(39):
        meeting(make.partnership(leader=leader), SOON)
    client.get(path)

    with count_queries() as forty:
        answer = client.get(path)

    assert forty.count == one.count, str(forty)
    assert len(titles(answer)) == 40
