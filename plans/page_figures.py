"""Figures of a row side by side: year after year in the general plan, planned against actual in an annual one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from core.i18n import _
from plans.definitions import ColumnDefinition, PlanRow, Value
from plans.page_parts import Measure
from plans.totals import CANCELLED, number_in, number_of
from plans.values.numbers import number_text

BY_YEAR = re.compile(r"(?P<what>\w+)_y(?P<number>[123])")
ADDED_UP = frozenset({"trainings", "hours", "persons", "amount"})
"""What may be added over rows and years; targets may not."""
BEFORE = "baseline"
PLANNED, ACTUAL = "_planned", "_actual"
NOTHING = "–"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One measure: its columns in the order of the heads, None where the template has no such column."""

    label: str
    columns: tuple[ColumnDefinition | None, ...]
    added_up: bool
    """Rows may be added; years are then followed by their total."""
    with_total: bool = False

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Of its columns; empty where there is none, which no row holds anything under."""
        return tuple(column.key if column else "" for column in self.columns)

    @cached_property
    def first_key(self) -> str:
        return next(key for key in self.keys if key)


@dataclass(frozen=True)
class Strip:
    heads: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(column.key for line in self.lines for column in line.columns if column)


def strip_of(columns: Sequence[ColumnDefinition], *, first_year: int, language: str) -> Strip:
    """How the figures of these columns stand side by side; an empty strip where nothing belongs together."""
    return _over_years(columns, first_year, language) or _planned_and_actual(columns, language) or Strip()


def _over_years(columns: Sequence[ColumnDefinition], first_year: int, language: str) -> Strip | None:
    known = {column.key: column for column in columns}
    found = [match for key in known if (match := _by_year(key))]
    if not found:
        return None
    numbers = sorted({match["number"] for match in found})
    before = known.get(BEFORE)
    heads = [before.label.in_language(language)] if before else []
    heads += [str(first_year + int(number) - 1) for number in numbers]
    lines = []
    for what in dict.fromkeys(match["what"] for match in found):
        by_year = [known.get(f"{what}_y{number}") for number in numbers]
        label = next(column for column in by_year if column).label.in_language(language)
        cells = (before, *by_year) if before else tuple(by_year)
        added_up = what in ADDED_UP
        lines.append(Line(_stem(label), cells, added_up, with_total=added_up and len(numbers) > 1))
    if any(line.with_total for line in lines):
        heads.append(_("Total"))
    return Strip(tuple(heads), tuple(lines))


@cache
def _by_year(key: str) -> re.Match[str] | None:
    """Of a column of some template: there are a few hundred."""
    return BY_YEAR.fullmatch(key)


def _planned_and_actual(columns: Sequence[ColumnDefinition], language: str) -> Strip | None:
    known = {column.key: column for column in columns}
    pairs = []
    for key, column in known.items():
        actual = known.get(f"{key.removesuffix(PLANNED)}{ACTUAL}")
        if key.endswith(PLANNED) and key != "groups_planned":
            pairs.append((column, actual))
    if not pairs:
        return None
    took_place = any(actual for _planned, actual in pairs)
    heads = (_("Planned"), _("Actual")) if took_place else (_("Planned"),)
    lines = (
        Line(_of_plan(planned, language), (planned, actual) if took_place else (planned,), added_up=True)
        for planned, actual in pairs
    )
    return Strip(heads, tuple(lines))


def _stem(label: str) -> str:
    """``Liczba szkoleń – rok 1`` -> ``Liczba szkoleń``: the head already says the year."""
    return label.split(" – ", maxsplit=1)[0]


def _of_plan(column: ColumnDefinition, language: str) -> str:
    names = {
        "participants_planned": _("People"),
        "hours_planned": _("Hours"),
        "cost_planned": _("Cost (PLN)"),
    }
    return str(names.get(column.key) or _stem(column.label.in_language(language)))


def measures_of(row: PlanRow, strip: Strip, *, language: str) -> tuple[Measure, ...]:
    """The figures of one row; a measure without any figure is left out."""
    values = row.values
    return tuple(
        [
            Measure(line.label, _texts_of_row(line, values, language), line.first_key)
            for line in strip.lines
            if any(map(values.__contains__, line.keys))
        ]
    )


def _texts_of_row(line: Line, values: Mapping[str, Value], language: str) -> tuple[str, ...]:
    texts = [_figure_in(values.get(key), language) if key in values else NOTHING for key in line.keys]
    if line.with_total:
        numbers = [number_of(values[key]) or ZERO for key in line.keys if key in values]
        texts.append(_figure(sum(numbers, ZERO), language))
    return tuple(texts)


def _figure_in(value: Value | None, language: str) -> str:
    return _usual_figure(value, language) if isinstance(value, str | int) else _figure(ZERO, language)


@lru_cache(maxsize=2048)
def _usual_figure(value: str | int, language: str) -> str:
    """Most cells hold the same few small numbers."""
    return _figure(number_of(value) or ZERO, language)


def totals_of(rows: Iterable[PlanRow], strip: Strip, *, language: str) -> tuple[Measure, ...]:
    """What the rows add up to; cancelled trainings count for nothing."""
    counted = [row for row in rows if row.values.get("status") != CANCELLED]
    if len(counted) < 2:
        return ()
    return tuple(
        Measure(line.label, _texts(line, counted, language)) for line in strip.lines if line.added_up
    )


def _texts(line: Line, rows: Sequence[PlanRow], language: str) -> tuple[str, ...]:
    sums = [_sum(rows, column.key) if column else None for column in line.columns]
    if line.with_total:
        sums.append(sum([one for one in sums if one is not None], ZERO))
    return tuple([NOTHING if one is None else _figure(one, language) for one in sums])


def _sum(rows: Sequence[PlanRow], key: str) -> Decimal | None:
    numbers = [number_in(row, key) for row in rows if key in row.values]
    return sum(numbers, ZERO) if numbers else None


def _figure(number: Decimal, language: str) -> str:
    """An amount of money too: its label says the currency, so that the columns stay narrow."""
    is_whole = number == number.to_integral_value()
    return number_text(number, language, grouped=True, decimals=0 if is_whole else 2)
