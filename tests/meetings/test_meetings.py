"""Meetings: called, moved, held, called off; and who hears of it."""

import email
from datetime import date, time
from email import policy

import pytest
from icalendar import Calendar
from sqlalchemy.exc import IntegrityError

from core.audit import story_of
from core.calendars import Method
from core.database import db
from core.sending import as_message
from core.uploads import SentFile
from meetings import services
from meetings.errors import (
    CalledOff,
    DayIsOver,
    EverybodyInvited,
    NobodyCame,
    NobodyToInvite,
    NotHeldYet,
    SameMeeting,
    TooLong,
)
from meetings.models import MeetingKind, MeetingState
from meetings.queries import count_held, in_order
from meetings.services import Outcome, When
from partnerships.errors import PartnershipClosed
from partnerships.files.models import FileClass
from partnerships.files.services import change
from partnerships.services import close_partnership
from tests.support.documents import pdf

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
NEXT_WEEK = date(2026, 4, 22)
LATER = date(2026, 5, 6)
CAME = Outcome(people_count=12, summary="We agreed on the need for courses.", next_steps="Library: rooms")


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def partnership(make):
    """With three members: one with its own contact, one with an office mailbox, one nobody can write to."""
    partnership = make.partnership("Together", leader=make.user("Anna Lis", email="anna@gromada.example"))
    first, second, _ = (
        make.member(partnership, make.organisation(name)) for name in ("Library", "School", "OSP")
    )
    first.contact_email = "library@gmina.example"
    second.organisation.office_email = "school@gmina.example"
    db.session.commit()
    return partnership


def when(held_on=NEXT_WEEK, starts_at=time(17), minutes=90, place="Library", agenda="Needs"):
    return When(held_on, starts_at, minutes, place, agenda)


def calendar_of(mail) -> Calendar:
    return Calendar.from_ical(mail.calendar)


# --- The initiating one is unique and the first ----------------------------------------------------------


def test_the_first_meeting_is_the_initiating_one(make, partnership):
    actor = make.user()

    first = services.record_meeting(partnership, when(YESTERDAY), CAME, actor=actor)
    second = services.call_meeting(partnership, when(NEXT_WEEK), invite=False, actor=actor)

    assert (first.kind, second.kind) == (MeetingKind.INITIATING, MeetingKind.REGULAR)


def test_an_earlier_meeting_entered_later_becomes_the_initiating_one(make, partnership):
    actor = make.user()
    entered_first = services.record_meeting(partnership, when(YESTERDAY), CAME, actor=actor)

    held_first = services.record_meeting(partnership, when(date(2026, 3, 2)), CAME, actor=actor)

    assert (held_first.kind, entered_first.kind) == (MeetingKind.INITIATING, MeetingKind.REGULAR)
    assert [event.event for event, _ in story_of(partnership)].count("meeting.initiating") == 1


def test_when_the_initiating_meeting_is_called_off_the_next_one_initiates(make, partnership):
    actor = make.user()
    first = services.call_meeting(partnership, when(NEXT_WEEK), invite=False, actor=actor)
    second = services.call_meeting(partnership, when(LATER), invite=False, actor=actor)

    services.call_off(first, reason="", actor=actor)

    assert second.kind is MeetingKind.INITIATING
    assert list(in_order(partnership)) == [second]


def test_the_database_itself_knows_one_initiating_meeting(make, partnership):
    actor = make.user()
    services.call_meeting(partnership, when(NEXT_WEEK), invite=False, actor=actor)
    other = services.call_meeting(partnership, when(LATER), invite=False, actor=actor)
    db.session.commit()

    other.kind = MeetingKind.INITIATING
    with pytest.raises(IntegrityError):
        db.session.flush()


