"""One reader for each type of column: the value to store, or a reason why there is none."""

import re
from collections.abc import Callable
from decimal import Decimal

from core.workbooks.raw import CellValue, Percent
from plans.definitions import ColumnDefinition, ColumnType, Value
from plans.values import lists, numbers
from plans.values.dates import read_day
from plans.values.problems import Unreadable
from plans.values.text import as_text, clean_line, clean_lines
from programme.code_lists import CodeLists

LENGTHS = {ColumnType.TEXT: 500, ColumnType.LONG_TEXT: 4000, ColumnType.CODE: 12}
LONGEST_EMAIL = 254

_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w-]+\.)+[^\W\d_][\w-]+")
_EMAIL_INSIDE = re.compile(r"<([^<>\s]+@[^<>\s]+)>")

Reader = Callable[[ColumnDefinition, CellValue, CodeLists, str], Value]


def longest_text(column: ColumnDefinition) -> int:
    return column.max_length or LENGTHS.get(column.type, LENGTHS[ColumnType.TEXT])


def _read_text(column: ColumnDefinition, raw: CellValue, _lists: CodeLists, language: str) -> str:
    cleaned = clean_lines if column.type is ColumnType.LONG_TEXT else clean_line
    return _short_enough(column, cleaned(as_text(raw, language)))


def _short_enough(column: ColumnDefinition, text: str) -> str:
    longest = longest_text(column)
    if len(text) > longest:
        raise Unreadable("too_long", maximum=str(longest), length=str(len(text)))
    return text


def _read_code(column: ColumnDefinition, raw: CellValue, _lists: CodeLists, language: str) -> str:
    text = clean_line(as_text(raw, language))
    if re.search(rf"[,;{lists.CODE_AND_TEXT}]", text):
        raise Unreadable("code")
    return _short_enough(column, lists.as_code(text) or text)


def _read_whole(column: ColumnDefinition, raw: CellValue, _lists: CodeLists, _language: str) -> int:
    number = numbers.read_number(_number_cell(raw))
    if number != number.to_integral_value():
        raise Unreadable("not_whole")
    return int(_within(column, number))


def _read_year(column: ColumnDefinition, raw: CellValue, _lists: CodeLists, _language: str) -> int:
    number = numbers.read_number(_number_cell(raw), unit=numbers.YEAR_WORD)
    if number != number.to_integral_value():
        raise Unreadable("not_whole")
    return int(_within(column, number))


def _read_decimal(column: ColumnDefinition, raw: CellValue, _lists: CodeLists, _language: str) -> str:
    number = numbers.read_number(_number_cell(raw), unit=numbers.PERCENT, guess_groups=False)
    return numbers.plain_number(_within(column, number))


def _read_money(column: ColumnDefinition, raw: CellValue, _lists: CodeLists, _language: str) -> str:
    number = numbers.read_number(_number_cell(raw), unit=numbers.CURRENCY)
    return numbers.plain_number(_within(column, number), step=numbers.CENTS)


def _number_cell(raw: CellValue) -> Decimal | str:
    if isinstance(raw, Percent):
        return as_text(raw, "pl")  # as it is seen: only a column that takes percentages takes it
    if isinstance(raw, bool) or not isinstance(raw, Decimal | str):
        raise Unreadable("number")
    return raw


def _within(column: ColumnDefinition, number: Decimal) -> Decimal:
    if column.minimum is not None and number < column.minimum:
        raise Unreadable("too_small", minimum=numbers.plain_number(column.minimum))
    if column.maximum is not None and number > column.maximum:
        raise Unreadable("too_large", maximum=numbers.plain_number(column.maximum))
    return number


def _read_date(_column: ColumnDefinition, raw: CellValue, _lists: CodeLists, _language: str) -> str:
    return read_day(raw).isoformat()


def _read_choice(column: ColumnDefinition, raw: CellValue, code_lists: CodeLists, language: str) -> str:
    text = clean_line(lists.list_text(raw, language))
    return lists.read_choice(text, code_lists[column.code_list or ""], language)


def _read_choices(
    column: ColumnDefinition, raw: CellValue, code_lists: CodeLists, language: str
) -> list[str]:
    return lists.read_choices(lists.list_text(raw, language), code_lists[column.code_list or ""], language)


def _read_reference(column: ColumnDefinition, raw: CellValue, _lists: CodeLists, language: str) -> str:
    return lists.read_reference(as_text(raw, language))


def _read_references(column: ColumnDefinition, raw: CellValue, _lists: CodeLists, language: str) -> list[str]:
    return lists.read_references(as_text(raw, language))


def _read_email(_column: ColumnDefinition, raw: CellValue, _lists: CodeLists, language: str) -> str:
    text = clean_line(as_text(raw, language)).removeprefix("mailto:")
    if not _EMAIL.fullmatch(text) or len(text) > LONGEST_EMAIL:
        inside = _EMAIL_INSIDE.search(text)
        raise Unreadable("email_address", suggestion=inside[1] if inside else None)
    name, _at, domain = text.rpartition("@")
    return f"{name}@{domain.lower()}"


READERS: dict[ColumnType, Reader] = {
    ColumnType.TEXT: _read_text,
    ColumnType.LONG_TEXT: _read_text,
    ColumnType.WHOLE_NUMBER: _read_whole,
    ColumnType.DECIMAL: _read_decimal,
    ColumnType.MONEY: _read_money,
    ColumnType.YEAR: _read_year,
    ColumnType.DATE: _read_date,
    ColumnType.CHOICE: _read_choice,
    ColumnType.CHOICES: _read_choices,
    ColumnType.REFERENCE: _read_reference,
    ColumnType.REFERENCES: _read_references,
    ColumnType.CODE: _read_code,
    ColumnType.EMAIL: _read_email,
}
