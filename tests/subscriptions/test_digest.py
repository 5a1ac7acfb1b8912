"""The weekly digest: drafted once a week, edited, released once, sent to each reader in the parts they asked for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import g
from sqlalchemy import select

from core.audit import story_of
from core.database import db
from core.jobs import known_jobs
from core.mail_samples import mail_samples
from plans.workflow import PlanStatus
from programme.models import Programme
from subscriptions import digests, jobs, queries, sending, services, telling
from subscriptions.digests import OwnItem
from subscriptions.errors import IsFrozen, NothingToRelease, NoTitle, OlderWaits, UnknownTopic
from subscriptions.models import DigestIssue, Frequency, IssueStatus
from subscriptions.wanted import Wanted
from tests.subscriptions.conftest import PLANS, WEBINARS, later
from tests.support.jobs import known, run_due

pytestmark = pytest.mark.usefixtures("clock")

MONDAY = datetime(2026, 4, 20, 4, 0, tzinfo=UTC)
"""Six o'clock in Warsaw."""
OWN = OwnItem("webinars", {"pl": "Dyżur", "en": "By phone"}, {"pl": "W środę."}, "https://office.example/")


def issues() -> list[DigestIssue]:
    db.session.rollback()
    return list(db.session.scalars(select(DigestIssue).order_by(DigestIssue.week)))


def drafted(clock, at: datetime = MONDAY) -> DigestIssue:
    clock.move_to(at)
    jobs.draft_digest()
    return issues()[-1]


def mails_of(outbox):
    return {mail.to_address: mail for mail in outbox() if mail.template == "subscriptions/mail/digest"}


def released(issue: DigestIssue, office) -> DigestIssue:
    digests.release(issue, actor=office)
    db.session.commit()
    return issue


# --- Drafting --------------------------------------------------------------------------------------------


def test_on_monday_at_six_what_is_new_since_the_last_issue_is_drafted(announced, make, clock):
    first = drafted(clock, datetime(2026, 4, 13, 4, 0, tzinfo=UTC))
    clock.tick(days=2)
    webinar = announced("Hasła")
    version = make.general_plan(PlanStatus.PUBLISHED)

    assert drafted(clock, MONDAY - timedelta(seconds=1)).id == first.id, "a second too early"
    issue = drafted(clock)

    assert (issue.week, issue.status, issue.since) == (date(2026, 4, 20), IssueStatus.DRAFT, first.until)
    assert [(one.key, one.topic, one.title("pl") != "", one.url("en")) for one in issue.items] == [
        (f"webinar-announced:{webinar.id}", "webinars", True, f"http://localhost/en/webinars/{webinar.id}"),
        (
            f"plan-published:{version.id}", "plans", True,
            f"http://localhost/en/municipalities/{version.partnership.municipality.address_name}/plan",
        ),
    ]  # fmt: skip


def test_it_is_drafted_once_a_week_whatever_runs_how_often(app, clock):
    for hours in (0, 1, 24, 70):
        drafted(clock, MONDAY + timedelta(hours=hours))

    assert [one.week for one in issues()] == [date(2026, 4, 20)]


def test_a_machine_that_stood_still_drafts_it_once_when_it_is_back(app, clock):
    job = known_jobs(app)["digest.draft"]
    drafted(clock, datetime(2026, 4, 13, 4, 0, tzinfo=UTC))
    known(job)
    clock.move_to(MONDAY + timedelta(days=2, hours=5))

    assert run_due(job, clock) is not None
    assert run_due(job, clock) is None
    assert [one.week for one in issues()] == [date(2026, 4, 13), date(2026, 4, 20)]


def test_after_weeks_of_standing_still_there_is_one_issue_with_all_of_it(announced, clock):
    drafted(clock, datetime(2026, 4, 13, 4, 0, tzinfo=UTC))
    clock.tick(days=3)
    webinar = announced()

    issue = drafted(clock, MONDAY + timedelta(days=16))

    assert [one.week for one in issues()] == [date(2026, 4, 13), date(2026, 5, 4)]
    assert [one.key for one in issue.items] == [f"webinar-announced:{webinar.id}"]


@pytest.mark.parametrize(
    "at", [datetime(2026, 10, 26, 5, 0, tzinfo=UTC), datetime(2026, 3, 30, 4, 0, tzinfo=UTC)]
)
def test_six_is_six_by_the_clock_on_the_wall_after_both_clock_changes(app, clock, at):
    drafted(clock, at - timedelta(days=6))
    drafted(clock, at - timedelta(minutes=1))
    assert len(issues()) == 1

    assert drafted(clock, at).week == at.date()


def test_the_day_is_a_setting_and_changing_it_makes_no_second_issue_in_a_week(app, clock):
    drafted(clock)
    programme = db.session.scalars(select(Programme)).one()
    programme.settings = {**programme.settings, "digest_weekday": "thursday"}
    db.session.commit()
    g.pop("programme")  # which is read once in a request

    clock.move_to(datetime(2026, 4, 23, 4, 0, tzinfo=UTC))
    jobs.draft_digest()
    assert len(issues()) == 1
    clock.move_to(datetime(2026, 4, 29, 4, 0, tzinfo=UTC))
    jobs.draft_digest()
    assert len(issues()) == 1
    clock.move_to(datetime(2026, 4, 30, 4, 0, tzinfo=UTC))
    jobs.draft_digest()
    assert [one.week for one in issues()] == [date(2026, 4, 20), date(2026, 4, 27)]


