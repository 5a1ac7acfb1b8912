"""Values of code lists, and codes that point at other rows."""

import re
from collections.abc import Sequence
from decimal import Decimal

from core.workbooks.raw import CellValue
from plans.findings import FindingCode
from plans.values.problems import Unreadable
from plans.values.text import as_text, clean_line, clean_lines
from programme.code_lists import CodeList

CODE_AND_TEXT = "·"
"""Between a row's code and its text, where a workbook names a row that is not in it: ``K2 · Kursy``."""

_CODE = re.compile(r"[^\W\d_]{1,3}\d{1,4}")
_NAMED_ROW = re.compile(rf"({_CODE.pattern})\s?{CODE_AND_TEXT}.*")
_BETWEEN_VALUES = re.compile(r"\s*[;\n]\s*")
_BETWEEN_CODES = re.compile(r"\s*[,;\n]\s*")

MOST_VALUES = 200
FOUND_LENGTH = 60


def list_text(raw: CellValue, language: str) -> str:
    """A number or a switch as the list's spellings know it: ``1``, ``true``."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if (
        isinstance(raw, Decimal)
        and raw.is_finite()
        and raw.adjusted() < 15
        and raw == raw.to_integral_value()
    ):
        return str(int(raw))
    return as_text(raw, language)


def read_choice(text: str, code_list: CodeList, language: str) -> str:
    code = code_list.find(text)
    if code is None:
        raise unknown_value([text], code_list.nearest(text, language))
    return code


def read_choices(text: str, code_list: CodeList, language: str) -> list[str]:
    """Several values, split by semicolon, line break or comma; a comma inside a label is no split."""
    found: set[str] = set()
    unknown: list[str] = []
    for piece in _BETWEEN_VALUES.split(clean_lines(text)):
        for value in _split_at_commas(piece, code_list):
            code = code_list.find(value)
            if code is not None:
                found.add(code)
            elif value:
                unknown.append(value)
    codes = sorted(found, key=code_list.position)
    if unknown:
        raise unknown_value(unknown, _corrected(codes, unknown, code_list, language))
    return codes


def _split_at_commas(piece: str, code_list: CodeList) -> list[str]:
    """The longest run of parts that is a known value, again and again: ``klub seniora, UTW, szkoła`` is two values."""
    parts = [part.strip() for part in piece.split(",", MOST_VALUES)]
    values: list[str] = []
    start = 0
    while start < len(parts):
        end = next(
            (
                stop
                for stop in range(min(len(parts), start + 4), start, -1)
                if code_list.find(", ".join(parts[start:stop])) is not None
            ),
            start + 1,
        )
        values.append(", ".join(parts[start:end]))
        start = end
    return values


def _corrected(
    codes: Sequence[str], unknown: Sequence[str], code_list: CodeList, language: str
) -> str | None:
    nearest = [code_list.nearest(value, language) for value in unknown[:10]]
    if None in nearest:
        return None
    labels = [code_list.label(code, language) for code in codes]
    return ", ".join(dict.fromkeys([*labels, *filter(None, nearest)]))


def unknown_value(values: Sequence[str], suggestion: str | None) -> Unreadable:
    return Unreadable(
        "not_in_list", code=FindingCode.NOT_IN_LIST, suggestion=suggestion, found=shortened(", ".join(values))
    )


def shortened(text: str, length: int = FOUND_LENGTH) -> str:
    line = clean_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def as_code(text: str) -> str | None:
    """``n1`` -> ``N1``; None for anything that does not look like a code."""
    return text.upper() if _CODE.fullmatch(text) else None


def read_reference(text: str) -> str:
    """A code, or the text of the row that is meant; which row that is needs the other sheet."""
    line = clean_line(text)
    named = _NAMED_ROW.fullmatch(line)
    return as_code(named[1] if named else line) or line


def read_references(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _BETWEEN_VALUES.split(clean_lines(text)):
        codes = [as_code(part) for part in _BETWEEN_CODES.split(piece.strip(" ,")) if part]
        pieces += [code for code in codes if code] if codes and None not in codes else [read_reference(piece)]
    return list(dict.fromkeys(filter(None, pieces)))[:MOST_VALUES]


def references_text(values: Sequence[str]) -> str:
    """Codes stand behind commas; texts, which may hold commas themselves, behind semicolons."""
    return (", " if all(as_code(value) == value for value in values) else "; ").join(values)
