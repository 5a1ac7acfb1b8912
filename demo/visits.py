"""Visits whose date is being agreed on: proposed, entered by phone, to be moved, cancelled late."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from accounts.models import User
from animators.consultations.models import Consultation
from animators.visits import services
from animators.visits.queries import living_visits
from animators.visits.slots import Slot
from core import clock
from core.local_times import moment_of
from demo.cast import HOME
from demo.chance import Chance
from demo.gatherings import PLACES
from demo.seats import Seat
from programme.queries import the_programme

MORNINGS = (time(9), time(9, 30), time(10), time(11))
OTHERS = 40
"""Per cent of the other animators' municipalities."""
TOLD = "Proszę o inny dzień: w tym tygodniu mamy zebrania w sołectwach."
CANCELLED = "Choroba w domu, proszę o nowy termin."
MOVED = "W bibliotece będzie remont."


def agree_on_visits(seats: Sequence[Seat]) -> None:
    """``leader@`` finds dates to choose from, ``animator@`` one of each kind; the others what falls by chance."""
    home = next(seat for seat in seats if seat.code == HOME)
    _propose(home, home.animator, 3)
    mine = [seat for seat in seats if seat.animator is home.animator and seat is not home and _is_free(seat)]
    for seat, tell in zip(mine, MINE, strict=False):
        tell(seat)
    for seat in seats:
        if seat.animator is home.animator or not _is_free(seat):
            continue
        chance = seat.chance("dates of visits")
        if chance.happens(OTHERS):
            chance.one(ANY)(seat)


def _is_free(seat: Seat) -> bool:
    """Led and advised by its own people for the next weeks, with a visit that has no date."""
    today = seat.calendar.today
    days = [today + timedelta(days=days) for days in (-9, 0, 30)]
    return (
        seat.founded > 12
        and seat.leader.id in seat.partnership.leader_ids(today)
        and all(seat.partnership.animator_ids(day) == {seat.animator.id} for day in days)
        and _number(seat) is not None
    )


def _number(seat: Seat) -> int | None:
    taken = {number for _place, number, _status in living_visits([seat.municipality.id])}
    most = the_programme().settings.visits_per_municipality
    return next((number for number in range(1, most + 1) if number not in taken), None)


def _propose(seat: Seat, who: User, dates: int, *, days_ago: int = 1) -> Consultation | None:
    number = _number(seat)
    if number is None:
        return None
    chance = seat.chance("proposed")
    place = chance.one(PLACES)
    slots = [_slot(seat, 9 + 3 * step, place, chance) for step in range(dates)]
    return _at(seat, days_ago, lambda: services.propose(seat.partnership, slots, visit_no=number, actor=who))


def _by_phone(seat: Seat, *, days_ago: int = 1, ahead: int = 12) -> Consultation | None:
    number = _number(seat)
    if number is None:
        return None
    chance = seat.chance("by phone")
    slot = _slot(seat, ahead, chance.one(PLACES), chance)
    return _at(
        seat,
        days_ago,
        lambda: services.enter_agreed(seat.partnership, slot, visit_no=number, actor=seat.leader),
    )


def _waits_on_animator(seat: Seat) -> None:
    _propose(seat, seat.leader, 2)


def _waits_on_leader(seat: Seat) -> None:
    _propose(seat, seat.animator, 3, days_ago=2)


def _entered_yesterday(seat: Seat) -> None:
    _by_phone(seat)


def _agreed(seat: Seat) -> None:
    visit = _propose(seat, seat.animator, 2, days_ago=6)
    if visit is not None:
        slot = visit.slots[0]
        _at(seat, 4, lambda: services.accept(slot, actor=seat.leader))


def _to_be_moved(seat: Seat) -> None:
    visit = _by_phone(seat, days_ago=8)
    if visit is not None:
        chance = seat.chance("moved")
        slots = [_slot(seat, days, visit.place or "", chance) for days in (16, 19)]
        _at(seat, 1, lambda: services.ask_to_move(visit, slots, reason=MOVED, actor=seat.leader))


def _cancelled_late(seat: Seat) -> None:
    """A day before; another date is proposed since."""
    visit = _by_phone(seat, days_ago=8, ahead=-3)
    if visit is not None and visit.planned_start is not None:
        with clock.at(visit.planned_start - timedelta(hours=20)), seat.calendar.with_its_mails():
            services.cancel(visit, reason=CANCELLED, actor=seat.leader)
        _propose(seat, seat.leader, 2)


def _declined(seat: Seat) -> None:
    visit = _propose(seat, seat.animator, 2, days_ago=5)
    if visit is not None:
        _at(seat, 3, lambda: services.decline(visit, note=TOLD, actor=seat.leader))


Tale = Callable[[Seat], None]
MINE: Sequence[Tale] = (
    _waits_on_animator, _entered_yesterday, _cancelled_late, _to_be_moved, _agreed, _declined,
)  # fmt: skip
ANY: Sequence[Tale] = (
    _waits_on_animator,
    _waits_on_leader,
    _agreed,
    _agreed,
    _agreed,
    _declined,
    _to_be_moved,
)


def _at(seat: Seat, days_ago: int, deed: Callable[[], Consultation | None]) -> Consultation | None:
    with (
        clock.at(seat.calendar.moment(days_ago, seat.chance("visit", days_ago))),
        seat.calendar.with_its_mails(),
    ):
        return deed()


def _slot(seat: Seat, ahead: int, place: str, chance: Chance) -> Slot:
    """So many days from today, or on the next working day."""
    day = seat.calendar.today + timedelta(days=ahead)
    while not clock.is_working_day(day):
        day += timedelta(days=1)
    begins: datetime = moment_of(day, chance.one(MORNINGS))
    return Slot(begins, the_programme().settings.visit_nominal_minutes, place)