# --- What is refused, with a sentence and without a trace ------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (when(YESTERDAY), DayIsOver),
        (when(minutes=0), TooLong),
        (when(minutes=-30), TooLong),
        (when(minutes=10_000), TooLong),
    ],
)
def test_a_meeting_that_cannot_be_is_not_called(make, partnership, wanted, refusal):
    with pytest.raises(refusal):
        services.call_meeting(partnership, wanted, invite=False, actor=make.user())
    db.session.rollback()

    assert list(in_order(partnership)) == []


@pytest.mark.parametrize("people", [None, 0, -3, 10_001])
def test_a_meeting_to_which_nobody_came_is_none(make, partnership, people):
    with pytest.raises(NobodyCame):
        services.record_meeting(partnership, when(YESTERDAY), Outcome(people), actor=make.user())


def test_a_meeting_is_recorded_once_it_was_held(make, partnership):
    with pytest.raises(NotHeldYet):
        services.record_meeting(partnership, when(NEXT_WEEK), CAME, actor=make.user())


def test_sent_twice_it_is_entered_once(make, partnership):
    actor = make.user()
    services.call_meeting(partnership, when(), invite=False, actor=actor)

    with pytest.raises(SameMeeting):
        services.call_meeting(partnership, when(), invite=False, actor=actor)


def test_a_closed_partnership_does_not_meet(make, partnership):
    close_partnership(partnership, closed_on=TODAY, reason="", actor=make.office())

    with pytest.raises(PartnershipClosed):
        services.call_meeting(partnership, when(), invite=False, actor=make.office())


def test_to_a_meeting_of_this_morning_a_closed_partnership_invites_nobody(make, partnership, outbox):
    office = make.office()
    meeting = services.call_meeting(partnership, when(TODAY, time(7)), invite=False, actor=office)
    close_partnership(partnership, closed_on=TODAY, reason="Ended", actor=office)
    told = len(outbox())

    with pytest.raises(PartnershipClosed):
        services.send_invitations(meeting, actor=office)

    assert len(outbox()) == told


def test_a_meeting_called_off_is_neither_moved_nor_recorded(make, partnership):
    actor = make.user()
    meeting = services.call_meeting(partnership, when(), invite=False, actor=actor)
    services.call_off(meeting, reason="Flood", actor=actor)

    for deed in (
        lambda: services.change_meeting(meeting, when(LATER), actor=actor),
        lambda: services.record_outcome(meeting, CAME, actor=actor),
        lambda: services.send_invitations(meeting, actor=actor),
        lambda: services.call_off(meeting, reason="", actor=actor),
    ):
        with pytest.raises(CalledOff):
            deed()


def test_without_any_address_nobody_is_invited(make):
    partnership = make.partnership(led=False)

    with pytest.raises(NobodyToInvite):
        services.call_meeting(partnership, when(), invite=True, actor=make.user())


# --- Invitations and calendars ---------------------------------------------------------------------------


def test_members_get_an_invitation_with_an_entry_for_their_calendar(make, partnership, outbox):
    services.call_meeting(partnership, when(), invite=True, actor=make.user("Ola Sowa"))

    mails = {mail.to_address: mail for mail in outbox()}
    assert set(mails) == {"anna@gromada.example", "library@gmina.example", "school@gmina.example"}
    calendar = calendar_of(mails["library@gmina.example"])
    (event,) = calendar.events
    assert calendar["method"] == Method.REQUEST
    assert event["dtstart"].dt.isoformat() == "2026-04-22T17:00:00+02:00"
    assert event["dtend"].dt.isoformat() == "2026-04-22T18:30:00+02:00"
    assert (event["sequence"], str(event["location"])) == (0, "Library")
    assert event["attendee"] == "mailto:library@gmina.example"


def test_the_entry_travels_inside_the_mail_and_as_a_file(make, partnership, outbox, config):
    services.call_meeting(partnership, when(), invite=True, actor=make.user())
    mail = outbox()[0]

    message = email.message_from_bytes(as_message(mail, config).as_bytes(), policy=policy.default)

    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds.count("text/calendar") == 1
    assert kinds.count("application/ics") == 1
    inside = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert inside.get_param("method") == "REQUEST"


