"""Pages about meetings."""

from datetime import date

import pytest
from icalendar import Calendar
from sqlalchemy import select

from core.database import db
from partnerships.files.models import Attachment, FileClass
from partnerships.files.services import change, remove
from tests.support.documents import pdf
from tests.support.forms import saved_meanwhile
from tests.visit import Upload

MEGABYTE = 1024 * 1024
TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def leader(make):
    return make.user("Anna Lis", email="anna@gromada.example")


@pytest.fixture
def partnership(make, leader):
    partnership = make.partnership("Together", leader=leader)
    make.member(partnership, make.organisation("Library"))
    return partnership


def test_a_leader_calls_a_meeting_moves_it_and_says_how_it_went(partnership, leader, visit, outbox, clock):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings").follow("Call a meeting")
    page = page.submit(
        "Call the meeting",
        held_on="2026-04-22",
        starts_at="17:00",
        minutes="90",
        place="Library",
        agenda="Needs",
    )
    assert "The meeting is called and the invitation is on its way." in page.text
    assert page.title.startswith("Initiating meeting")

    page = page.follow("Change day, place or agenda").submit("Save", held_on="2026-04-29")
    assert "Those invited get a mail that moves the entry in their calendars." in page.text

    clock.tick(days=15)
    page = visit(as_=leader).open(page.url).follow("Record how it went")
    page = page.submit(
        "Record the meeting",
        people_count="14",
        summary="We agreed on courses.",
        minutes_file=Upload(pdf(), "minutes.pdf"),
    )
    assert "We agreed on courses." in page.text
    assert "Minutes of the meeting on 29 Apr 2026 (PDF" in page.text
    assert len(outbox()) == 2


def test_what_was_typed_stays_when_it_is_refused(partnership, leader, visit):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/call")

    page = page.submit("Call the meeting", expect=422, held_on="2026-04-01", place="Library")

    assert "That day is over. If the meeting was held, record it instead." in page.text
    assert page.form("Call the meeting").values["place"] == "Library"


def test_minutes_that_are_not_what_their_name_says_are_refused_and_nothing_is_kept(
    partnership, leader, visit
):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/record")

    page = page.submit(
        "Record the meeting",
        expect=422,
        held_on="2026-04-14",
        place="Library",
        people_count="5",
        minutes_file=Upload(b"<html><script>alert(1)</script></html>", "minutes.pdf"),
    )

    page = page.visitor.open(f"/partnerships/{partnership.id}/meetings")
    assert "No meeting yet" in page.text


def test_minutes_may_be_as_large_as_any_file_of_the_partnership(partnership, leader, visit):
    visitor, large = visit(as_=leader), pdf() + b" " * 7 * MEGABYTE
    address = f"/partnerships/{partnership.id}/meetings/record"
    held = {"held_on": "2026-04-14", "place": "Library", "people_count": "5"}

    kept = visitor.open(address).submit(
        "Record the meeting", **held, minutes_file=Upload(large, "minutes.pdf")
    )
    corrected = kept.follow("Change what was recorded").submit(
        "Record the meeting", minutes_file=Upload(large + b"\n", "new.pdf")
    )
    refused = visitor.open(address).submit(
        "Record the meeting", expect=413, **held, minutes_file=Upload(large * 2, "minutes.pdf")
    )

    assert "Minutes of the meeting on 14 Apr 2026 (PDF" in corrected.text
    assert "Send a file of at most 10 MB. Nothing of what you sent was kept." in refused.text
    assert refused.links["Back to the form"] == address


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("summary", "PESEL 44051401359", "A PESEL number stood here and was taken out."),
        ("next_steps", "Call 600 700 800", "Phone numbers do not belong here."),
        ("summary", "Jan Kowalski, Anna Nowak, Piotr Lis", "Write how many people, not who."),
        ("place", "Library, PESEL 44051401359", "A PESEL number stood here and was taken out."),
    ],
)
def test_a_meeting_holds_counts_and_never_who(partnership, leader, visit, field, text, said):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/record")
    held = {"held_on": "2026-04-14", "place": "Library", "people_count": "5", field: text}

    page = page.submit("Record the meeting", expect=422, **held)

    assert said in page.text
    assert "44051401359" not in page.html


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_meeting_is_on_a_day_that_calendars_know(partnership, leader, visit, day):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/call")

    page = page.submit("Call the meeting", expect=422, held_on=day, starts_at="23:00", place="Library")

    assert "Enter a day from 1 Jan 1990 to 31 Dec 2036." in page.text


def test_of_two_who_change_a_meeting_the_later_sees_what_the_earlier_saved(partnership, leader, make, visit):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/call")
    page = page.submit("Call the meeting", held_on="2026-04-22", place="Library")
    left_open = visit(as_=make.office()).open(page.url).follow("Change day, place or agenda")
    page.follow("Change day, place or agenda").submit("Save", place="School", agenda="Needs")

    refused = left_open.submit("Save", expect=422, held_on="2026-04-23")

    assert (
        "Fields you left alone show what they saved; beside those you changed stands theirs." in refused.text
    )
    assert saved_meanwhile(refused.tree) == {"place": "School", "agenda": "Needs"}
    held = refused.form("Save").values
    assert (held["held_on"], held["place"], held["agenda"]) == ("2026-04-23", "School", "Needs")
    assert "22 Apr 2026" in visit(as_=leader).open(page.url).text
    saved = refused.submit("Save").text
    for words in ("23 Apr 2026", "School", "Needs"):
        assert words in saved


