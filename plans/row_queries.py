"""The rows of plans: all of several versions at once, or a few of one."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm.attributes import set_committed_value

from core.database import db
from plans.models import PlanEntry, PlanVersion


def load_rows(*versions: PlanVersion) -> None:
    """The rows of all of them in one query."""
    entries: dict[int, list[PlanEntry]] = {version.id: [] for version in versions}
    for entry in db.session.scalars(_rows_of_versions(), {"versions": list(entries)}):
        entries[entry.version_id].append(entry)
    for version in versions:
        set_committed_value(version, "entries", entries[version.id])


@cache
def _rows_of_versions() -> Select[*tuple[PlanEntry]]:
    return (
        select(PlanEntry)
        .where(PlanEntry.version_id.in_(bindparam("versions", expanding=True)))
        .order_by(PlanEntry.sheet, PlanEntry.position)
    )


def values_of_rows(
    version: PlanVersion, row_uids: Collection[str]
) -> dict[tuple[str | None, str | None], dict[str, Any]]:
    """Of some rows of it, by sheet and id; those that are no longer there are left out."""
    if not row_uids:
        return {}
    found = db.session.execute(_values_of_rows(), {"version": version.id, "rows": list(row_uids)})
    return {(sheet, row_uid): values for sheet, row_uid, values in found}


@cache
def _values_of_rows() -> Select[*tuple[str, str, dict[str, Any]]]:
    return select(PlanEntry.sheet, PlanEntry.row_uid, PlanEntry.values).where(
        PlanEntry.version_id == bindparam("version"),
        PlanEntry.row_uid.in_(bindparam("rows", expanding=True)),
    )
