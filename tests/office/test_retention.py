"""How long data is kept: one table of rules, from the jobs that carry them out; the page about privacy says the same."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import SignInAttempt
from core import clock as clocks
from core.audit import AuditEvent
from core.database import db
from core.jobs import known_jobs, run_once
from core.jobs.models import JobRun
from core.mail import MailStatus, OutboxMail
from core.retention import retention_rules
from feedback.models import PageFeedback
from feedback.services import answer
from subscriptions.models import Frequency, SubscriptionRequest
from tests.support.queries import count_queries

FORGET = ("forget", "tidy", "files")
"""How jobs are called that take records away."""
PUT_ASIDE = {"intake.forget"}
"""Puts uploads aside, and takes nothing away that tells of people."""


def long_ago(days: int):
    return clocks.now() - timedelta(days=days)


def mail(days: int, *, status: MailStatus = MailStatus.SENT, key: str = "old") -> OutboxMail:
    return OutboxMail(
        dedupe_key=key, to_address="anna@markers.example", to_name="zmarker", language="en", subject="About your plan",
        body="Dear zmarker", status=status, created_at=long_ago(days), reply_to="office@markers.example",
    )  # fmt: skip


def words(days: int) -> PageFeedback:
    given = answer("/en/plans", "en", helpful=True)
    given.text, given.given_on = "zmarker", clocks.today() - timedelta(days=days)
    return given


def attempt(days: int) -> SignInAttempt:
    return SignInAttempt(account_hash="a" * 64, address_hash="b" * 64, at=long_ago(days))


def run_of_a_job(days: int) -> JobRun:
    return JobRun(job="mail.send", started_at=long_ago(days), instance="one")


def asked(days: int) -> SubscriptionRequest:
    at = long_ago(days)
    return SubscriptionRequest(
        email="zmarker@markers.example", language="en", frequency=Frequency.WEEKLY, wanted=[], token_hash=str(days) * 8,
        asked_at=at, valid_until=at,
    )  # fmt: skip


MADE: dict[str, tuple[Callable[[int], object], int]] = {
    "mail.forget": (mail, 365),
    "feedback.forget": (words, 365),
    "accounts.tidy": (attempt, 1),
    "jobs.forget": (run_of_a_job, 90),
    "news.forget": (asked, 7),
}
"""What makes a record of so many days ago, and after how many days it goes."""


def rule(app, key: str):
    return next(one for one in retention_rules(app) if one.key == key)


def test_every_job_that_takes_records_away_has_its_rule(app):
    forgetting = {name for name in known_jobs(app) if name.rpartition(".")[2].startswith(FORGET)} - PUT_ASIDE

    assert forgetting
    assert {one.job for one in retention_rules(app)} == forgetting


@pytest.mark.parametrize("key", MADE)
def test_what_would_go_is_counted_without_a_change_and_goes_with_the_job(app, clock, key):
    make_one, days = MADE[key]
    old, young = make_one(days + 1), None
    db.session.add(old)
    if key != "mail.forget":
        young = make_one(days - 1)
        db.session.add(young)
    db.session.commit()

    due = [rule(app, key).due() for _ in range(2)]
    db.session.rollback()
    run_once(app, known_jobs(app)[rule(app, key).job])

    assert (due, rule(app, key).due()) == ([1, 1], 0)


def test_a_mail_of_a_year_ago_is_emptied_and_stays_promised(app, clock):
    db.session.add_all([mail(366), mail(364, key="young"), mail(366, key="waits", status=MailStatus.QUEUED)])
    db.session.commit()

    run_once(app, known_jobs(app)["mail.forget"])

    kept = {
        one.dedupe_key: (one.to_address, one.to_name, one.body, one.reply_to)
        for one in db.session.query(OutboxMail)
    }
    whole = ("anna@markers.example", "zmarker", "Dear zmarker", "office@markers.example")
    assert kept == {"old": ("", "", "", None), "young": whole, "waits": whole}


def test_what_the_mail_server_said_of_an_address_goes_with_the_address(app, clock):
    refused = mail(366, status=MailStatus.FAILED)
    refused.last_error = "SMTPRecipientsRefused: {'anna@markers.example': (550, b'no such user')}"
    db.session.add(refused)
    db.session.commit()

    run_once(app, known_jobs(app)["mail.forget"])

    db.session.refresh(refused)
    assert (refused.status, refused.last_error) == (MailStatus.FAILED, None)


def test_the_table_shows_each_rule_with_its_count_and_the_last_run(app, make, visit, clock):
    db.session.add(mail(400))
    db.session.commit()

    page = visit(as_=make.admin()).open("/office/retention")

    rows = {row[0]: row[1:] for row in page.tables[0][1:]}
    assert len(rows) == len(retention_rules(app))
    assert rows["Mails that were sent"] == [
        "One year.",
        "To show what was promised to whom.",
        "Emptied of words and addresses; that there was one stays",
        "1",
        "mail.forget not yet",
    ]
    run_once(app, known_jobs(app)["mail.forget"])
    again = visit(as_=make.admin()).open("/office/retention").tables[0]
    assert next(row for row in again if row[0] == "Mails that were sent")[4:] == [
        "0",
        "mail.forget 15 Apr 2026, 12:00",
    ]


def test_the_page_about_privacy_says_the_same(app, visit, clock):
    page = visit().open("/en/privacy")

    missing = [
        one.key for one in retention_rules(app) if f"{one.what}: {one.kept()} {one.then}." not in page.text
    ]
    assert missing == []


def test_looking_changes_nothing_and_takes_a_fixed_number_of_queries(make, visit, clock):
    visitor = visit(as_=make.office())
    visitor.open("/office/retention")
    db.session.add_all([mail(400, key=str(number)) for number in range(30)])
    db.session.commit()
    events = db.session.query(AuditEvent).count()

    with count_queries() as queries:
        visitor.open("/office/retention")

    assert (
        db.session.query(AuditEvent).count(),
        db.session.query(OutboxMail).filter_by(body="").count(),
    ) == (events, 0)
    assert queries.count <= 20, str(queries)


def test_it_is_not_for_everybody(make, visit):
    for person in (make.user(), make.animator()):
        visit(as_=person).open("/office/retention", expect=403)
