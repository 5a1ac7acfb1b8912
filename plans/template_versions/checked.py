"""A definition that the office hands in, checked to the end: every fault with its place and what is expected."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.i18n import _, _l
from plans.columns import parse
from plans.definition_files import check_code_lists, check_references, parse_definition
from plans.definitions import ColumnDefinition, PlanKind, SheetDefinition, TemplateDefinition
from plans.template_versions.kept import KEPT_COLUMNS, KEPT_LISTS
from plans.templates import current_template_version, published_templates, template
from programme.data_files import LANGUAGES, Fault, Faults, ProfileFault, refuse
from programme.queries import the_programme


@dataclass(frozen=True)
class CheckedDefinition:
    definition: TemplateDefinition | None
    """None where it could not even be read, or has faults."""
    faults: tuple[Fault, ...]


def checked_definition(text: str, kind: PlanKind) -> CheckedDefinition:
    """Whether this could be the next version of this kind."""
    faults: Faults = []
    here = _("Definition")
    try:
        definition = parse_definition(text, name=here, faults=faults)
    except ProfileFault as fault:
        sentence = str(fault).removeprefix(f"{here}: ")
        told = Fault(here, _l("this is not a readable TOML file: %(why)s", why=sentence))
        return CheckedDefinition(None, (told,))
    if not faults:
        _check(definition, kind, here, faults)
    return CheckedDefinition(None if faults else definition, tuple(faults))


def _check(definition: TemplateDefinition, kind: PlanKind, where: str, faults: Faults) -> None:
    """What only a whole definition can be asked: whether it follows the one in force, and all it names is there."""
    before = template(kind, current_template_version(kind))
    following = max(version for of, version in published_templates() if of is kind) + 1
    if definition.kind is not kind:
        refuse(faults, where, _l("kind must be “%(kind)s”", kind=kind.value))
        return
    if definition.version != following:
        refuse(faults, where, _l("version must be %(number)s, the next number", number=str(following)))
    if definition.code != before.code:
        refuse(faults, where, _l("code must stay “%(code)s”", code=before.code))
    if kind is PlanKind.GENERAL:
        general: Iterable[TemplateDefinition] = (definition,)
    else:
        general = (template(PlanKind.GENERAL, current_template_version(PlanKind.GENERAL)),)
    check_references(definition, general, where, faults)
    check_code_lists(definition, the_programme().code_lists.keys(), where, faults)
    if not faults:
        _check_kept(definition, before, faults)
        _check_lists(definition, before, faults)
        _check_renamed(definition, before, where, faults)
        _check_examples(definition, faults)


def _check_kept(definition: TemplateDefinition, before: TemplateDefinition, faults: Faults) -> None:
    for sheet_key, columns in KEPT_COLUMNS[definition.kind].items():
        sheet = definition.find_sheet(sheet_key)
        if sheet is None:
            where = str(_l("sheet %(key)s", key=sheet_key))
            refuse(faults, where, _l("must stay: the system uses it"))
            continue
        if sheet.layout is not before.sheet(sheet_key).layout:
            refuse(
                faults,
                _at(sheet),
                _l("layout must stay “%(layout)s”", layout=before.sheet(sheet_key).layout.value),
            )
        for key in columns:
            _check_column(sheet, before.sheet(sheet_key), key, faults)


def _check_column(sheet: SheetDefinition, before: SheetDefinition, key: str, faults: Faults) -> None:
    if not before.has_column(key):
        return
    if not sheet.has_column(key):
        sentence = _l("the column %(key)s must stay: the system uses it. Its label may change.", key=key)
        refuse(faults, _at(sheet), sentence)
    elif sheet.column(key).type is not before.column(key).type:
        known = before.column(key).type.value
        refuse(faults, _at(sheet, sheet.column(key)), _l("type must stay “%(type)s”", type=known))


def _check_lists(definition: TemplateDefinition, before: TemplateDefinition, faults: Faults) -> None:
    known = {**the_programme().code_lists}
    suffix = f"_{definition.kind.value}_{definition.version}"
    for key, codes in definition.code_lists.items():
        name = key.removesuffix(suffix)
        missing = sorted(set(known[name].codes) - set(codes.codes)) if name in KEPT_LISTS else []
        if missing:
            sentence = _l("must keep the values %(codes)s: the system uses them", codes=", ".join(missing))
            refuse(faults, f"code_lists.{name}", sentence)


def _check_renamed(
    definition: TemplateDefinition, before: TemplateDefinition, where: str, faults: Faults
) -> None:
    there = {f"{sheet.key}.{column.key}" for sheet in before.sheets for column in sheet.columns}
    for old in definition.renamed_keys:
        if old not in there:
            sentence = _l(
                "renamed_keys: version %(number)s has no %(key)s", number=str(before.version), key=old
            )
            refuse(faults, where, sentence)


def _check_examples(definition: TemplateDefinition, faults: Faults) -> None:
    """An example is typed by people as it stands, so it has to be a value of its column."""
    lists = {**the_programme().code_lists, **definition.code_lists}
    for sheet in definition.content_sheets:
        for column in sheet.columns:
            for language in LANGUAGES:
                read = parse(column, column.example.in_language(language), lists, language)
                if read.problem is not None or read.value is None:
                    sentence = _l("example (%(language)s) is not a value of this column", language=language)
                    refuse(faults, _at(sheet, column), sentence)


def _at(sheet: SheetDefinition, column: ColumnDefinition | None = None) -> str:
    where = str(_l("sheet %(key)s", key=sheet.key))
    named = _("column %(key)s", key=column.key) if column is not None else ""
    return f"{where}, {named}" if named else where
