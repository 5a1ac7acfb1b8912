"""A plan as CSV, in two shapes: everything in one long table, or one sheet as the table it is.

The long table has a line for each filled cell and the same columns for every plan of every programme, so files of many
municipalities can be put one below the other and pivoted. One sheet is what people open to look at.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from core.csv_files import csv_file
from core.i18n import _, language
from core.workbooks.kinds import Shown
from plans.columns import NUMBER_TYPES
from plans.definitions import ColumnDefinition, ColumnType, PlanRow, SheetDefinition
from plans.downloads import Download, file_name
from plans.models import PlanVersion
from plans.page import PlanPage, plan_page
from plans.place import place_of


def plan_csv(version: PlanVersion, *, sheet: str | None = None, public: bool = False) -> Download | None:
    """The whole plan, or one sheet by its key; None where this plan has no such sheet."""
    page = plan_page(version, public=public)
    if sheet is None:
        lines = csv_file(_long_header(), _long_rows(version, page))
        return Download(file_name(version, language(), "csv"), b"".join(lines))
    definition = next((one for one in page.definition.content_sheets if one.key == sheet), None)
    if definition is None:
        return None
    lines = csv_file(_heads(page, definition), _rows(page, definition))
    return Download(file_name(version, language(), "csv", part=sheet), b"".join(lines))


def _long_header() -> list[str]:
    return [
        _("Territorial code"), _("Municipality"), _("Plan years"), _("Version"), _("Sheet"), _("Row"), _("Column"),
        _("Value"), _("Key"),
    ]  # fmt: skip


def _long_rows(version: PlanVersion, page: PlanPage) -> Iterator[list[Shown]]:
    place, years = place_of(version), version.plan.years
    whose: list[Shown] = [place.code, place.name, years, version.number]
    for sheet in page.definition.content_sheets:
        title = sheet.title.in_language(page.language)
        for number, row in enumerate(page.content.rows(sheet.key), start=1):
            name = str(row.values.get(sheet.code_column or "", number))
            for column in _columns(page, sheet):
                if column.key in row.values:
                    label = column.label.in_language(page.language)
                    yield [
                        *whose, title, name, label, _shown(page, column, row), f"{sheet.key}.{column.key}",
                    ]  # fmt: skip


def _heads(page: PlanPage, sheet: SheetDefinition) -> list[str]:
    return [column.label.in_language(page.language) for column in _columns(page, sheet)]


def _rows(page: PlanPage, sheet: SheetDefinition) -> Iterator[list[Shown]]:
    columns = list(_columns(page, sheet))
    for row in page.content.rows(sheet.key):
        yield [_shown(page, column, row) for column in columns]


def _columns(page: PlanPage, sheet: SheetDefinition) -> Iterable[ColumnDefinition]:
    return (column for column in sheet.columns if not (page.public and column.private))


def _shown(page: PlanPage, column: ColumnDefinition, row: PlanRow) -> Shown:
    """Numbers and dates as such, so that they can be counted with; anything else as on the page."""
    value = row.values.get(column.key)
    if isinstance(value, str | int):
        if column.type in NUMBER_TYPES:
            return _number(value)
        if column.type is ColumnType.DATE:
            return _date(str(value))
    return page.words(column, row)


def _number(value: str | int) -> Shown:
    """A draft may hold what is no number; it is shown as it is."""
    try:
        return Decimal(value)
    except InvalidOperation:
        return str(value)


def _date(value: str) -> Shown:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value
