"""The partnership that a municipality's records belong to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.database import db
from intake.checking import ReadRow
from intake.findings import Finding
from intake.places import Place
from intake.targets.base import Outcome
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from programme.queries import the_programme


@dataclass(frozen=True, slots=True)
class Home:
    id: int
    place_id: int
    place_name: str
    founded_on: date | None
    status: PartnershipStatus
    alone: bool = False
    """The file is about this one only, so nobody need be told which it is."""


def homes(rows: Sequence[tuple[ReadRow, Place]], outcome: Outcome) -> list[tuple[ReadRow, Home]]:
    """Rows with their partnership; a municipality without one is told."""
    known = {home.place_id: home for home in _homes()}
    found = []
    for row, place in rows:
        home = known.get(place.id)
        if home is None:
            said = {"place": place.label}
            outcome.tell(Finding("no_partnership", column="municipality", cell=row.get("code"), params=said))
        else:
            found.append((row, home))
    return found


def homes_of(partnership_ids: Iterable[int]) -> dict[int, Home]:
    wanted = set(partnership_ids)
    return {home.id: home for home in _homes(wanted, alone=True)}


def _homes(ids: set[int] | None = None, *, alone: bool = False) -> list[Home]:
    query = (
        select(
            Partnership.id,
            Partnership.municipality_id,
            Municipality.name,
            Partnership.founded_on,
            Partnership.status,
        )
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .where(Partnership.programme_id == the_programme().id, Partnership.status != PartnershipStatus.CLOSED)
    )
    if ids is not None:
        query = query.where(Partnership.id.in_(ids))
    return [Home(row[0], row[1], row[2], row[3], row[4], alone) for row in db.session.execute(query)]
