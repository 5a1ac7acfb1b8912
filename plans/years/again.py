"""A training of one year as it is planned anew for the next."""

from collections.abc import Mapping

from plans.definitions import PlanRow, SheetDefinition, Value
from plans.references import Targets
from plans.years.statuses import PLANNED, STATUS

OF_THE_YEAR = frozenset({"quarter", "date_from", "date_to", "held_on", "remarks", "certificates", "trainer"})
"""What does not hold for another year: when, by whom and how it went."""


def planned_anew(row: PlanRow, sheet: SheetDefinition, targets: Mapping[str, Targets]) -> dict[str, Value]:
    """As planned then; what points at a row that is not there any more is left out."""
    values = {
        column.key: row.values[column.key]
        for column in sheet.columns
        if column.key in row.values
        and column.key not in OF_THE_YEAR
        and not column.key.endswith("_actual")
        and _is_there(row.values[column.key], targets.get(column.refers_to or ""))
    }
    return {**values, STATUS: PLANNED}


def _is_there(value: Value, targets: Targets | None) -> bool:
    return targets is None or value in targets.texts
