"""Pages of recordings: what everybody sees, what leaders answer, what the office does; never a link that leads nowhere."""

import json
from datetime import timedelta
from typing import Any

import pytest

from core.checked_links import CheckedLink, LinkState
from core.database import db
from core.uploads import SentFile
from tests.support.documents import pdf
from tests.visit import Page, Upload
from tests.webinars.attended import attended
from tests.webinars.recordings.conftest import FILM
from webinars import services as of_webinars
from webinars.recordings import queries, services
from webinars.recordings.models import Captions, RecordingState
from webinars.recordings.services import Published

VTT = (
    b"WEBVTT\n\n00:01.000 --> 00:03.000\nDzie\xc5\x84 dobry\n\n01:05.000 --> 01:09.000\nDo <b>widzenia</b>\n"
)


def section(page: Page) -> str:
    (found,) = page.tree.xpath("//section[@aria-labelledby='recording']")
    return " ".join(found.text_content().split())


def kill(url: str) -> None:
    db.session.add(CheckedLink(url=url, state=LinkState.DEAD, failures=3))
    db.session.commit()


# --- What everybody sees ---------------------------------------------------------------------------------


def test_one_that_is_owed_says_by_when_and_later_that_it_is_late(visit, owed, clock):
    recording = owed()
    address = f"/en/webinars/{recording.webinar_id}"

    assert section(visit().open(address)) == "Recording The recording will be here by 13 May 2026."
    clock.tick(hours=24 * 8)
    assert (
        section(visit().open(address)) == "Recording The recording is not here yet. The office is after it."
    )


def test_a_published_one_is_watched_read_and_comes_with_the_materials(visit, owed, office):
    recording = owed()
    of_webinars.add_material(recording.webinar, title="Slajdy", link="https://slides.example/", actor=office)
    content = Published(
        url=FILM, minutes=80, captions=Captions.FILE, captions_file=SentFile("napisy.vtt", VTT),
        transcript_file=SentFile("zapis.pdf", pdf()),
    )  # fmt: skip
    services.publish(recording, content, actor=office)

    page = visit().open(f"/en/webinars/{recording.webinar_id}")

    assert section(page) == (
        "Recording Watch the recording 80 minutes · with captions "
        "Read what was saidTranscript as a fileFile with the captions"
    )
    assert (page.links["Watch the recording"], page.links["Slajdy"]) == (FILM, "https://slides.example/")
    captions, transcript = page.follow("File with the captions"), page.follow("Transcript as a file")
    assert (captions.data, transcript.data == pdf()) == (VTT, True)
    (film,) = page.tree.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(film)["recordedIn"] == {
        "@type": "VideoObject", "name": "Bezpieczne hasła", "description": "Jak uczyć o hasłach.", "url": FILM,
        "uploadDate": "2026-05-06T11:40:00+02:00", "accessibilityFeature": ["captions"], "duration": "PT80M",
    }  # fmt: skip


def test_captions_are_a_page_to_read_and_a_transcript_goes_before_them(visit, owed, office):
    recording = owed()
    captions: dict[str, Any] = {
        "captions": Captions.FILE,
        "captions_file": SentFile("napisy.vtt", VTT),
        "without_materials": True,
    }
    services.publish(recording, Published(url=FILM, **captions), actor=office)
    address = f"/en/webinars/{recording.webinar_id}/transcript"

    page = visit().open(address)
    read = page.tree.xpath("//*[contains(@class, 'transcript')]")[0].text_content()
    assert page.headings[0] == "What was said: Bezpieczne hasła"
    assert " ".join(read.split()) == "0:01 Dzień dobry1:05 Do widzenia"
    services.publish(
        recording, Published(url=FILM, transcript="<b>Witam</b>\nPaństwa", **captions), actor=office
    )

    assert "<b>Witam</b>\nPaństwa" in visit().open(address).tree.xpath("string(//main)")


def test_without_anything_to_read_there_is_no_such_page(visit, owed, published):
    for recording in (owed("Owed"), published("In the video")):
        visit().open(f"/en/webinars/{recording.webinar_id}/transcript", expect=404)
        visit().open(f"/webinars/{recording.webinar_id}/recording/captions", expect=404)
        visit().open(f"/webinars/{recording.webinar_id}/recording/transcript", expect=404)


def test_where_there_is_none_the_reason_and_the_substitute_stand_there(visit, owed, office):
    recording = owed()
    services.give_up(
        recording,
        reason="Awaria serwera.",
        substitute="Artykuł o hasłach.",
        link="https://article.example/a",
        actor=office,
    )

    page = visit().open(f"/en/webinars/{recording.webinar_id}")

    assert section(page) == (
        "Recording There is no recording of this webinar. Awaria serwera. "
        "Instead: Artykuł o hasłach. https://article.example/a"
    )


def test_no_dead_link_is_shown_anywhere(visit, published, owed, announced, office, make):
    recording, without = published(), owed("None")
    of_webinars.add_material(without.webinar, title="Slajdy", link="https://slides.example/", actor=office)
    services.give_up(
        without, reason="Awaria.", substitute="Artykuł.", link="https://article.example/a", actor=office
    )
    event = announced(
        "Kongres", is_outside=True, outside_link="https://congress.example/", join_link="https://congress.example/room",
        starts_at=recording.webinar.starts_at + timedelta(days=30),
    )  # fmt: skip
    dead = {FILM, "https://slides.example/", "https://article.example/a", event.outside_link, event.join_link}
    for url in dead:
        kill(url)
    pages = [
        visit(as_=person).open(address)
        for number in (recording.webinar_id, without.webinar_id, event.id)
        for person, address in (
            (None, f"/en/webinars/{number}"), (make.user(), f"/webinars/{number}"), (office, f"/webinars/{number}"),
        )
    ]  # fmt: skip

    assert [dead & set(page.tree.xpath("//a/@href")) for page in pages] == [set()] * 9
    assert section(pages[0]).endswith(
        "The recording cannot be reached at the moment. The office knows and looks after it."
    )
    assert "Slajdy This link does not work at the moment. The office knows." in pages[3].text
    assert "The page of its organiser cannot be reached at the moment." in pages[6].text
    assert "recordedIn" not in pages[0].html


