"""Meetings that are called when municipalities change: nobody comes to one that nobody holds."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from core.audit import story_of
from core.calendars import Method
from core.database import db
from meetings.errors import SameMeeting
from meetings.invitations import not_yet_invited
from meetings.models import MeetingKind, PartnershipMeeting
from meetings.queries import in_order
from meetings.services import (
    Outcome,
    When,
    call_meeting,
    call_off,
    change_meeting,
    record_meeting,
    send_invitations,
)
from municipalities import followers
from municipalities.models import MunicipalityChange
from municipalities.services.changing import apply_change, decide, undo_change
from partnerships.models import Partnership
from partnerships.services import close_partnership
from tests.meetings.test_meetings import calendar_of
from tests.municipalities.ostrowice import Drawsko

TODAY = date(2026, 4, 15)
IN_MAY = TODAY + timedelta(days=20)


def called(
    drawsko: Drawsko, *, invite: bool = True, held_on: date = IN_MAY, starts_at: time | None = None
) -> PartnershipMeeting:
    when = When(held_on, starts_at, None, "Remiza")
    meeting = call_meeting(drawsko.ostrowice, when, invite=invite, actor=drawsko.leader)
    db.session.commit()
    return meeting


def closing(drawsko: Drawsko) -> MunicipalityChange:
    change = drawsko.divided()
    decide(change, {"successor": "close"}, actor=drawsko.office)
    db.session.commit()
    return change


def apply(change: MunicipalityChange, drawsko: Drawsko) -> None:
    apply_change(change, actor=drawsko.office)
    db.session.commit()


def said(change: MunicipalityChange) -> list[str]:
    return [
        line.text for topic in followers.preview(change) for line in topic.lines if "Meeting" in line.text
    ]


def rows() -> list[tuple[object, ...]]:
    table = PartnershipMeeting.__table__
    return [tuple(row) for row in db.session.execute(select(table).order_by(table.c.id))]


def test_a_meeting_to_come_goes_on_with_the_successor_and_comes_back(drawsko, visit):
    meeting = called(drawsko)
    before = rows()

    change = drawsko.merged()

    assert [one.id for one in in_order(drawsko.drawsko)] == [meeting.id]
    assert in_order(drawsko.ostrowice) == []
    page = visit(as_=drawsko.leader).open(f"/partnerships/{drawsko.drawsko.id}/meetings")
    assert "5 May 2026" in page.headings

    undo_change(change, actor=drawsko.office)
    db.session.commit()

    assert rows() == before


def told_of(partnership: Partnership) -> list[tuple[str, int | None]]:
    events = [event for event, _personal in story_of(partnership) if event.event.startswith("meeting.")]
    return [(event.event, event.record_id) for event in reversed(events)]


def test_both_histories_say_that_it_went_along(drawsko):
    meeting = called(drawsko, invite=False)

    drawsko.merged()

    assert told_of(drawsko.ostrowice) == [
        ("meeting.called", meeting.id),
        ("meeting.went_along", meeting.id),
    ]
    assert told_of(drawsko.drawsko) == [("meeting.went_along", meeting.id)]


def test_the_preview_says_where_it_goes_on(drawsko):
    called(drawsko)

    change = drawsko.divided()

    assert said(change) == ["Meeting of Cyfrowe Ostrowice on 5 May 2026: goes on with Drawsko w sieci"]


@pytest.fixture
def merged(drawsko, make) -> PartnershipMeeting:
    """One that went along with its three guests into a partnership that has a museum."""
    museum = make.member(
        drawsko.drawsko, make.organisation("Muzeum", municipality=drawsko.drawsko.municipality)
    )
    museum.contact_email = "muzeum@gmina.example"
    meeting = called(drawsko)
    drawsko.merged()
    return meeting


def invited(drawsko: Drawsko) -> list[str]:
    return sorted([drawsko.leader.mail_address, drawsko.deputy.mail_address, "biblioteka@gmina.example"])


def organisers(mails) -> set[str]:
    return {str(event["organizer"]) for mail in mails for event in calendar_of(mail).events}


def test_the_leader_of_the_successor_calls_it_off_and_those_invited_before_hear_of_it(
    drawsko, merged, outbox
):
    before = len(outbox())

    call_off(merged, reason="Too far", actor=drawsko.office)

    told = outbox()[before:]
    assert merged.called_off_at is not None
    assert sorted(mail.to_address for mail in told) == invited(drawsko)
    assert organisers(told) == {f"mailto:{drawsko.leader.mail_address}"}


def test_moved_after_the_merger_it_moves_for_those_invited_before(drawsko, merged, outbox):
    before = len(outbox())

    change_meeting(merged, When(IN_MAY + timedelta(days=1), None, None, "Remiza"), actor=drawsko.office)

    told = outbox()[before:]
    assert sorted(mail.to_address for mail in told) == invited(drawsko)
    assert {calendar_of(mail)["METHOD"] for mail in told} == {Method.REQUEST}
    assert organisers(told) == {f"mailto:{drawsko.leader.mail_address}"}


def test_an_organisation_in_both_is_told_where_the_successor_writes_to_it(drawsko, make, outbox):
    make.member(drawsko.drawsko, drawsko.library).contact_email = "filia@gmina.example"
    meeting = called(drawsko)
    drawsko.merged()
    before = len(outbox())

    change_meeting(meeting, When(IN_MAY + timedelta(days=1), None, None, "Remiza"), actor=drawsko.office)

    told = {mail.to_address: mail.template for mail in outbox()[before:]}
    assert told["filia@gmina.example"] == "meetings/mail/moved"
    assert "biblioteka@gmina.example" not in told


def test_only_those_of_the_successor_are_still_to_be_invited(drawsko, merged, outbox):
    assert send_invitations(merged, actor=drawsko.leader) == 1
    assert outbox()[-1].to_address == "muzeum@gmina.example"

    call_off(merged, reason="Too far", actor=drawsko.leader)

    told = [mail.to_address for mail in outbox() if mail.template == "meetings/mail/called_off"]
    assert sorted(told) == sorted([*invited(drawsko), "muzeum@gmina.example"])


def test_the_first_meeting_of_the_successor_stays_the_initiating_one(drawsko):
    mine = called(drawsko)
    when = When(date(2025, 1, 10), None, None, "Rynek")
    theirs = record_meeting(drawsko.drawsko, when, Outcome(people_count=8), actor=drawsko.other_leader)
    assert (mine.kind, theirs.kind) == (MeetingKind.INITIATING, MeetingKind.INITIATING)

    drawsko.merged()

    assert [(one.id, one.kind) for one in in_order(drawsko.drawsko)] == [
        (theirs.id, MeetingKind.INITIATING),
        (mine.id, MeetingKind.REGULAR),
    ]


def test_an_earlier_one_that_comes_along_initiates_a_partnership_that_has_not_met_yet(drawsko):
    mine = called(drawsko)
    later = When(IN_MAY + timedelta(days=5), None, None, "Rynek")
    theirs = call_meeting(drawsko.drawsko, later, invite=False, actor=drawsko.other_leader)
    before = rows()

    change = drawsko.merged()

    assert [(one.id, one.kind) for one in in_order(drawsko.drawsko)] == [
        (mine.id, MeetingKind.INITIATING),
        (theirs.id, MeetingKind.REGULAR),
    ]
    assert told_of(drawsko.drawsko)[-2:] == [
        ("meeting.went_along", mine.id),
        ("meeting.initiating", mine.id),
    ]
    undo_change(change, actor=drawsko.office)
    assert rows() == before


def test_of_a_partnership_that_closes_it_is_called_off_and_everybody_invited_is_told(drawsko, outbox):
    meeting = called(drawsko)
    change = closing(drawsko)
    assert said(change) == [
        (
            "Meeting of Cyfrowe Ostrowice on 5 May 2026: is called off, and those invited get a mail. "
            "If the change is undone, they are invited anew."
        )
    ]
    mails = len(outbox())

    apply(change, drawsko)

    told = [mail for mail in outbox()[mails:] if mail.calendar]
    assert meeting.called_off_at is not None
    assert sorted(mail.to_address for mail in told) == sorted(
        [drawsko.leader.mail_address, drawsko.deputy.mail_address, "biblioteka@gmina.example"]
    )
    assert {calendar_of(mail)["METHOD"] for mail in told} == {Method.CANCEL}


def test_when_that_is_undone_it_is_called_again_and_the_calendars_take_it_back(drawsko, outbox):
    meeting = called(drawsko)
    change = closing(drawsko)
    apply(change, drawsko)
    mails = len(outbox())

    undo_change(change, actor=drawsko.office)
    db.session.commit()

    again = [mail for mail in outbox()[mails:] if mail.calendar]
    [entry] = calendar_of(again[0]).walk("VEVENT")
    assert (meeting.called_off_at, meeting.call_off_reason) == (None, None)
    assert sorted(mail.to_address for mail in again) == sorted(
        [drawsko.leader.mail_address, drawsko.deputy.mail_address, "biblioteka@gmina.example"]
    )
    assert (calendar_of(again[0])["METHOD"], entry["SEQUENCE"]) == (Method.REQUEST, 2)


def test_who_was_invited_and_left_is_told_by_a_change_too_and_who_joined_uninvited_is_not(
    drawsko, make, outbox
):
    meeting = called(drawsko)
    change = closing(drawsko)
    [member] = drawsko.ostrowice.members
    member.left_on = TODAY
    make.member(drawsko.ostrowice, make.organisation("Szkoła")).contact_email = "szkola@gmina.example"
    db.session.commit()
    mails = len(outbox())

    apply(change, drawsko)
    off = len(outbox())
    undo_change(change, actor=drawsko.office)
    db.session.commit()

    told = [mail.to_address for mail in outbox()[mails:off] if mail.calendar]
    again = [mail.to_address for mail in outbox()[off:] if mail.calendar]
    assert sorted(told) == invited(drawsko)
    assert sorted(again) == sorted([drawsko.leader.mail_address, drawsko.deputy.mail_address])
    assert [guest.mail_address for guest in not_yet_invited(meeting)] == ["szkola@gmina.example"]


def test_one_to_which_nobody_was_invited_is_called_off_and_called_again_without_a_mail(drawsko, outbox):
    called(drawsko, invite=False)
    before = rows()
    change = closing(drawsko)
    mails = len(outbox())

    apply(change, drawsko)
    undo_change(change, actor=drawsko.office)
    db.session.commit()

    assert rows() == before
    assert [mail for mail in outbox()[mails:] if mail.calendar] == []


def test_what_was_held_stays_with_the_partnership_whose_members_met(drawsko):
    when = When(date(2025, 1, 10), None, None, "Remiza")
    held = record_meeting(drawsko.ostrowice, when, Outcome(people_count=8), actor=drawsko.leader)

    drawsko.merged()

    assert [one.id for one in in_order(drawsko.ostrowice)] == [held.id]
    assert in_order(drawsko.drawsko) == []


def test_two_meetings_on_one_day_are_named_beforehand_and_each_can_be_changed(drawsko):
    mine = called(drawsko)
    when = When(IN_MAY, None, None, "Rynek")
    theirs = call_meeting(drawsko.drawsko, when, invite=False, actor=drawsko.other_leader)
    change = drawsko.divided()
    assert said(change) == [
        (
            "Meeting of Cyfrowe Ostrowice on 5 May 2026: goes on with Drawsko w sieci, "
            "which then has another one on that day"
        )
    ]
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.leader.id)}, actor=drawsko.office)
    apply(change, drawsko)

    for meeting in (mine, theirs):
        change_meeting(meeting, replace(when, agenda="Both together"), actor=drawsko.leader)

    assert [one.agenda for one in in_order(drawsko.drawsko)] == ["Both together"] * 2
    change_meeting(mine, replace(when, held_on=IN_MAY + timedelta(days=1)), actor=drawsko.leader)
    with pytest.raises(SameMeeting):
        change_meeting(mine, when, actor=drawsko.leader)


# --- Closed by hand ------------------------------------------------------------------------------------------


def test_a_partnership_closed_by_hand_calls_its_meetings_off_and_keeps_those_that_were_held(drawsko, outbox):
    coming = called(drawsko)
    when = When(TODAY - timedelta(days=30), None, None, "Remiza")
    held = record_meeting(drawsko.ostrowice, when, Outcome(people_count=7), actor=drawsko.leader)
    before = len(outbox())

    close_partnership(drawsko.ostrowice, closed_on=TODAY, reason="Nobody goes on", actor=drawsko.office)
    db.session.commit()

    assert (coming.called_off_at is not None, coming.call_off_reason) == (True, "Nobody goes on")
    assert held.called_off_at is None
    cancelled = [mail for mail in outbox()[before:] if mail.calendar is not None]
    assert {calendar_of(mail)["METHOD"] for mail in cancelled} == {Method.CANCEL}
    assert "biblioteka@gmina.example" in {mail.to_address for mail in cancelled}
