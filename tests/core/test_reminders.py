"""A reminder is one promise: asked for twice it is one mail, and one that cannot be written keeps no other back."""

from dataclasses import dataclass

import pytest

from core.reminders import Reminder, ReminderFailed, remind
from tests.support.at_once import at_once


@dataclass(frozen=True)
class Reader:
    mail_address: str
    mail_name: str = "Anna"
    mail_language: str = "en"


def reminder(number, **context):
    return Reminder(
        Reader(f"{number}@gromada.example"), "accounts/mail/password_changed", f"key-{number}", context
    )


def test_what_was_promised_before_is_promised_no_more(make, outbox):
    assert make.programme

    said = [remind([reminder(1), reminder(2)]), remind([reminder(1), reminder(2), reminder(3), reminder(3)])]

    assert said == ["2 reminded", "1 reminded"]
    assert [mail.dedupe_key for mail in outbox()] == ["key-1", "key-2", "key-3"]


def test_asked_for_by_two_at_one_moment_it_is_one_mail(app, make, outbox):
    assert make.programme

    at_once(app, *[lambda: remind([reminder(1), reminder(2)])] * 2)

    assert sorted(mail.dedupe_key for mail in outbox()) == ["key-1", "key-2"]


def test_one_that_cannot_be_written_keeps_no_other_back_and_is_told(make, outbox, caplog):
    assert make.programme
    broken = Reminder(Reader("b@gromada.example"), "plans/mail/review_due", "broken")

    with pytest.raises(ReminderFailed):
        remind([reminder(1), broken, reminder(2)])

    assert [mail.dedupe_key for mail in outbox()] == ["key-1", "key-2"]
    assert "reminder broken could not be written" in caplog.text