# --- Watching and answering ------------------------------------------------------------------------------


def test_a_leader_answers_wrongly_then_rightly_and_it_counts(visit, make, asked):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    recording = asked()

    page = visit(as_=leader).open(f"/webinars/{recording.webinar_id}/recording")
    empty = page.submit("Send the answer", expect=422)
    assert "Choose one of the answers." in empty.text
    wrong = page.submit("Send the answer", answer="0")
    assert "That is not it." in wrong.text
    right = wrong.submit("Send the answer", answer="1")

    assert "That is right. Watching counts as taking part in this webinar." in right.text
    assert "You have taken part in this webinar. It counts for your partnership." in right.text
    assert "Send the answer" not in right.buttons
    assert attended([partnership]) == [1]


def test_after_five_wrong_answers_the_page_says_to_come_tomorrow(visit, make, asked):
    leader = make.user()
    make.partnership(leader=leader)
    recording = asked()
    page = first = visit(as_=leader).open(f"/webinars/{recording.webinar_id}/recording")
    for _time in range(5):
        page = page.submit("Send the answer", answer="2")

    assert "Send the answer" not in page.buttons
    assert "That was the fifth try today." in page.text
    assert "That was the fifth try today." in first.submit("Send the answer", answer="1", expect=422).text


def test_others_watch_and_read_but_are_asked_nothing(visit, make, asked, office):
    recording = asked()
    make.partnership()
    for person in (make.user(), make.animator(), office):
        page = visit(as_=person).open(f"/webinars/{recording.webinar_id}/recording")
        assert (page.links["Watch the recording"], "Send the answer" in page.buttons) == (FILM, False)


# --- The office ------------------------------------------------------------------------------------------


def test_the_office_sees_those_owed_first_and_publishes_one(visit, office, owed, published):
    done, late = published("Done"), owed("Late")
    kill(FILM)

    page = visit(as_=office).open("/webinars/recordings")
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//li[@class='row']")]
    assert [row.split(" Wednesday")[0] for row in rows] == ["Late Owed", "Done link does not work"]
    form = page.follow("Publish: Late")
    wrong = form.submit("Publish", expect=422, url=FILM, captions="no")
    assert "A recording needs captions or a transcript" in wrong.text
    saved = form.submit(
        "Publish",
        url="https://films.example/late", minutes="30", captions="file", captions_file=Upload(VTT, "a.vtt", "text/vtt"),
        transcript="Ż" * 150_000, without_materials="y",
    )  # fmt: skip

    assert "The recording is published." in saved.text
    known = queries.recording_of(late.webinar_id)
    assert known is not None
    assert (known.state, known.minutes, len(known.transcript)) == (RecordingState.PUBLISHED, 30, 150_000)
    assert done.is_published


def test_the_office_says_that_there_is_none(visit, office, owed):
    recording = owed()
    page = (
        visit(as_=office).open(f"/webinars/{recording.webinar_id}").follow("Say that there is no recording")
    )

    assert "Say what people can read" in page.submit("Save", expect=422, none_reason="Awaria").text
    told = page.submit("Save", none_reason="Awaria", substitute="Slajdy")

    assert "There is no recording of this webinar." in told.text


def test_the_office_writes_changes_and_removes_the_question(visit, office, published):
    recording = published()
    page = visit(as_=office).open(f"/webinars/{recording.webinar_id}").follow("Question about the recording")
    fields = {"text": "Co?", "answer_1": "A", "answer_2": "B", "right_answer": "1"}

    assert (
        "Choose which of the answers"
        in page.submit("Save", expect=422, **{**fields, "right_answer": "3"}).text
    )
    page.submit("Save", **fields)
    question = queries.question_of(recording)
    assert question is not None
    assert (question.text, question.answers, question.right_answer) == ("Co?", ["A", "B"], 1)
    again = visit(as_=office).open(f"/webinars/{recording.webinar_id}/recording/question")
    removed = again.submit("Remove the question")

    assert "The question is removed." in removed.text
    assert queries.question_of(recording) is None


@pytest.mark.parametrize(
    "path",
    ["/webinars/recordings", *(f"/webinars/{{}}/recording/{last}" for last in ("edit", "none", "question"))],
)
def test_nobody_else_does(visit, make, asked, path):
    address = path.format(asked().webinar_id)

    visit(as_=make.animator()).open(address, expect=403)


def test_pages_ask_the_database_no_more_for_more_recordings(visit, office, asked, count_queries):
    asked("One")
    visitor = visit(as_=office)
    addresses = ("/webinars/recordings", "/webinars/past", "/en/webinars")

    def asked_for() -> list[int]:
        numbers = []
        for address in addresses:
            visitor.open(address)
            with count_queries() as counted:
                visitor.open(address)
            numbers.append(counted.count)
        return numbers

    one = asked_for()
    for title in ("Two", "Three", "Four"):
        asked(title)

    assert asked_for() == one
