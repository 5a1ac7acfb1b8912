"""Entries of lists that the office has retired come into no new row."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from plans.definitions import PlanContent, PlanRow, SheetDefinition, TemplateDefinition, Value
from programme.code_lists import CodeLists

Place = tuple[str, str | None, str | None]
"""Sheet, row and column, as a finding names them."""


def offered_values(
    values: Mapping[str, Value], sheet: SheetDefinition, code_lists: CodeLists
) -> dict[str, Value]:
    """The values of a new row without what is not offered any more; a cell left with nothing is empty."""
    return dict(_offered(values, sheet, code_lists))


def _offered(
    values: Mapping[str, Value], sheet: SheetDefinition, code_lists: CodeLists
) -> Iterator[tuple[str, Value]]:
    for key, value in values.items():
        listed = code_lists.get(sheet.column(key).code_list or "") if sheet.has_column(key) else None
        if listed is None:
            yield key, value
        elif isinstance(value, list):
            left = [code for code in value if listed.retired(code) is None]
            if left:
                yield key, left
        elif listed.retired(str(value)) is None:
            yield key, value


def without_retired(
    content: PlanContent, definition: TemplateDefinition, code_lists: CodeLists, *, sheets: Collection[str]
) -> tuple[PlanContent, frozenset[Place]]:
    """The content with new rows on these sheets, and the cells that were emptied: whoever owns the plan chooses anew."""
    changed, emptied = dict(content.sheets), set[Place]()
    for key in sheets:
        sheet, rows = definition.sheet(key), list[PlanRow]()
        for row in content.rows(key):
            values = offered_values(row.values, sheet, code_lists)
            emptied |= {(key, row.row_uid, gone) for gone in row.values.keys() - values.keys()}
            rows.append(replace(row, values=values))
        changed[key] = tuple(rows)
    return replace(content, sheets=changed), frozenset(emptied)
