"""A day and a time as people write them, not only as browsers send them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from functools import cache
from typing import Any

from babel.dates import get_month_names
from wtforms import DateField, TimeField

from core import clock
from core.formatting import day
from core.i18n import LazyString, _, _l
from core.text import fold

NO_DAY = _l("Enter a day such as 23.02.2027")
NO_TIME = _l("Enter a time such as 17:00")

FIRST = date(1990, 1, 1)
"""Municipalities as they are today began that year: whatever the programme knows of lies later."""
YEARS_AHEAD = 10

DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y", "%Y.%m.%d", "%Y/%m/%d"]
TIMES = ["%H:%M", "%H.%M", "%H:%M:%S", "%H %M", "%H", "%H%M"]
_IN_WORDS = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]{3,})\.?\s+(\d{4})")


class Day(DateField):
    """``2027-02-23``, ``23.02.2027``, ``23.2.2027 r.``, ``23/02/2027``, ``23 lutego 2027``, ``23 Feb 2027``.

    A slip of the hand in the year is refused: calendars, time zones and reports know no year 1 and no year 9999.
    """

    data: date | None

    def __init__(
        self, label: Any = None, validators: Any = None, *, years_ahead: int = YEARS_AHEAD, **kwargs: Any
    ) -> None:
        self.years_ahead = years_ahead
        super().__init__(label, validators, format=DAYS, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        with _saying(NO_DAY):
            super().process_formdata([_in_figures(text) for text in valuelist])
        last = date(clock.today().year + self.years_ahead, 12, 31)
        if valuelist and self.data is not None and not FIRST <= self.data <= last:
            self.data = None
            raise ValueError(_("Enter a day from %(first)s to %(last)s.", first=day(FIRST), last=day(last)))


class TimeOfDay(TimeField):
    """By the clock on the wall: ``17:00``, ``17.00``, ``1700``, ``17``, ``godz. 17:00``."""

    data: time | None

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format=TIMES, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        plain = [text.strip().removeprefix("godz.").removeprefix("g.").strip() for text in valuelist]
        with _saying(NO_TIME):
            super().process_formdata(plain)


@contextmanager
def _saying(sentence: LazyString) -> Iterator[None]:
    """WTForms' own sentence tells no example, and is not in every language."""
    try:
        yield
    except ValueError:
        raise ValueError(str(sentence)) from None


def _in_figures(text: str) -> str:
    plain = " ".join(text.split()).removesuffix("r.").removesuffix("roku").rstrip()
    found = _IN_WORDS.fullmatch(plain)
    month = _months().get(fold(found[2])[:3]) if found else None
    return f"{found[1]}.{month}.{found[3]}" if found and month else plain


@cache
def _months() -> dict[str, int]:
    """By the first three letters, which no two months of a language share and both languages agree on."""
    return {
        fold(name)[:3]: number
        for code in ("en", "pl")
        for number, name in get_month_names("wide", context="format", locale=code).items()
    }
