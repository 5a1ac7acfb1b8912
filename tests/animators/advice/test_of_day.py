"""The mail of the evening: everything that was logged, once."""

from datetime import UTC, date, datetime

import pytest

from animators.advice.jobs import tell_of_the_day
from animators.advice.services.logging import Talk, log_advice, undo
from animators.consultations.models import Channel
from core.database import db
from partnerships.models import TermKind

NOON = datetime(2026, 4, 15, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def log(town, animator, key, minutes=30):
    day = date(2026, 4, 15) if key != "next" else date(2026, 4, 16)
    talk = Talk(town.municipality_id, Channel.PHONE, minutes, ["tools"], day)
    entry = log_advice(talk, key=key, actor=animator)
    db.session.commit()
    return entry


def evening(clock, day=15, hour=20, minute=10):
    clock.move_to(datetime(2026, 4, day, hour - 2, minute, tzinfo=UTC))  # summer time
    said = tell_of_the_day()
    db.session.commit()
    return said


def test_one_mail_a_day_to_the_leader_and_each_deputy(make, clock, outbox):
    animator, leader, deputy = make.animator("Anna Nowak"), make.user(), make.user()
    town = make.partnership(animator=animator, leader=leader, municipality=make.municipality("Ostrowice"))
    second = make.partnership(animator=animator, leader=leader, municipality=make.municipality("Brzeg"))
    make.term(town, deputy, kind=TermKind.DEPUTY)
    for place, key in ((town, "1"), (town, "2"), (second, "3")):
        log(place, animator, key)
    undo(log(town, animator, "4"), actor=animator)

    evening(clock)
    evening(clock)

    mails = {mail.to_address: mail for mail in outbox()}
    assert set(mails) == {leader.mail_address, deputy.mail_address}
    assert len(outbox()) == 2
    body = mails[leader.mail_address].body
    assert body.count("- 15 Apr 2026: 30 min, Phone, digital tools (Anna Nowak)") == 3
    assert ("Ostrowice: 1 h" in body, "Brzeg: 30 min" in body) == (True, True)
    assert "Without an objection it confirms itself after 7 days." in body
    assert (
        "(Anna Nowak)\n\nIf something is not right, say so here:\n"
        f"http://localhost/partnerships/{town.id}/advice\n"
    ) in body
    assert "Brzeg" not in mails[deputy.mail_address].body


def test_before_the_evening_nothing_is_sent(make, clock, outbox):
    town = make.partnership()
    log(town, town.animator(date(2026, 4, 15)), "1")

    assert evening(clock, hour=19) == "0 mails"
    assert outbox() == []


def test_what_is_logged_after_it_stands_in_the_next_one(make, clock, outbox):
    town = make.partnership()
    animator = town.animator(date(2026, 4, 15))
    log(town, animator, "1")
    evening(clock)
    clock.move_to(datetime(2026, 4, 15, 19, tzinfo=UTC))
    log(town, animator, "late", minutes=45)

    evening(clock, day=16)

    first, second = outbox()
    assert ("30 min" in first.body, "45 min" in first.body) == (True, False)
    assert ("30 min" in second.body, "45 min" in second.body) == (False, True)


def test_an_evening_without_a_server_is_made_up_for(make, clock, outbox):
    town = make.partnership()
    log(town, town.animator(date(2026, 4, 15)), "1")

    evening(clock, day=16)

    assert len(outbox()) == 1


def test_whoever_advises_a_partnership_they_lead_is_not_told_of_their_own_work(make, clock, outbox):
    both = make.animator()
    town = make.partnership(animator=both, leader=both)
    log(town, both, "1")

    evening(clock)

    assert outbox() == []
