"""What the register says today, read once for a whole file."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import exists, or_, select

from accounts.models import RoleGrant, User
from accounts.roles import Role
from core import clock
from core.database import db
from core.i18n import DEFAULT_LANGUAGE, _, in_language
from core.text import fold
from municipalities.models import Municipality
from partnerships.errors import AdvisesOwn, AlreadyCovered
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.workflow import OPEN_HANDOVERS
from partnerships.models import (
    AnimatorAssignment,
    AssignmentKind,
    LeaderTerm,
    Organisation,
    Partnership,
    PartnershipMember,
    TermKind,
)
from partnerships.workflow import PartnershipStatus
from programme.queries import the_programme


@dataclass(frozen=True, slots=True)
class Known:
    """A partnership that is not closed."""

    id: int
    name: str
    founded_on: date | None
    status: PartnershipStatus
    place_name: str


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Leads:
    """Who leads a partnership, or is to."""

    user_id: int
    name: str
    email: str
    organisation: str | None


@dataclass(frozen=True, slots=True)
class Assigned:
    id: int
    animator_id: int
    kind: AssignmentKind
    starts_on: date
    ends_on: date | None

    def lasts_until(self, day: date) -> bool:
        return _lasts_until(self.ends_on, day)


NAME = "\0"
"""Where in the usual name that of the municipality goes."""


@dataclass
class Facts:
    partnerships: Mapping[int, Known]
    """By municipality."""
    people: Mapping[str, Person]
    """By address."""
    leaders: Mapping[int, Leads]
    deputies: set[tuple[int, int]]
    """Partnership and person."""
    leads_of: Mapping[int, Sequence[tuple[int, date | None]]]
    """By person: the open partnerships they ever led or are to lead, with the last day."""
    assigned: Mapping[int, Sequence[Assigned]]
    """By municipality: who ever advised it or covered there, the earliest first."""
    names: Mapping[int, str] = field(default_factory=dict)
    advisers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Address or folded name -> people with the animator's role."""
    today: date = field(default_factory=clock.today)
    appointed: set[str] = field(default_factory=set)
    """Addresses of those who come to lead by an earlier row of the file."""

    @cached_property
    def usual_name(self) -> str:
        """It is kept, so it is not in the language of who happens to look."""
        with in_language(DEFAULT_LANGUAGE):
            return _("Partnership for digital education: %(name)s", name=NAME)

    @classmethod
    def load(cls) -> "Facts":
        leaders, deputies = _terms()
        names, advisers = _advisers()
        assigned = _assigned()
        return cls(
            _partnerships(), _people(), leaders, deputies, _leads_of(), assigned,
            names | _names_of(assigned, names), advisers,
        )  # fmt: skip

    def about(self, place_ids: Set[int], person_ids: Set[int]) -> tuple[object, ...]:
        """What a row on one of them rests upon, to be compared with what is so later."""
        partnerships = {key: self.partnerships.get(key) for key in place_ids}
        led = {one.id for one in partnerships.values() if one is not None}
        return (
            partnerships,
            {key: self.leaders.get(key) for key in led},
            {key: self.assigned.get(key) for key in place_ids},
            {key: self.leads_of.get(key) for key in person_ids},
            {one for one in self.deputies if one[1] in person_ids},
            {one for one in self.people.values() if one.id in person_ids},
        )

    def leads_elsewhere(self, person_id: int, partnership_id: int | None, first: date) -> bool:
        """As ``partnerships.queries`` has it."""
        return any(
            led != partnership_id and _lasts_until(ends_on, first)
            for led, ends_on in self.leads_of.get(person_id, ())
        )

    def advises_from(self, place_id: int, person_id: int, first: date) -> bool:
        """As the animator or as its cover, on that day or later."""
        return any(
            one.animator_id == person_id and one.lasts_until(first) for one in self.assigned.get(place_id, ())
        )

    def animators(self, name: str | None, email: str | None) -> Sequence[int]:
        if email:
            return self.advisers.get(email, ())
        return self.advisers.get(fold(name or ""), ()) or self.advisers.get(_turned(name or ""), ())

    def animator_of(self, place_id: int) -> str | None:
        present = self._now(place_id)
        return self.names.get(present.animator_id) if present else None

    def advises(self, place_id: int, animator_id: int) -> bool:
        present = self._now(place_id)
        return present is not None and present.animator_id == animator_id

    def cannot_advise(self, place_id: int, animator_id: int) -> str | None:
        """A new one begins after the present one began, and before nobody who is assigned for later."""
        today = self.today
        if self.advises(place_id, animator_id):
            return None
        known = self.partnerships.get(place_id)
        if known and self._is_led_by(known.id, animator_id):
            return str(AdvisesOwn(self.names[animator_id], known.place_name))
        if any(one.starts_on >= today for one in self._mains.get(place_id, ())):
            return str(AlreadyCovered())
        return None

    def _is_led_by(self, partnership_id: int, person_id: int) -> bool:
        leads = any(
            led == partnership_id and _lasts_until(ends_on, self.today)
            for led, ends_on in self.leads_of.get(person_id, ())
        )
        return leads or (partnership_id, person_id) in self.deputies

    def former(self, place_id: int) -> Assigned | None:
        """Who advises until yesterday once somebody else does from today."""
        return self._now(place_id)

    def covers_by(self, place_id: int, animator_id: int) -> list[Assigned]:
        """Who becomes the animator covers no longer: it would be for themselves."""
        return [one for one in self._covers.get(place_id, ()) if one.animator_id == animator_id]

    def _now(self, place_id: int) -> Assigned | None:
        return self._mains_of_today.get(place_id)

    @cached_property
    def _mains_of_today(self) -> dict[int, Assigned]:
        return {
            place_id: one
            for place_id, several in self._mains.items()
            for one in reversed(several)
            if one.starts_on <= self.today
        }

    @cached_property
    def _mains(self) -> dict[int, list[Assigned]]:
        return self._of_kind(AssignmentKind.MAIN)

    @cached_property
    def _covers(self) -> dict[int, list[Assigned]]:
        return self._of_kind(AssignmentKind.COVER)

    def _of_kind(self, kind: AssignmentKind) -> dict[int, list[Assigned]]:
        """By municipality, of today and of days to come."""
        found: dict[int, list[Assigned]] = {}
        for place_id, several in self.assigned.items():
            for one in several:
                if one.kind is kind and one.lasts_until(self.today):
                    found.setdefault(place_id, []).append(one)
        return found


