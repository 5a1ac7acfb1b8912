"""What each type of column does with a cell: reads it, refuses it, shows it again."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from core.i18n import _, _l, in_language
from core.i18n import language as language_in_force
from core.personal_data import PersonalKind, is_pesel
from core.workbooks.raw import NOT_WORKED_OUT, CellError, CellValue
from plans.definitions import ColumnDefinition, ColumnType, Value
from plans.findings import Finding, FindingCode, Severity
from plans.personal_data import refuse_personal_data
from plans.values import lists, numbers
from plans.values.lists import shortened
from plans.values.problems import Unreadable
from plans.values.readers import READERS, longest_text
from plans.values.text import as_text, day_text, is_nothing
from programme.code_lists import CodeLists

PESEL_DIGITS = 11
SHORTEST_PESEL, LONGEST_PESEL = Decimal(10) ** 8, Decimal(10) ** 11
LONGEST_CHECKED = 20_000
"""Nothing longer fits any column; it is only looked through for personal data, for the file it came in is kept."""

NUMBER_TYPES = frozenset({ColumnType.WHOLE_NUMBER, ColumnType.DECIMAL, ColumnType.MONEY, ColumnType.YEAR})
CHOICE_TYPES = frozenset({ColumnType.CHOICE, ColumnType.CHOICES})
REFERENCE_TYPES = frozenset({ColumnType.REFERENCE, ColumnType.REFERENCES})
TEXT_TYPES = (
    frozenset({ColumnType.TEXT, ColumnType.LONG_TEXT, ColumnType.CODE, ColumnType.EMAIL}) | REFERENCE_TYPES
)

_ERROR_CODE = re.compile(r"#[A-Z0-9/!?_]{1,20}")


@dataclass(frozen=True)
class CellProblem:
    """Why a cell was not taken over. Nothing in it holds personal data."""

    code: FindingCode
    reason: str
    params: dict[str, str] = field(default_factory=dict)
    suggestion: str | None = None

    def finding(
        self, column: ColumnDefinition, *, sheet_key: str, row_uid: str | None = None, cell: str | None = None
    ) -> Finding:
        return Finding(
            self.code,
            Severity.ERROR,
            self.reason,
            sheet_key=sheet_key,
            cell=cell,
            row_uid=row_uid,
            column_key=column.key,
            params=self.params,
            suggestion=self.suggestion,
        )


@dataclass(frozen=True)
class Parsed:
    """Either a value, or a problem, or neither for an empty cell."""

    value: Value | None = None
    problem: CellProblem | None = None


EMPTY = Parsed()

CURRENCY = f"{numbers.NO_BREAK_SPACE}zł"
LONGEST_LIST = 300

EXPECTED = {
    ColumnType.WHOLE_NUMBER: _l("a whole number"),
    ColumnType.DECIMAL: _l("a number"),
    ColumnType.MONEY: _l("an amount in zlotys"),
    ColumnType.YEAR: _l("a year"),
    ColumnType.DATE: _l("a date: day, month, year"),
    ColumnType.REFERENCE: _l("the code or the text of one row"),
    ColumnType.REFERENCES: _l("codes of rows, separated by commas"),
    ColumnType.CODE: _l("a short code without commas"),
    ColumnType.EMAIL: _l("one e-mail address"),
}


# --- Reading -------------------------------------------------------------------------------------------


def parse(
    column: ColumnDefinition, raw: CellValue | CellError | None, code_lists: CodeLists, language: str = "pl"
) -> Parsed:
    """The value to store. Personal data in a column not meant for it are refused, and leave no trace in the problem."""
    if raw is None:
        return EMPTY
    if isinstance(raw, CellError):
        return Parsed(problem=_problem_of_formula(raw))
    if isinstance(raw, str) and is_nothing(raw):
        return EMPTY
    problem = _problem_at_sight(column, raw, language)
    if problem is not None:
        return Parsed(problem=problem)
    try:
        value = READERS[column.type](column, raw, code_lists, language)
    except Unreadable as unreadable:
        return Parsed(problem=_problem(column, unreadable, as_text(raw, language)))
    return Parsed(value) if value not in ("", []) else EMPTY


def _problem_of_formula(raw: CellError) -> CellProblem:
    if raw == NOT_WORKED_OUT:
        return CellProblem(FindingCode.UNREADABLE, "not_worked_out")
    code = raw.code if _ERROR_CODE.fullmatch(raw.code) else "#ERROR!"
    return CellProblem(FindingCode.UNREADABLE, "cell_error", {"found": code})


def _problem_at_sight(column: ColumnDefinition, raw: CellValue, language: str) -> CellProblem | None:
    """A valid number is never taken for a telephone number; but no column may hold a PESEL number."""
    reason = None
    if column.type in TEXT_TYPES:
        reason = refuse_personal_data(column, as_text(raw, language))
    if reason is None and (isinstance(raw, Decimal) or column.type in NUMBER_TYPES) and is_pesel_number(raw):
        reason = PersonalKind.PESEL.value
    if reason is None and isinstance(raw, str) and len(raw) > LONGEST_CHECKED:
        params = {"maximum": str(longest_text(column)), "length": str(len(raw))}
        return CellProblem(FindingCode.UNREADABLE, "too_long", params)
    return CellProblem(FindingCode.PERSONAL_DATA, reason) if reason else None


def is_pesel_number(raw: CellValue) -> bool:
    """As a number it has lost its leading zero."""
    if isinstance(raw, Decimal):
        return raw.is_finite() and SHORTEST_PESEL <= raw < LONGEST_PESEL and is_pesel(f"{int(raw):011}")
    return isinstance(raw, str) and len(raw) >= PESEL_DIGITS and is_pesel(raw)


def _problem(column: ColumnDefinition, problem: Unreadable, text: str) -> CellProblem:
    """What was found is named only where it cannot be about a person."""
    reason = refuse_personal_data(column, text)
    if reason is not None:
        return CellProblem(FindingCode.PERSONAL_DATA, reason)
    if column.private:
        return CellProblem(problem.code, problem.reason, problem.params)
    found = {} if problem.reason == "too_long" else {"found": shortened(text)}
    return CellProblem(problem.code, problem.reason, found | problem.params, problem.suggestion)


def repeatable(
    column: ColumnDefinition, raw: CellValue | CellError, problem: CellProblem, language: str = "pl"
) -> str | None:
    """What was typed where it was not taken over, to be shown again; nothing that is or could be about a person."""
    if isinstance(raw, CellError) or column.private or problem.code is FindingCode.PERSONAL_DATA:
        return None
    text = as_text(raw, language)
    return text if len(text) <= LONGEST_CHECKED else None


# --- Showing -------------------------------------------------------------------------------------------


def display(
    column: ColumnDefinition, value: Value | None, code_lists: CodeLists, language: str = "pl"
) -> str:
    """For people to read: labels instead of codes, ``12 500,50 zł``, ``31.12.2026``. Reads back as the same value."""
    if value is None:
        return ""
    if column.type is ColumnType.MONEY:
        amount = _number(value)
        return (
            str(value)
            if amount is None
            else numbers.number_text(amount, language, grouped=True, decimals=2) + CURRENCY
        )
    if column.type in NUMBER_TYPES:
        number = _number(value)
        grouped = column.type is not ColumnType.YEAR
        return str(value) if number is None else numbers.number_text(number, language, grouped=grouped)
    return editable_text(column, value, code_lists, language)


def editable_text(
    column: ColumnDefinition, value: Value | None, code_lists: CodeLists, language: str = "pl"
) -> str:
    """For a person to type over: as ``display``, but a number without spaces and currency."""
    if value is None:
        return ""
    if isinstance(value, list):
        if column.code_list is None:
            return lists.references_text(value)
        return ", ".join(code_lists[column.code_list].label(code, language) for code in value)
    if column.type in NUMBER_TYPES:
        number = _number(value)
        return str(value) if number is None else numbers.number_text(number, language)
    if column.code_list is not None:
        return code_lists[column.code_list].label(str(value), language)
    return _day(value) if column.type is ColumnType.DATE else str(value)


def _number(value: Value) -> Decimal | None:
    """A draft may hold what is no number; it is shown as it is."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _day(value: str | int) -> str:
    try:
        return day_text(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def expected(column: ColumnDefinition, code_lists: CodeLists, language: str | None = None) -> str:
    """What the column wants, in half a sentence: "a whole number from 1 to 5"."""
    language = language or language_in_force()
    with in_language(language):
        return _expected(column, code_lists, language)


def _expected(column: ColumnDefinition, code_lists: CodeLists, language: str) -> str:
    if column.code_list is not None:
        labels = code_lists[column.code_list].labels(language)
        values = shortened(", ".join(labels), LONGEST_LIST)
        many = column.type is ColumnType.CHOICES
        template = _("one or more of: %(values)s") if many else _("one of: %(values)s")
        return str(template) % {"values": values}
    if column.type in NUMBER_TYPES:
        return _expected_number(column, language)
    if column.type in (ColumnType.TEXT, ColumnType.LONG_TEXT):
        return str(_("a text of at most %(maximum)s characters")) % {"maximum": longest_text(column)}
    return str(EXPECTED[column.type])


def _expected_number(column: ColumnDefinition, language: str) -> str:
    what = str(EXPECTED[column.type])
    limits = {
        name: numbers.number_text(limit, language, grouped=column.type is not ColumnType.YEAR)
        for name, limit in (("minimum", column.minimum), ("maximum", column.maximum))
        if limit is not None
    }
    if len(limits) == 2:
        return str(_("%(what)s from %(minimum)s to %(maximum)s")) % {"what": what, **limits}
    if "minimum" in limits:
        return str(_("%(what)s, at least %(minimum)s")) % {"what": what, **limits}
    if "maximum" in limits:
        return str(_("%(what)s, at most %(maximum)s")) % {"what": what, **limits}
    return what
