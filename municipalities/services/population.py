"""Taking numbers of people into the register, each with its year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from accounts.models import User
from core import audit
from core.database import db
from core.i18n import _
from municipalities.errors import UnusableLine
from municipalities.events import RegisterEvent
from municipalities.models import ImportKind, Municipality, MunicipalityCode, RegisterImport
from municipalities.population_file import PopulationLine


@dataclass(frozen=True)
class PopulationCounts:
    changed: int
    same: int
    newer_known: int
    """Left alone: the register has a figure of a later year."""


def import_population(
    lines: Sequence[PopulationLine], *, file_hash: str, actor: User | None
) -> PopulationCounts:
    """Write the newest figure of each municipality. A code that no municipality ever had refuses the whole file."""
    figures = _newest(lines, _holders())
    known = {
        id_: (population, year)
        for id_, population, year in db.session.execute(
            select(Municipality.id, Municipality.population, Municipality.population_year)
        )
    }
    newer = {id_ for id_, line in figures.items() if (known[id_][1] or 0) > line.year}
    same = {id_ for id_, line in figures.items() if known[id_] == (line.population, line.year)}
    changed = {id_: line for id_, line in figures.items() if id_ not in newer | same}
    counts = PopulationCounts(len(changed), len(same), len(newer))
    if changed:
        _write(changed)
        _remember(counts, max(line.year for line in changed.values()), file_hash=file_hash, actor=actor)
    return counts


def _holders() -> Mapping[str, int]:
    """Id of the municipality by six digits: who has them today, else who had them last."""
    rows = db.session.execute(
        select(MunicipalityCode.six_digits, MunicipalityCode.municipality_id).order_by(
            MunicipalityCode.valid_to.asc().nulls_last(), MunicipalityCode.id
        )
    )
    return {row.six_digits: row.municipality_id for row in rows}


def _newest(lines: Iterable[PopulationLine], holders: Mapping[str, int]) -> dict[int, PopulationLine]:
    figures: dict[int, PopulationLine] = {}
    for line in lines:
        id_ = holders.get(line.six_digits)
        if id_ is None:
            raise UnusableLine(
                line.number, _("No municipality has or had the code %(code)s.", code=line.code)
            )
        if id_ not in figures or figures[id_].year <= line.year:
            figures[id_] = line
    return figures


def _write(changed: Mapping[int, PopulationLine]) -> None:
    db.session.execute(
        update(Municipality),
        [
            {"id": id_, "population": line.population, "population_year": line.year}
            for id_, line in changed.items()
        ],
    )


def _remember(counts: PopulationCounts, year: int, *, file_hash: str, actor: User | None) -> None:
    figures = {"changed": counts.changed, "same": counts.same, "newer_known": counts.newer_known}
    remembered = RegisterImport(
        kind=ImportKind.POPULATION, state_on=date(year, 12, 31), file_hash=file_hash, counts=figures
    )
    db.session.add(remembered)
    audit.record(RegisterEvent.POPULATION_IMPORTED, remembered, actor=actor, newest_year=year, counts=figures)
