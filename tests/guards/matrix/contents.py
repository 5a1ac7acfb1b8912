"""Contents of plans in which every text carries a secret, and every private column another one."""

from collections.abc import Iterator

from plans.definitions import ColumnDefinition, ColumnType, PlanContent, PlanRow, SheetDefinition, Value
from plans.models import PlanVersion
from plans.templates import definition_of
from tests.guards.matrix.markers import hostile, marked
from tests.plan_content import annual_content, general_content

TEXTS = (ColumnType.TEXT, ColumnType.LONG_TEXT)


def secret_content(version: PlanVersion, secret: str) -> PlanContent:
    """A small plan that passes every check; what must never be public carries ``<secret>private``."""
    plan = version.plan
    plain = general_content(plan.year_from) if plan.is_general else annual_content(plan.year_from)
    definition = definition_of(version)
    return PlanContent(
        {
            sheet.key: tuple(
                PlanRow(row.row_uid, dict(_values(row, sheet, secret))) for row in plain.rows(sheet.key)
            )
            for sheet in definition.content_sheets
        }
    )


def slipped(content: PlanContent) -> PlanContent:
    """With one thing to look at: more people in a year than the group has."""
    (group, *others) = content.rows("groups")
    slip = PlanRow(group.row_uid, {**group.values, "persons_y1": 500})
    return PlanContent({**content.sheets, "groups": (slip, *others)})


def _values(row: PlanRow, sheet: SheetDefinition, secret: str) -> Iterator[tuple[str, Value]]:
    for column in sheet.columns:
        value = row.values.get(column.key)
        if column.private:
            yield column.key, _private(column, secret)
        elif value is not None:
            yield column.key, f"{value} {hostile(secret)}" if column.type in TEXTS else value


def _private(column: ColumnDefinition, secret: str) -> str:
    word = marked(f"{secret}private")
    return f"{word}@gmina.example" if column.type is ColumnType.EMAIL else word


def over_in_march(content: PlanContent) -> PlanContent:
    """Its trainings should have been held in the first quarter."""
    trainings = tuple(
        PlanRow(row.row_uid, {**row.values, "quarter": "q1"}) for row in content.rows("trainings")
    )
    return PlanContent({**content.sheets, "trainings": trainings})
