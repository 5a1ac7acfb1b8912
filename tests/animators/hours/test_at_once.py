"""Two of the office, or the office and an animator, at the same moment."""

from collections.abc import Callable
from functools import partial
from threading import Event
from time import sleep

import pytest

from accounts.models import User
from animators.consultations.models import Consultation
from animators.hours import deciding
from animators.hours.balances import Balance
from animators.hours.budgets import locked_budget
from animators.hours.ledger import book, correct
from animators.hours.models import BudgetAdjustment, Decision, HourBudget, Pot
from core.database import db
from municipalities.models import Municipality
from tests.animators.hours.entries import booked, consultation, overrun, remote, visits
from tests.support.at_once import at_once

ROUNDS = 3


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def office_id(make) -> int:
    return int(make.office().id)


def decided(decide: Callable[..., object], request_id: int, actor_id: int) -> str:
    request = db.session.get_one(BudgetAdjustment, request_id)
    decide(request, note="So", actor=db.session.get_one(User, actor_id))
    return request.decision.value


@pytest.mark.parametrize(("one", "other"), [
    (deciding.grant, deciding.grant), (deciding.grant, deciding.refuse), (deciding.grant, deciding.transfer),
    (deciding.transfer, deciding.transfer), (deciding.refuse, deciding.transfer),
])  # fmt: skip
def test_of_two_who_decide_at_once_the_second_is_told(app, make, office_id, one, other):
    expected = {
        "granted": (Balance(510, 510), Balance(480, 0)),
        "refused": (Balance(480, 480), Balance(480, 0)),
        "transferred": (Balance(510, 510), Balance(450, 0)),
    }
    for _ in range(ROUNDS):
        place = make.municipality()
        request = overrun(place, 30)
        db.session.commit()
        attempts = [partial(decided, decide, request.id, office_id) for decide in (one, other)]

        outcome = at_once(app, *attempts)

        db.session.expire_all()
        assert outcome[0] == "NotNow"
        assert request.decision == Decision(outcome[1])
        assert (remote(place), visits(place)) == expected[outcome[1]]


def test_what_is_free_is_given_away_once(app, make, office_id):
    """Two overruns, room for one in the other pot, and somebody who books a visit meanwhile."""
    for _ in range(ROUNDS):
        place = make.municipality()
        requests = [overrun(place, 300), booked(place, 300).request]
        visit = consultation(place, 300)
        visit.channel, visit.visit_no = visit.channel.VISIT, 1
        db.session.commit()
        visit_id, ids = visit.id, [one.id for one in requests if one]

        def books(visit_id=visit_id) -> str:
            over = book(db.session.get_one(Consultation, visit_id), reason="Long", actor=None).over
            return f"visit {over} over"

        outcome = at_once(app, books, *(partial(decided, deciding.transfer, one, office_id) for one in ids))

        db.session.expire_all()
        assert visits(place).free >= 0
        assert remote(place).free == 0
        assert outcome in (
            ["NotEnoughThere", "transferred", "visit 120 over"],
            ["NotEnoughThere", "NotEnoughThere", "visit 0 over"],
        )


def test_an_animator_books_while_the_office_takes_away(app, make, office_id):
    for _ in range(ROUNDS):
        place = make.municipality()
        booked(place, 380)
        one = consultation(place, 90)
        db.session.commit()
        one_id, place_id = one.id, place.id

        def books(one_id=one_id) -> str:
            return f"{book(db.session.get_one(Consultation, one_id), reason='Long', actor=None).over} over"

        def takes(place_id=place_id) -> str:
            place, office = (
                db.session.get_one(Municipality, place_id),
                db.session.get_one(User, office_id),
            )
            deciding.adjust_pot(place, Pot.REMOTE, -90, "Less", actor=office)
            return "taken"

        outcome = at_once(app, books, takes)

        db.session.expire_all()
        assert (outcome, remote(place)) in (
            (["0 over", "NotEnoughThere"], Balance(480, 470)),
            (["80 over", "taken"], Balance(390, 390, 80)),
        )


def test_two_corrections_of_one_consultation_at_once_both_count(app, make):
    for _ in range(ROUNDS):
        place = make.municipality()
        one = consultation(place, 90)
        book(one, reason=None, actor=None)
        db.session.commit()
        one_id = one.id

        def corrects(minutes: int, one_id: int = one_id) -> str:
            correct(db.session.get_one(Consultation, one_id), minutes, reason="Other", actor=None)
            return "corrected"

        outcome = at_once(app, partial(corrects, 60), partial(corrects, 120))

        db.session.expire_all()
        assert outcome == ["corrected", "corrected"]
        assert one.actual_minutes == remote(place).used
        assert one.actual_minutes in (60, 120)


def test_whoever_waits_for_a_budget_that_moves_gets_the_one_left_behind(app, make):
    """As a change of municipalities moves it: on both databases they come after it."""
    place, heir = make.municipality(), make.municipality()
    place_id, heir_id = place.id, heir.id
    budget_id = locked_budget(place_id, Pot.REMOTE).id
    db.session.commit()
    is_moving = Event()

    def moves() -> str:
        db.session.get_one(HourBudget, budget_id).municipality_id = heir_id
        db.session.flush()
        is_moving.set()
        db.session.add(HourBudget(municipality_id=place_id, pot=Pot.REMOTE, granted_minutes=0))
        sleep(0.5)
        return "moved"

    def waits() -> str:
        is_moving.wait()
        return f"has {locked_budget(place_id, Pot.REMOTE).granted_minutes}"

    assert at_once(app, moves, waits) == ["has 0", "moved"]
