"""What a person's home shows: a section for each role they have, the most urgent first."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from accounts.models import User
from accounts.role_sources import roles_of
from accounts.roles import Role
from progress.home_animator import Advising, advising_of
from progress.home_handovers import HandoverLine, handovers_of
from progress.home_leader import LedPartnership, led_by
from progress.home_office import Overview, overview
from webinars.registrations.models import WebinarRegistration
from webinars.registrations.queries import next_seat_of


class Section(StrEnum):
    HANDOVERS = "handovers"
    LEADER = "leader"
    ANIMATOR = "animator"
    OFFICE = "office"
    ADMIN = "admin"


class Urgency(IntEnum):
    LATE = 0
    DUE = 1
    QUIET = 2


@dataclass(frozen=True)
class Home:
    """None is no such role; empty is a role with nothing to show yet."""

    led: list[LedPartnership] | None
    advising: Advising | None
    overview: Overview | None
    manages_people: bool
    handovers: list[HandoverLine]
    webinar: WebinarRegistration | None = None
    """The next one a leader or deputy comes to."""

    @property
    def sections(self) -> list[Section]:
        """The most urgent first; of equals a person's own plans before the programme's."""
        there = {
            Section.HANDOVERS: _of_handovers(self.handovers),
            Section.LEADER: _of_leader(self.led),
            Section.ANIMATOR: _of_animator(self.advising),
            Section.OFFICE: _of_office(self.overview),
            Section.ADMIN: Urgency.QUIET if self.manages_people else None,
        }
        found = [(urgency, section) for section, urgency in there.items() if urgency is not None]
        return [section for _urgency, section in sorted(found, key=lambda each: each[0])]

    @property
    def leading(self) -> Section | None:
        """The section whose action is the page's primary one: the first that has any."""
        acting = {
            Section.HANDOVERS: any(one.next.is_mine for one in self.handovers),
            Section.LEADER: any(one.step.is_mine for one in (self.led or [])[:1]),
            Section.ANIMATOR: bool(self.advising and self.advising.to_do),
            Section.OFFICE: bool(self.overview and self.overview.stuck_total),
            Section.ADMIN: True,
        }
        return next((section for section in self.sections if acting[section]), None)


def home_of(person: User) -> Home:
    roles = roles_of(person)
    return Home(
        led=led_by(person) if roles & {Role.LEADER, Role.DEPUTY} else None,
        advising=advising_of(person) if Role.ANIMATOR in roles else None,
        overview=overview() if Role.OFFICE in roles else None,
        manages_people=Role.ADMIN in roles,
        handovers=handovers_of(person),
        webinar=next_seat_of(person) if roles & {Role.LEADER, Role.DEPUTY} else None,
    )


def _of_handovers(handovers: list[HandoverLine]) -> Urgency | None:
    """Somebody waits for an answer, and until a day."""
    if not handovers:
        return None
    return Urgency.DUE if any(one.next.is_mine for one in handovers) else Urgency.QUIET


def _of_leader(led: list[LedPartnership] | None) -> Urgency | None:
    if led is None:
        return None
    if any(one.is_late for one in led):
        return Urgency.LATE
    return Urgency.DUE if any(one.step.is_mine for one in led) else Urgency.QUIET


def _of_animator(advising: Advising | None) -> Urgency | None:
    if advising is None:
        return None
    if advising.late:
        return Urgency.LATE
    return Urgency.DUE if advising.to_do else Urgency.QUIET


def _of_office(found: Overview | None) -> Urgency | None:
    """Late for somebody else is due for the office."""
    if found is None:
        return None
    return Urgency.DUE if found.stuck_total or found.decisions else Urgency.QUIET
