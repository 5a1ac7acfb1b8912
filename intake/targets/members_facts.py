"""Who belongs and belonged to partnerships, read once for a whole file, and kept as its rows change it."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from core import clock
from core.database import db
from core.errors import DomainError
from core.formatting import day
from core.i18n import _
from core.text import fold
from intake.targets.partnerships import Home
from partnerships.errors import BelongedThen
from partnerships.models import Organisation, PartnershipMember
from partnerships.organisations.errors import OrganisationOver
from partnerships.services.members import check_days_of_member

COMPARED = ("role", "contribution", "contact_function", "contact_email", "joined_on", "left_on")


@dataclass(frozen=True, slots=True)
class Present:
    """A membership that is kept."""

    id: int
    organisation_id: int
    name: str
    org_type: str
    values: dict[str, Any]
    ended_on: date | None
    """Of the organisation."""

    def alike(self) -> Iterator[tuple[str, Any]]:
        """By what namesakes are told apart."""
        yield "org_type", self.org_type
        yield from self.values.items()


@dataclass(slots=True)
class Stay:
    """From when to when an organisation belongs, by the rows so far."""

    present: Present | None
    """None: a row of the file brings it."""
    organisation_id: int | None
    joined_on: date
    left_on: date | None

    def shares_a_day(self, joined_on: date | None, left_on: date | None) -> bool:
        begins = left_on is None or self.joined_on <= left_on
        return begins and (joined_on is None or self.left_on is None or joined_on <= self.left_on)


class Facts:
    """The members of these partnerships, and the organisations of their municipalities."""

    def __init__(self, partnership_ids: set[int], place_ids: set[int]) -> None:
        self.stays: dict[tuple[int, str], list[Stay]] = {}
        """By partnership and folded name, the earliest first: of those that came back, and of namesakes, several."""
        rows = db.session.execute(
            select(
                PartnershipMember.partnership_id, PartnershipMember.id, Organisation.id, Organisation.name,
                Organisation.org_type, Organisation.ended_on, PartnershipMember.role, PartnershipMember.contribution,
                PartnershipMember.contact_function, PartnershipMember.contact_email, PartnershipMember.joined_on,
                PartnershipMember.left_on,
            )
            .join(Organisation, Organisation.id == PartnershipMember.organisation_id)
            .order_by(PartnershipMember.joined_on)
        )  # fmt: skip
        for row in rows:
            if row[0] in partnership_ids:
                self._keep(row)
        self._organisations = {
            (place, fold(name)): key
            for place, name, key in db.session.execute(
                select(Organisation.municipality_id, Organisation.name, Organisation.id).where(
                    Organisation.ended_on.is_(None)
                )
            )
            if place in place_ids
        }

    def _keep(self, row: Any) -> None:
        values = dict(zip(COMPARED, (row[6], tuple(row[7]), *tuple(row)[8:]), strict=True))
        one = Present(row[1], row[2], row[3], row[4], values, row[5])
        self.stays.setdefault((row[0], fold(row[3])), []).append(Stay(one, row[2], row[10], row[11]))

    def staying(self) -> list[Present]:
        return [
            one.present
            for namesakes in self.stays.values()
            for one in namesakes
            if one.present is not None and one.left_on is None
        ]

    def organisation_of(self, home: Home, values: Mapping[str, Any]) -> int | None:
        return self._organisations.get((home.place_id, fold(values["name"])))

    def find(self, home: Home, values: Mapping[str, Any], unnamed: Container[int]) -> Stay | None:
        """The membership a row is about: known by one of its days, or the latest of those it would overlap.

        Of namesakes the one that is most like it, and that no earlier row was about.
        """
        kept = [one for one in self._called(home, values) if one.present is not None]
        former = [one for one in kept if one.left_on is not None]
        present = _most_like(values, [one for one in kept if one.left_on is None], unnamed)
        joined_on, left_on = values["joined_on"], values["left_on"]
        if left_on is None:
            return present or _joined(former, joined_on)
        every = [*former, present] if present is not None else former
        known = next((one for one in every if one.left_on == left_on), None) or _joined(every, joined_on)
        overlapping = (one for one in reversed(every) if one.shares_a_day(joined_on, left_on))
        return known or next(overlapping, present if joined_on is None else None)

    def shares_days(self, home: Home, values: Mapping[str, Any], stay: Stay | None) -> str | None:
        """Why it cannot belong on these days, if so: two memberships of one organisation share none, as on its page."""
        joined_on, left_on = days_of(home, values, stay)
        if stay is not None and (stay.joined_on, stay.left_on) == (joined_on, left_on):
            return None
        organisation_id = stay.organisation_id if stay is not None else self.organisation_of(home, values)
        for other in reversed(self._called(home, values)):
            is_the_same = organisation_id is None or other.organisation_id == organisation_id
            if other is stay or not is_the_same or not other.shares_a_day(joined_on, left_on):
                continue
            if stay is None and values["joined_on"] is None and other.left_on is not None:
                return _(
                    "It left on %(day)s. Enter the day on which it joined again.", day=day(other.left_on)
                )
            return str(BelongedThen(other.joined_on, other.left_on))
        return None

    def keep(self, home: Home, values: Mapping[str, Any], stay: Stay | None) -> None:
        """What the next rows are compared with."""
        joined_on, left_on = days_of(home, values, stay)
        if stay is not None:
            stay.joined_on, stay.left_on = joined_on, left_on
            return
        new = Stay(None, self.organisation_of(home, values), joined_on, left_on)
        self.stays.setdefault((home.id, fold(values["name"])), []).append(new)

    def _called(self, home: Home, values: Mapping[str, Any]) -> Sequence[Stay]:
        return self.stays.get((home.id, fold(values["name"])), ())


def days_of(home: Home, values: Mapping[str, Any], stay: Stay | None = None) -> tuple[date, date | None]:
    """An empty cell says nothing of a membership that is there; a new one began with the partnership."""
    known = stay.joined_on if stay is not None else home.founded_on
    left_on = values["left_on"] or (stay.left_on if stay is not None else None)
    return values["joined_on"] or known or clock.today(), left_on


def cannot_belong(home: Home, values: Mapping[str, Any], stay: Stay | None = None) -> str | None:
    """Why these days cannot be, if so, whatever other memberships there are."""
    left_on = values["left_on"]
    try:
        check_days_of_member(days_of(home, values, stay)[0], left_on)
    except DomainError as error:
        return str(error)
    present = stay.present if stay is not None else None
    if (
        present is not None
        and present.ended_on is not None
        and left_on is not None
        and left_on > present.ended_on
    ):
        return str(OrganisationOver(present.name, present.ended_on))
    return None


def _most_like(values: Mapping[str, Any], namesakes: Sequence[Stay], unnamed: Container[int]) -> Stay | None:
    if len(namesakes) < 2:
        return namesakes[0] if namesakes else None
    found = [(one, one.present) for one in namesakes if one.present is not None]
    free = [pair for pair in found if pair[1].id in unnamed] or found
    return max(free, key=lambda pair: sum(values[key] == known for key, known in pair[1].alike()))[0]


def _joined(stays: Sequence[Stay], joined_on: date | None) -> Stay | None:
    return next((one for one in stays if joined_on is not None and one.joined_on == joined_on), None)
