"""Consultations as they are when their minutes are entered."""

from datetime import timedelta

from accounts.models import User
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.balances import Balance, balances_with_usual
from animators.hours.ledger import Booking, book
from animators.hours.models import BudgetAdjustment, Pot
from core import clock
from core.database import db
from municipalities.models import Municipality


def consultation(
    place: Municipality, minutes: int, *, animator: User | None = None, channel: Channel = Channel.PHONE
) -> Consultation:
    """One that ended just now."""
    one = Consultation(
        municipality=place, animator=animator, channel=channel, visit_no=1 if channel is Channel.VISIT else None,
        actual_start=clock.now() - timedelta(minutes=minutes), actual_minutes=minutes,
        status=ConsultationStatus.LOGGED,
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    return one


def booked(
    place: Municipality,
    minutes: int,
    *,
    animator: User | None = None,
    channel: Channel = Channel.PHONE,
    reason: str | None = "It took long",
) -> Booking:
    one = consultation(place, minutes, animator=animator, channel=channel)
    return book(one, reason=reason, actor=animator)


def overrun(place: Municipality, over: int, *, animator: User | None = None) -> BudgetAdjustment:
    """The remote pot is full, and so many minutes wait for the office."""
    request = booked(place, 480 + over, animator=animator).request
    if request is None:
        raise LookupError("everything fitted")
    return request


def remote(place: Municipality) -> Balance:
    return balances_with_usual([place.id])[place.id, Pot.REMOTE]


def visits(place: Municipality) -> Balance:
    return balances_with_usual([place.id])[place.id, Pot.VISIT]
