"""The life of annual plans: the leader's own, used for a year, shared where advice is wanted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core import clock
from core.clock import working_days_between
from demo.annual_shared import left_open
from demo.calendar import Calendar
from demo.cast import HOME
from demo.chance import Chance
from demo.founding import SETTLED_AFTER
from demo.remarks import notes
from demo.seats import Seat
from demo.slips import with_slips
from demo.uploads import upload_waiting
from demo.years import YearBrief, as_of, year_plan
from plans.definitions import PlanKind
from plans.models import PlanVersion
from plans.queries import general_plan_of
from plans.services import own_plan, writing

MAKING = ("start", "fill", "use")

CLOSED = "start fill use record close"

ENDINGS = (
    *([CLOSED] * 4),
    *(["start fill use ask advise record"] * 4),
    *(["start fill use ask"] * 2),
    *(["start fill use share record"] * 3),
    *(["start fill use record"] * 14),
    *(["start fill"] * 7),
    "start",
)
"""From the plan that has been public longest; the newest ones have no annual plan yet."""

AT_HOME = "start fill use ask advise record leave send"

PAST_YEARS = 20
"""So many partnerships had an annual plan in the year before."""

GAPS = {
    "share": (2, 10),
    "ask": (2, 10),
    "advise": (1, 6),
    "record": (9, 30),
    "close": (1, 5),
    "leave": (1, 3),
    "send": (15, 25),
}
"""Days between a step and the one before it."""

DAYS_TO_CLOSE = 24
"""A year closed early was over so many days before today, at the latest."""


@dataclass(frozen=True)
class YearScript:
    """Which year, what happens, and how many working days ago the last of it was."""

    year: int
    steps: tuple[str, ...]
    ended: int


def year_scripts(seats: Sequence[Seat], calendar: Calendar) -> Mapping[str, Sequence[YearScript]]:
    """By code of the municipality: the longer a general plan has been public, the further its years have got."""
    public = [seat for seat in seats if seat.published is not None and not seat.part.has_lost_leader]
    public.sort(key=lambda seat: (-(seat.published or 0), seat.code))
    scripts: dict[str, Sequence[YearScript]] = {}
    for position, (seat, ending) in enumerate(zip(public, ENDINGS, strict=False)):
        scripts[seat.code] = [*_past_year(position, calendar), *_this_year(ending, position, calendar)]
    return {**scripts, HOME: [*_past_year(0, calendar), _script(calendar.today.year, AT_HOME, 1)]}


def _past_year(position: int, calendar: Calendar) -> Sequence[YearScript]:
    """Where the programme is in its second year, the first one is over, though not closed by everybody."""
    if calendar.last_year is None or position > PAST_YEARS:
        return []
    steps = "start fill use record" if position % 6 == 5 else CLOSED
    in_january = date(calendar.today.year, 1, 8 + position)
    return [_script(calendar.last_year, steps, max(1, working_days_between(in_january, calendar.today)))]


def _this_year(ending: str, position: int, calendar: Calendar) -> Sequence[YearScript]:
    year, ago = calendar.today.year, 1 + position % 7
    if ending != CLOSED:
        return [_script(year, ending, ago)]
    if calendar.last_year is None:
        return [_script(year, CLOSED, ago), _script(year + 1, "start fill", ago - 1)]
    return [_script(year, "start fill use record", ago)]


def _script(year: int, steps: str, ended: int) -> YearScript:
    return YearScript(year, tuple(steps.split()), ended)


def live_annual_plan(seat: Seat, script: YearScript) -> PlanVersion:
    seat.go_back_to_founding()
    life = AnnualLife(seat, script)
    for step, days_ago in zip(script.steps, _days(seat, script), strict=True):
        with seat.at(days_ago):
            STEPS[step](life)
    return life.version


def _days(seat: Seat, script: YearScript) -> list[int]:
    """The plan is made when the year begins, or as soon as there is a general plan; what follows is told from its end."""
    chance = seat.chance("annual pace", script.year)
    ended = seat.calendar.working_days_ago(script.ended)
    later = [ended]
    for step in reversed(script.steps[len(MAKING) + 1 :]):
        later.insert(0, later[0] + chance.whole(*GAPS[step]))
    begun = max(_begun(seat, script.year, chance), ended)
    made = [begun, begun - chance.whole(2, 6), begun - chance.whole(7, 9)][: len(script.steps)]
    return [*made, *(min(day, made[-1]) for day in later[: len(script.steps) - len(made)])]


def _begun(seat: Seat, year: int, chance: Chance) -> int:
    calendar = seat.calendar
    if year == calendar.last_year or (year == calendar.first_year and seat.published is None):
        return seat.founded - SETTLED_AFTER - chance.whole(10, 30)
    if year == calendar.first_year:
        return (seat.published or 0) - chance.whole(1, 6)
    return (calendar.today - date(year, 1, chance.whole(4, 20))).days


class AnnualLife:
    version: PlanVersion

    def __init__(self, seat: Seat, script: YearScript) -> None:
        self.seat = seat
        self.script = script
        self.chance = seat.chance("annual", script.year)

    def start(self) -> None:
        self.version = writing.start_plan(
            self.seat.partnership, PlanKind.ANNUAL, year_from=self.script.year, actor=self.seat.leader
        )

    def fill(self) -> None:
        general = general_plan_of(self.seat.partnership.id, year=self.script.year)
        if general is None:
            raise LookupError(f"no general plan of {self.seat.municipality.name}")
        writing.replace_rows(self.version, year_plan(self.version.rows, general.rows, self._brief()))

    def _brief(self) -> YearBrief:
        """A year is planned for what is left of it; one that is closed is over."""
        year, today = self.script.year, self.seat.calendar.today
        first = max(date(year, 1, 12), min(clock.today(), date(year, 11, 2)))
        is_closed_early = "close" in self.script.steps and year == today.year
        last = self.seat.calendar.day(DAYS_TO_CLOSE) if is_closed_early else date(year, 12, 15)
        return YearBrief(self.seat.code, year, min(first, last), last)

    def use(self) -> None:
        own_plan.put_in_use(self.version, actor=self.seat.leader)

    def record(self) -> None:
        writing.replace_rows(self.version, as_of(self.version.rows, clock.today(), self.chance))

    def leave(self) -> None:
        writing.replace_rows(self.version, left_open(self.version.rows, self.seat.calendar.today))

    def share(self) -> None:
        own_plan.share(self.version, shared=True, actor=self.seat.leader)

    def ask(self) -> None:
        own_plan.request_feedback(self.version, actor=self.seat.leader)

    def advise(self) -> None:
        animator = self.seat.partnership.animator(clock.today()) or self.seat.animator
        own_plan.give_feedback(self.version, text=self.chance.one(notes()["feedback"]), actor=animator)

    def close(self) -> None:
        own_plan.close_year(self.version, actor=self.seat.leader)

    def send(self) -> None:
        """A workbook with what took place since, and with some slips, waits to be taken over."""
        recorded = as_of(self.version.rows, clock.today(), self.chance)
        upload_waiting(self.version, with_slips(recorded), actor=self.seat.leader)


STEPS: dict[str, Callable[[AnnualLife], None]] = {
    "start": AnnualLife.start,
    "fill": AnnualLife.fill,
    "use": AnnualLife.use,
    "record": AnnualLife.record,
    "leave": AnnualLife.leave,
    "share": AnnualLife.share,
    "ask": AnnualLife.ask,
    "advise": AnnualLife.advise,
    "close": AnnualLife.close,
    "send": AnnualLife.send,
}
