"""A webinar that moves: old and new time at once, the entry moves, seats are confirmed or go to who waits."""

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from core import clock as time
from core.database import db
from tests.support.calendar_programs import CalendarProgram
from tests.webinars.registrations.conftest import STARTS, guest_seat
from webinars.errors import ShortNotice
from webinars.models import Webinar, WebinarForm, WebinarStatus
from webinars.registrations import jobs, moving, queries, services
from webinars.registrations.errors import ConfirmTooLate, HasBegun, IsCancelled, NoReason, NotAhead, SameTime
from webinars.registrations.models import RegistrationStatus
from webinars.registrations.moving import NewTime
from webinars.services import Content, change_webinar
from webinars.services.writing import content_of

LATER = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)


def calendar_of(address: str, mails) -> CalendarProgram:
    calendar = CalendarProgram(address)
    for mail in mails:
        if mail.to_address == address and mail.calendar:
            calendar.take(mail.calendar)
    return calendar


def test_everybody_gets_old_and_new_time_at_once_and_the_entry_moves(make, webinar, outbox):
    office, person, coming = make.office("Ola Biuro"), make.user("Anna Nowak"), webinar()
    services.register(coming, person)

    told = moving.move(coming, NewTime(LATER, 60, "The speaker is ill"), actor=office)

    assert told == 1
    mail = outbox()[-1]
    assert mail.subject == "New time: Granty na sprzęt"
    assert "- Before: Wednesday, 6 May 2026, 10:00–11:30" in mail.body
    assert "- Now: Wednesday, 13 May 2026, 10:00–11:00" in mail.body
    assert "Why: The speaker is ill" in mail.body
    assert "Confirm by 11 May 2026, 10:00" in mail.body
    assert (mail.reply_to, mail.status.value) == (office.email, "queued")
    [entry] = calendar_of(person.email, outbox()).events.values()
    assert (entry.begins, entry.ends) == (LATER, LATER + timedelta(minutes=60))
    assert (coming.status, coming.moved_from, coming.reconfirm_by) == (
        WebinarStatus.MOVED, STARTS, LATER - timedelta(days=2),
    )  # fmt: skip
    assert queries.seat_of(coming, person).status is RegistrationStatus.MUST_RECONFIRM


def test_both_parsers_read_one_uid_with_a_higher_sequence_each_time(make, webinar, outbox):
    office, person, coming = make.office(), make.user(), webinar()
    seat = services.register(coming, person)
    moving.move(coming, NewTime(LATER, 90), actor=office)
    moving.confirm(seat, actor=person)
    moving.call_off(coming, reason="Nobody is well", actor=office)

    files = [
        icalendar.Calendar.from_ical(mail.calendar) for mail in outbox() if mail.to_address == person.email
    ]
    events = [next(iter(one.walk("VEVENT"))) for one in files]

    assert {str(event["uid"]) for event in events} == {f"webinar-{coming.id}"}
    sequences = [int(str(event["sequence"])) for event in events]
    assert sequences == sorted(set(sequences))
    assert [str(one["method"]) for one in files] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    [entry] = calendar_of(person.email, outbox()).events.values()
    assert entry.is_cancelled


@pytest.mark.parametrize(
    ("days", "until"),
    [(20, timedelta(days=18)), (5, timedelta(days=3)), (4, timedelta(days=2)), (3, timedelta(hours=36)), (1, timedelta(hours=12))],
)  # fmt: skip
def test_by_itself_people_have_until_two_days_before_or_half_the_time_left(make, webinar, clock, days, until):
    office, coming = make.office(), webinar()
    guest_seat(coming, "ewa@example.org")

    moving.move(coming, NewTime(clock.now + timedelta(days=days), 90, "Reason"), actor=office)

    assert coming.reconfirm_by == clock.now + until


def test_short_notice_needs_a_reason(make, webinar, clock):
    office, coming = make.office(), webinar()
    soon = clock.now + timedelta(days=6)

    with pytest.raises(ShortNotice):
        moving.move(coming, NewTime(soon, 90), actor=office)
    db.session.rollback()
    moving.move(coming, NewTime(soon, 90, "The hall is flooded"), actor=office)

    assert (coming.short_notice_reason, coming.notice_days) == ("The hall is flooded", 6)


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NewTime(datetime(2026, 4, 15, 10, 0, tzinfo=UTC), 90, "R"), NotAhead),
        (NewTime(STARTS, 90, "R"), SameTime),
        (NewTime(LATER, 90, "R", confirm_by=LATER), ConfirmTooLate),
        (NewTime(LATER, 90, "R", confirm_by=datetime(2026, 4, 15, 9, 0, tzinfo=UTC)), ConfirmTooLate),
    ],
)
def test_a_time_that_makes_no_sense_is_refused(make, webinar, new, refusal):
    office, coming = make.office(), webinar()

    with pytest.raises(refusal):
        moving.move(coming, new, actor=office)


