"""Asking for changes of municipalities: which there are, and what became of a municipality that ended."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from core.database import db
from municipalities.models import ChangeSide, Municipality, MunicipalityChange, MunicipalityChangeUnit
from municipalities.workflow import ENDING, ChangeKind, ChangeStatus


def change_by_id(change_id: int) -> MunicipalityChange | None:
    return db.session.scalar(_whole().where(MunicipalityChange.id == change_id))


def changes(status: ChangeStatus) -> Select[MunicipalityChange]:
    """Those to do by their day, those done with the latest first."""
    query = _whole().where(MunicipalityChange.status == status)
    if status is ChangeStatus.DRAFT:
        return query.order_by(MunicipalityChange.effective_on, MunicipalityChange.id)
    return query.order_by(MunicipalityChange.applied_at.desc(), MunicipalityChange.id.desc())


def drafts() -> Sequence[MunicipalityChange]:
    return db.session.scalars(changes(ChangeStatus.DRAFT)).all()


def change_counts() -> dict[ChangeStatus, int]:
    found = db.session.execute(
        select(MunicipalityChange.status, func.count()).group_by(MunicipalityChange.status)
    )
    counted: dict[ChangeStatus, int] = {row[0]: row[1] for row in found}
    return {status: counted.get(status, 0) for status in ChangeStatus}


def changes_of(municipality_ids: Collection[int], *statuses: ChangeStatus) -> Sequence[MunicipalityChange]:
    """Changes that are about any of these municipalities, in the order of their days."""
    about = select(MunicipalityChangeUnit.change_id).where(
        MunicipalityChangeUnit.municipality_id.in_(municipality_ids)
    )
    return db.session.scalars(
        _whole()
        .where(MunicipalityChange.id.in_(about), MunicipalityChange.status.in_(statuses or ChangeStatus))
        .order_by(MunicipalityChange.effective_on, MunicipalityChange.id)
    ).all()


def undone_since(change: MunicipalityChange) -> Sequence[MunicipalityChange]:
    """Changes that were applied after this one and are undone: whatever they did to others counts no more."""
    return db.session.scalars(
        select(MunicipalityChange).where(
            MunicipalityChange.id != change.id,
            MunicipalityChange.status == ChangeStatus.UNDONE,
            MunicipalityChange.applied_at >= change.applied_at,
        )
    ).all()


def begun_with(change: MunicipalityChange) -> list[int]:
    """Ids of the municipalities that an applied change put into the register."""
    mine = (row for row in change.journal["rows"] if row["table"] == Municipality.__tablename__)
    return [row["id"] for row in mine if row["before"] is None]


def units_undone(municipality_ids: Collection[int]) -> Sequence[MunicipalityChangeUnit]:
    """What undone changes say of these municipalities: nothing that holds."""
    return db.session.scalars(
        select(MunicipalityChangeUnit)
        .join(MunicipalityChangeUnit.change)
        .where(
            MunicipalityChangeUnit.municipality_id.in_(municipality_ids),
            MunicipalityChange.status == ChangeStatus.UNDONE,
        )
        .order_by(MunicipalityChangeUnit.id)
    ).all()


def ways_on(*statuses: ChangeStatus, without: int | None = None) -> dict[int, set[int]]:
    """Of each municipality that ends: ids of those that take its place. For finding circles and successors."""
    query = _whole().where(MunicipalityChange.status.in_(statuses))
    if without is not None:
        query = query.where(MunicipalityChange.id != without)
    ways: dict[int, set[int]] = {}
    for change in db.session.scalars(query.where(MunicipalityChange.kind.in_((*ENDING, ChangeKind.SPLIT)))):
        targets = {unit.municipality_id for unit in change.targets if unit.municipality_id}
        for unit in change.ending:
            if unit.municipality_id:
                ways.setdefault(unit.municipality_id, set()).update(targets)
    return ways


def successors_of(municipality: Municipality) -> Sequence[Municipality]:
    """Who has the land of a municipality that ended today, through all later changes; by the alphabet."""
    if municipality.valid_to is None:
        return []
    return db.session.scalars(
        select(Municipality)
        .where(Municipality.id.in_(_reached_from(municipality.id)), Municipality.valid_to.is_(None))
        .options(
            joinedload(Municipality.county, innerjoin=True),
            joinedload(Municipality.voivodeship, innerjoin=True),
        )
        .order_by(Municipality.sort_key, Municipality.id)
    ).all()


def _reached_from(start: int) -> set[int]:
    """One step after another until nothing leads on; each step is one query, and there is mostly one."""
    source, target = aliased(MunicipalityChangeUnit), aliased(MunicipalityChangeUnit)
    reached, latest = {start}, {start}
    while latest:
        steps = db.session.scalars(
            select(target.municipality_id)
            .join(source, source.change_id == target.change_id)
            .join(MunicipalityChange, MunicipalityChange.id == target.change_id)
            .where(
                MunicipalityChange.status == ChangeStatus.APPLIED,
                source.side == ChangeSide.SOURCE,
                source.municipality_id.in_(latest),
                source.goes_on.is_(False),
                target.side == ChangeSide.TARGET,
                target.municipality_id.is_not(None),
            )
        )
        latest = {id_ for id_ in steps if id_ is not None} - reached
        reached |= latest
    return reached


def _whole() -> Select[MunicipalityChange]:
    unit = selectinload(MunicipalityChange.units).joinedload(MunicipalityChangeUnit.municipality)
    return select(MunicipalityChange).options(unit.joinedload(Municipality.county))
