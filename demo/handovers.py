"""Leaders who hand over: one waits for the animator whom the sign-in page offers, one was done some weeks ago."""

from collections.abc import Sequence, Set
from datetime import date, timedelta

from accounts.models import User
from core import clock
from core.database import db
from demo.organisations import domain_of
from demo.people import invited
from demo.seats import Seat
from partnerships.services import (
    accept_handover,
    confirm_handover,
    finish_handover,
    request_handover,
)

SCRIPT = "published"
"""The plan is public: whoever leads next begins with nothing in a hurry."""

UNDER_WAY = (
    "Bogumiła Rzepecka",
    "Od nowego roku szkolnego prowadzę inną placówkę. Pani Bogumiła zna plan od początku.",
)
DONE = ("Wiktor Sarnowski", "Odchodzę na emeryturę. Dziękuję wszystkim za wspólną pracę.")
ASKED, TOOK_OVER = 26, 12
"""Days ago."""


def hand_over(seats: Sequence[Seat], *, busy: Set[str]) -> None:
    """``busy``: codes of municipalities with a plan of the year, whose story needs its leader until the end."""
    public = [seat for seat in seats if seat.part.script.name == SCRIPT]
    of_the_first, others = (
        [seat for seat in public if (seat.animator is seats[0].animator) is wanted]
        for wanted in (True, False)
    )
    _under_way(max(of_the_first, key=_stillness))
    _done(max((seat for seat in others if seat.code not in busy and not seat.deputies), key=_stillness))


def _stillness(seat: Seat) -> int:
    return seat.part.ended


def _under_way(seat: Seat) -> None:
    with seat.at(4):
        successor = _successor(seat, UNDER_WAY[0])
        handover = request_handover(
            seat.partnership,
            successor,
            effective_on=seat.calendar.day(-21),
            note=UNDER_WAY[1],
            actor=seat.leader,
        )
    with seat.at(2):
        accept_handover(handover, actor=successor)


def _done(seat: Seat) -> None:
    with seat.at(ASKED):
        successor = _successor(seat, DONE[0])
        handover = request_handover(
            seat.partnership,
            successor,
            effective_on=_working_day(seat.calendar.day(TOOK_OVER)),
            note=DONE[1],
            actor=seat.leader,
        )
    with seat.at(ASKED - 3):
        accept_handover(handover, actor=successor)
    with seat.at(ASKED - 5):
        db.session.refresh(seat.partnership)
        confirming = seat.partnership.animator(clock.today()) or seat.animator
        confirm_handover(handover, actor=confirming)
    with seat.at((clock.today() - handover.effective_on).days):
        finish_handover(handover)
    seat.leader = successor


def _working_day(day: date) -> date:
    """Stories are told in working hours, and this one has to have come to its end."""
    while not clock.is_working_day(day):
        day += timedelta(days=1)
    return day


def _successor(seat: Seat, name: str) -> User:
    return invited(name, domain=domain_of(seat.municipality))