def test_a_guest_confirms_with_one_button_and_the_new_time_stands(make, visit, webinar, outbox):
    office, coming = make.office(), webinar()
    seat = guest_seat(coming, "ewa@example.org")
    moving.move(coming, NewTime(LATER, 90), actor=office)
    links = re.findall(r"http://localhost(/\S+)", outbox()[-1].body)

    page = visit().open(links[0])
    assert seat.status is RegistrationStatus.MUST_RECONFIRM
    page = page.submit("I come at the new time")

    db.session.expire_all()
    assert "Your seat at the new time is kept." in page.text
    assert (seat.status, coming.status, coming.reconfirm_by) == (
        RegistrationStatus.REGISTERED, WebinarStatus.ANNOUNCED, None,
    )  # fmt: skip


def test_a_person_with_an_account_confirms_without_signing_in(make, visit, webinar, outbox):
    office, person, coming = make.office(), make.user(), webinar()
    seat = services.register(coming, person)
    moving.move(coming, NewTime(LATER, 90), actor=office)
    link = re.findall(r"http://localhost(/do/\S+)", outbox()[-1].body)[0]

    visit().open(link).submit("I come at the new time")

    db.session.expire_all()
    assert seat.status is RegistrationStatus.REGISTERED


def test_seats_nobody_confirmed_go_to_who_waits_when_the_day_has_passed(make, webinar, outbox, clock):
    office, people, coming = make.office(), [make.user() for _ in range(4)], webinar(capacity=2)
    taken = [services.register(coming, person) for person in people]
    moving.move(coming, NewTime(LATER, 90), actor=office)
    moving.confirm(taken[0], actor=people[0])
    db.session.commit()

    clock.move_to(coming.reconfirm_by - timedelta(seconds=1))
    jobs.release_seats()
    db.session.expire_all()
    assert [one.status.value for one in taken] == ["registered", "must_reconfirm", "waitlisted", "waitlisted"]
    clock.tick(seconds=2)
    jobs.release_seats()
    jobs.release_seats()

    db.session.expire_all()
    assert [one.status.value for one in taken] == ["registered", "cancelled", "registered", "waitlisted"]
    assert coming.status is WebinarStatus.ANNOUNCED
    told = [(mail.to_address, mail.subject.split(":")[0]) for mail in outbox()][-2:]
    assert told == [
        (people[1].email, "Your seat is free for others now"),
        (people[2].email, "A seat is yours"),
    ]
    [entry] = calendar_of(people[1].email, outbox()).events.values()
    assert entry.is_cancelled


def test_who_waits_is_told_of_the_move_and_need_not_confirm(make, webinar, outbox):
    office, people, coming = make.office(), [make.user() for _ in range(2)], webinar(capacity=1)
    for person in people:
        services.register(coming, person)

    moving.move(coming, NewTime(LATER, 90), actor=office)

    mail = next(
        mail
        for mail in outbox()
        if mail.subject.startswith("New time") and mail.to_address == people[1].email
    )
    assert "You keep your place on the waiting list" in mail.body
    assert mail.calendar is None


def test_moved_again_everybody_is_asked_once_more(make, webinar, outbox):
    office, person, coming = make.office(), make.user(), webinar()
    seat = services.register(coming, person)
    moving.move(coming, NewTime(LATER, 90), actor=office)
    moving.move(coming, NewTime(LATER + timedelta(days=7), 90), actor=office)

    assert seat.status is RegistrationStatus.MUST_RECONFIRM
    assert [mail.subject.split(":")[0] for mail in outbox()].count("New time") == 2
    [entry] = calendar_of(person.email, outbox()).events.values()
    assert entry.begins == LATER + timedelta(days=7)


def test_with_nobody_registered_the_new_time_stands_at_once(make, webinar):
    office, coming = make.office(), webinar()

    moving.move(coming, NewTime(LATER, 90), actor=office)

    assert (coming.status, coming.moved_from) == (WebinarStatus.ANNOUNCED, STARTS)


@pytest.mark.parametrize(
    ("starts", "day", "shown"),
    [
        (datetime(2026, 10, 21, 8, 0, tzinfo=UTC), "2026-10-28", "10:00"),
        (datetime(2027, 3, 24, 9, 0, tzinfo=UTC), "2027-03-31", "10:00"),
    ],
)
def test_moved_across_a_change_of_clocks_it_keeps_the_hour_on_the_wall(
    make, visit, webinar, outbox, starts, day, shown
):
    office, person, coming = make.office(), make.user(), webinar(starts_at=starts)
    services.register(coming, person)

    visit(as_=office).open(f"/office/webinars/{coming.id}/move").submit("Move and tell everybody", day=day)

    db.session.expire_all()
    begins = time.local(coming.starts_at)
    assert (begins.date().isoformat(), f"{begins:%H:%M}") == (day, shown)
    [entry] = calendar_of(person.email, outbox()).events.values()
    assert entry.begins == coming.starts_at
    assert abs(entry.begins - starts - timedelta(days=7)) == timedelta(hours=1)


