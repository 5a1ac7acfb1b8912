"""Reminders come once for each registration and time: the day before, an hour before, and before a seat is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import MailLink
from core.database import db
from tests.webinars.registrations.conftest import LINK, STARTS, guest_seat
from webinars.registrations import jobs, moving, services
from webinars.registrations.models import RegistrationStatus
from webinars.registrations.moving import NewTime

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def remind(outbox, clock):
    """Runs the job at a moment, twice; which mails came by it."""

    def run(moment: datetime) -> list[tuple[str, str]]:
        before = len(outbox())
        clock.move_to(moment)
        for _ in range(2):
            jobs.send_reminders()
        return [(mail.to_address, mail.template.rpartition("/")[2]) for mail in outbox()[before:]]

    return run


def test_the_day_before_and_an_hour_before_with_the_link(make, webinar, remind, outbox):
    person, coming = make.user(), webinar()
    services.register(coming, person)
    guest_seat(coming, "ewa@example.org")

    came = {
        moment: remind(moment)
        for moment in (
            STARTS - DAY - timedelta(minutes=1),
            STARTS - DAY,
            STARTS - 2 * HOUR,
            STARTS - HOUR,
            STARTS,
        )
    }

    both = [person.email, "ewa@example.org"]
    assert list(came.values()) == [
        [], [(one, "tomorrow") for one in both], [], [(one, "in_an_hour") for one in both], [],
    ]  # fmt: skip
    assert all(LINK in mail.body for mail in outbox()[1:])
    assert all(mail.status.value == "queued" for mail in outbox())


def test_what_a_stopped_machine_missed_is_made_up_while_it_is_still_of_use(make, webinar, remind):
    coming = webinar()
    guest_seat(coming, "ewa@example.org")

    assert remind(STARTS - timedelta(minutes=3)) == [("ewa@example.org", "in_an_hour")]
    assert remind(STARTS + timedelta(minutes=1)) == []


def test_who_just_registered_is_not_reminded_of_it_at_once(make, webinar, remind, clock):
    coming = webinar()
    clock.move_to(STARTS - 3 * HOUR)
    services.register(coming, make.user())

    assert remind(STARTS - 3 * HOUR + timedelta(minutes=5)) == []
    assert len(remind(STARTS - HOUR)) == 1


@pytest.mark.parametrize(("ahead", "is_said"), [(DAY + HOUR, True), (DAY, False), (HOUR / 2, False)])
def test_a_reminder_of_the_day_before_is_promised_only_to_whom_it_comes(
    make, webinar, outbox, clock, ahead, is_said
):
    coming = webinar()
    clock.move_to(STARTS - ahead)

    services.register(coming, make.user())

    assert ("We remind you the day before" in outbox()[-1].body) is is_said


def test_who_waits_or_has_cancelled_is_not_reminded(make, webinar, remind):
    coming = webinar()
    for status in (
        RegistrationStatus.WAITLISTED,
        RegistrationStatus.CANCELLED,
        RegistrationStatus.UNCONFIRMED,
    ):
        guest_seat(coming, f"{status.value}@example.org", status=status)

    assert remind(STARTS - HOUR) == []


def test_moved_it_reminds_again_of_the_new_time_and_never_of_the_old(make, webinar, remind, clock):
    office, coming = make.office(), webinar()
    seat = guest_seat(coming, "ewa@example.org")
    assert remind(STARTS - DAY) == [("ewa@example.org", "tomorrow")]
    later = STARTS + timedelta(days=7)
    moving.move(coming, NewTime(later, 90, "Ill"), actor=office)
    moving.confirm(seat, actor=None)
    db.session.commit()

    assert remind(STARTS - HOUR) == []
    assert remind(later - DAY) == [("ewa@example.org", "tomorrow")]
    assert remind(later - HOUR) == [("ewa@example.org", "in_an_hour")]


def test_cancelled_it_reminds_nobody(make, webinar, remind):
    office, coming = make.office(), webinar()
    guest_seat(coming, "ewa@example.org")
    moving.call_off(coming, reason="Ill", actor=office)
    db.session.commit()

    assert remind(STARTS - DAY) == []
    assert remind(STARTS - HOUR) == []


def test_who_has_not_confirmed_a_new_time_is_asked_once_more_a_day_before_the_seat_goes(
    make, webinar, remind
):
    office, coming = make.office(), webinar()
    guest_seat(coming, "ewa@example.org")
    moving.move(coming, NewTime(STARTS + timedelta(days=7), 90), actor=office)
    db.session.commit()
    until = coming.reconfirm_by

    assert remind(until - DAY - timedelta(minutes=1)) == []
    assert remind(until - DAY) == [("ewa@example.org", "to_confirm")]
    assert remind(until) == []


def test_on_the_nights_the_clocks_change_the_day_before_is_the_same_hour_on_the_wall(webinar, remind):
    """On Sunday 25 October 2026 a day has 25 hours, on 28 March 2027 it has 23."""
    autumn, spring = datetime(2026, 10, 25, 9, 0, tzinfo=UTC), datetime(2027, 3, 28, 8, 0, tzinfo=UTC)
    for starts in (autumn, spring):
        guest_seat(webinar(starts_at=starts), f"{starts:%Y}@example.org")

    assert remind(autumn - timedelta(hours=25, minutes=1)) == []
    assert remind(autumn - timedelta(hours=25)) == [("2026@example.org", "tomorrow")]
    assert remind(spring - timedelta(hours=23, minutes=1)) == []
    assert remind(spring - timedelta(hours=23)) == [("2027@example.org", "tomorrow")]


def test_links_are_made_for_mails_that_go_out_only(make, webinar, remind):
    coming = webinar()
    services.register(coming, make.user())
    remind(STARTS - HOUR)
    made = db.session.scalar(select(func.count()).select_from(MailLink))

    remind(STARTS - HOUR + timedelta(minutes=5))

    assert db.session.scalar(select(func.count()).select_from(MailLink)) == made


def test_a_hundred_are_reminded_with_a_fixed_number_of_looks(webinar, clock, count_queries):
    """Beside what each mail itself writes: the promise, and its link."""
    from webinars.registrations.reminding import remind as run

    figures = {}
    for number in (2, 20):
        coming = webinar(starts_at=STARTS + number * DAY)
        for one in range(number):
            guest_seat(coming, f"g{number}-{one}@example.org")
        clock.move_to(coming.starts_at - HOUR)
        with count_queries() as queries:
            assert run() == number
        figures[number] = queries.count
    assert (figures[20] - figures[2]) / 18 <= 3


def test_whose_account_is_suspended_is_not_reminded_and_gets_no_links(make, webinar, remind):
    person, coming = make.user(), webinar()
    services.register(coming, person)
    person.is_active = False
    db.session.commit()
    made = db.session.scalar(select(func.count()).select_from(MailLink))

    assert remind(STARTS - HOUR) == []

    assert db.session.scalar(select(func.count()).select_from(MailLink)) == made
