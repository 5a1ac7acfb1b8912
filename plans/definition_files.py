"""Reads template definitions from the TOML files of a profile, and refuses a definition that cannot work."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.i18n import LazyString, _l
from plans.definition_lists import own_lists
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
from programme.data_files import Faults, ProfileFault, Table, read_toml, refuse

TAKES_CODE_LIST = frozenset({ColumnType.CHOICE, ColumnType.CHOICES})
TAKES_REFERENCE = frozenset({ColumnType.REFERENCE, ColumnType.REFERENCES})
TAKES_LIMITS = frozenset({ColumnType.WHOLE_NUMBER, ColumnType.DECIMAL, ColumnType.MONEY, ColumnType.YEAR})
TAKES_LENGTH = frozenset({ColumnType.TEXT, ColumnType.LONG_TEXT, ColumnType.CODE})

TEMPLATE_KEYS = {
    *("kind", "code", "version", "title", "help", "sheets", "general_sheets", "renamed_keys", "code_lists"),
}
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
    known = frozenset(code_lists)
    for definition in found.values() if known else ():
        check_code_lists(definition, known, definition.code, None)
    return found


def load_definition(path: Path) -> TemplateDefinition:
    return parse_definition(path.read_text(encoding="utf-8"), name=path.name)


def parse_definition(
    text: str, *, name: str = "template", faults: Faults | None = None
) -> TemplateDefinition:
    """With ``faults`` everything wrong is written there, and what comes back is of no use unless that stays empty."""
    table = Table(read_toml(text, name), name, TEMPLATE_KEYS, faults)
    lists = own_lists(table)
    names = {key: f"{key}_{table.data.get('kind')}_{table.data.get('version')}" for key in lists}
    sheets = tuple(_sheet(entry, name, names, faults) for entry in table.tables("sheets"))
    _check_unique((sheet.key for sheet in sheets), name, _l("sheet key"), faults)
    _check_unique((sheet.name.casefold() for sheet in sheets), name, _l("sheet name"), faults)
    definition = TemplateDefinition(
        kind=table.member("kind", PlanKind),
        code=table.text("code"),
        version=table.whole("version"),
        title=table.labels("title"),
        help=table.labels("help"),
        sheets=sheets,
        general_sheets=_general_sheets(table),
        renamed_keys=table.texts("renamed_keys"),
        code_lists={names[key]: replace(one.codes, key=names[key]) for key, one in lists.items()},
        replaced_codes={names[key]: one.replaced for key, one in lists.items() if one.replaced},
    )
    _check_renamed(definition, name, faults)
    return definition


def _sheet(
    data: Mapping[str, Any], name: str, own: Mapping[str, str], faults: Faults | None
) -> SheetDefinition:
    where = _at(name, _l("sheet %(key)s", key=data.get("key", "?")))
    table = Table(data, where, SHEET_KEYS, faults)
    columns = tuple(_column(entry, table, own) for entry in table.tables("columns", optional=True))
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
    _check_sheet(sheet, table.where, faults)
    return sheet


def _at(outer: str, inner: LazyString) -> str:
    """Where in the file, in the words of whoever reads it."""
    return f"{outer}: {inner}"


def _column(data: Mapping[str, Any], sheet: Table, own: Mapping[str, str]) -> ColumnDefinition:
    named = _l("column %(key)s", key=data.get("key", "?"))
    table = Table(data, f"{sheet.where}, {named}", COLUMN_KEYS, sheet.faults)
    listed = table.text_or_none("code_list")
    column = ColumnDefinition(
        key=table.text("key"),
        label=table.labels("label"),
        help=table.labels("help"),
        type=table.member("type", ColumnType),
        example=table.labels("example"),
        required=table.flag("required"),
        required_when=_condition(table),
        required_unless=table.text_or_none("required_unless"),
        code_list=own.get(listed, listed) if listed else None,
        refers_to=table.text_or_none("refers_to"),
        minimum=table.decimal_or_none("minimum"),
        maximum=table.decimal_or_none("maximum"),
        max_length=table.whole("max_length", 0) or None,
        private=table.flag("private"),
        personal_data=table.member("personal_data", PersonalData, PersonalData.NONE),
        prefilled=table.flag("prefilled"),
        width=table.whole("width", 18),
    )
    _check_column(column, table)
    return column


def _general_sheets(table: Table) -> dict[str, GeneralSheet]:
    entries = table.data.get("general_sheets", {})
    known = entries if isinstance(entries, dict) else ()
    sheets = {}
    for key, data in Table(entries, f"{table.where}, general_sheets", known, table.faults).data.items():
        entry = Table(data, f"{table.where}, general_sheets, {key}", GENERAL_SHEET_KEYS, table.faults)
        sheets[key] = GeneralSheet(*(entry.text(name) for name in GENERAL_SHEET_KEYS))
    return sheets


def _condition(table: Table) -> tuple[str, str] | None:
    if "required_when" not in table.data:
        return None
    where = f"{table.where}, required_when"
    condition = Table(table.data["required_when"], where, {"column", "is"}, table.faults)
    return condition.text("column"), condition.text("is")


def _check_column(column: ColumnDefinition, table: Table) -> None:
    faults: tuple[tuple[LazyString, bool], ...] = (
        (
            _l("a choice needs its code_list, and nothing else has one"),
            (column.type in TAKES_CODE_LIST) != (column.code_list is not None),
        ),
        (
            _l("a reference needs refers_to, and nothing else has one"),
            (column.type in TAKES_REFERENCE) != (column.refers_to is not None),
        ),
        (
            _l("only numbers have a minimum and a maximum"),
            column.type not in TAKES_LIMITS and (column.minimum, column.maximum) != (None, None),
        ),
        (
            _l("the minimum is above the maximum"),
            column.minimum is not None and column.maximum is not None and column.minimum > column.maximum,
        ),
        (
            _l("only texts have a max_length"),
            column.type not in TAKES_LENGTH and column.max_length is not None,
        ),
        (
            _l("an e-mail column is an office_contact"),
            column.type is ColumnType.EMAIL and column.personal_data is not PersonalData.OFFICE_CONTACT,
        ),
        (
            _l("personal data must be private"),
            column.personal_data is not PersonalData.NONE and not column.private,
        ),
        (_l("required in one way only"), _ways_required(column) > 1),
    )
    for sentence, is_there in faults:
        if is_there:
            refuse(table.faults, table.where, sentence)


def _ways_required(column: ColumnDefinition) -> int:
    return sum((column.required, column.required_when is not None, column.required_unless is not None))


def _check_sheet(sheet: SheetDefinition, where: str, faults: Faults | None) -> None:
    keys = [column.key for column in sheet.columns]
    _check_unique(keys, where, _l("column"), faults)
    named = [sheet.code_column, sheet.text_column]
    for column in sheet.columns:
        named += [column.required_unless, column.required_when[0] if column.required_when else None]
    for key in named:
        if key is not None and key not in keys:
            refuse(faults, where, _l("there is no column %(key)s", key=key))
    if (sheet.code_column is None) != (sheet.code_prefix is None):
        refuse(faults, where, _l("code_column and code_prefix belong together"))
    if sheet.layout is not Layout.SUMMARY and not sheet.columns:
        refuse(faults, where, _l("has no columns"))
    if "row_uid" in keys:
        refuse(faults, where, _l("row_uid is taken"))


def _check_renamed(definition: TemplateDefinition, where: str, faults: Faults | None) -> None:
    here = {f"{sheet.key}.{column.key}" for sheet in definition.sheets for column in sheet.columns}
    for old, target in definition.renamed_keys.items():
        if target not in here:
            refuse(faults, where, _l("renamed to %(key)s, which is not here", key=target))
        if old in here:
            refuse(
                faults,
                where,
                _l("%(key)s is renamed and still here: give the new column another key", key=old),
            )


def _check_references(definitions: Collection[TemplateDefinition]) -> None:
    for definition in definitions:
        general = (one for one in definitions if one.kind is PlanKind.GENERAL)
        check_references(definition, general, definition.code, None)


def check_references(
    definition: TemplateDefinition,
    general: Iterable[TemplateDefinition],
    where: str,
    faults: Faults | None,
) -> None:
    """What a reference names has codes: here, or (from an annual plan) in the general part."""
    there = {
        (sheet.key, sheet.code_column, sheet.code_prefix, sheet.text_column)
        for one in general
        for sheet in one.sheets
    }
    coded = {sheet.key for sheet in definition.sheets if sheet.code_column is not None}
    for key, sheet in definition.general_sheets.items():
        if (key, sheet.code_column, sheet.code_prefix, sheet.text_column) not in there:
            refuse(faults, where, _l("no general template has such a sheet %(key)s", key=key))
    for column in all_columns(definition):
        if column.refers_to is not None and column.refers_to not in coded | definition.general_sheets.keys():
            refuse(
                faults,
                where,
                _l(
                    "%(column)s refers to %(sheet)s, which has no codes",
                    column=column.key,
                    sheet=column.refers_to,
                ),
            )


def check_code_lists(
    definition: TemplateDefinition, known: Collection[str], where: str, faults: Faults | None
) -> None:
    for column in all_columns(definition):
        wanted = column.code_list
        if wanted is not None and wanted not in known and wanted not in definition.code_lists:
            sentence = _l(
                "%(column)s wants the list %(list)s, which is not there", column=column.key, list=wanted
            )
            refuse(faults, where, sentence)


def all_columns(definition: TemplateDefinition) -> Iterable[ColumnDefinition]:
    return (column for sheet in definition.sheets for column in sheet.columns)


def _check_unique(names: Iterable[str], where: str, what: LazyString, faults: Faults | None) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            refuse(faults, where, _l("%(what)s %(name)s is there twice", what=what, name=name))
        seen.add(name)
