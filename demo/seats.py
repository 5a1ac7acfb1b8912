"""A partnership of the demonstration while its story is told: who is in it, and what time it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import User
from core import clock
from core.database import db
from demo.calendar import Calendar
from demo.cast import Part
from demo.chance import Chance
from demo.library import SURROUNDINGS, Surroundings
from municipalities.models import Municipality
from partnerships.models import Partnership

BETWEEN_STEPS = timedelta(minutes=20)


@dataclass
class Seat:
    municipality: Municipality
    part: Part
    calendar: Calendar
    animator: User
    office: User
    leader: User
    deputies: list[User]
    entered: int
    """Days since the office entered it."""
    partnership: Partnership = field(init=False)
    founded: int = field(init=False, default=0)
    """Days ago."""
    published: int | None = field(init=False, default=None)
    """Days since its general plan was first public."""
    _last: datetime = field(init=False)
    _settled: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._last = self.calendar.moment(self.calendar.length, self.chance("beginning"))

    @property
    def code(self) -> str:
        return self.municipality.code

    @property
    def place(self) -> Surroundings:
        return SURROUNDINGS[self.municipality.kind]

    def chance(self, *about: object) -> Chance:
        return Chance(self.code, *about)

    @contextmanager
    def at(self, days_ago: int) -> Iterator[None]:
        """Live this block about so many days ago, but after everything told before. What it did is written at once."""
        wanted = self.calendar.moment(max(0, days_ago), self.chance("moment", self._last))
        self._last = min(max(wanted, self._last + BETWEEN_STEPS), self.calendar.now)
        with clock.at(self._last), self.calendar.with_its_mails():
            yield
            db.session.flush()

    def settle(self) -> None:
        """Everybody is there. What follows are its plans, each with a story of its own."""
        self._settled = self._last

    def go_back_to_founding(self) -> None:
        self._last = self._settled
