"""Pots that run low, one that is full, and minutes over it: waiting for the office, refused, and moved from the other pot."""

from collections.abc import Sequence

from animators.advice.queries import advisers_on
from animators.advice.services.logging import Talk, log_advice
from animators.consultations.models import Channel, Consultation
from animators.hours import deciding
from animators.hours.balances import balances_with_usual
from animators.hours.ledger import request_of
from animators.hours.models import BudgetAdjustment, Pot
from core import clock
from demo.cast import HOME
from demo.seats import Seat

LONG_AGO, LONGEST = 24, 150
"""Days, and minutes of one online workshop."""
WORKSHOP = "Wspólna praca nad planem przez internet: po kolei wszystkie arkusze."
LEFT_OF_LOW = (95, 60, 110)
"""Minutes, in the municipalities where little is left."""
OVER = 45
WAITS = "Dwie nowe organizacje dołączyły w połowie prac i trzeba było wprowadzić je od początku."
REFUSED = "Rozmowa przedłużyła się o ogólne pytania o program."
NOT_GRANTED = "Ogólne pytania omawiamy na webinariach; pula jest na sprawy planu."
MOVED = "Połączenie z biblioteką rwało się i spotkanie trzeba było powtórzyć."
FROM_VISITS = "Drugie spotkanie na miejscu będzie krótsze, jak uzgodniono."


def use_up_hours(seats: Sequence[Seat]) -> None:
    """All of them are ``animator@``'s: what they do about it is seen on one calendar."""
    home = next(seat for seat in seats if seat.code == HOME)
    mine = [seat for seat in seats if seat.animator is home.animator and seat is not home and _is_led(seat)]
    for seat, left in zip(mine, LEFT_OF_LOW, strict=False):
        _use(seat, leave=left)
    rest = mine[len(LEFT_OF_LOW) :]
    stories = (_full, _waiting, _refused, _moved)
    for story, seat in zip(stories, rest, strict=False):
        story(seat)


def _is_led(seat: Seat) -> bool:
    today = seat.calendar.today
    return seat.founded > LONG_AGO and seat.leader.id in seat.partnership.leader_ids(today)


def _full(seat: Seat) -> None:
    _use(seat, leave=0)


def _waiting(seat: Seat) -> None:
    _over(seat, WAITS, days_ago=3)


def _refused(seat: Seat) -> None:
    request = _over(seat, REFUSED, days_ago=9)
    if request is not None:
        with clock.at(seat.calendar.moment(7, seat.chance("decided"))), seat.calendar.with_its_mails():
            deciding.refuse(request, note=NOT_GRANTED, actor=seat.office)


def _moved(seat: Seat) -> None:
    request = _over(seat, MOVED, days_ago=8)
    visits = balances_with_usual([seat.municipality.id])[seat.municipality.id, Pot.VISIT]
    if request is not None and visits.free >= request.minutes:
        with clock.at(seat.calendar.moment(6, seat.chance("decided"))), seat.calendar.with_its_mails():
            deciding.transfer(request, note=FROM_VISITS, actor=seat.office)


def _over(seat: Seat, reason: str, *, days_ago: int) -> BudgetAdjustment | None:
    _use(seat, leave=OVER // 3)
    entry = _talk(seat, OVER + OVER // 3, days_ago, reason)
    return request_of(entry) if entry else None


def _use(seat: Seat, *, leave: int) -> None:
    """Workshops, the latest eleven days ago."""
    free = balances_with_usual([seat.municipality.id])[seat.municipality.id, Pot.REMOTE].free - leave
    days_ago = LONG_AGO
    while free > 0 and days_ago > 10:
        minutes = min(free, LONGEST)
        _talk(seat, minutes, days_ago, None)
        free, days_ago = free - minutes, days_ago - 3


def _talk(seat: Seat, minutes: int, days_ago: int, over_reason: str | None) -> Consultation | None:
    with (
        clock.at(seat.calendar.moment(days_ago, seat.chance("hours", days_ago))),
        seat.calendar.with_its_mails(),
    ):
        advisers = advisers_on(seat.municipality.id, clock.today())
        if not advisers:
            return None
        talk = Talk(
            seat.municipality.id, Channel.ONLINE, minutes, ("general_plan", "workbook"), clock.today(), WORKSHOP,
            over_reason=over_reason,
        )  # fmt: skip
        return log_advice(talk, key=f"demo-hours-{seat.code}-{days_ago}", actor=advisers[0])
