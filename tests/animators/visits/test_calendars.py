"""What calendars make of the files: read by icalendar and by a program of the tests' own."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from animators.visits import services
from animators.visits.slots import Slot
from animators.visits.states import entered_by_phone
from core.agenda import agenda_of
from core.database import db
from partnerships.models import AssignmentKind
from tests.animators.visits.conftest import slot
from tests.support.calendar_programs import CalendarProgram, read

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def page(app):
    """Addresses are made while a page is."""
    with app.test_request_context():
        yield


def files_for(person, outbox):
    return [mail.calendar for mail in outbox() if mail.to_name == person.name and mail.calendar]


def test_a_calendar_reads_all_files_of_a_visit_as_one_event_entered_moved_and_cancelled(sides, outbox):
    visit = services.propose(sides.partnership, [slot(14)], visit_no=1, actor=sides.animator)
    services.accept(visit.slots[0], actor=sides.leader)
    services.ask_to_move(visit, [slot(20)], reason="", actor=sides.leader)
    services.accept(visit.slots[-1], actor=sides.animator)
    services.enter_agreed(visit, slot(25, 9), actor=sides.animator)
    services.cancel(visit, reason="Flood", actor=sides.leader)

    for person in (sides.leader, sides.animator):
        calendar, seen = CalendarProgram(person.mail_address), []
        for file in files_for(person, outbox):
            calendar.take(file)
            (event,) = calendar.events.values()
            seen.append((event.sequence, event.begins, event.ends - event.begins, event.is_cancelled))
        four_hours = timedelta(hours=4)
        assert seen == [
            (0, slot(14).starts_at, four_hours, False),
            (1, slot(20).starts_at, four_hours, False),
            (2, slot(25, 9).starts_at, four_hours, False),
            (3, slot(25, 9).starts_at, four_hours, True),
        ]
        (event,) = calendar.events.values()
        assert (event.title, event.place) == ("Visit 1: Żółta Gęś", "Library, Long Street 1")


def test_icalendar_reads_the_same(sides, outbox):
    visit = services.enter_agreed(sides.partnership, slot(14), visit_no=1, actor=sides.leader)
    services.cancel(visit, reason="Flood", actor=sides.leader)

    first, last = (Calendar.from_ical(file) for file in files_for(sides.animator, outbox))

    entered, taken_out = first.events[0], last.events[0]
    assert (first["method"], last["method"]) == ("REQUEST", "CANCEL")
    assert entered["uid"] == taken_out["uid"] == visit.calendar_uid
    assert (entered["sequence"], taken_out["sequence"]) == (0, 1)
    assert (entered["status"], taken_out["status"]) == ("CONFIRMED", "CANCELLED")
    assert (entered["dtstart"].dt, entered["dtend"].dt) == (slot(14).starts_at, slot(14).ends_at)
    assert entered["organizer"] == "mailto:gromada@gromada.example"
    assert entered["attendee"].lower() == f"mailto:{sides.animator.mail_address}"


def test_an_objection_takes_the_event_out_and_a_new_date_brings_the_same_one_back(sides, outbox):
    visit = services.enter_agreed(sides.partnership, slot(14), visit_no=1, actor=sides.leader)
    entered = entered_by_phone(visit)
    assert entered is not None
    services.object_to(entered, note="", actor=sides.animator)
    services.enter_agreed(visit, slot(16), actor=sides.leader)

    calendar, seen = CalendarProgram(sides.animator.mail_address), []
    for file in files_for(sides.animator, outbox):
        calendar.take(file)
        (event,) = calendar.events.values()
        seen.append((event.begins, event.is_cancelled))

    assert seen == [(slot(14).starts_at, False), (slot(14).starts_at, True), (slot(16).starts_at, False)]


def test_an_older_file_that_comes_late_changes_nothing(sides, outbox):
    visit = services.enter_agreed(sides.partnership, slot(14), visit_no=1, actor=sides.leader)
    services.enter_agreed(visit, slot(16), actor=sides.leader)
    older, newer = files_for(sides.animator, outbox)

    calendar = CalendarProgram(sides.animator.mail_address)
    calendar.take(newer)
    calendar.take(older)

    (event,) = calendar.events.values()
    assert event.begins == slot(16).starts_at


@pytest.mark.parametrize(
    ("begins", "in_utc"),
    [
        (datetime(2026, 10, 24, 23, tzinfo=WARSAW), "20261024T210000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=WARSAW), "20261025T003000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=WARSAW, fold=1), "20261025T013000Z"),
        (datetime(2027, 3, 27, 23, tzinfo=WARSAW), "20270327T220000Z"),
        (datetime(2027, 3, 28, 3, tzinfo=WARSAW), "20270328T010000Z"),
    ],
)
def test_a_visit_in_the_night_of_a_clock_change_has_its_time_and_its_length(
    sides, make, outbox, begins, in_utc
):
    date = Slot(begins.astimezone(UTC), 240, "Library")
    services.enter_agreed(sides.partnership, date, visit_no=1, actor=sides.leader)

    (file,) = files_for(sides.animator, outbox)

    event = next(part for part in read(file).parts if part.name == "VEVENT")
    assert event.one("DTSTART").value == in_utc
    assert event.one("DTEND").moment - event.one("DTSTART").moment == timedelta(hours=4)
    assert Calendar.from_ical(file).events[0]["dtstart"].dt == date.starts_at


def test_a_place_with_markup_and_signs_of_the_format_stays_text(sides, outbox):
    place = '<b>Hall</b>; ATTENDEE:x, \\n end\r\nMETHOD:CANCEL "quoted"'
    services.enter_agreed(sides.partnership, slot(place=place), visit_no=1, actor=sides.leader)

    calendar = CalendarProgram(sides.animator.mail_address)
    (file,) = files_for(sides.animator, outbox)
    calendar.take(file)

    (event,) = calendar.events.values()
    assert event.place == '<b>Hall</b>; ATTENDEE:x, \\n end METHOD:CANCEL "quoted"'
    mail = outbox()[0]
    assert "&lt;b&gt;Hall&lt;/b&gt;" in mail.html
    assert "<b>" not in mail.html


def test_the_agenda_holds_agreed_visits_and_proposed_dates_of_both_sides_and_nobody_elses(
    sides, make, clock, page
):
    visit = services.enter_agreed(sides.partnership, slot(14), visit_no=1, actor=sides.leader)
    services.propose(sides.partnership, [slot(20), slot(40)], visit_no=2, actor=sides.leader)
    db.session.commit()
    first, last = clock.now.date(), clock.now.date() + timedelta(days=30)

    for person in (sides.leader, sides.animator):
        found = [(one.entry.title, one.entry.begins, one.path) for one in agenda_of(person, first, last)]
        assert found == [
            ("Visit 1: Żółta Gęś", slot(14).starts_at, f"/visits/{visit.id}"),
            ("Proposed: visit 2, Żółta Gęś", slot(20).starts_at, f"/visits/{visit.id + 1}"),
        ]
    assert list(agenda_of(make.animator(), first, last)) == []


def test_a_visit_is_in_the_agenda_of_whoever_advises_on_its_day(sides, make, clock, page):
    cover = make.animator("Zofia Bóbr")
    make.assignment(sides.partnership.municipality, cover, kind=AssignmentKind.COVER, ends_on=slot(10).on)
    db.session.expire_all()
    services.enter_agreed(sides.partnership, slot(5), visit_no=1, actor=sides.leader)
    services.enter_agreed(sides.partnership, slot(14), visit_no=2, actor=sides.leader)
    db.session.commit()

    def visits(person):
        found = agenda_of(person, clock.now.date(), clock.now.date() + timedelta(days=30))
        return [one.entry.title for one in found if str(one.kind) == "Visit"]

    assert (visits(cover), visits(sides.animator)) == (["Visit 1: Żółta Gęś"], ["Visit 2: Żółta Gęś"])


def test_the_agenda_takes_as_many_queries_for_many_visits_as_for_one(make, count_queries, page):
    animator = make.animator()

    def one_more():
        partnership = make.partnership(animator=animator)
        services.enter_agreed(partnership, slot(14), visit_no=1, actor=animator)
        db.session.commit()

    def asked():
        db.session.expire_all()
        animator_again = db.session.get_one(type(animator), animator.id)
        with count_queries() as queries:
            list(agenda_of(animator_again, slot(1).on, slot(30).on))
        return queries.count

    one_more()
    few = asked()
    for _ in range(3):
        one_more()

    assert asked() == few