def _lasts_until(ends_on: date | None, day: date) -> bool:
    return ends_on is None or ends_on >= day


def _turned(name: str) -> str:
    """``Nowak Anna`` for ``Anna Nowak``."""
    first, _, last = fold(name).partition(" ")
    return f"{last} {first}".strip()


def _partnerships() -> dict[int, Known]:
    rows = db.session.execute(
        select(
            Partnership.municipality_id, Partnership.id, Partnership.name, Partnership.founded_on, Partnership.status,
            Municipality.name,
        )
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .where(
            Partnership.programme_id == the_programme().id, Partnership.status != PartnershipStatus.CLOSED
        )
        .order_by(Municipality.sort_key, Municipality.id)
    )  # fmt: skip
    return {row[0]: Known(row[1], row[2], row[3], row[4], row[5]) for row in rows}


def _people() -> dict[str, Person]:
    rows = db.session.execute(select(User.email, User.id, User.name, User.is_active))
    return {row[0]: Person(row[1], row[2], row[3]) for row in rows}


def _terms() -> tuple[dict[int, Leads], set[tuple[int, int]]]:
    """Of today and of days to come."""
    rows = db.session.execute(
        select(LeaderTerm.partnership_id, LeaderTerm.kind, User.id, User.name, User.email, Organisation.name)
        .join(User, User.id == LeaderTerm.user_id)
        .outerjoin(Organisation, Organisation.id == LeaderTerm.organisation_id)
        .where(or_(LeaderTerm.ends_on.is_(None), LeaderTerm.ends_on >= clock.today()))
        .order_by(LeaderTerm.starts_on.desc())
    ).all()
    leaders = {row[0]: Leads(row[2], row[3], row[4], row[5]) for row in rows if row[1] is TermKind.LEADER}
    return leaders, {(row[0], row[2]) for row in rows if row[1] is TermKind.DEPUTY}


def _leads_of() -> dict[int, list[tuple[int, date | None]]]:
    rows = db.session.execute(
        select(LeaderTerm.user_id, LeaderTerm.partnership_id, LeaderTerm.ends_on)
        .join(Partnership, Partnership.id == LeaderTerm.partnership_id)
        .where(LeaderTerm.kind == TermKind.LEADER, Partnership.status != PartnershipStatus.CLOSED)
        .order_by(LeaderTerm.id)
    )
    found: dict[int, list[tuple[int, date | None]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found


def _assigned() -> dict[int, list[Assigned]]:
    one = AnimatorAssignment
    rows = db.session.execute(
        select(one.municipality_id, one.id, one.animator_id, one.kind, one.starts_on, one.ends_on).order_by(
            one.starts_on, one.id
        )
    )
    found: dict[int, list[Assigned]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Assigned(row[1], row[2], row[3], row[4], row[5]))
    return found


def _advisers() -> tuple[dict[int, str], dict[str, list[int]]]:
    today = clock.today()
    rows = db.session.execute(
        select(User.id, User.name, User.email).where(
            User.is_active,
            exists().where(
                RoleGrant.user_id == User.id,
                RoleGrant.role == Role.ANIMATOR,
                RoleGrant.starts_on <= today,
                or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
            ),
        )
    ).all()
    known: dict[str, list[int]] = {}
    for person_id, name, email in rows:
        known.setdefault(email, []).append(person_id)
        known.setdefault(fold(name), []).append(person_id)
    return {row[0]: row[1] for row in rows}, known


def _names_of(assigned: Mapping[int, Sequence[Assigned]], known: Mapping[int, str]) -> dict[int, str]:
    """Of those who advise today without the role any more, or did once."""
    left = {one.animator_id for several in assigned.values() for one in several} - set(known)
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(left))) if left else ()
    return {row[0]: row[1] for row in rows}


def organisations_by_place(place_ids: set[int]) -> dict[tuple[int, str], int]:
    """Municipality and folded name -> organisation, of those that still exist."""
    rows = db.session.execute(
        select(Organisation.municipality_id, Organisation.name, Organisation.id).where(
            Organisation.ended_on.is_(None)
        )
    )
    return {(place, fold(name)): key for place, name, key in rows if place in place_ids}


def memberships() -> set[tuple[int, int]]:
    """Partnership and organisation, of members that have not left."""
    rows = db.session.execute(
        select(PartnershipMember.partnership_id, PartnershipMember.organisation_id).where(
            PartnershipMember.left_on.is_(None)
        )
    )
    return {(where, who) for where, who in rows}


def handed_over() -> set[int]:
    """Partnerships with a hand-over that is not over yet."""
    open_ones = select(LeaderHandover.partnership_id).where(LeaderHandover.status.in_(OPEN_HANDOVERS))
    return set(db.session.scalars(open_ones))
