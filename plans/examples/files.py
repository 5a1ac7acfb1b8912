"""Reads ready texts from the TOML files of a profile. Strict, and every fault of a file is named at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from config import ROOT
from municipalities.models import MunicipalityKind
from plans.definition_files import load_definitions
from plans.definitions import (
    ColumnDefinition,
    ColumnType,
    PlanKind,
    SheetDefinition,
    TemplateDefinition,
    Value,
)
from plans.examples.ties import ReadyRow, fitting, loose_ends, texts_in, tie_in, within
from plans.examples.words import EVIDENCE_WORDS, Words, faults_of, read_words
from programme.code_lists import CodeLists, load_code_lists
from programme.data_files import ProfileFault, Table, read_toml
from programme.labels import Labels

WORDS = "words.toml"
EXAMPLE_KEYS = {
    *("key", "template", "kinds", "title", "text", "needs", "groups", "goals", "lines", "recommendations"),
}
TIES: Mapping[str, frozenset[str]] = {
    "needs": frozenset({"ticked"}),
    "groups": frozenset({"ticked", "per_hundred"}),
    "goals": frozenset({"needs", "reached"}),
    "lines": frozenset({"ticked", "goal", "groups", "trainings", "hours_each", "people_each"}),
    "recommendations": frozenset({"ticked", "goals"}),
}
"""Keys of each kind of row beside its own ``key`` and the columns of its sheet."""

WORKED_OUT: Mapping[str, frozenset[str]] = {
    "needs": frozenset({"need_code", "measure_value", "evidence_year"}),
    "groups": frozenset({"group_code", "group_size", "persons_y1", "persons_y2", "persons_y3"}),
    "goals": frozenset(
        {"goal_code", "need_codes", "baseline", "target_y1", "target_y2", "target_y3", "owner_org_code"}
    ),
    "lines": frozenset(
        {
            *("line_code", "goal_code", "group_codes", "lead_org_code", "partner_org_codes"),
            *(f"{what}_y{year}" for what in ("trainings", "hours") for year in (1, 2, 3)),
        }
    ),
    "recommendations": frozenset({"rec_code", "goal_codes"}),
}
"""Columns that are typed, counted or given later: no example holds them."""

EVIDENCE = "evidence"
TEXTS = frozenset({ColumnType.TEXT, ColumnType.LONG_TEXT})

Read = TypeVar("Read")


@dataclass(frozen=True)
class ReadyExample:
    """Ready texts in every language of the programme."""

    key: str
    template: int
    kinds: tuple[MunicipalityKind, ...]
    """Municipalities it suits best."""
    title: Labels
    text: Labels
    rows: Mapping[str, tuple[ReadyRow, ...]]


@dataclass(frozen=True)
class Examples:
    """All ready texts of a profile; a profile without any has no words either."""

    ready: tuple[ReadyExample, ...] = ()
    words: Words | None = None

    def find(self, key: str) -> ReadyExample | None:
        return next((one for one in self.ready if one.key == key), None)


@cache
def examples_of(profile: str) -> Examples:
    folder = ROOT / "profiles" / profile
    definitions = load_definitions(folder / "templates")
    return load_examples(folder / "examples", definitions, load_code_lists(folder / "code-lists.csv"))


def load_examples(
    folder: Path, definitions: Mapping[tuple[PlanKind, int], TemplateDefinition], code_lists: CodeLists
) -> Examples:
    if not folder.is_dir():
        return Examples()
    ready = tuple(
        parse_example(path.read_text(encoding="utf-8"), definitions, code_lists, name=path.name)
        for path in sorted(folder.glob("*.toml"))
        if path.name != WORDS
    )
    keys = [one.key for one in ready]
    if len(set(keys)) != len(keys):
        raise ProfileFault(f"examples: a key stands there twice: {', '.join(keys)}")
    return Examples(ready, read_words((folder / WORDS).read_text(encoding="utf-8"), WORDS))


def parse_example(
    text: str,
    definitions: Mapping[tuple[PlanKind, int], TemplateDefinition],
    code_lists: CodeLists,
    *,
    name: str = "example",
) -> ReadyExample:
    return _Reader(text, definitions, code_lists, name).example()


class _Reader:
    """One file on its way to being an example; faults are gathered, so that whoever wrote it sees all of them."""

    def __init__(
        self,
        text: str,
        definitions: Mapping[tuple[PlanKind, int], TemplateDefinition],
        code_lists: CodeLists,
        name: str,
    ) -> None:
        self.name, self.code_lists = name, code_lists
        self.table = Table(read_toml(text, name), name, EXAMPLE_KEYS)
        version = self.table.whole("template")
        found = definitions.get((PlanKind.GENERAL, version))
        if found is None:
            raise ProfileFault(f"{name}: there is no general template of version {version}")
        self.definition = found
        self.faults: list[str] = []

    def example(self) -> ReadyExample:
        rows = {sheet: tuple(self._rows(sheet)) for sheet in TIES}
        example = ReadyExample(
            key=self._take(lambda: self.table.text("key"), self.name),
            template=self.definition.version,
            kinds=self._take(self._kinds, ()),
            title=self._take(lambda: self.table.labels("title"), Labels({})),
            text=self._take(lambda: self.table.labels("text"), Labels({})),
            rows=rows,
        )
        if all(len(rows[sheet]) == len(self.table.data.get(sheet, ())) for sheet in TIES):
            self.faults += [f"{self.name}: {fault}" for fault in loose_ends(rows)]
        if self.faults:
            raise ProfileFault("\n".join(self.faults))
        return example

    def _take(self, read: Callable[[], Read], otherwise: Read) -> Read:
        try:
            return read()
        except ProfileFault as fault:
            self.faults.append(str(fault))
            return otherwise

    def _kinds(self) -> tuple[MunicipalityKind, ...]:
        kinds = texts_in(self.table, "kinds")
        unknown = [kind for kind in kinds if kind not in set(MunicipalityKind)]
        if unknown:
            raise ProfileFault(f"{self.name}: kinds must be among {', '.join(MunicipalityKind)}")
        return tuple(MunicipalityKind(kind) for kind in kinds)

    def _rows(self, sheet_key: str) -> Iterator[ReadyRow]:
        sheet = self.definition.sheet(sheet_key)
        entries: list[dict[str, Any]] = self._take(lambda: self.table.tables(sheet_key), [])
        seen: set[str] = set()
        for entry in entries:
            row = self._take(partial(self._row, sheet, entry), None)
            if row is not None and row.key in seen:
                self.faults.append(f"{self.name}: {sheet_key} {row.key} is there twice")
            if row is not None:
                seen.add(row.key)
                yield row

    def _row(self, sheet: SheetDefinition, entry: dict[str, Any]) -> ReadyRow:
        columns = {
            column.key: column
            for column in sheet.columns
            if not column.private and column.key not in WORKED_OUT[sheet.key]
        }
        where = f"{self.name}: {sheet.key} {entry.get('key', '?')}"
        table = Table(entry, where, {"key", *TIES[sheet.key], *columns})
        for column in columns.values():
            if column.required and column.key not in entry:
                self.faults.append(f"{where}: {column.key} is missing")
        nothing: Labels | Value = ""
        cells = {
            key: self._take(partial(self._cell, table, columns[key]), nothing)
            for key in entry
            if key in columns
        }
        ties = {key: self._take(partial(tie_in, table, key), ()) for key in TIES[sheet.key] - {"ticked"}}
        return ReadyRow(table.text("key"), table.flag("ticked"), cells, ties)

    def _cell(self, table: Table, column: ColumnDefinition) -> Labels | Value:
        if column.type in TEXTS:
            labels = table.labels(column.key)
            if column.key == EVIDENCE:
                self.faults += faults_of(labels, EVIDENCE_WORDS, f"{table.where}, {column.key}")
            return fitting(labels, column, table.where)
        if column.type is ColumnType.CHOICE:
            return self._listed(table.text(column.key), column, table.where)
        if column.type is ColumnType.CHOICES:
            return [self._listed(code, column, table.where) for code in texts_in(table, column.key)]
        if column.type in (ColumnType.WHOLE_NUMBER, ColumnType.YEAR):
            return within(table.whole(column.key), column, table.where)
        raise ProfileFault(f"{table.where}: {column.key} cannot stand in an example")

    def _listed(self, code: str, column: ColumnDefinition, where: str) -> str:
        codes = self.code_lists[column.code_list or ""].codes
        if code not in codes:
            raise ProfileFault(f"{where}: {column.key} must be one of {', '.join(codes)}")
        return code
