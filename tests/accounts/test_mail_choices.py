"""How often mails come, what need not come at all, and ending mails of one kind from the mail itself."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from accounts import services
from accounts.mail_choices import CANNOT_WAIT, OPTIONAL, stop_token
from accounts.mail_rhythm import MailRhythm, MailTopic, held_until
from accounts.models import User
from config import ROOT
from core import clock as times
from core import mail
from core.audit import AuditEvent
from core.database import db
from core.mail import MailStatus, OutboxMail

CAN_WAIT = "accounts/mail/role_granted"
URGENT = "accounts/mail/password_changed"
DAILY, WEEKLY = MailRhythm.DAILY, MailRhythm.WEEKLY


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=times.LOCAL_ZONE)  # type: ignore[arg-type, misc]  # year, month, day, hour, minute


def at(moment: datetime, rhythm: MailRhythm, due: date | datetime | None = None) -> datetime | None:
    with times.at(moment):
        return held_until(rhythm, due=due)


def promise(person: User, key: str = "first", template: str = CAN_WAIT, **context: Any) -> OutboxMail | None:
    mail.queue(person, template, dedupe_key=key, role=MailTopic.NEWS, **{"actor": None, **context})
    return db.session.scalar(select(OutboxMail).where(OutboxMail.dedupe_key == key))


# --- When ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        (local(2026, 4, 15, 12), local(2026, 4, 16, 7), local(2026, 4, 20, 7)),
        (local(2026, 4, 15, 6, 59), local(2026, 4, 15, 7), local(2026, 4, 20, 7)),
        (local(2026, 4, 15, 7), local(2026, 4, 16, 7), local(2026, 4, 20, 7)),
        (local(2026, 4, 20, 6), local(2026, 4, 20, 7), local(2026, 4, 20, 7)),
        (local(2026, 4, 20, 7), local(2026, 4, 21, 7), local(2026, 4, 27, 7)),
        (local(2026, 3, 28, 23), local(2026, 3, 29, 7), local(2026, 3, 30, 7)),
        (local(2026, 10, 24, 23), local(2026, 10, 25, 7), local(2026, 10, 26, 7)),
        (local(2026, 12, 31, 20), local(2027, 1, 1, 7), local(2027, 1, 4, 7)),
    ],
)
def test_the_bundle_is_there_at_seven_also_when_the_clocks_change(now, daily, weekly):
    assert (at(now, DAILY), at(now, WEEKLY), at(now, MailRhythm.AT_ONCE)) == (daily, weekly, None)


@pytest.mark.parametrize(
    ("rhythm", "due", "goes_out"),
    [
        (WEEKLY, date(2026, 4, 22), local(2026, 4, 20, 7)),
        (WEEKLY, date(2026, 4, 20), local(2026, 4, 16, 7)),
        (WEEKLY, date(2026, 4, 17), None),
        (DAILY, date(2026, 4, 18), local(2026, 4, 16, 7)),
        (DAILY, date(2026, 4, 16), None),
        (DAILY, local(2026, 4, 17, 6), None),
    ],
)
def test_nothing_is_held_until_it_is_too_late_to_do_it(rhythm, due, goes_out):
    assert at(local(2026, 4, 15, 12), rhythm, due) == goes_out


def test_a_mail_that_can_wait_is_held_until_the_next_morning(clock, make):
    kept = promise(make.user())

    assert (kept.status, kept.held_until) == (MailStatus.HELD, datetime(2026, 4, 16, 5, tzinfo=UTC))


@pytest.mark.parametrize("template", sorted(CANNOT_WAIT & {URGENT, "accounts/mail/invitation_first"}))
def test_what_cannot_wait_goes_out_at_once_whatever_was_chosen(clock, make, template):
    person = make.user()
    services.choose_mails(person, rhythm=WEEKLY, wants_reminders=False, wants_news=False, actor=person)

    kept = promise(person, template=template)

    assert (kept.status, kept.held_until) == (MailStatus.QUEUED, None)


def test_whoever_promises_it_can_say_that_it_cannot_wait_and_an_entry_for_a_calendar_never_does(clock, make):
    person = make.user()

    kept = promise(person, "said", urgent=True), promise(person, "calendar", calendar="BEGIN:VCALENDAR")

    assert [one.status for one in kept] == [MailStatus.QUEUED] * 2


def test_a_mail_to_be_answered_by_tomorrow_is_not_held(clock, make):
    assert promise(make.user(), due_on=times.today() + timedelta(days=1)).status is MailStatus.QUEUED


def test_who_wants_everything_at_once_gets_it_at_once(clock, make):
    person = make.user()
    services.choose_mails(
        person, rhythm=MailRhythm.AT_ONCE, wants_reminders=True, wants_news=True, actor=person
    )

    assert promise(person).status is MailStatus.QUEUED


def test_a_suspended_account_gets_no_mail(make):
    assert promise(make.user(is_active=False)) is None
    assert promise(make.user(is_active=False), template=URGENT) is None


def test_what_waits_for_a_person_is_stopped_when_the_account_is_suspended(make):
    person = make.user()
    kept = promise(person, "held"), promise(person, "queued", template=URGENT), promise(make.user(), "other")

    services.deactivate(person, actor=make.office())

    db.session.expire_all()
    assert [one.status for one in kept] == [MailStatus.STOPPED, MailStatus.STOPPED, MailStatus.HELD]


def test_every_template_in_the_tables_exists():
    named = CANNOT_WAIT | set(OPTIONAL)

    assert [name for name in sorted(named) if not (ROOT / "templates" / f"{name}.txt").is_file()] == []


# --- The page --------------------------------------------------------------------------------------------


def test_a_person_chooses_on_the_account_page_and_the_history_keeps_old_and_new(visit, make):
    person = make.user()

    page = (
        visit(as_=person)
        .open("/account")
        .submit("Save how mails come", mail_rhythm="weekly", wants_news=False)
    )

    db.session.expire_all()
    assert (person.mail_rhythm, person.wants_reminders, person.wants_news) == (WEEKLY, True, False)
    assert "Saved: that is how mails come from now on." in page.text
    event = db.session.scalars(
        select(AuditEvent).where(AuditEvent.event == "account.mail_choices_changed")
    ).one()
    assert event.data == {
        "before": {"mail_rhythm": "daily", "wants_reminders": True, "wants_news": True},
        "after": {"mail_rhythm": "weekly", "wants_reminders": True, "wants_news": False},
    }


# --- One click -------------------------------------------------------------------------------------------


def reminder(person: User, key: str = "reminder") -> OutboxMail | None:
    mail.queue(person, "cards/mail/missing", dedupe_key=key, card=None, month=date(2026, 3, 1))
    db.session.commit()
    return db.session.scalar(select(OutboxMail).where(OutboxMail.dedupe_key == key))


def test_only_what_a_person_may_do_without_can_be_ended_with_one_click(make):
    person = make.user()

    assert promise(person).list_unsubscribe is None
    assert reminder(person).list_unsubscribe.startswith("http://localhost/mails/stop/")


def test_a_mail_program_ends_reminders_with_one_request_without_session_or_token(client, make):
    person = make.user()
    path = reminder(person).list_unsubscribe.removeprefix("http://localhost")

    answers = [client.post(path, data={"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    db.session.expire_all()
    assert [(answer.status_code, answer.text) for answer in answers] == [
        (200, "You get no more of these mails")
    ] * 2
    assert (person.wants_reminders, person.wants_news) == (False, True)
    assert reminder(person, "another") is None
    assert promise(person) is not None
    events = db.session.scalars(select(AuditEvent.event).where(AuditEvent.record_id == person.id)).all()
    assert events == ["account.mails_stopped"]


def test_a_scanner_that_opens_the_link_ends_nothing_and_the_button_does(visit, make):
    person = make.user()
    path = f"/mails/stop/{stop_token(person, MailTopic.NEWS)}"

    page = visit().open(path)
    db.session.expire_all()
    assert person.wants_news
    done = page.submit("Stop these mails")

    db.session.expire_all()
    assert not person.wants_news
    assert "You get no more of these mails" in done.text
    assert "Everything else comes as before." in visit().open(path).text


@pytest.mark.parametrize("wrong", ["x", "WzEsIm5ld3MiXQ.forged", "%00"])
def test_a_link_that_we_did_not_sign_ends_nothing(client, make, wrong):
    person = make.user()

    answer = client.post(f"/mails/stop/{wrong}", data={"List-Unsubscribe": "One-Click"})

    db.session.expire_all()
    assert answer.status_code in (400, 404)
    assert (person.wants_reminders, person.wants_news) == (True, True)


def test_a_signature_made_for_another_purpose_is_worth_nothing(app, client, make):
    from itsdangerous import URLSafeSerializer

    person = make.user()
    forged = URLSafeSerializer(app.config["SECRET_KEY"], salt="another purpose").dumps([person.id, "news"])

    answer = client.post(f"/mails/stop/{forged}", data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 404


def test_without_the_words_of_a_mail_program_a_request_needs_the_token_of_the_button(client, make):
    person = make.user()

    answer = client.post(f"/mails/stop/{stop_token(person, MailTopic.NEWS)}", data={"anything": "else"})

    db.session.expire_all()
    assert (answer.status_code, person.wants_news) == (400, True)
