"""A recording is owed from the moment a webinar was held, chased, and in the end published or said not to exist."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from core import audit
from core.checked_links import CheckedLink, LinkState
from core.database import db
from core.help_links import help_for
from core.uploads import SentFile
from core.workflow import NotNow
from reporting.closing import closing_list
from reporting.rows import Span
from tests.support.documents import pdf
from tests.webinars.recordings.conftest import FILM
from webinars import services as of_webinars
from webinars.errors import NotAWebAddress
from webinars.models import Webinar, WebinarStatus
from webinars.queries import Wanted, past
from webinars.recordings import errors, jobs, queries, services
from webinars.recordings.models import Captions, Recording, RecordingState
from webinars.recordings.services import Published
from webinars.recordings.workflow import RECORDING, RecordingAction

DUE = date(2026, 5, 13)
VTT = b"WEBVTT\n\n00:01.000 --> 00:03.000\nDzien dobry\n"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)


def content(**values) -> Published:
    return Published(**{"url": FILM, "captions": Captions.IN_VIDEO, "without_materials": True, **values})


# --- Owed and chased -------------------------------------------------------------------------------------


def test_it_is_owed_seven_days_after_the_webinar_from_the_moment_that_was_held(owed):
    recording = owed()

    assert (recording.state, recording.due_on, recording.is_overdue) == (RecordingState.OWED, DUE, False)


def test_of_an_event_of_others_and_of_one_taken_over_none_is_owed(held, db_session):
    outside = held("Kongres", is_outside=True, outside_link="https://congress.example/")
    old = Webinar(
        title="Old", starts_at=at(date(2026, 3, 1)), minutes=60, status=WebinarStatus.HELD, taken_over=True
    )
    db_session.add(old)

    jobs.chase_recordings()

    assert [queries.recording_of(one.id) for one in (outside, old)] == [None, None]


def test_one_that_was_held_before_recordings_were_kept_is_owed_with_the_next_run(owed, db_session):
    recording = owed()
    webinar_id = recording.webinar_id
    db_session.delete(recording)
    db_session.commit()

    jobs.chase_recordings()

    known = queries.recording_of(webinar_id)
    assert known is not None
    assert (known.state, known.due_on) == (RecordingState.OWED, DUE)


def test_the_office_is_told_two_days_before_and_weekly_once_it_is_overdue(owed, clock, outbox):
    owed()
    told = {}
    for number in range(26):
        clock.move_to(at(date(2026, 5, 7) + timedelta(days=number)))
        before = len(outbox())
        jobs.chase_recordings()
        jobs.chase_recordings()
        told.update({clock.now.date(): mail.subject for mail in outbox()[before:]})

    overdue = "The recording of “Bezpieczne hasła” is overdue"
    assert told == {
        date(2026, 5, 11): "The recording of “Bezpieczne hasła” is due on 13 May 2026",
        date(2026, 5, 14): overdue,
        date(2026, 5, 21): overdue,
        date(2026, 5, 28): overdue,
    }


def test_nobody_is_told_once_it_is_published_or_given_up(owed, office, clock, outbox):
    services.publish(owed("One"), content(), actor=office)
    services.give_up(owed("Two"), reason="Nagranie się nie udało.", substitute="Slajdy.", actor=office)
    clock.move_to(at(DUE + timedelta(days=9)))

    jobs.chase_recordings()

    assert outbox() == []


def test_one_that_is_overdue_stands_on_the_closing_list_of_its_quarter(owed, office, clock):
    recording = owed()
    quarter = Span(date(2026, 4, 1), date(2026, 6, 30))

    def lacking() -> list[tuple[str, str]]:
        return [(str(one.what), one.endpoint) for one in closing_list(quarter)]

    clock.move_to(at(DUE))
    in_time = lacking()
    clock.move_to(at(DUE + timedelta(days=1)))
    late = lacking()
    services.publish(recording, content(), actor=office)
    db.session.commit()

    assert set(late) - set(in_time) == {("Recording overdue", "recordings.edit")}
    assert set(lacking()) == set(in_time)


# --- Published -------------------------------------------------------------------------------------------


def test_published_it_shows_where_to_watch_it_and_since_when(owed, office, clock):
    recording = owed()

    services.publish(recording, content(minutes=80), actor=office)

    assert (recording.state, recording.url, recording.minutes) == (RecordingState.PUBLISHED, FILM, 80)
    assert recording.published_at == clock.now


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"url": None}, errors.NoLink),
        ({"captions": Captions.NO}, errors.CannotBeRead),
        ({"captions": Captions.FILE}, errors.NoCaptionsFile),
        (
            {"captions": Captions.FILE, "captions_file": SentFile("a.vtt", b"WEBVTT\n\nno times")},
            errors.NotCaptions,
        ),
        ({"captions": Captions.FILE, "captions_file": SentFile("a.exe", VTT)}, errors.NotCaptions),
        ({"without_materials": False}, errors.NoMaterials),
        ({"minutes": 0}, errors.WrongRunningTime),
        ({"minutes": 1441}, errors.WrongRunningTime),
    ],
)
def test_without_a_link_something_to_read_and_materials_it_is_not_published(owed, office, wrong, refusal):
    recording = owed()

    with pytest.raises(refusal):
        services.publish(recording, content(**wrong), actor=office)

    assert recording.state is RecordingState.OWED


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "films.example", "ftp://films.example/", "https://a b"]
)
def test_its_link_is_a_page_of_the_web(owed, office, url):
    with pytest.raises(NotAWebAddress):
        services.publish(owed(), content(url=url), actor=office)


def test_with_materials_nobody_can_say_that_there_were_none(owed, office):
    recording = owed()
    of_webinars.add_material(recording.webinar, title="Slajdy", link="https://slides.example/", actor=office)

    with pytest.raises(errors.HasMaterials):
        services.publish(recording, content(), actor=office)
    services.publish(recording, content(without_materials=False), actor=office)

    assert recording.is_published


def test_a_transcript_alone_is_enough_as_text_or_as_a_file(owed, office):
    as_text, as_file = owed("Text"), owed("File")
    services.publish(as_text, content(captions=Captions.NO, transcript="Dzień dobry."), actor=office)
    file = SentFile("zapis.pdf", pdf())
    services.publish(as_file, content(captions=Captions.NO, transcript_file=file), actor=office)

    with pytest.raises(errors.CannotBeRead):
        services.publish(as_file, content(captions=Captions.NO, drops_transcript_file=True), actor=office)

    assert as_text.is_published
    assert as_file.transcript_file is not None
    assert as_file.transcript_file.name == "zapis.pdf"


def test_files_are_replaced_kept_and_let_go(owed, office):
    recording = owed()
    services.publish(
        recording, content(captions=Captions.FILE, captions_file=SentFile("a.vtt", VTT)), actor=office
    )
    first = recording.captions_file_id
    services.publish(recording, content(captions=Captions.FILE, minutes=5), actor=office)
    assert recording.captions_file_id == first
    services.publish(
        recording, content(captions=Captions.FILE, captions_file=SentFile("b.vtt", VTT)), actor=office
    )
    assert recording.captions_file is not None
    assert (recording.captions_file.name, recording.captions_file_id == first) == ("b.vtt", False)
    services.publish(recording, content(), actor=office)
    db.session.commit()

    assert (recording.captions_file_id, recording.captions) == (None, Captions.IN_VIDEO)


def test_the_history_keeps_what_was_and_what_is(published, office, clock):
    recording = published()
    clock.tick(minutes=1)
    services.publish(recording, content(url="https://other.example/", minutes=80), actor=office)
    db.session.commit()

    (event, _personal) = audit.story_of(recording.webinar)[0]
    assert (event.event, event.data["before"], event.data["after"]) == (
        "recording.changed", {"url": FILM}, {"url": "https://other.example/"},
    )  # fmt: skip


# --- There is none ---------------------------------------------------------------------------------------


def test_where_there_is_none_people_read_why_and_what_there_is_instead(owed, office):
    recording = owed()
    for reason, substitute, refusal in (
        ("", "Slajdy", errors.NoReasonForNone),
        ("Awaria", "", errors.NoSubstitute),
    ):
        with pytest.raises(refusal):
            services.give_up(recording, reason=reason, substitute=substitute, actor=office)
    services.give_up(recording, reason="Awaria", link="https://article.example/", actor=office)

    assert (recording.state, recording.none_reason) == (RecordingState.NONE, "Awaria")


def test_one_that_turns_up_is_published_after_all_and_one_that_has_to_go_is_given_up(owed, office):
    recording = owed()
    services.give_up(recording, reason="Awaria", substitute="Slajdy", actor=office)
    services.publish(recording, content(), actor=office)
    assert (recording.state, recording.none_reason, recording.substitute) == (
        RecordingState.PUBLISHED,
        "",
        "",
    )

    services.give_up(recording, reason="Prelegentka cofnęła zgodę", substitute="Slajdy", actor=office)
    assert (recording.state, recording.published_at) == (RecordingState.NONE, None)


def test_its_steps_are_written_down_once():
    assert {(step.action, tuple(sorted(step.sources)), step.target) for step in RECORDING.steps} == {
        (RecordingAction.PUBLISH, ("none", "owed"), RecordingState.PUBLISHED),
        (RecordingAction.GIVE_UP, ("owed", "published"), RecordingState.NONE),
    }
    with pytest.raises(NotNow):
        RECORDING.after(RecordingAction.PUBLISH, RecordingState.PUBLISHED)


# --- Found -----------------------------------------------------------------------------------------------


def test_whoever_needs_help_is_led_to_published_recordings_of_the_topic(published, owed, app):
    recording = published("Potrzeby", explains=("plan.needs",))
    owed("Not yet", explains=("plan.needs",))
    published("Cele", explains=("plan.goals",))

    with app.test_request_context():
        links = [(link.title, link.url, link.kind) for link in help_for("plan.needs")]

    assert links == [("Potrzeby", f"/webinars/{recording.webinar_id}/recording", "Recording, 80 min")]


def test_lists_find_those_with_one_to_watch_and_none_whose_link_is_dead(published, owed):
    alive, dead = published("Alive"), published("Dead", url="https://films.example/gone")
    owed("Owed")
    db.session.add(CheckedLink(url=dead.url, state=LinkState.DEAD, failures=3))
    db.session.commit()

    found = past(Wanted(recorded=True), number=1).rows

    assert [webinar.id for webinar in found] == [alive.webinar_id]
    assert {key: one.is_published for key, one in queries.shown_of([alive.webinar_id, dead.webinar_id]).items()} == {
        alive.webinar_id: True, dead.webinar_id: False,
    }  # fmt: skip
    assert len(db.session.scalars(select(Recording)).all()) == 3