def test_the_office_sees_how_many_are_told_and_what_is_missing(make, visit, webinar):
    office, coming = make.office(), webinar()
    guest_seat(coming, "ewa@example.org")
    page = visit(as_=office).open(f"/office/webinars/{coming.id}/move")
    assert "One person gets old and new time in one mail at once" in page.text

    page = page.submit("Move and tell everybody", day="2026-04-18", expect=422)

    assert "Say why this one is not" in page.text


def test_cancelled_everybody_is_told_why_and_no_seat_is_one_any_more(make, visit, webinar, outbox):
    office, person, coming = make.office(), make.user(), webinar()
    services.register(coming, person)

    page = visit(as_=office).open(f"/office/webinars/{coming.id}/cancel")
    page = page.submit("Cancel the webinar", reason="The speaker is ill")

    db.session.expire_all()
    assert "The webinar is cancelled. One person is told by mail." in page.text
    mail = outbox()[-1]
    assert (mail.subject, mail.reply_to) == ("Cancelled: Granty na sprzęt", office.email)
    assert "Why: The speaker is ill" in mail.body
    assert (coming.status, coming.cancel_reason) == (WebinarStatus.CANCELLED, "The speaker is ill")
    assert queries.seats_taken(coming) == 0
    [entry] = calendar_of(person.email, outbox()).events.values()
    assert entry.is_cancelled


def test_cancelling_needs_a_reason_and_happens_once(make, webinar):
    office, coming = make.office(), webinar()

    with pytest.raises(NoReason):
        moving.call_off(coming, reason="", actor=office)
    moving.call_off(coming, reason="Ill", actor=office)
    with pytest.raises(IsCancelled):
        moving.call_off(coming, reason="Ill", actor=office)
    with pytest.raises(IsCancelled):
        moving.move(coming, NewTime(LATER, 90), actor=office)


def test_what_has_begun_moves_no_more(make, webinar, clock):
    office, coming = make.office(), webinar()
    clock.move_to(STARTS)

    with pytest.raises(HasBegun):
        moving.move(coming, NewTime(LATER, 90), actor=office)


def changed(webinar: Webinar, **values) -> Content:
    return Content(**{**content_of(webinar), **values})


def test_from_on_site_to_online_everybody_stays_registered_and_learns_the_link(make, webinar, outbox):
    office, person = make.office(), make.user()
    coming = webinar(form=WebinarForm.ON_SITE, place="Biblioteka", join_link=None)
    seat = services.register(coming, person)

    change_webinar(
        coming, changed(coming, form=WebinarForm.ONLINE, join_link="https://meet.example/x"), actor=office
    )

    assert (seat.status, coming.status) == (RegistrationStatus.REGISTERED, WebinarStatus.ANNOUNCED)
    mail = outbox()[-1]
    assert mail.subject == "Something changed: Granty na sprzęt"
    assert "The webinar is held online now." in mail.body
    assert "there is nothing to confirm" in mail.body
    [entry] = calendar_of(person.email, outbox()).events.values()
    assert entry.place == "https://meet.example/x"


def test_whoever_has_still_to_confirm_a_move_is_not_told_that_there_is_nothing_to_confirm(
    make, webinar, outbox
):
    office, first, second = make.office(), make.user(), make.user()
    coming = webinar(capacity=1)
    for person in (first, second):
        services.register(coming, person)
    moving.move(coming, NewTime(LATER, 90), actor=office)

    change_webinar(coming, changed(coming, join_link="https://meet.example/x"), actor=office)

    mails = {mail.to_address: mail.body for mail in outbox() if mail.subject.startswith("Something changed")}
    assert not [body for body in mails.values() if "nothing to confirm" in body]
    assert "Confirm by 11 May 2026, 10:00 with one button" in mails[first.email]
    assert "You keep your place on the waiting list" in mails[second.email]
    assert "Confirm by" not in mails[second.email]


def test_a_better_title_is_no_news_and_reaches_calendars_with_the_reminder(make, webinar, outbox, clock):
    office, person, coming = make.office(), make.user(), webinar()
    services.register(coming, person)

    change_webinar(coming, changed(coming, title="Granty na komputery"), actor=office)
    assert len(outbox()) == 1
    clock.move_to(STARTS - timedelta(minutes=55))
    jobs.send_reminders()

    [entry] = calendar_of(person.email, outbox()).events.values()
    assert entry.title == "Granty na komputery"
