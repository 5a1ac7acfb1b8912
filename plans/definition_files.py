"""Reads template definitions from the TOML files of a profile, and refuses a definition that cannot work."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from plans.definitions import (
    ColumnDefinition,
    ColumnType,
    GeneralSheet,
    Layout,
    PersonalData,
    PlanKind,
    SheetDefinition,
    TemplateDefinition,
)
from programme.data_files import ProfileFault, Table, read_toml

TAKES_CODE_LIST = frozenset({ColumnType.CHOICE, ColumnType.CHOICES})
TAKES_REFERENCE = frozenset({ColumnType.REFERENCE, ColumnType.REFERENCES})
TAKES_LIMITS = frozenset({ColumnType.WHOLE_NUMBER, ColumnType.DECIMAL, ColumnType.MONEY, ColumnType.YEAR})
TAKES_LENGTH = frozenset({ColumnType.TEXT, ColumnType.LONG_TEXT, ColumnType.CODE})

TEMPLATE_KEYS = {"kind", "code", "version", "title", "help", "sheets", "general_sheets", "renamed_keys"}
SHEET_KEYS = {
    *("key", "name", "title", "help", "layout", "columns", "min_rows", "in_short"),
    *("code_column", "code_prefix", "text_column"),
}
GENERAL_SHEET_KEYS = ("code_column", "code_prefix", "text_column")
COLUMN_KEYS = {
    *("key", "label", "help", "type", "example", "required", "required_when", "required_unless", "code_list"),
    *("refers_to", "minimum", "maximum", "max_length", "private", "personal_data", "prefilled", "width"),
}


def load_definitions(
    folder: Path, *, code_lists: Iterable[str] = ()
) -> dict[tuple[PlanKind, int], TemplateDefinition]:
    """Every template of a folder by kind and version. ``code_lists``: the lists there are, if they shall be checked."""
    found: dict[tuple[PlanKind, int], TemplateDefinition] = {}
    for path in sorted(folder.glob("*.toml")):
        definition = load_definition(path)
        if (definition.kind, definition.version) in found:
            raise ProfileFault(f"{path.name}: {definition.kind} version {definition.version} is there twice")
        found[definition.kind, definition.version] = definition
    _check_references(found.values())
    if code_lists:
        _check_code_lists(found.values(), frozenset(code_lists))
    return found


def load_definition(path: Path) -> TemplateDefinition:
    return parse_definition(path.read_text(encoding="utf-8"), name=path.name)


def parse_definition(text: str, *, name: str = "template") -> TemplateDefinition:
    table = Table(read_toml(text, name), name, TEMPLATE_KEYS)
    sheets = tuple(_sheet(entry, name) for entry in table.tables("sheets"))
    _check_unique((sheet.key for sheet in sheets), f"{name}: sheet key")
    _check_unique((sheet.name.casefold() for sheet in sheets), f"{name}: sheet name")
    definition = TemplateDefinition(
        kind=table.member("kind", PlanKind),
        code=table.text("code"),
        version=table.whole("version"),
        title=table.labels("title"),
        help=table.labels("help"),
        sheets=sheets,
        general_sheets=_general_sheets(table),
        renamed_keys=table.texts("renamed_keys"),
    )
    _check_renamed(definition, name)
    return definition


def _sheet(data: Mapping[str, Any], name: str) -> SheetDefinition:
    table = Table(data, f"{name}: sheet {data.get('key', '?')}", SHEET_KEYS)
    columns = tuple(_column(entry, table.where) for entry in table.tables("columns", optional=True))
    sheet = SheetDefinition(
        key=table.text("key"),
        name=table.text("name"),
        title=table.labels("title"),
        help=table.labels("help"),
        layout=table.member("layout", Layout),
        columns=columns,
        min_rows=table.whole("min_rows", 0),
        in_short=table.flag("in_short"),
        code_column=table.text_or_none("code_column"),
        code_prefix=table.text_or_none("code_prefix"),
        text_column=table.text_or_none("text_column"),
    )
    _check_sheet(sheet, table.where)
    return sheet


def _column(data: Mapping[str, Any], where: str) -> ColumnDefinition:
    table = Table(data, f"{where}, column {data.get('key', '?')}", COLUMN_KEYS)
    column = ColumnDefinition(
        key=table.text("key"),
        label=table.labels("label"),
        help=table.labels("help"),
        type=table.member("type", ColumnType),
        example=table.labels("example"),
        required=table.flag("required"),
        required_when=_condition(table),
        required_unless=table.text_or_none("required_unless"),
        code_list=table.text_or_none("code_list"),
        refers_to=table.text_or_none("refers_to"),
        minimum=table.decimal_or_none("minimum"),
        maximum=table.decimal_or_none("maximum"),
        max_length=table.whole("max_length", 0) or None,
        private=table.flag("private"),
        personal_data=table.member("personal_data", PersonalData, PersonalData.NONE),
        prefilled=table.flag("prefilled"),
        width=table.whole("width", 18),
    )
    _check_column(column, table.where)
    return column


def _general_sheets(table: Table) -> dict[str, GeneralSheet]:
    entries = table.data.get("general_sheets", {})
    sheets = {}
    for key in Table(entries, f"{table.where}, general_sheets", entries).data:
        entry = Table(entries[key], f"{table.where}, general_sheets, {key}", GENERAL_SHEET_KEYS)
        sheets[key] = GeneralSheet(*(entry.text(name) for name in GENERAL_SHEET_KEYS))
    return sheets


def _condition(table: Table) -> tuple[str, str] | None:
    if "required_when" not in table.data:
        return None
    condition = Table(table.data["required_when"], f"{table.where}, required_when", {"column", "is"})
    return condition.text("column"), condition.text("is")


def _check_column(column: ColumnDefinition, where: str) -> None:
    faults = {
        "a choice needs its code_list, and nothing else has one": (
            (column.type in TAKES_CODE_LIST) != (column.code_list is not None)
        ),
        "a reference needs refers_to, and nothing else has one": (
            (column.type in TAKES_REFERENCE) != (column.refers_to is not None)
        ),
        "only numbers have a minimum and a maximum": (
            column.type not in TAKES_LIMITS and (column.minimum, column.maximum) != (None, None)
        ),
        "the minimum is above the maximum": (
            column.minimum is not None and column.maximum is not None and column.minimum > column.maximum
        ),
        "only texts have a max_length": column.type not in TAKES_LENGTH and column.max_length is not None,
        "an e-mail column is an office_contact": (
            column.type is ColumnType.EMAIL and column.personal_data is not PersonalData.OFFICE_CONTACT
        ),
        "personal data must be private": column.personal_data is not PersonalData.NONE and not column.private,
        "required in one way only": (
            (column.required, column.required_when is not None, column.required_unless is not None).count(
                True
            )
            > 1
        ),
    }
    for fault, is_there in faults.items():
        if is_there:
            raise ProfileFault(f"{where}: {fault}")


def _check_sheet(sheet: SheetDefinition, where: str) -> None:
    keys = [column.key for column in sheet.columns]
    _check_unique(keys, f"{where}: column")
    named = [sheet.code_column, sheet.text_column]
    for column in sheet.columns:
        named += [column.required_unless, column.required_when[0] if column.required_when else None]
    for key in named:
        if key is not None and key not in keys:
            raise ProfileFault(f"{where}: there is no column {key}")
    if (sheet.code_column is None) != (sheet.code_prefix is None):
        raise ProfileFault(f"{where}: code_column and code_prefix belong together")
    if sheet.layout is not Layout.SUMMARY and not sheet.columns:
        raise ProfileFault(f"{where}: has no columns")
    if "row_uid" in keys:
        raise ProfileFault(f"{where}: row_uid is taken")


def _check_renamed(definition: TemplateDefinition, where: str) -> None:
    here = {f"{sheet.key}.{column.key}" for sheet in definition.sheets for column in sheet.columns}
    for target in definition.renamed_keys.values():
        if target not in here:
            raise ProfileFault(f"{where}: renamed to {target}, which is not here")


def _check_references(definitions: Collection[TemplateDefinition]) -> None:
    """What a reference names has codes: here, or (from an annual plan) in the general part."""
    general = {
        (sheet.key, sheet.code_column, sheet.code_prefix, sheet.text_column)
        for definition in definitions
        if definition.kind is PlanKind.GENERAL
        for sheet in definition.sheets
    }
    for definition in definitions:
        coded = {sheet.key for sheet in definition.sheets if sheet.code_column is not None}
        for key, sheet in definition.general_sheets.items():
            if (key, sheet.code_column, sheet.code_prefix, sheet.text_column) not in general:
                raise ProfileFault(f"{definition.code}: no general template has such a sheet {key}")
        for column in all_columns(definition):
            if (
                column.refers_to is not None
                and column.refers_to not in coded | definition.general_sheets.keys()
            ):
                raise ProfileFault(
                    f"{definition.code}: {column.key} refers to {column.refers_to}, which has no codes"
                )


def _check_code_lists(definitions: Iterable[TemplateDefinition], known: frozenset[str]) -> None:
    for definition in definitions:
        for column in all_columns(definition):
            if column.code_list is not None and column.code_list not in known:
                raise ProfileFault(f"{definition.code}: {column.key} wants the list {column.code_list}")


def all_columns(definition: TemplateDefinition) -> Iterable[ColumnDefinition]:
    return (column for sheet in definition.sheets for column in sheet.columns)


def _check_unique(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ProfileFault(f"{what} {name} is there twice")
        seen.add(name)
