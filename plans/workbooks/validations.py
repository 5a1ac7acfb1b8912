"""What a cell says when somebody enters it, and what it offers or refuses there."""

from decimal import Decimal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.i18n import _
from core.workbooks.writer import add_validation
from plans.definitions import ColumnDefinition, ColumnType
from plans.workbooks.book import Book
from plans.workbooks.lists import options_name

FIRST_DAY = 36526  # 2000-01-01 as a spreadsheet counts days
LAST_DAY = 73050  # 2099-12-31
HIGHEST = 999_999_999

WHOLE = frozenset({ColumnType.WHOLE_NUMBER, ColumnType.YEAR})
FRACTIONS = frozenset({ColumnType.DECIMAL, ColumnType.MONEY})


def validate(book: Book, sheet: Worksheet, column: ColumnDefinition, cells: str) -> None:
    """Help for every cell; a drop-down where there is a list; a warning, never a wall, for numbers and dates.

    What the import would understand ("ok. 20" is a finding there, "N1, N2" is fine) is not for a spreadsheet to stop:
    only a single choice from a closed list is held to it.
    """
    rule = _rule(book, column)
    rule.promptTitle = column.label.in_language(book.language)
    rule.prompt = _prompt(book, column)
    add_validation(sheet, cells, rule)


def _prompt(book: Book, column: ColumnDefinition) -> str:
    help_text = column.help.in_language(book.language)
    example = column.example.in_language(book.language)
    return "\n".join([help_text, _("Example: %(example)s", example=example)]) if example else help_text


def _rule(book: Book, column: ColumnDefinition) -> DataValidation:
    name = options_name(book, column)
    if name:
        return _list(name, column)
    if column.type in WHOLE or column.type in FRACTIONS:
        return _number(column)
    if column.type is ColumnType.DATE:
        return DataValidation(
            type="date",
            operator="between",
            formula1=str(FIRST_DAY),
            formula2=str(LAST_DAY),
            errorStyle="warning",
            error=_("Enter a date, for example 15.03.2027."),
        )
    if column.max_length:
        return DataValidation(
            type="textLength",
            operator="lessThanOrEqual",
            formula1=str(column.max_length),
            errorStyle="warning",
            error=_("At most %(count)s characters.", count=column.max_length),
        )
    return DataValidation()


def _list(name: str, column: ColumnDefinition) -> DataValidation:
    """The name stands without an equals sign: both Excel and LibreOffice then keep the list."""
    if column.type is ColumnType.CHOICE:
        return DataValidation(
            type="list", formula1=name, errorStyle="stop", error=_("Choose a value from the list.")
        )
    return DataValidation(type="list", formula1=name)


def _number(column: ColumnDefinition) -> DataValidation:
    lowest, highest = column.minimum, column.maximum
    return DataValidation(
        type="whole" if column.type in WHOLE else "decimal",
        operator="between",
        formula1=format(-HIGHEST if lowest is None else lowest, "f"),
        formula2=format(HIGHEST if highest is None else highest, "f"),
        errorStyle="warning",
        error=_number_error(lowest, highest),
    )


def _number_error(lowest: Decimal | None, highest: Decimal | None) -> str:
    text = _("Enter a number.")
    if lowest is not None and highest is not None:
        text = _("Enter a number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)
    elif lowest is not None:
        text = _("Enter a number, %(lowest)s or more.", lowest=lowest)
    return str(text)
