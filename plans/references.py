"""Codes of rows, and columns that point at rows: by code, by the row's text, or at the only row there is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from plans.definitions import (
    ColumnDefinition,
    ColumnType,
    GeneralSheet,
    Layout,
    PlanContent,
    PlanRow,
    SheetDefinition,
    TemplateDefinition,
    Value,
)
from plans.values.lists import CODE_AND_TEXT
from programme.code_lists import ALIKE, alike, letter_pairs, spelling

_CODE_SHAPE = re.compile(r"([^\W\d_]{0,3})[\s.-]?0*(\d{1,4})")
_CODE_THEN_TEXT = re.compile(
    rf"([^\W\d_]{{1,3}}\s?\d{{1,4}})(?:\s*[{CODE_AND_TEXT}:)]\s*|\.\s+|\s+[-–—]\s+)(?![^\W\d_]{{0,3}}\s?\d{{1,4}}\b)\S.*",
    re.DOTALL,
)
_BETWEEN_CODES = re.compile(r"[\s,;/+&]+(?:(?:i|oraz|and)\s+)?")

MOST_COMMAS = 50


@dataclass(frozen=True)
class Targets:
    """The rows of a sheet that others may point at."""

    prefix: str
    texts: Mapping[str, str]
    """Code -> the row's text, in the order of the rows."""

    @property
    def only_code(self) -> str | None:
        return next(iter(self.texts)) if len(self.texts) == 1 else None

    @cached_property
    def positions(self) -> Mapping[str, int]:
        return {code: position for position, code in enumerate(self.texts)}

    @cached_property
    def _by_code(self) -> Mapping[str, str]:
        return {_compact(spelling(code)): code for code in self.texts}

    @cached_property
    def _by_text(self) -> Mapping[str, str]:
        """Of two rows with the same text the first is meant."""
        return {spelling(text): code for code, text in reversed(list(self.texts.items())) if text}

    @cached_property
    def _letter_pairs(self) -> list[tuple[frozenset[str], str]]:
        return [(letter_pairs(text), code) for text, code in self._by_text.items()]

    def find(self, text: str) -> str | None:
        """The code of the row that is meant."""
        if text in self.texts:
            return text
        typed = spelling(text)
        return (
            self._by_code.get(_compact(typed))
            or self._by_text.get(typed)
            or self._find_by_shape(text.strip())
        )

    def find_text(self, text: str) -> str | None:
        return self._by_text.get(spelling(text))

    def _find_by_shape(self, text: str) -> str | None:
        """``n-01`` and ``1`` for N1; ``N1 – Seniorzy`` as a drop-down shows it."""
        if match := _CODE_SHAPE.fullmatch(text):
            return self._by_code.get(spelling(f"{match[1] or self.prefix}{match[2]}"))
        if match := _CODE_THEN_TEXT.fullmatch(text):
            return self._by_code.get(_compact(spelling(match[1])))
        return None

    def nearest(self, text: str) -> str | None:
        """The code of the row whose text is most like this one."""
        typed = letter_pairs(spelling(text))
        likeness, code = max(
            ((alike(typed, pairs), code) for pairs, code in self._letter_pairs), default=(0.0, "")
        )
        return code if likeness >= ALIKE else None


def nearest_row(text: str, rows: Sequence[PlanRow], sheet: SheetDefinition) -> str | None:
    """The id of the row whose text is most like this one, however little; the first of equals."""
    typed = letter_pairs(spelling(text))
    likeness = [
        alike(typed, letter_pairs(spelling(str(row.values.get(sheet.text_column or "", ""))))) for row in rows
    ]
    return rows[likeness.index(max(likeness))].row_uid if rows else None


def _compact(typed: str) -> str:
    return typed.replace(" ", "")


def own_code(text: str, prefix: str) -> str | None:
    """``C2`` for ``c-02``, where the codes of the sheet begin with C; None for any other text."""
    match = _CODE_SHAPE.fullmatch(text.strip())
    if match is None or (match[1] or prefix).casefold() != prefix.casefold():
        return None
    return f"{prefix}{int(match[2])}"


# --- Codes ---------------------------------------------------------------------------------------------


def fill_codes(content: PlanContent, definition: TemplateDefinition) -> PlanContent:
    """Rows without a code get one by their position; a code somebody has already is passed over."""
    sheets = dict(content.sheets)
    for sheet in definition.content_sheets:
        if sheet.code_column is not None and sheet.code_prefix is not None and content.rows(sheet.key):
            sheets[sheet.key] = coded_rows(content.rows(sheet.key), sheet.code_column, sheet.code_prefix)
    return PlanContent(sheets)


def coded_rows(rows: Sequence[PlanRow], column: str, prefix: str) -> tuple[PlanRow, ...]:
    taken = {_full_code(row.values[column], prefix) for row in rows if column in row.values}
    coded: list[PlanRow] = []
    for position, row in enumerate(rows, start=1):
        if column in row.values:
            code = _full_code(row.values[column], prefix)
        else:
            code = _free_code(prefix, position, taken)
            taken.add(code)
        coded.append(
            row if row.values.get(column) == code else replace(row, values={**row.values, column: code})
        )
    return tuple(coded)