def test_what_two_typed_into_one_field_stands_there_as_typed_with_what_was_saved_beside_it(
    partnership, leader, make, visit
):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/call")
    page = page.submit(
        "Call the meeting", held_on="2026-04-22", starts_at="17:00", minutes="90", place="Library"
    )
    left_open = visit(as_=make.office()).open(page.url).follow("Change day, place or agenda")
    page.follow("Change day, place or agenda").submit(
        "Save", held_on="2026-04-24", starts_at="16:30", minutes="", place="School"
    )

    refused = left_open.submit("Save", expect=422, place="Town hall")

    assert saved_meanwhile(refused.tree) == {
        "held_on": "24 Apr 2026", "starts_at": "16:30", "minutes": "–", "place": "School",
    }  # fmt: skip
    held = refused.form("Save").values
    assert (held["held_on"], held["starts_at"], held["minutes"]) == ("2026-04-24", "16:30", "")
    assert held["place"] == "Town hall"
    saved = refused.submit("Save").text
    for words in ("24 Apr 2026", "16:30", "Town hall"):
        assert words in saved


def test_of_two_who_record_a_meeting_the_later_sees_what_the_earlier_saved(partnership, leader, make, visit):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/record")
    page = page.submit("Record the meeting", held_on="2026-04-14", place="Library", people_count="5")
    left_open = visit(as_=make.office()).open(page.url).follow("Change what was recorded")
    page.follow("Change what was recorded").submit("Record the meeting", summary="Courses")

    refused = left_open.submit("Record the meeting", expect=422, people_count="6")

    assert saved_meanwhile(refused.tree) == {"summary": "Courses"}
    held = refused.form("Record the meeting").values
    assert (held["people_count"], held["summary"]) == ("6", "Courses")
    assert "Courses" in visit(as_=leader).open(page.url).text


def test_what_was_recorded_is_corrected_after_its_minutes_were_removed(partnership, leader, visit):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/record")
    held = {"held_on": "2026-04-14", "place": "Library", "people_count": "5"}
    page = page.submit("Record the meeting", **held, minutes_file=Upload(pdf(), "minutes.pdf"))
    there = page.follow("Change what was recorded").text
    remove(db.session.scalars(select(Attachment)).one(), reason="Wrong file", actor=leader)
    db.session.commit()

    again = page.follow("Change what was recorded")
    listed = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings")

    assert ("minutes.pdf is there already" in there, "is there already" in again.text) == (True, False)
    assert "minutes attached" not in listed.text
    corrected = again.submit("Record the meeting", minutes_file=Upload(pdf(words="New"), "new.pdf"))
    assert "Minutes of the meeting on 14 Apr 2026 (PDF" in corrected.text


def test_a_deputy_puts_no_minutes_in_the_place_of_evidence(partnership, leader, make, visit):
    deputy = make.user()
    make.term(partnership, deputy)
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/record")
    held = {"held_on": "2026-04-14", "place": "Library", "people_count": "5"}
    page = page.submit("Record the meeting", **held, minutes_file=Upload(pdf(), "minutes.pdf"))
    minutes = db.session.scalars(select(Attachment)).one()
    change(minutes, title="Minutes", file_class=FileClass.EVIDENCE, actor=leader)
    db.session.commit()

    page = visit(as_=deputy).open(page.url).follow("Change what was recorded")
    sent = Upload(pdf(words="New"), "new.pdf")
    refused = page.submit("Record the meeting", minutes_file=sent, expect=422)

    assert "Evidence with personal data stands in this place." in refused.text
    assert db.session.scalars(select(Attachment.file_name)).all() == ["minutes.pdf"]


def test_a_meeting_called_off_offers_no_form(partnership, leader, visit):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/call")
    page = page.submit("Call the meeting", held_on="2026-04-22", place="Library")
    page.follow("Call off the meeting").submit("Call off the meeting")

    for form in ("edit", "outcome", "call-off"):
        shown = page.visitor.open(f"{page.url}/{form}")
        assert shown.url == page.url
        assert "This meeting was called off. Call a new one." in shown.text


def test_the_calendar_file_is_one_entry(partnership, leader, visit):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/meetings/call")
    page = page.submit("Call the meeting", held_on="2026-04-22", place="Library")

    file = page.follow("Calendar file")

    (event,) = Calendar.from_ical(file.data).events
    assert event["dtstart"].dt == date(2026, 4, 22)
    assert file.response.headers["Content-Type"].startswith("text/calendar")


def test_the_list_takes_as_many_queries_for_many_as_for_few(make, partnership, leader, visit, count_queries):
    visitor, address = visit(as_=leader), f"/partnerships/{partnership.id}/meetings"

    def record(day):
        page = visitor.open(f"{address}/record")
        page.submit("Record the meeting", held_on=day, place="Library", people_count="5")

    record("2026-03-01")
    with count_queries() as few:
        visitor.open(address)
    for day in ("2026-03-02", "2026-03-03", "2026-03-04"):
        record(day)
    with count_queries() as many:
        visitor.open(address)

    assert many.count == few.count
