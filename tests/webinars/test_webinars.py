"""Webinars from the draft to the archive: what may be said when, and what is remembered of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.audit import story_of
from core.database import db
from core.storage import StoredFile
from core.uploads import SentFile
from core.workflow import NotNow
from tests.support.documents import pdf, zipped
from tests.webinars.conftest import LINK, STARTS, content
from webinars import services
from webinars.errors import (
    LinkOrFile,
    NoOutsideLink,
    NoPlaceYet,
    NotAWebAddress,
    NothingToSay,
    NotOfSeries,
    NotOutside,
    NotOverYet,
    OnlyDrafts,
    OutsideStays,
    SeriesExists,
    SeriesHasEnded,
    SeriesHasWebinarsToCome,
    ShortNotice,
    StartsInThePast,
    TimeIsAnnounced,
    WrongLength,
)
from webinars.models import Webinar, WebinarForm, WebinarStatus
from webinars.queries import webinars_of
from webinars.services import SeriesContent
from webinars.workflow import WEBINAR, WebinarAction


def test_a_webinar_goes_these_ways_and_no_others():
    ways = {
        (step.action.value, source.value, step.target.value)
        for step in WEBINAR.steps
        for source in step.sources
    }

    assert ways == {
        ("announce", "draft", "announced"),
        ("move", "announced", "moved"),
        ("move", "moved", "moved"),
        ("settle", "moved", "announced"),
        ("cancel", "announced", "cancelled"),
        ("cancel", "moved", "cancelled"),
        ("note_as_held", "announced", "held"),
        ("note_as_held", "moved", "held"),
        ("archive", "held", "archived"),
    }
    assert WEBINAR.actions(WebinarStatus.CANCELLED) == []
    assert WEBINAR.actions(WebinarStatus.DRAFT) == [WebinarAction.ANNOUNCE]


# --- Announcing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_short"), [(8, False), (7, False), (6, True), (1, True)])
def test_a_webinar_is_announced_seven_days_ahead_or_with_a_reason(draft, office, days, is_short):
    webinar = draft(starts_at=datetime(2026, 4, 15 + days, 8, 0, tzinfo=UTC))

    if is_short:
        with pytest.raises(ShortNotice):
            services.announce(webinar, actor=office)
        assert webinar.status is WebinarStatus.DRAFT
        services.announce(webinar, reason="The law changes", actor=office)
    else:
        services.announce(webinar, actor=office)

    assert (webinar.status, webinar.notice_days) == (WebinarStatus.ANNOUNCED, days)
    assert webinar.short_notice_reason == ("The law changes" if is_short else None)


def test_days_of_notice_are_days_of_the_calendar_also_when_the_clocks_change(draft, office, clock):
    """A week across the night of 25 October is an hour longer, one across that of 28 March an hour shorter."""
    late_at_night = {
        datetime(2026, 10, 20, 21, 30, tzinfo=UTC): datetime(2026, 10, 27, 22, 30, tzinfo=UTC),
        datetime(2027, 3, 23, 22, 30, tzinfo=UTC): datetime(2027, 3, 30, 21, 30, tzinfo=UTC),
    }
    for now, starts_at in late_at_night.items():
        clock.move_to(now)
        webinar = draft(starts_at=starts_at)

        services.announce(webinar, actor=office)

        assert webinar.notice_days == 7


def test_what_everybody_needs_to_know_stands_there_before_it_is_announced(draft, office):
    faults = {
        NothingToSay: draft(abstract=""),
        NoPlaceYet: draft(form=WebinarForm.ON_SITE),
        NoOutsideLink: draft(is_outside=True),
    }

    for refusal, webinar in faults.items():
        with pytest.raises(refusal):
            services.announce(webinar, actor=office)


def test_a_webinar_is_not_announced_twice_nor_when_it_is_over(draft, announced, office, clock):
    twice, late = announced(), draft()

    with pytest.raises(NotNow):
        services.announce(twice, actor=office)
    clock.move_to(STARTS)
    with pytest.raises(StartsInThePast):
        services.announce(late, reason="Late", actor=office)


# --- Writing ----------------------------------------------------------------------------------------------


def test_a_draft_is_changed_freely_and_an_announced_one_in_all_but_its_time(draft, announced, office):
    later = STARTS + timedelta(days=1)
    first, second = draft(), announced()

    assert services.change_webinar(first, content(starts_at=later), actor=office) == {"starts_at"}
    with pytest.raises(TimeIsAnnounced):
        services.change_webinar(second, content(starts_at=later), actor=office)
    with pytest.raises(OutsideStays):
        services.change_webinar(
            second, content(is_outside=True, outside_link="https://a.example/"), actor=office
        )
    assert services.change_webinar(second, content(minutes=60), actor=office) == {"minutes"}
    assert services.change_webinar(second, content(minutes=60), actor=office) == frozenset()
    assert (first.calendar_sequence, second.calendar_sequence) == (0, 1)


def test_what_a_calendar_does_not_show_leaves_its_entry_alone(announced, office):
    webinar = announced()
    before = webinar.calendar_sequence

    services.change_webinar(webinar, content(presenters="Jan Lis"), actor=office)

    assert webinar.calendar_sequence == before


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"minutes": 0}, WrongLength),
        ({"minutes": None}, WrongLength),
        ({"minutes": 1441}, WrongLength),
        ({"starts_at": datetime(2026, 4, 15, 6, 0, tzinfo=UTC)}, StartsInThePast),
        ({"join_link": "javascript:alert(1)"}, NotAWebAddress),
        ({"join_link": "https://"}, NotAWebAddress),
        ({"join_link": "https://a b.example/"}, NotAWebAddress),
        ({"outside_link": "ftp://files.example/"}, NotAWebAddress),
        ({"series_id": 99}, SeriesHasEnded),
    ],
)
def test_what_cannot_be_is_refused(office, clock, values, refusal):
    with pytest.raises(refusal):
        services.write_webinar(content(**values), actor=office)


def test_the_history_tells_what_changed_and_never_the_link_to_join(draft, office):
    webinar = draft()
    services.change_webinar(
        webinar, content(minutes=60, join_link="https://rooms.example/other"), actor=office
    )
    services.announce(webinar, actor=office)

    events = [(event.event, event.data, personal) for event, personal in story_of(webinar)]

    assert [name for name, _, _ in events] == ["webinar.announced", "webinar.changed", "webinar.written"]
    assert events[1][1] == {"before": {"minutes": 90}, "after": {"minutes": 60}, "join_link_changed": True}
    assert events[2][2] == {"presenters": "Ewa Żak"}
    assert "rooms.example" not in repr(events)


def test_a_copy_is_a_draft_on_the_same_weekday_with_time_to_announce_it(announced, office, clock):
    series = services.make_series(SeriesContent("Mocni"), actor=office)
    webinar = announced(series_id=series.id, explains=())
    clock.move_to(datetime(2026, 10, 22, 8, 0, tzinfo=UTC))

    copy = services.copy_webinar(webinar, actor=office)

    assert (copy.title, copy.status, copy.join_link) == (webinar.title, WebinarStatus.DRAFT, None)
    assert (copy.series_id, copy.position) == (series.id, 2)
    assert copy.starts_at == datetime(2026, 11, 4, 9, 0, tzinfo=UTC)  # a Wednesday at ten, in winter time now


def test_only_a_draft_is_discarded(draft, announced, office):
    first, second = draft(), announced()

    services.discard_draft(first, actor=office)
    with pytest.raises(OnlyDrafts):
        services.discard_draft(second, actor=office)

    assert db.session.query(Webinar).all() == [second]


def test_an_event_of_others_is_moved_and_called_off_without_ado_and_one_of_our_own_is_not(announced, office):
    ours = announced()
    theirs = announced("Kongres", is_outside=True, outside_link="https://congress.example/", join_link=None)

    moved = replace(content(), title="Kongres", is_outside=True, outside_link="https://congress.example/",
                    join_link=None, starts_at=STARTS + timedelta(days=2))  # fmt: skip
    services.change_webinar(theirs, moved, actor=office)
    services.withdraw(theirs, actor=office)

    assert (theirs.status, theirs.calendar_sequence) == (WebinarStatus.CANCELLED, 2)
    with pytest.raises(NotOutside):
        services.withdraw(ours, actor=office)


# --- What happens by itself -------------------------------------------------------------------------------


def test_a_webinar_is_held_once_it_is_over_and_archived_half_a_year_later(app, announced, clock):
    webinar = announced()

    with pytest.raises(NotOverYet):
        services.note_as_held(webinar)
    clock.move_to(STARTS + timedelta(minutes=89))
    assert services.note_held() == 0
    clock.move_to(STARTS + timedelta(minutes=90))
    assert (services.note_held(), services.note_held()) == (1, 0)
    assert (webinar.status, webinar.held_at) == (WebinarStatus.HELD, clock.now)
    clock.move_to(STARTS + timedelta(days=180))
    assert services.archive_old() == 0
    clock.tick(seconds=1)
    assert (services.archive_old(), services.archive_old()) == (1, 0)
    assert webinar.status is WebinarStatus.ARCHIVED


def test_the_jobs_say_what_they_did(app, announced, clock):
    from core.jobs import known_jobs

    announced()
    clock.move_to(STARTS + timedelta(days=1))

    jobs = known_jobs(app)

    assert (jobs["webinars.held"].run(), jobs["webinars.archive"].run()) == ("1 held", "0 archived")


# --- Series -----------------------------------------------------------------------------------------------


def test_webinars_of_a_series_stand_in_the_order_the_office_gives_them(draft, office):
    series = services.make_series(SeriesContent("Mocni w partnerstwie"), actor=office)
    first, second, third = (draft(title, series_id=series.id) for title in ("A", "B", "C"))

    services.move_within_series(third, earlier=True, actor=office)
    services.move_within_series(first, earlier=True, actor=office)

    assert [one.title for one in webinars_of(series)] == ["A", "C", "B"]
    assert [one.position for one in (first, third, second)] == [1, 2, 3]


def test_a_series_keeps_its_address_and_its_name_is_its_own(office, clock, app):
    series = services.make_series(SeriesContent("Mocni w partnerstwie"), actor=office)
    twin = services.make_series(SeriesContent("Mocni – w partnerstwie!"), actor=office)

    services.change_series(series, SeriesContent("Silni razem"), actor=office)

    assert (series.slug, twin.slug) == ("mocni-w-partnerstwie", "mocni-w-partnerstwie-2")
    with pytest.raises(SeriesExists):
        services.make_series(SeriesContent("Silni razem"), actor=office)


def test_a_series_begins_with_a_webinar_of_its_own_until_that_goes_elsewhere(draft, office):
    series = services.make_series(SeriesContent("Mocni"), actor=office)
    own, other = draft(series_id=series.id), draft()

    services.change_series(series, SeriesContent("Mocni", introduction_id=own.id), actor=office)
    assert series.introduction_id == own.id
    with pytest.raises(NotOfSeries):
        services.change_series(series, SeriesContent("Mocni", introduction_id=other.id), actor=office)
    services.change_webinar(own, content(series_id=None), actor=office)

    assert series.introduction_id is None


def test_a_series_ends_when_nothing_of_it_is_to_come_and_takes_nothing_new(draft, office, clock):
    series = services.make_series(SeriesContent("Mocni"), actor=office)
    webinar = draft(series_id=series.id)

    with pytest.raises(SeriesHasWebinarsToCome):
        services.end_series(series, actor=office)
    services.discard_draft(webinar, actor=office)
    services.end_series(series, actor=office)
    with pytest.raises(SeriesHasEnded):
        draft(series_id=series.id)
    services.reopen_series(series, actor=office)

    assert draft(series_id=series.id).series is series


# --- Materials --------------------------------------------------------------------------------------------


def test_files_of_a_discarded_draft_go_with_it(draft, office):
    webinar = draft()
    services.add_material(webinar, title="Slides", file=SentFile("slides.pdf", pdf()), actor=office)
    db.session.commit()

    services.discard_draft(webinar, actor=office)

    assert db.session.scalars(select(StoredFile)).all() == []


def test_material_is_a_link_or_a_file_whose_content_is_what_its_name_says(draft, office):
    from core.file_kinds import UnacceptableFile

    webinar = draft()

    link = services.add_material(webinar, title="Read on", link="https://reading.example/", actor=office)
    file = services.add_material(webinar, title="Slides", file=SentFile("slides.pdf", pdf()), actor=office)

    assert [(one.title, one.link, one.file_name) for one in webinar.materials] == [
        ("Read on", "https://reading.example/", None),
        ("Slides", None, "slides.pdf"),
    ]
    for wrong in (
        SentFile("slides.pdf", b"<html>"),
        SentFile("slides.exe", b"MZ"),
        SentFile("a.docx", zipped({})),
    ):
        with pytest.raises(UnacceptableFile):
            services.add_material(webinar, title="Wrong", file=wrong, actor=office)
    with pytest.raises(LinkOrFile):
        services.add_material(webinar, title="Neither", actor=office)
    with pytest.raises(NotAWebAddress):
        services.add_material(webinar, title="Runs", link="javascript:alert(1)", actor=office)
    services.remove_material(webinar, file, actor=office)
    assert webinar.materials == [link]


def test_whoever_listens_hears_what_changed_of_an_announced_webinar_only(app, draft, announced, office):
    from webinars.changes import on_change

    heard = []
    on_change(app, lambda webinar, fields, actor: heard.append((webinar.title, set(fields), actor)))
    first, second = draft("Draft"), announced("Announced")

    services.change_webinar(first, content("Draft", minutes=60), actor=office)
    services.change_webinar(second, content("Announced", join_link=f"{LINK}-2", capacity=5), actor=office)

    app.extensions["gromada_webinar_changes"].pop()
    assert heard == [("Announced", {"join_link", "capacity"}, office)]