def _full_code(value: Value, prefix: str) -> str:
    """Somebody who numbers the rows 1, 2, 3 means N1, N2, N3."""
    code = str(value)
    return f"{prefix}{int(code)}" if code.isascii() and code.isdigit() else code


def _free_code(prefix: str, position: int, taken: set[str]) -> str:
    while f"{prefix}{position}" in taken:
        position += 1
    return f"{prefix}{position}"


# --- What can be pointed at ----------------------------------------------------------------------------


def reference_targets(
    content: PlanContent, definition: TemplateDefinition, general: PlanContent | None = None
) -> dict[str, Targets]:
    """By sheet key. A sheet of the general plan is missing where there is no general plan to look into."""
    targets: dict[str, Targets] = {}
    for key in sorted(_referred_sheets(definition)):
        sheet = definition.find_sheet(key)
        if sheet is not None and sheet.code_column is not None:
            named = GeneralSheet(
                sheet.code_column, sheet.code_prefix or "", sheet.text_column or sheet.code_column
            )
            targets[key] = _targets(content.rows(key), named)
        elif general is not None and key in definition.general_sheets:
            targets[key] = _targets(general.rows(key), definition.general_sheets[key])
    return targets


def _referred_sheets(definition: TemplateDefinition) -> set[str]:
    return {column.refers_to for sheet in definition.sheets for column in sheet.columns if column.refers_to}


def _targets(rows: Sequence[PlanRow], sheet: GeneralSheet) -> Targets:
    texts: dict[str, str] = {}
    for row in coded_rows(rows, sheet.code_column, sheet.code_prefix):
        texts.setdefault(str(row.values[sheet.code_column]), str(row.values.get(sheet.text_column, "")))
    return Targets(sheet.code_prefix, texts)


# --- Resolving -----------------------------------------------------------------------------------------


def resolve_references(
    content: PlanContent, definition: TemplateDefinition, general: PlanContent | None = None
) -> PlanContent:
    """With codes wherever a row can be told from what was written; anything else stays as it is."""
    targets = reference_targets(content, definition, general)
    sheets = dict(content.sheets)
    for sheet in definition.content_sheets:
        columns = [column for column in sheet.columns if column.refers_to in targets]
        if columns and content.rows(sheet.key):
            sheets[sheet.key] = tuple(
                _resolved(row, sheet, columns, targets) for row in content.rows(sheet.key)
            )
    return PlanContent(sheets)


def _resolved(
    row: PlanRow, sheet: SheetDefinition, columns: Iterable[ColumnDefinition], targets: Mapping[str, Targets]
) -> PlanRow:
    changed: dict[str, Value] = {}
    for column in columns:
        among = targets[column.refers_to or ""]
        written = row.values.get(column.key)
        meant = resolved_value(column, written, among) if written else _only_row(row, sheet, column, among)
        if meant is not None and meant != written:
            changed[column.key] = meant
    return replace(row, values={**row.values, **changed}) if changed else row


def _only_row(row: PlanRow, sheet: SheetDefinition, column: ColumnDefinition, among: Targets) -> Value | None:
    """An empty reference that has to be given means the only row there is; an optional one may stay empty."""
    only = among.only_code
    if only is None or sheet.layout is not Layout.TABLE or not row.values or not is_required(column, row):
        return None
    return [only] if column.type is ColumnType.REFERENCES else only


def is_required(column: ColumnDefinition, row: PlanRow) -> bool:
    if column.required_when is not None:
        key, code = column.required_when
        return row.values.get(key) == code
    if column.required_unless is not None:
        return column.required_unless not in row.values
    return column.required


def resolved_value(column: ColumnDefinition, written: Value, among: Targets) -> Value:
    if column.type is ColumnType.REFERENCE:
        text = str(written)
        return among.find(text) or text
    pieces = written if isinstance(written, list) else [str(written)]
    # A row's text may itself hold a semicolon or a line break, at which the pieces were cut.
    whole = among.find_text("; ".join(pieces)) or among.find_text(" ".join(pieces))
    found = [whole] if whole else [code for piece in pieces for code in _several(piece, among)]
    last = len(among.positions)
    return sorted(dict.fromkeys(found), key=lambda code: among.positions.get(code, last))


def _several(piece: str, among: Targets) -> list[str]:
    """``Seniorzy, rolnicy, Młodzież``: the longest runs between commas that name a row, else codes in any list."""
    code = among.find(piece)
    if code is not None:
        return [code]
    codes = [among.find(part) for part in _BETWEEN_CODES.split(piece)]
    if all(codes):
        return [code for code in codes if code]
    return _split_at_commas(piece, among)


def _split_at_commas(piece: str, among: Targets) -> list[str]:
    parts = [part.strip() for part in piece.split(",", MOST_COMMAS)]
    values: list[str] = []
    unknown: list[str] = []
    start = 0
    while start < len(parts):
        stops = range(min(len(parts), start + 6), start, -1)
        stop, code = next(
            ((stop, code) for stop in stops if (code := among.find(", ".join(parts[start:stop])))),
            (start + 1, None),
        )
        if code is None:
            unknown.append(parts[start])
        else:
            values += [", ".join(filter(None, unknown)), code]
            unknown = []
        start = stop
    values.append(", ".join(filter(None, unknown)))
    return [value for value in values if value]
