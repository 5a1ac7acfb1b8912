"""Who hears of a meeting that changes: those who were invited and still belong to it, where they read their mail today."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from core.calendars import Method
from core.database import db
from meetings import services
from meetings.invitations import not_yet_invited
from partnerships.services import change_member
from tests.meetings.test_meetings import LATER, TODAY, when


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def leader(make):
    return make.user("Anna Lis", email="anna@gromada.example")


@pytest.fixture
def deputy(make):
    return make.user("Ola Sowa", email="ola@gromada.example")


@pytest.fixture
def meeting(make, leader, deputy):
    """To which the leader has invited a deputy and a library."""
    partnership = make.partnership("Together", leader=leader)
    make.term(partnership, deputy)
    make.member(partnership, make.organisation("Library")).contact_email = "library@gmina.example"
    db.session.commit()
    meeting = services.call_meeting(partnership, when(), invite=True, actor=leader)
    db.session.commit()
    return meeting


@pytest.fixture
def told(outbox):
    """Address -> mail, of those promised since the invitations."""
    return lambda: {mail.to_address: mail for mail in outbox() if not mail.template.endswith("/invitation")}


def leaves(deputy, meeting):
    [term] = [term for term in meeting.partnership.terms if term.user_id == deputy.id]
    term.ends_on = TODAY - timedelta(days=1)
    db.session.commit()


def event_of(mail):
    (event,) = Calendar.from_ical(mail.calendar).events
    return event


def test_whoever_left_hears_no_more_of_the_agenda(meeting, leader, deputy, told):
    leaves(deputy, meeting)

    services.change_meeting(meeting, when(agenda="Between us"), actor=leader)

    assert set(told()) == {"anna@gromada.example", "library@gmina.example"}


def test_what_is_corrected_of_a_meeting_that_is_over_is_told_nobody(meeting, leader, told, visit, clock):
    clock.tick(days=10)

    page = visit(as_=leader).open(f"/meetings/{meeting.id}/edit")
    corrected = page.submit("Save", place="School")

    assert "The meeting is saved." in corrected.text
    assert "get a mail" not in page.text
    assert told() == {}


def test_one_that_was_not_held_and_is_put_off_is_told(meeting, leader, told, clock):
    clock.tick(days=10)

    assert services.change_meeting(meeting, when(LATER), actor=leader)

    assert "library@gmina.example" in told()


def test_for_whoever_left_a_meeting_that_moves_leaves_the_calendar_once_and_tells_nothing_new(
    meeting, leader, deputy, told, outbox
):
    leaves(deputy, meeting)

    services.change_meeting(meeting, when(LATER, place="Cellar", agenda="Between us"), actor=leader)
    services.change_meeting(meeting, when(LATER + timedelta(days=1)), actor=leader)
    services.call_off(meeting, reason="Flood", actor=leader)

    mine = [mail for mail in outbox() if mail.to_address == deputy.email][1:]
    assert [mail.template for mail in mine] == ["meetings/mail/taken_out"]
    event = event_of(mine[0])
    assert (event["status"], event["dtstart"].dt.date(), event["sequence"]) == (
        "CANCELLED",
        when().held_on,
        1,
    )
    assert Calendar.from_ical(mine[0].calendar)["METHOD"] == Method.CANCEL
    assert "description" not in event
    assert not any(
        word in mine[0].body + mine[0].calendar for word in ("Cellar", "Between us", "20260506", "6 May")
    )


def test_whoever_left_and_came_back_can_be_invited_again(meeting, leader, deputy, told, make):
    leaves(deputy, meeting)
    services.change_meeting(meeting, when(LATER), actor=leader)
    make.term(meeting.partnership, deputy, starts_on=TODAY)
    db.session.refresh(meeting.partnership)

    assert [guest.mail_address for guest in not_yet_invited(meeting)] == [deputy.email]


def test_a_meeting_called_off_tells_whoever_left_without_its_agenda(meeting, leader, deputy, told):
    leaves(deputy, meeting)

    services.call_off(meeting, reason="Flood", actor=leader)

    assert set(told()) == {"anna@gromada.example", "library@gmina.example", deputy.email}
    assert "description" not in event_of(told()[deputy.email])


@pytest.mark.parametrize("has_left", [True, False])
def test_a_closed_account_gets_no_mail_about_meetings(meeting, leader, deputy, told, has_left):
    if has_left:
        leaves(deputy, meeting)
    deputy.is_active = False
    db.session.commit()

    services.change_meeting(meeting, when(LATER), actor=leader)
    services.call_off(meeting, reason="", actor=leader)

    assert set(told()) == {"anna@gromada.example", "library@gmina.example"}
    assert deputy not in not_yet_invited(meeting)


def test_whoever_has_another_address_is_told_there_and_not_invited_twice(meeting, leader, deputy, told):
    deputy.notification_email = "sowa@gmina.example"
    db.session.commit()

    assert not_yet_invited(meeting) == []
    services.change_meeting(meeting, when(LATER), actor=leader)

    assert set(told()) == {"anna@gromada.example", "library@gmina.example", "sowa@gmina.example"}


def test_a_forgotten_invitation_is_nobodys_and_the_next_one_says_who_invited(
    meeting, leader, told, outbox, make
):
    for sent in outbox():
        if sent.to_address != "library@gmina.example":
            continue
        sent.to_address, sent.to_name, sent.reply_to = "", "", None
    db.session.commit()

    services.change_meeting(meeting, when(LATER), actor=make.office())

    assert set(told()) == {"anna@gromada.example", "ola@gromada.example"}
    assert {event_of(mail)["organizer"] for mail in told().values()} == {"mailto:anna@gromada.example"}


def test_once_everybody_invited_was_taken_out_those_who_came_since_are_not_told_of_what_they_never_had(
    meeting, leader, deputy, told, make
):
    leaves(deputy, meeting)
    leaves(leader, meeting)
    [library] = meeting.partnership.members
    library.left_on = TODAY
    make.member(meeting.partnership, make.organisation("School")).contact_email = "school@gmina.example"
    db.session.commit()
    office = make.office()
    services.change_meeting(meeting, when(LATER), actor=office)
    assert set(told()) == {leader.email, deputy.email, "library@gmina.example"}

    assert not services.change_meeting(meeting, when(LATER + timedelta(days=1)), actor=office)
    services.call_off(meeting, reason="Flood", actor=office)

    assert "school@gmina.example" not in told()


@pytest.mark.parametrize("is_invited_anew", [False, True])
def test_an_organisation_whose_mailbox_was_corrected_is_told_there_and_not_that_it_left(
    meeting, leader, told, is_invited_anew
):
    [library] = meeting.partnership.members
    change_member(
        library,
        role="",
        contribution=[],
        contact_function=None,
        contact_email="reading@gmina.example",
        actor=leader,
    )
    if is_invited_anew:
        services.send_invitations(meeting, actor=leader)

    services.change_meeting(meeting, when(LATER), actor=leader)
    assert told()["reading@gmina.example"].template == "meetings/mail/moved"
    services.call_off(meeting, reason="Flood", actor=leader)

    assert told()["reading@gmina.example"].template == "meetings/mail/called_off"
    assert "library@gmina.example" not in told()


def test_an_organisation_that_left_is_told_at_the_mailbox_at_which_it_was_invited(meeting, leader, told):
    """Where the entry is: nobody has it at the other one."""
    [library] = meeting.partnership.members
    library.contact_email, library.left_on = "reading@gmina.example", TODAY
    db.session.commit()

    services.change_meeting(meeting, when(LATER), actor=leader)

    assert told()["library@gmina.example"].template == "meetings/mail/taken_out"
    assert "reading@gmina.example" not in told()