def test_the_office_is_told_that_a_draft_waits(office, outbox, clock):
    drafted(clock)

    [mail] = outbox()
    assert (mail.recipient_id, mail.template) == (office.id, "subscriptions/mail/drafted")


# --- Editing and releasing -------------------------------------------------------------------------------


def test_the_office_orders_takes_out_puts_back_and_adds(announced, office, clock):
    for title in ("A", "B", "C"):
        announced(title)
        clock.tick(seconds=1)
    issue = drafted(clock)
    first, second, third = issue.items

    digests.move(third, up=True, actor=office)
    digests.move(first, up=True, actor=office)
    digests.take_out(first, actor=office)
    digests.take_out(second, actor=office)
    digests.put_back(second, actor=office)
    digests.add_own(issue, OWN, actor=office)
    digests.write(issue, {"pl": "Nowe", "en": ""}, {"pl": "Dzień dobry", "en": "Good day"}, actor=office)
    db.session.commit()

    issue = issues()[-1]
    assert [one.title("en") for one in issue.shown] == ["New webinar: C", "New webinar: B", "By phone"]
    assert (issue.title("en"), issue.introduction("en")) == ("Nowe", "Good day")
    assert [event.event for event, _ in story_of(issue)][::-1] == [
        "digest.drafted", "digest.moved", "digest.taken_out", "digest.taken_out", "digest.put_back", "digest.added",
        "digest.written",
    ]  # fmt: skip


def test_a_released_issue_is_frozen(announced, office, clock):
    announced()
    issue = released(drafted(clock), office)
    item = issue.items[0]

    for change in (
        lambda: digests.write(issue, {"pl": "X"}, {}, actor=office),
        lambda: digests.take_out(item, actor=office),
        lambda: digests.move(item, up=True, actor=office),
        lambda: digests.add_own(issue, OWN, actor=office),
        lambda: digests.leave_out(issue, actor=office),
        lambda: digests.release(issue, actor=office),
    ):
        with pytest.raises(IsFrozen):
            change()
    event, _ = story_of(issue)[0]
    assert (event.event, event.actor_id, event.data) == (
        "digest.released", office.id, {"number": 1, "items": [item.key]},
    )  # fmt: skip


def test_an_empty_issue_cannot_be_released_but_left_out(office, clock):
    issue = drafted(clock)

    with pytest.raises(NothingToRelease):
        digests.release(issue, actor=office)
    digests.leave_out(issue, actor=office)
    db.session.commit()

    assert issues()[0].status is IssueStatus.LEFT_OUT
    with pytest.raises(IsFrozen):
        digests.add_own(issue, OWN, actor=office)


def test_an_issue_needs_a_title_and_older_ones_go_first(announced, office, clock):
    announced()
    older = drafted(clock)
    clock.tick(days=1)
    announced()
    newer = drafted(clock, MONDAY + timedelta(days=7))

    with pytest.raises(OlderWaits, match="20 Apr 2026"):
        digests.release(newer, actor=office)
    digests.write(older, {}, {}, actor=office)
    with pytest.raises(NoTitle):
        digests.release(older, actor=office)
    digests.leave_out(older, actor=office)
    assert released(newer, office).number == 1


def test_what_the_office_adds_has_a_topic_that_people_can_choose(office, clock):
    issue = drafted(clock)

    with pytest.raises(UnknownTopic):
        digests.add_own(issue, OwnItem("gossip", {"pl": "Plotka"}, {}, ""), actor=office)


# --- Sending ---------------------------------------------------------------------------------------------


def test_each_reader_gets_one_mail_with_their_topics_and_nobody_an_empty_one(
    announced, make, office, reads, outbox, clock
):
    weekly = Frequency.WEEKLY
    version = make.general_plan()
    region = version.partnership.municipality.voivodeship_id
    elsewhere = make.voivodeship("śląskie", code="24").id
    reads("all@example.org", WEBINARS, PLANS, frequency=weekly)
    reads("webinars@example.org", WEBINARS, frequency=weekly)
    reads("here@example.org", Wanted("plans", region), frequency=weekly)
    reads("there@example.org", Wanted("plans", elsewhere), frequency=weekly)
    reads("daily@example.org", WEBINARS, frequency=Frequency.DAILY)
    announced("Hasła")
    make.general_plan(PlanStatus.PUBLISHED)
    issue = released(drafted(clock), office)

    assert (jobs.send_digest(), jobs.send_digest()) == ("3 mails", "0 mails")

    mails = mails_of(outbox)
    found = {who: ("Hasła" in mail.body, "plan for" in mail.body) for who, mail in mails.items()}
    assert found == {
        "all@example.org": (True, True), "webinars@example.org": (True, False), "here@example.org": (False, True),
    }  # fmt: skip
    assert all(mail.list_unsubscribe for mail in mails.values())
    db.session.refresh(issue)
    assert (issue.sent_count, issue.sent_at) == (3, MONDAY)