def test_a_moved_meeting_moves_the_same_entry(make, partnership, outbox):
    actor = make.user()
    meeting = services.call_meeting(partnership, when(), invite=True, actor=actor)
    invited = calendar_of(outbox()[0]).events[0]

    assert services.change_meeting(meeting, when(LATER), actor=actor)

    moved = calendar_of(outbox()[-1]).events[0]
    assert moved["uid"] == invited["uid"]
    assert (invited["sequence"], moved["sequence"]) == (0, 1)
    assert moved["dtstart"].dt.date() == LATER


def test_saving_without_a_change_tells_nobody(make, partnership, outbox):
    actor = make.user()
    meeting = services.call_meeting(partnership, when(), invite=True, actor=actor)
    before = len(outbox())

    assert not services.change_meeting(meeting, when(), actor=actor)
    assert len(outbox()) == before


def test_a_meeting_called_off_leaves_the_calendars(make, partnership, outbox):
    actor = make.user()
    meeting = services.call_meeting(partnership, when(), invite=True, actor=actor)

    services.call_off(meeting, reason="Flood", actor=actor)

    calendar = calendar_of(outbox()[-1])
    (event,) = calendar.events
    assert (calendar["method"], event["status"], event["sequence"]) == (Method.CANCEL, "CANCELLED", 1)
    assert "Flood" in outbox()[-1].body


def test_who_joined_since_is_invited_and_nobody_else(make, partnership, outbox):
    actor = make.user()
    meeting = services.call_meeting(partnership, when(), invite=True, actor=actor)
    make.member(partnership, make.organisation("Museum")).contact_email = "museum@gmina.example"
    db.session.commit()

    assert services.send_invitations(meeting, actor=actor) == 1

    assert [mail.to_address for mail in outbox()[3:]] == ["museum@gmina.example"]
    assert story_of(partnership)[0][0].data["guests"] == 1
    with pytest.raises(EverybodyInvited):
        services.send_invitations(meeting, actor=actor)


def test_who_was_invited_and_left_hears_that_it_is_called_off(make, partnership, outbox):
    actor = make.user()
    meeting = services.call_meeting(partnership, when(), invite=True, actor=actor)
    member = next(one for one in partnership.members if one.contact_email)
    member.left_on = TODAY
    make.member(partnership, make.organisation("Museum")).contact_email = "museum@gmina.example"
    db.session.commit()

    services.call_off(meeting, reason="Flood", actor=actor)

    told = {mail.to_address for mail in outbox() if mail.template == "meetings/mail/called_off"}
    assert told == {"anna@gromada.example", "library@gmina.example", "school@gmina.example"}


def test_a_changed_agenda_is_no_new_date(make, partnership, outbox):
    actor = make.user()
    meeting = services.call_meeting(partnership, when(), invite=True, actor=actor)

    services.change_meeting(meeting, when(agenda="Needs and rooms"), actor=actor)

    mail = next(one for one in outbox()[3:] if one.to_address == "anna@gromada.example")
    assert mail.subject.endswith("the meeting on 22 Apr 2026 has changed")
    assert "Before:" not in mail.body


def test_a_changed_hour_is_told_with_the_one_before(make, partnership, outbox):
    actor = make.user()
    meeting = services.call_meeting(partnership, when(), invite=True, actor=actor)

    services.change_meeting(meeting, when(starts_at=time(18)), actor=actor)

    mail = next(one for one in outbox()[3:] if one.to_address == "anna@gromada.example")
    assert "- Before: 22 Apr 2026, Library, 17:00\n- Now: 22 Apr 2026, Library, 18:00\n" in mail.body


