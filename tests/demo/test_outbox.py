"""Mails of a past that was only told."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core import clock, mail
from core.database import db
from core.mail import MailStatus, OutboxMail
from demo.calendar import Calendar
from demo.outbox import tidy_outbox

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def promise(make):
    """``promise(days_ago)`` queues a mail as the demonstration does it, that many days ago."""
    person = make.user("Reader")

    def promise_one(days_ago: int) -> None:
        calendar = Calendar(NOW)
        with clock.at(NOW - timedelta(days=days_ago)), calendar.with_its_mails():
            mail.queue(person, "accounts/mail/password_changed", dedupe_key=f"{days_ago} days ago")
        db.session.flush()

    return promise_one


def outbox() -> list[tuple[str, MailStatus]]:
    rows = db.session.execute(select(OutboxMail.dedupe_key, OutboxMail.status).order_by(OutboxMail.id))
    return [(key, status) for key, status in rows]


def test_mails_older_than_two_weeks_are_not_written(promise):
    for days_ago in (15, 14, 1):
        promise(days_ago)

    assert [key for key, _ in outbox()] == ["14 days ago", "1 days ago"]


def test_the_outbox_is_told_by_time_and_its_newest_mails_still_wait(promise):
    for days_ago in (3, 9, 1, 8, 5, 2, 7, 6):
        promise(days_ago)

    tidy_outbox()

    assert outbox() == [
        *((f"{days} days ago", MailStatus.SENT) for days in (9, 8)),
        *((f"{days} days ago", MailStatus.QUEUED) for days in (7, 6, 5, 3, 2, 1)),
    ]
