"""News at once and once a day: each piece to whoever wants it, once, whatever happens in between."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import clock as the_clock
from core.database import db
from core.mail import OutboxMail
from plans.workflow import PlanStatus
from subscriptions import jobs, telling
from subscriptions.models import Frequency
from subscriptions.news import news
from subscriptions.topics import parse_topics, topics
from subscriptions.wanted import Wanted
from tests.subscriptions.conftest import PLANS, STARTS, WEBINARS, later
from webinars.recordings import services as recordings
from webinars.recordings.models import Captions, Recording, RecordingState
from webinars.registrations import moving

pytestmark = pytest.mark.usefixtures("clock")


def told(outbox):
    return [
        (mail.to_address, mail.subject) for mail in outbox() if mail.template == "subscriptions/mail/news"
    ]


def test_what_is_announced_moved_and_recorded_is_news_of_webinars(announced, office, clock):
    since = the_clock.now() - timedelta(minutes=1)
    webinar = announced("Hasła")
    clock.tick(minutes=5)
    moving.move(webinar, moving.NewTime(STARTS + timedelta(days=7), 60), actor=office)
    clock.tick(minutes=5)
    db.session.add(
        Recording(
            webinar=webinar, state=RecordingState.PUBLISHED, due_on=the_clock.today(), published_at=the_clock.now(),
            url="https://films.example/1", captions=Captions.IN_VIDEO,
        )
    )  # fmt: skip
    db.session.commit()

    found = news(since, the_clock.now())

    assert [(item.title, item.topic, item.region) for item in found] == [
        ("New webinar: Hasła", "webinars", None),
        ("Moved: Hasła", "webinars", None),
        ("Recording: Hasła", "webinars", None),
    ]
    assert {item.url for item in found} == {f"http://localhost/en/webinars/{webinar.id}"}
    assert found[0].text == "Wednesday, 17 Jun 2026, 10:00–11:00. Online."


def test_a_cancelled_webinar_is_no_news(announced, office, clock):
    since = the_clock.now() - timedelta(minutes=1)
    webinar = announced()
    moving.call_off(webinar, reason="Powódź", actor=office)
    db.session.commit()

    assert list(news(since, the_clock.now())) == []


def test_a_published_plan_is_news_of_its_voivodeship(make, clock):
    since = the_clock.now() - timedelta(minutes=1)
    version = make.general_plan(PlanStatus.PUBLISHED)
    make.general_plan(PlanStatus.APPROVED)
    place = version.partnership.municipality

    [item] = news(since, the_clock.now())

    assert (item.topic, item.region, item.url) == (
        "plans", place.voivodeship_id, f"http://localhost/en/municipalities/{place.address_name}/plan",
    )  # fmt: skip
    assert item.title == f"{place.name}: plan for 2026–2028"


def test_every_topic_of_the_profile_is_offered(app):
    assert [one.code for one in topics()] == ["webinars", "plans", "initiatives", "articles", "offers"]


def test_a_faulty_file_of_topics_is_refused():
    text = '[[topics]]\ncode = "a"\nlabel = { pl = "A", en = "A" }\ntext = { pl = "A", en = "A" }\n'

    assert [one.code for one in parse_topics(text)] == ["a"]
    with pytest.raises(ValueError, match="a code of its own"):
        parse_topics(text * 2)
    with pytest.raises(ValueError, match="unknown key colour"):
        parse_topics(text + 'colour = "red"\n')


def test_news_comes_within_minutes_to_whoever_wants_it_at_once(announced, reads, outbox, clock):
    reads("a@example.org", WEBINARS)
    reads("b@example.org", PLANS)
    for title in ("Hasła", "Granty"):
        announced(title)
        assert jobs.tell_at_once() == "0 mails", "what was written just now is told a little later"
        later(clock)
        assert (jobs.tell_at_once(), jobs.tell_at_once()) == ("1 mails", "0 mails")

    assert told(outbox) == [
        ("a@example.org", "New webinar: Hasła"),
        ("a@example.org", "New webinar: Granty"),
    ]


def test_what_waited_while_nothing_ran_comes_in_one_mail_that_leaves_nothing_out(
    announced, reads, outbox, clock
):
    reads("a@example.org", WEBINARS)
    webinars = []
    for number in range(12):
        webinars.append(announced(f"Webinar {number}"))
        clock.tick(seconds=1)
    later(clock, days=3)

    assert jobs.tell_at_once() == "1 mails"
    [mail] = [one for one in outbox() if one.template == "subscriptions/mail/news"]
    assert mail.subject == "12 pieces of news, first: New webinar: Webinar 0"
    lines = mail.body.splitlines()
    assert [line for line in lines if line.startswith("New webinar: ")] == [
        f"New webinar: Webinar {number}" for number in range(12)
    ]
    assert [line for line in lines if "/en/webinars/" in line] == [
        f"http://localhost/en/webinars/{one.id}" for one in webinars
    ]
    assert "Online." not in mail.body, "of so many only the titles"


def test_a_few_that_waited_together_come_with_their_words(announced, reads, outbox, clock):
    reads("a@example.org", WEBINARS)
    for number in range(telling.MANY):
        announced(f"Webinar {number}")
    later(clock)

    jobs.tell_at_once()

    [mail] = [one for one in outbox() if one.template == "subscriptions/mail/news"]
    assert mail.body.count("Online.") == telling.MANY


def test_a_day_is_one_mail_and_a_day_without_news_is_none(announced, reads, outbox, clock):
    reads("a@example.org", WEBINARS, frequency=Frequency.DAILY)
    announced("Hasła")
    announced("Granty")
    later(clock)

    assert jobs.tell_daily() == "1 mails"
    clock.tick(days=1)
    assert jobs.tell_daily() == "0 mails"
    [(address, subject)] = told(outbox)
    assert (address, subject) == ("a@example.org", "2 pieces of news, first: New webinar: Hasła")


def test_of_plans_only_those_of_the_chosen_voivodeship_come(make, reads, outbox, clock):
    version = make.general_plan()
    region = version.partnership.municipality.voivodeship_id
    other = make.voivodeship("śląskie", code="24")
    reads("here@example.org", Wanted("plans", region))
    reads("there@example.org", Wanted("plans", other.id))
    reads("all@example.org", PLANS)
    make.general_plan(PlanStatus.PUBLISHED)
    later(clock)

    jobs.tell_at_once()

    assert [address for address, _subject in told(outbox)] == ["here@example.org", "all@example.org"]


def test_what_was_before_ones_time_is_not_told(announced, reads, outbox, clock):
    announced()
    later(clock, minutes=10)
    reads("a@example.org", WEBINARS)
    later(clock)

    assert jobs.tell_at_once() == "0 mails"


def test_everybody_reads_in_their_own_language(announced, reads, make, outbox, clock):
    leader = make.user(email="leader@example.org")
    leader.language = "pl"
    db.session.commit()
    reads("", WEBINARS, person=leader)
    reads("a@example.org", WEBINARS)
    webinar = announced()
    later(clock)

    jobs.tell_at_once()

    mails = {mail.language: mail.body for mail in outbox() if mail.template == "subscriptions/mail/news"}
    assert f"/pl/webinaria/{webinar.id}" in mails["pl"]
    assert f"/en/webinars/{webinar.id}" in mails["en"]


def test_told_again_after_a_crash_it_is_the_same_mail(announced, reads, outbox, clock, monkeypatch):
    one = reads("a@example.org", WEBINARS)
    announced()
    later(clock)
    before = one.told_until

    def die(*_args):
        raise RuntimeError("killed")

    monkeypatch.setattr(telling, "_tell_one", die)
    with pytest.raises(RuntimeError, match="killed"):
        jobs.tell_at_once()
    db.session.rollback()
    monkeypatch.undo()
    jobs.tell_at_once()
    one.told_until = before  # as if the note of it had been lost
    db.session.commit()
    jobs.tell_at_once()

    assert told(outbox) == [("a@example.org", "New webinar: Bezpieczne hasła")]


def test_a_recording_that_is_there_again_takes_no_other_news_along(announced, office, reads, outbox, clock):
    webinar = announced("Hasła")
    later(clock)
    reads("a@example.org", WEBINARS)
    recording = Recording(
        webinar=webinar, state=RecordingState.PUBLISHED, due_on=the_clock.today(), published_at=the_clock.now(),
        url="https://films.example/1", captions=Captions.IN_VIDEO,
    )  # fmt: skip
    db.session.add(recording)
    db.session.commit()
    later(clock)
    jobs.tell_at_once()
    recordings.give_up(recording, reason="Prawa", substitute="Notatki", actor=office)
    clock.tick(days=1)
    again = recordings.Published(
        url="https://films.example/1", captions=Captions.IN_VIDEO, without_materials=True
    )
    recordings.publish(recording, again, actor=office)
    db.session.commit()
    clock.tick(seconds=1)
    announced("Granty")
    later(clock)

    jobs.tell_at_once()

    assert len(told(outbox)) == 2
    assert "New webinar: Granty" in outbox()[-1].body


def test_a_webinar_moved_twice_between_two_looks_is_told_where_it_is_now(
    announced, office, reads, outbox, clock
):
    webinar = announced()
    later(clock)
    reads("a@example.org", WEBINARS)
    for days in (7, 14):
        clock.tick(minutes=1)
        moving.move(webinar, moving.NewTime(STARTS + timedelta(days=days), 90), actor=office)
        db.session.commit()
    later(clock)

    jobs.tell_at_once()

    [mail] = [mail for mail in outbox() if mail.template == "subscriptions/mail/news"]
    assert "24 Jun 2026" in mail.body


def test_telling_takes_the_same_queries_for_one_reader_and_for_many(announced, reads, clock, count_queries):
    def looked(readers):
        for number in range(readers):
            reads(f"r{number}x{readers}@example.org", WEBINARS)
        announced(f"For {readers}")
        later(clock)
        with count_queries() as queries:
            assert jobs.tell_at_once() != "0 mails"
        return sum("SELECT" in text.upper().split()[0] for text in queries.statements)

    assert looked(1) == looked(5)


def test_a_title_cannot_smuggle_a_header(announced, reads, outbox, clock):
    webinar = announced()
    webinar.title = "Hasła\r\nBcc: all@example.org"
    db.session.commit()
    reads("a@example.org", WEBINARS)
    clock.tick(minutes=1)
    copy = announced("Granty\u2028Bcc: all@example.org")
    later(clock)

    jobs.tell_at_once()

    subjects = [mail.subject for mail in db.session.scalars(select(OutboxMail)).all()]
    assert not any("\n" in subject or "\r" in subject or "\u2028" in subject for subject in subjects)
    assert copy.id
