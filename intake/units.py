"""What bare numbers of time are, hours or minutes: told by the heading, else asked; ``240`` is never left to luck."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from core.workbooks.raw import CellError
from core.workbooks.typed import as_number
from intake.cells import Length
from intake.checking import totals_of
from intake.columns import Column, folded
from intake.grid import Cell, GridSheet, headings
from intake.naming import Naming

_HOURS = re.compile(r"\b(?:godz\w*|hours?|h)\b")
_MINUTES = re.compile(r"\b(?:min|minut\w*)\b")


def with_unit(naming: Naming, sheet: GridSheet, columns: Sequence[Column]) -> Naming:
    """As the heading says; where it does not, the unit in which the numbers can be."""
    if naming.unit_said:
        return naming
    found = headings(sheet, naming.header)
    for number, kind in _lengths(naming, columns):
        in_hours = _told_by(found.get(number, ""))
        if in_hours is not None:
            return replace(naming, in_hours=in_hours, unit_said=True)
        if any(value * 60 > kind.most for value in _bare(sheet, naming, number, columns)):
            naming = replace(naming, in_hours=False)
    return naming


def as_headings_say(naming: Naming, sheet: GridSheet, columns: Sequence[Column], *, before: Naming) -> Naming:
    """A column that was just named is in the unit of its heading: ``Ile minut`` are minutes.

    Where it was named ``before``, the page has asked with that unit filled in, and the answer counts.
    """
    found = headings(sheet, naming.header)
    new = [number for number, _kind in _lengths(naming, columns) if number not in before.columns]
    told = [_told_by(found.get(number, "")) for number in new]
    return next((replace(naming, in_hours=one) for one in told if one is not None), naming)


def asks_unit(naming: Naming, sheet: GridSheet, columns: Sequence[Column]) -> bool:
    """Nobody has said it yet, and there are numbers that could be either."""
    return not naming.unit_said and has_bare_numbers(naming, sheet, columns)


def has_bare_numbers(naming: Naming, sheet: GridSheet, columns: Sequence[Column]) -> bool:
    return any(
        True for number, _kind in _lengths(naming, columns) for _one in _bare(sheet, naming, number, columns)
    )


def _lengths(naming: Naming, columns: Sequence[Column]) -> list[tuple[int, Length]]:
    kinds: dict[str, Length] = {
        column.key: column.kind for column in columns if isinstance(column.kind, Length)
    }
    return [(number, kinds[key]) for number, key in naming.columns.items() if key in kinds]


def _bare(sheet: GridSheet, naming: Naming, column: int, columns: Sequence[Column]) -> Iterator[Decimal]:
    """Those of the records: what many rows come to says nothing about one."""
    known = {one.key: one for one in columns}
    is_total = totals_of([(number, known[key]) for number, key in naming.columns.items() if key in known])
    for row in sheet.below(naming.header):
        number = _number(row.cells.get(column))
        if number is not None and not is_total(row.cells):
            yield number


def _number(value: Cell | None) -> Decimal | None:
    if value is None or isinstance(value, bool | CellError) or not isinstance(value, str | Decimal):
        return None
    return as_number(value)


def _told_by(heading: str) -> bool | None:
    """``Liczba godzin`` says hours, ``Czas (min)`` minutes; ``godziny i minuty`` says nothing."""
    plain = folded(re.sub(r"[()\[\],;]", " ", heading))
    hours, minutes = bool(_HOURS.search(plain)), bool(_MINUTES.search(plain))
    return None if hours == minutes else hours
