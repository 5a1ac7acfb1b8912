"""Municipalities merge: what was asked and not answered goes on where the partnership does, and comes back."""

import pytest

from animators.advice.models import AdviceRequest
from animators.advice.queries import open_requests_for
from animators.advice.services.requests import Question, ask, withdraw
from animators.consultations.models import Channel
from core.database import db
from municipalities import followers
from municipalities.models import MunicipalityChange
from municipalities.services.changing import apply_change, decide, undo_change
from tests.municipalities.ostrowice import DRAWSKO, Drawsko


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def drawsko(make) -> Drawsko:
    return Drawsko(make)


def merging(drawsko: Drawsko) -> MunicipalityChange:
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.leader.id)}, actor=drawsko.office)
    db.session.commit()
    return change


def asked(drawsko: Drawsko, key: str) -> AdviceRequest:
    return ask(
        drawsko.ostrowice, Question("tools", f"Skąd {key}?", Channel.CHAT), key=key, actor=drawsko.leader
    )


def test_open_requests_go_on_and_closed_ones_stay(drawsko):
    waiting, closed = asked(drawsko, "1"), asked(drawsko, "2")
    withdraw(closed, actor=drawsko.leader)
    change = merging(drawsko)
    [said] = [
        line.text
        for one in followers.preview(change)
        if one.label == "Requests for advice"
        for line in one.lines
    ]

    apply_change(change, actor=drawsko.office)
    db.session.commit()

    assert said == "1 open request of Cyfrowe Ostrowice goes on with Drawsko w sieci"
    assert (waiting.partnership_id, closed.partnership_id) == (drawsko.drawsko.id, drawsko.ostrowice.id)
    assert list(open_requests_for(drawsko.animators[DRAWSKO])) == [waiting]


def test_undone_they_are_where_they_were(drawsko):
    waiting = asked(drawsko, "1")
    change = merging(drawsko)
    apply_change(change, actor=drawsko.office)
    db.session.commit()

    undo_change(change, actor=drawsko.office)
    db.session.commit()

    db.session.expire_all()
    assert waiting.partnership_id == drawsko.ostrowice.id
