"""Two at the same moment, on both databases: one entry from one form, and a pot that is never overdrawn."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from accounts.models import User
from animators.advice.models import AdviceRequest, OutsideAdvice
from animators.advice.services.logging import Talk, log_advice
from animators.advice.services.outside import OutsideTalk, log_outside
from animators.advice.services.requests import Question, ask
from animators.consultations.models import Channel, Consultation
from animators.hours.balances import balances_with_usual
from animators.hours.models import BudgetAdjustment, LedgerEntry, Pot
from core.database import db
from core.mail import OutboxMail
from partnerships.models import AssignmentKind, Partnership
from tests.support.at_once import at_once

TODAY, EARLIER = date(2026, 4, 15), date(2026, 4, 9)
NOW = datetime(2026, 4, 15, 10, tzinfo=UTC)
SENT = 6


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def person(person_id: int) -> User:
    return db.session.get_one(User, person_id)


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def logging(
    place: int, animator: int, key: str, *, minutes: int = 30, day: date = TODAY
) -> Callable[[], object]:
    def log() -> object:
        talk = Talk(place, Channel.PHONE, minutes, ["tools"], day, over_reason="Kontrola")
        return log_advice(talk, key=key, actor=person(animator)).id

    return log


def test_a_form_that_arrives_several_times_at_once_is_one_entry(app, make):
    animator = make.animator()
    place = make.partnership(animator=animator).municipality_id

    ids = at_once(app, *(logging(place, animator.id, "same") for _ in range(SENT)))

    assert len(set(ids)) == 1
    assert (count(Consultation), count(LedgerEntry)) == (1, 1)


def test_one_of_two_different_talks_from_one_form_is_asked_about(app, make):
    animator = make.animator()
    place = make.partnership(animator=animator).municipality_id

    outcome = at_once(
        app, logging(place, animator.id, "same"), logging(place, animator.id, "same", minutes=45)
    )

    assert outcome[1] == "AnotherWasSent"
    assert count(Consultation) == 1


def test_main_and_cover_at_once_never_overdraw_the_pot(app, make):
    main, cover = make.animator(), make.animator()
    place = make.partnership(animator=main).municipality
    make.assignment(place, cover, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 10), ends_on=TODAY)
    place_id = place.id

    at_once(
        app,
        *(logging(place_id, main.id, f"m{n}", minutes=90, day=EARLIER) for n in range(3)),
        *(logging(place_id, cover.id, f"c{n}", minutes=90) for n in range(3)),
    )

    db.session.rollback()
    balance = balances_with_usual([place_id])[place_id, Pot.REMOTE]
    assert (balance.free, balance.used, balance.pending) == (0, 480, 60)
    assert (count(Consultation), count(BudgetAdjustment)) == (6, 1)


def test_a_request_that_arrives_twice_at_once_is_one_with_one_mail(app, make):
    town = make.partnership()
    leader = town.terms[0].user_id
    town_id = town.id

    def send() -> object:
        question = Question("tools", "Skąd?", Channel.CHAT)
        return ask(db.session.get_one(Partnership, town_id), question, key="same", actor=person(leader)).id

    assert len(set(at_once(app, *(send for _ in range(3))))) == 1
    assert (count(AdviceRequest), count(OutboxMail)) == (1, 1)


def test_two_who_answer_one_request_enter_one_talk(app, make):
    main = make.animator()
    town = make.partnership(animator=main)
    request = ask(town, Question("tools", "Skąd?", Channel.CHAT), key="q", actor=town.terms[0].user)
    db.session.commit()
    request_id, place_id, main_id = request.id, town.municipality_id, main.id

    def answering(key: str) -> Callable[[], object]:
        def answer() -> object:
            talk = Talk(place_id, Channel.CHAT, 15, ["tools"], TODAY)
            asked = db.session.get_one(AdviceRequest, request_id)
            log_advice(talk, key=key, answers=asked, answer="Stąd", actor=person(main_id))
            return "answered"

        return answer

    assert at_once(app, answering("1"), answering("2")) == ["RequestIsClosed", "answered"]
    assert count(Consultation) == 1


def test_outside_advice_that_arrives_twice_at_once_is_one_entry(app, make):
    animator = make.animator().id

    def log() -> object:
        talk = OutsideTalk("Fundacja", Channel.PHONE, 30, ["tools"], TODAY)
        return log_outside(talk, key="same", actor=person(animator)).id

    assert len(set(at_once(app, *(log for _ in range(3))))) == 1
    assert count(OutsideAdvice) == 1
