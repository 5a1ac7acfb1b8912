"""What a column of a register's sheet may hold: how it is read, shown, and asked for in a sentence."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from core import clock
from core.i18n import LANGUAGES, LazyString, _, _l, in_language
from core.labels import LabelledEnum
from core.text import fold
from core.workbooks.raw import CellValue
from core.workbooks.typed import as_day, as_number, as_text, as_whole_number, plain_number

T = TypeVar("T")
L = TypeVar("L", bound=LabelledEnum)


@dataclass(frozen=True)
class Formula:
    """A sum that the spreadsheet works out itself. ``text`` is ours, never what somebody typed; ``value`` is what comes out
    of it, for whoever does not calculate: a CSV, a preview, this project's own reader."""

    text: str
    value: int


Shown = str | int | Decimal | date | datetime | Formula | None
"""What a cell or a CSV field can be given."""


def as_it_is(value: Any) -> Shown:
    shown: Shown = value
    return shown


class Unfit(ValueError):
    """The value is not what the column expects; the sentence comes from the kind itself."""


class Kind(ABC, Generic[T]):
    number_format = "General"
    width = 18

    @abstractmethod
    def reader(self) -> Callable[[CellValue], T]:
        """What turns a cell into a value, or raises ``Unfit``; prepared once for all rows of a reading."""

    @abstractmethod
    def expected(self) -> str:
        """A sentence that tells a person what to enter."""

    def writer(self) -> Callable[[T], Shown]:
        """What turns a value into what a cell shows, prepared once for all rows of an export."""
        return as_it_is

    def options(self) -> list[str]:
        """What a drop-down offers."""
        return []


@dataclass(frozen=True)
class Text(Kind[str]):
    max_length: int
    min_length: int = 1
    number_format = "@"
    width = 32

    def reader(self) -> Callable[[CellValue], str]:
        return self._read

    def _read(self, value: CellValue) -> str:
        text = as_text(value)
        if not self.min_length <= len(text) <= self.max_length:
            raise Unfit
        return text

    def expected(self) -> str:
        return str(_("Enter %(least)s to %(most)s characters", least=self.min_length, most=self.max_length))


@dataclass(frozen=True)
class WholeNumber(Kind[int]):
    lowest: int
    highest: int
    number_format = "#,##0"
    width = 12

    def reader(self) -> Callable[[CellValue], int]:
        return self._read

    def _read(self, value: CellValue) -> int:
        number = as_whole_number(value)
        if number is None or not self.lowest <= number <= self.highest:
            raise Unfit
        return number

    def expected(self) -> str:
        return str(
            _("Enter a whole number from %(lowest)s to %(highest)s", lowest=self.lowest, highest=self.highest)
        )


@dataclass(frozen=True)
class Number(Kind[Decimal]):
    lowest: Decimal
    highest: Decimal
    width = 14

    def reader(self) -> Callable[[CellValue], Decimal]:
        return self._read

    def _read(self, value: CellValue) -> Decimal:
        number = as_number(value)
        if number is None or not self.lowest <= number <= self.highest:
            raise Unfit
        return number

    def expected(self) -> str:
        lowest, highest = plain_number(self.lowest), plain_number(self.highest)
        return str(_("Enter a number from %(lowest)s to %(highest)s", lowest=lowest, highest=highest))


class Day(Kind[date]):
    number_format = "dd\\.mm\\.yyyy"
    width = 13

    def reader(self) -> Callable[[CellValue], date]:
        return self._read

    def _read(self, value: CellValue) -> date:
        day = as_day(value)
        if day is None:
            raise Unfit
        return day

    def expected(self) -> str:
        return str(_("Enter a date, for example 15.03.2027"))


class Moment(Kind[datetime]):
    """A point in time, shown as the clock of the programme's country shows it. For exports only."""

    number_format = "dd\\.mm\\.yyyy hh:mm"
    width = 17

    def reader(self) -> Callable[[CellValue], datetime]:
        raise NotImplementedError("moments are written, not read")

    def expected(self) -> str:
        return ""

    def writer(self) -> Callable[[datetime], datetime]:
        return lambda value: clock.local(value).replace(tzinfo=None)


@dataclass(frozen=True)
class Choice(Kind[T]):
    """One of several values, known by its label in any language or as it is stored."""

    labels: Mapping[T, str | LazyString]
    width = 20

    def reader(self) -> Callable[[CellValue], T]:
        spellings = {fold(str(value)): value for value in self.labels}
        for language in LANGUAGES:
            with in_language(language):
                spellings |= {fold(str(label)): value for value, label in self.labels.items()}

        def read(value: CellValue) -> T:
            try:
                return spellings[fold(as_text(value))]
            except KeyError:
                raise Unfit from None

        return read

    def expected(self) -> str:
        return str(_("Choose one of: %(labels)s", labels="; ".join(self.options())))

    def writer(self) -> Callable[[T], str]:
        return {value: str(label) for value, label in self.labels.items()}.__getitem__

    def options(self) -> list[str]:
        return [str(label) for label in self.labels.values()]


YES_NO = Choice({True: _l("yes"), False: _l("no")})


def text(*, max_length: int, min_length: int = 1) -> Text:
    return Text(max_length, min_length)


def whole_number(lowest: int, highest: int) -> WholeNumber:
    return WholeNumber(lowest, highest)


def number(lowest: Decimal | int, highest: Decimal | int) -> Number:
    return Number(Decimal(lowest), Decimal(highest))


def day() -> Day:
    return Day()


def moment() -> Moment:
    return Moment()


def one_of(labels: Mapping[T, str | LazyString]) -> Choice[T]:
    return Choice(labels)


def member_of(enum: type[L]) -> Choice[L]:
    """A member of an enum whose labels people know."""
    return Choice({member: member.label for member in enum})


def yes_or_no() -> Choice[bool]:
    return YES_NO
