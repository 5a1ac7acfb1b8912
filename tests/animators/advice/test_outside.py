"""Advice outside the partnerships: logged, counted for the animator, taken from no pot."""

from datetime import date

import pytest
from sqlalchemy import func, select

from animators.advice.models import OutsideAdvice
from animators.advice.queries import outside_advice, outside_minutes
from animators.advice.services.outside import OutsideTalk, log_outside, take_back_outside
from animators.consultations.models import Channel
from animators.hours.models import LedgerEntry
from core.database import db
from core.errors import DomainError

TODAY, APRIL = date(2026, 4, 15), (date(2026, 4, 1), date(2026, 4, 30))


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def talk(**other):
    said = {
        "organisation": "Fundacja Żółta Gęś", "channel": Channel.PHONE, "minutes": 30, "topics": ["funding"],
        "day": TODAY, **other,
    }  # fmt: skip
    return OutsideTalk(**said)


def test_it_counts_for_the_animator_and_takes_nothing_from_any_pot(make):
    animator = make.animator()

    log_outside(talk(), key="1", actor=animator)
    log_outside(talk(minutes=45, day=date(2026, 4, 2)), key="2", actor=animator)
    log_outside(talk(minutes=60), key="3", actor=make.animator())

    assert outside_minutes(*APRIL)[animator.id] == 75
    assert [one.minutes for one in outside_advice(*APRIL, animator=animator)] == [30, 45]
    assert db.session.scalar(select(func.count()).select_from(LedgerEntry)) == 0


def test_sent_twice_it_is_one_entry(make):
    animator = make.animator()

    assert log_outside(talk(), key="1", actor=animator).id == log_outside(talk(), key="1", actor=animator).id


def test_another_talk_from_the_page_gone_back_to_is_logged_on_the_second_try(visit, make):
    animator = make.animator()
    page = visit(as_=animator).open("/advice/outside")
    page.submit("Log it", organisation="Fundacja Gęś", quick="30", topics=["funding"])

    asked = page.submit("Log it", expect=422, organisation="Klub Łoś", quick="30", topics=["funding"])
    asked.submit("Log it")

    assert "From this form 30 min for Fundacja Gęś on 15 Apr 2026 was logged already." in asked.text
    logged = db.session.scalars(select(OutsideAdvice.organisation).order_by(OutsideAdvice.id)).all()
    assert logged == ["Fundacja Gęś", "Klub Łoś"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"organisation": ""}, "organisation"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": -1}, "minutes"),
        ({"channel": Channel.VISIT}, "channel"),
        ({"topics": []}, "topics"),
        ({"day": date(2026, 4, 16)}, "day"),
        ({"day": date(2026, 3, 1)}, "late_reason"),
        ({"municipality_id": 999}, "municipality"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(make, wrong, field):
    with pytest.raises(DomainError) as refusal:
        log_outside(talk(**wrong), key="1", actor=make.animator())

    assert refusal.value.field == field


def test_taken_back_it_counts_no_more(make):
    animator = make.animator()
    entry = log_outside(talk(), key="1", actor=animator)

    take_back_outside(entry, reason="Pomyłka", actor=animator)

    assert outside_minutes(*APRIL) == {}
    with pytest.raises(DomainError, match="taken back already"):
        take_back_outside(entry, reason="Znowu", actor=animator)


def test_on_the_page(visit, make):
    animator = make.animator()
    page = visit(as_=animator).open("/advice").follow("Advice outside the partnerships")

    after = page.submit("Log it", organisation="Fundacja <b>Gęś</b>", quick="30", topics=["funding"])
    back = after.follow("Take back Fundacja <b>Gęś</b>, 15 Apr 2026")
    gone = back.submit("Take it back", reason="Pomyłka")

    assert "Logged: 30 min for Fundacja <b>Gęś</b>." in after.text
    assert "<b>Gęś" not in after.html
    assert "Taken back. It counts no more." in gone.text
    db.session.rollback()
    assert [one.taken_back_reason for one in db.session.scalars(select(OutsideAdvice))] == ["Pomyłka"]
