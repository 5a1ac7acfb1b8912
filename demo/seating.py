"""Everybody takes their place: animators by region, a leader for each municipality, deputies here and there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from accounts.demo_sign_ins import BEGINNER, DEMO_SIGN_INS
from accounts.models import User
from accounts.roles import Role
from core import clock
from demo.calendar import Calendar
from demo.cast import BEGINNING, HOME, REGIONS, Part, Stage, cast
from demo.chance import Chance
from demo.organisations import domain_of
from demo.people import People
from demo.places import enter_municipalities, in_equal_parts
from demo.seats import Seat
from municipalities.models import Municipality

NAMES = {
    Role.LEADER: "Barbara Zielonka",
    Role.DEPUTY: "Tomasz Gajewski",
    Role.ANIMATOR: "Ewa Maliszewska",
    Role.OFFICE: "Marta Kowalczyk",
    Role.ADMIN: "Piotr Sadowski",
}
"""Those whom the sign-in page offers."""

OFFICE_PEOPLE = 3

BEGINNERS_NAME = "Danuta Wilk"

EMAILS = {sign_in.role: email for email, sign_in in DEMO_SIGN_INS.items() if email != BEGINNER}


def take_seats(calendar: Calendar) -> list[Seat]:
    """All seats, region by region; the first region is that of ``animator@``."""
    municipalities = enter_municipalities()
    parts = cast([one.code for one in municipalities])
    people = _Hiring(calendar, _where_one_begins(parts))
    people.holders(Role.ADMIN, 1)
    people.holders(Role.FUNDER, 1)
    offices = people.holders(Role.OFFICE, OFFICE_PEOPLE)
    animators = people.holders(Role.ANIMATOR, REGIONS)
    return [
        people.seat(municipality, parts[municipality.code], animator, offices[number % len(offices)])
        for animator, region in zip(animators, in_equal_parts(municipalities, REGIONS), strict=True)
        for number, municipality in enumerate(region)
    ]


@dataclass
class _Hiring:
    calendar: Calendar
    beginning_at: str
    """Code of the municipality whose leader has everything but a plan."""

    def __post_init__(self) -> None:
        self.people = People(self.calendar)
        self.beginning = clock.now() - timedelta(days=self.calendar.length)

    def holders(self, role: Role, count: int) -> list[User]:
        """The first of them is the one that the sign-in page offers, if it offers one."""
        named = {"email": EMAILS[role], "name": NAMES[role]} if role in EMAILS else {}
        first = self.people.holder(role, 0, since=self.beginning, **named)
        return [
            first,
            *(self.people.holder(role, number, since=self.beginning) for number in range(1, count)),
        ]

    def seat(self, municipality: Municipality, part: Part, animator: User, office: User) -> Seat:
        code = municipality.code
        entered = _days_since_entered(part, self.calendar, Chance(code, "entered"))
        return Seat(
            municipality=municipality,
            part=part,
            calendar=self.calendar,
            animator=animator,
            office=office,
            leader=self._resident(
                Role.LEADER, municipality, entered, came=part.script.stage is not Stage.PLANNED
            ),
            deputies=[self._resident(Role.DEPUTY, municipality, entered)] if part.deputies else [],
            entered=entered,
        )

    def _resident(self, role: Role, municipality: Municipality, entered: int, *, came: bool = True) -> User:
        named = self._named(role, municipality.code)
        since = self.calendar.moment(entered + 1, Chance(municipality.code, role, "invited"))
        about = (municipality.code, role.value)
        return self.people.person(*about, domain=domain_of(municipality), since=since, came=came, **named)

    def _named(self, role: Role, code: str) -> dict[str, str]:
        """Those whom the sign-in page offers."""
        if code == HOME:
            return {"email": EMAILS[role], "name": NAMES[role]}
        if code == self.beginning_at and role is Role.LEADER:
            return {"email": BEGINNER, "name": BEGINNERS_NAME}
        return {}


def _where_one_begins(parts: Mapping[str, Part]) -> str:
    return next(
        code
        for code, part in parts.items()
        if part.script.name == BEGINNING and not part.has_lost_leader and not part.deputies
    )


def _days_since_entered(part: Part, calendar: Calendar, chance: Chance) -> int:
    """When the office entered the partnership: most with the beginning of the programme, some only lately."""
    if part.script.stage is Stage.ACTIVE:
        return calendar.length - chance.whole(4, 16)
    if part.script.stage is Stage.FORMING:
        return chance.whole(45, 110)
    return chance.whole(6, 90)
