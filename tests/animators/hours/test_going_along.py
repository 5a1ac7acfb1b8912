"""A municipality ends: what the office granted it besides, and what it still has to decide, goes along and comes back."""

from datetime import UTC, datetime

import pytest

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours import deciding
from animators.hours.balances import Balance
from animators.hours.ledger import book
from animators.hours.models import BudgetAdjustment, Pot
from core.database import db
from municipalities.change_errors import NewerExists
from municipalities.models import Municipality
from municipalities.services.changing import undo_change
from tests.journeys.test_what_goes_along import NOON, apply, balances, lines, merging
from tests.municipalities.ostrowice import DRAWSKO, OSTROWICE, Drawsko, unit


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def drawsko(make) -> Drawsko:
    return Drawsko(make)


def asked_over(place: Municipality, minutes: int) -> BudgetAdjustment:
    consultation = Consultation(
        municipality_id=place.id, channel=Channel.PHONE, actual_start=NOON, actual_minutes=480 + minutes,
        status=ConsultationStatus.LOGGED,
    )  # fmt: skip
    db.session.add(consultation)
    request = book(consultation, reason="Long", actor=None).request
    assert request is not None
    db.session.commit()
    return request


def test_requests_and_what_was_granted_besides_go_along_and_come_back(drawsko):
    deciding.adjust_pot(unit(OSTROWICE), Pot.VISIT, 60, "Large", actor=drawsko.office)
    waiting = asked_over(unit(OSTROWICE), 30)
    change = merging(drawsko)
    before = balances(OSTROWICE, DRAWSKO)
    assert lines(change, "Hours of advice")[-1] == (
        "Remote advice of Ostrowice, 30 min over the pot that wait for the office: from then on with Drawsko Pomorskie"
    )

    apply(change, drawsko)

    assert balances(OSTROWICE, DRAWSKO) == {
        "Ostrowice visit": Balance(0, 0),
        "Ostrowice remote": Balance(0, 0),
        "Drawsko Pomorskie visit": Balance(1020, 0),
        "Drawsko Pomorskie remote": Balance(960, 480, 30),
    }
    assert waiting.budget.municipality.name == "Drawsko Pomorskie"

    undo_change(change, actor=drawsko.office)
    db.session.commit()

    after = balances(OSTROWICE, DRAWSKO)
    assert {name: balance for name, balance in after.items() if name in before} == before
    assert waiting.budget.municipality.name == "Ostrowice"


def test_a_request_that_went_along_is_decided_in_the_new_place(drawsko):
    waiting = asked_over(unit(OSTROWICE), 30)
    apply(merging(drawsko), drawsko)

    deciding.transfer(waiting, actor=drawsko.office)

    assert balances(DRAWSKO) == {
        "Drawsko Pomorskie visit": Balance(930, 0),
        "Drawsko Pomorskie remote": Balance(990, 510),
    }


def test_a_decision_made_since_keeps_the_change(drawsko, clock):
    waiting = asked_over(unit(OSTROWICE), 30)
    change = apply(merging(drawsko), drawsko)
    clock.move_to(datetime(2026, 4, 16, 7, 0, tzinfo=UTC))
    deciding.refuse(waiting, note="No", actor=drawsko.office)
    db.session.commit()

    with pytest.raises(NewerExists) as refusal:
        undo_change(change, actor=drawsko.office)

    assert str(refusal.value) == (
        "The change cannot be undone any more. Since then something was decided about the hours of Drawsko Pomorskie, "
        "16 Apr 2026."
    )
