"""Meetings of the day on which their partnership merges or ends: what is over stays, what may be to come finds its people."""

from datetime import time, timedelta

import pytest

from core.database import db
from core.uploads import SentFile
from meetings.queries import count_held
from meetings.services import Outcome, When, record_meeting, record_outcome
from municipalities.services.changing import decide
from partnerships.files.models import FileClass
from partnerships.files.services import attach
from partnerships.services import close_partnership
from tests.meetings.test_following import TODAY, apply, called, closing, invited, said
from tests.support.documents import pdf


@pytest.mark.parametrize(
    ("starts_at", "goes_on"), [(time(9), False), (time(12), False), (None, True), (time(12, 30), True)]
)
def test_of_todays_meetings_only_one_that_may_not_have_begun_goes_on(drawsko, starts_at, goes_on):
    """It is noon in Warsaw, ten o'clock in UTC."""
    meeting = called(drawsko, held_on=TODAY, starts_at=starts_at)

    drawsko.merged()

    assert (meeting.partnership == drawsko.drawsko) is goes_on


def test_one_of_this_evening_whose_hour_nobody_wrote_down_is_recorded_by_the_successor(drawsko):
    meeting = called(drawsko, held_on=TODAY)
    drawsko.merged()

    record_outcome(meeting, Outcome(people_count=11), actor=drawsko.leader)

    assert count_held([drawsko.drawsko.id]) == {drawsko.drawsko.id: 1}


def test_minutes_kept_before_the_merger_stay_where_they_were_and_newer_ones_are_taken(drawsko):
    meeting = called(drawsko, held_on=TODAY)
    former = attach(
        drawsko.ostrowice,
        data=pdf(words="Before"),
        name="before.pdf",
        file_class=FileClass.PARTNERSHIP,
        title="Minutes",
        actor=drawsko.leader,
    )
    meeting.minutes_file = former
    db.session.commit()
    drawsko.merged()

    sent = SentFile("after.pdf", pdf(words="After"))
    record_outcome(meeting, Outcome(people_count=11), minutes_file=sent, actor=drawsko.leader)
    db.session.commit()

    assert (meeting.minutes_file.file_name, meeting.minutes_file.partnership) == (
        "after.pdf",
        drawsko.drawsko,
    )
    assert (former.file_name, former.is_current) == ("before.pdf", True)


def test_one_of_today_without_an_hour_is_called_off_where_nobody_goes_on_and_its_guests_are_told(
    drawsko, outbox
):
    meeting = called(drawsko, held_on=TODAY)
    change = closing(drawsko)
    mails = len(outbox())

    apply(change, drawsko)

    assert meeting.called_off_at is not None
    assert sorted(mail.to_address for mail in outbox()[mails:] if mail.calendar) == invited(drawsko)


@pytest.mark.parametrize("successor", ["close", "merge"])
def test_the_preview_names_each_that_can_not_be_recorded_any_more(drawsko, successor):
    called(drawsko, held_on=TODAY, starts_at=time(9))
    called(drawsko).held_on = TODAY - timedelta(days=3)
    when = When(TODAY - timedelta(days=9), None, None, "Remiza")
    record_meeting(drawsko.ostrowice, when, Outcome(people_count=7), actor=drawsko.leader)
    change = drawsko.divided()
    answer = successor if successor == "close" else f"partnership:{drawsko.drawsko.id}"
    decide(change, {"successor": answer}, actor=drawsko.office)
    db.session.commit()

    assert said(change) == [
        (
            f"Meeting of Cyfrowe Ostrowice on {held_on}: stays with it, unrecorded. "
            "Record it before the change is applied: nothing can be entered afterwards."
        )
        for held_on in ("12 Apr 2026", "15 Apr 2026")
    ]


# --- Closed by hand ------------------------------------------------------------------------------------------


def test_a_meeting_of_this_morning_is_not_called_off_when_its_partnership_is_closed(drawsko, outbox):
    morning = called(drawsko, held_on=TODAY, starts_at=time(9))
    before = len(outbox())

    close_partnership(drawsko.ostrowice, closed_on=TODAY, reason="Nobody goes on", actor=drawsko.office)
    db.session.commit()

    assert morning.called_off_at is None
    assert [mail for mail in outbox()[before:] if mail.calendar is not None] == []


def test_one_of_today_without_an_hour_is_called_off_with_its_partnership_and_the_page_says_so(
    drawsko, outbox, visit
):
    today = called(drawsko, held_on=TODAY)
    before = len(outbox())
    page = visit(as_=drawsko.office).open(f"/partnerships/{drawsko.ostrowice.id}/close")
    assert "A meeting of today whose hour is not known is called off too." in page.text

    close_partnership(drawsko.ostrowice, closed_on=TODAY, reason="Nobody goes on", actor=drawsko.office)
    db.session.commit()

    assert today.called_off_at is not None
    assert sorted(mail.to_address for mail in outbox()[before:] if mail.calendar) == invited(drawsko)