def test_interrupted_sending_goes_on_and_sends_nothing_twice(
    announced, office, reads, outbox, clock, monkeypatch
):
    for number in range(5):
        reads(f"r{number}@example.org", WEBINARS, frequency=Frequency.WEEKLY)
    announced()
    issue = released(drafted(clock), office)
    monkeypatch.setattr(sending, "AT_A_TIME", 2)
    counted, real = [], sending._count

    def die_the_second_time(issue_id, count):
        counted.append(count)
        if len(counted) == 2:
            raise RuntimeError("killed")
        real(issue_id, count)

    monkeypatch.setattr(sending, "_count", die_the_second_time)
    with pytest.raises(RuntimeError, match="killed"):
        jobs.send_digest()
    db.session.rollback()
    assert len(mails_of(outbox)) == 2
    monkeypatch.setattr(sending, "_count", real)

    assert jobs.send_digest() == "3 mails"
    db.session.refresh(issue)
    assert (len(mails_of(outbox)), issue.sent_count) == (5, 5)


def test_who_came_after_the_release_does_not_get_the_old_issue(announced, office, reads, outbox, clock):
    announced()
    released(drafted(clock), office)
    later(clock)
    reads("new@example.org", WEBINARS, frequency=Frequency.WEEKLY)

    assert jobs.send_digest() == "0 mails"


def test_who_had_news_at_once_before_is_not_told_them_again(announced, office, reads, outbox, clock):
    one = reads("a@example.org", WEBINARS)
    announced("Hasła")
    later(clock)
    jobs.tell_at_once()
    services.change(one, [WEBINARS], Frequency.WEEKLY)
    db.session.commit()
    clock.tick(minutes=1)
    announced("Granty")
    released(drafted(clock), office)

    jobs.send_digest()

    body = mails_of(outbox)["a@example.org"].body
    assert ("Hasła" in body, "Granty" in body) == (False, True)


def test_who_changes_from_weekly_to_daily_misses_nothing(announced, office, reads, outbox, clock):
    one = reads("a@example.org", WEBINARS, frequency=Frequency.WEEKLY)
    announced("Hasła")
    clock.tick(days=1)
    services.change(one, [WEBINARS], Frequency.DAILY)
    db.session.commit()

    assert jobs.tell_daily() == "1 mails"


def test_what_the_office_adds_reaches_those_who_get_news_at_once_too(office, reads, outbox, clock):
    reads("a@example.org", WEBINARS)
    issue = drafted(clock)
    digests.add_own(issue, OWN, actor=office)
    released(issue, office)
    later(clock)

    assert (jobs.tell_at_once(), jobs.tell_at_once()) == ("1 mails", "0 mails")
    assert outbox()[-1].subject == "By phone"


@pytest.mark.parametrize("frequency", [Frequency.AT_ONCE, Frequency.DAILY])
def test_who_read_what_the_office_added_in_the_digest_is_not_told_it_again(
    announced, office, reads, outbox, clock, frequency
):
    one = reads("a@example.org", WEBINARS, frequency=Frequency.WEEKLY)
    issue = drafted(clock)
    digests.add_own(issue, OWN, actor=office)
    later(clock, hours=3)
    released(issue, office)
    jobs.send_digest()
    services.change(one, [WEBINARS], frequency)
    announced("Hasła")
    later(clock)

    assert telling.tell(frequency) == 1
    assert outbox()[-1].subject == "New webinar: Hasła"


def test_who_was_told_what_the_office_added_does_not_get_it_in_the_digest_too(office, reads, outbox, clock):
    one = reads("a@example.org", WEBINARS)
    issue = drafted(clock)
    digests.add_own(issue, OWN, actor=office)
    released(issue, office)
    later(clock)
    jobs.tell_at_once()
    services.change(one, [WEBINARS], Frequency.WEEKLY)
    db.session.commit()

    assert jobs.send_digest() == "0 mails"


def test_what_the_office_added_is_not_news_of_the_next_issue(office, clock):
    issue = drafted(clock)
    digests.add_own(issue, OWN, actor=office)
    released(issue, office)

    assert drafted(clock, MONDAY + timedelta(days=7)).items == []


def test_it_is_counted_how_many_left_after_each_issue(announced, office, reads, clock):
    first_reader, second_reader = reads("a@example.org", WEBINARS), reads("b@example.org", WEBINARS)
    announced()
    released(drafted(clock), office)
    clock.tick(days=1)
    services.end(first_reader, actor=None)
    announced()
    released(drafted(clock, MONDAY + timedelta(days=7)), office)
    clock.tick(days=1)
    services.end(second_reader, actor=None)
    drafted(clock, MONDAY + timedelta(days=14))

    assert [line.left_since for line in queries.issue_lines()] == [None, 1, 1]


def test_there_is_a_sample_for_each_mail(app):
    assert {name for name in mail_samples() if name.startswith("subscriptions/")} == {
        f"subscriptions/mail/{one}" for one in ("confirm", "news", "digest", "drafted")
    }
