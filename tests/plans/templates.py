"""The programme's own templates, and plans written in a few words."""

from collections.abc import Mapping, Sequence
from typing import Any

from plans.columns import parse
from plans.definition_files import load_definitions
from plans.definitions import (
    ColumnDefinition,
    ColumnType,
    PersonalData,
    PlanContent,
    PlanKind,
    PlanRow,
    TemplateDefinition,
    Value,
)
from programme.labels import Labels
from programme.profile import load_profile

MOCARZE = load_profile("mocarze")
CODE_LISTS = MOCARZE.code_lists
SETTINGS = MOCARZE.settings
_DEFINITIONS = load_definitions(MOCARZE.templates, code_lists=CODE_LISTS)
GENERAL = _DEFINITIONS[PlanKind.GENERAL, 1]
ANNUAL = _DEFINITIONS[PlanKind.ANNUAL, 1]

SAME = Labels({"pl": "Pole", "en": "Field"})


def column(kind: ColumnType, **facts: Any) -> ColumnDefinition:
    """A column of a kind; everything not said is as plain as it can be."""
    plain: dict[str, Any] = {"key": "field", "label": SAME, "help": SAME, "example": SAME, "type": kind}
    return ColumnDefinition(**(plain | facts))


EMAIL_COLUMN = column(ColumnType.EMAIL, personal_data=PersonalData.OFFICE_CONTACT, private=True)


def content(sheets: Mapping[str, Sequence[Mapping[str, Value]]]) -> PlanContent:
    """Rows by sheet key; the first row of ``needs`` has the id ``needs-1``."""
    return PlanContent(
        {
            key: tuple(PlanRow(f"{key}-{number}", values) for number, values in enumerate(rows, start=1))
            for key, rows in sheets.items()
        }
    )


def example_content(definition: TemplateDefinition) -> PlanContent:
    """A complete plan: on each sheet one row with the examples of its columns."""
    sheets: dict[str, list[Mapping[str, Value]]] = {}
    for sheet in definition.content_sheets:
        parsed = {
            entry.key: parse(entry, entry.example.in_language("pl"), CODE_LISTS).value
            for entry in sheet.columns
        }
        sheets[sheet.key] = [{key: value for key, value in parsed.items() if value is not None}]
    return content(sheets)


def changed(plan: PlanContent, sheet: str, **values: Any) -> PlanContent:
    """The plan with other values in the first row of a sheet; None empties a cell."""
    first, *others = plan.rows(sheet)
    kept = {key: value for key, value in {**first.values, **values}.items() if value is not None}
    return PlanContent({**plan.sheets, sheet: (PlanRow(first.row_uid, kept), *others)})


def with_row(plan: PlanContent, sheet: str, **values: Value) -> PlanContent:
    """The plan with one more row at the end of a sheet."""
    rows = plan.rows(sheet)
    return PlanContent({**plan.sheets, sheet: (*rows, PlanRow(f"{sheet}-{len(rows) + 1}", values))})