def test_an_entry_keeps_its_organiser_whoever_changes_it(make, partnership, outbox):
    first, other = make.user(email="first@gromada.example"), make.user(email="other@gromada.example")
    meeting = services.call_meeting(partnership, when(), invite=True, actor=first)

    services.change_meeting(meeting, when(LATER), actor=other)

    moved = outbox()[-1]
    assert calendar_of(moved).events[0]["organizer"] == "mailto:first@gromada.example"
    assert moved.reply_to == "other@gromada.example"


def test_an_evening_over_the_clock_change_lasts_as_long_as_ever(make, partnership, outbox):
    spring = when(date(2027, 3, 28), time(1, 30), minutes=120)

    meeting = services.call_meeting(partnership, spring, invite=True, actor=make.user())

    assert (meeting.begins.isoformat(), meeting.ends.isoformat()) == (
        "2027-03-28T01:30:00+01:00",
        "2027-03-28T04:30:00+02:00",
    )


def test_a_meeting_with_a_day_alone_is_a_whole_day_in_the_calendar(make, partnership, outbox):
    services.call_meeting(partnership, when(starts_at=None, minutes=None), invite=True, actor=make.user())

    (event,) = calendar_of(outbox()[0]).events
    assert (event["dtstart"].dt, event["dtend"].dt) == (NEXT_WEEK, date(2026, 4, 23))


# --- What was held ---------------------------------------------------------------------------------------


def test_what_was_recorded_can_be_corrected_and_both_are_kept(make, partnership):
    actor = make.user()
    meeting = services.record_meeting(partnership, when(YESTERDAY), CAME, actor=actor)

    services.record_outcome(meeting, Outcome(14, CAME.summary, CAME.next_steps), actor=actor)

    newest = story_of(partnership)[0][0]
    assert (newest.data["before"], newest.data["after"]) == ({"people_count": 12}, {"people_count": 14})
    assert meeting.state is MeetingState.HELD


def test_minutes_are_kept_byte_for_byte_and_a_newer_file_takes_their_place(make, partnership):
    actor = make.user()
    meeting = services.record_meeting(
        partnership,
        when(YESTERDAY),
        CAME,
        minutes_file=SentFile("minutes.pdf", pdf(words="First")),
        actor=actor,
    )
    kept = meeting.minutes_file

    services.record_outcome(meeting, CAME, minutes_file=SentFile("new.pdf", pdf(words="Second")), actor=actor)

    assert meeting.minutes_file is kept
    assert kept.file_name == "new.pdf"


def test_newer_minutes_are_not_public_because_the_former_ones_were(make, partnership):
    actor = make.user()
    meeting = services.record_meeting(
        partnership,
        when(YESTERDAY),
        CAME,
        minutes_file=SentFile("minutes.pdf", pdf(words="First")),
        actor=actor,
    )
    kept = meeting.minutes_file
    assert kept is not None
    change(kept, title="Minutes", file_class=FileClass.PUBLIC, actor=actor)

    services.record_outcome(meeting, CAME, minutes_file=SentFile("new.pdf", pdf(words="Second")), actor=actor)

    assert (kept.file_name, kept.file_class) == ("new.pdf", FileClass.PARTNERSHIP)


def test_only_meetings_held_are_counted(make, partnership):
    actor = make.user()
    services.record_meeting(partnership, when(YESTERDAY), CAME, actor=actor)
    mistaken = services.record_meeting(partnership, when(date(2026, 3, 3)), CAME, actor=actor)
    services.call_meeting(partnership, when(NEXT_WEEK), invite=False, actor=actor)

    services.call_off(mistaken, reason="Entered twice", actor=actor)

    assert count_held([partnership.id]) == {partnership.id: 1}


def test_the_office_acts_on_behalf_of_the_leader(make, partnership):
    services.call_meeting(partnership, when(), invite=False, actor=make.office())

    (event, _), *_rest = story_of(partnership)
    assert event.on_behalf_of_id == partnership.leader(TODAY).id
