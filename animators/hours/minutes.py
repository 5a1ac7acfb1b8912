"""Minutes as people write them: 90, 1:30, 1 h 30, 1,5 h. Whole minutes in the end, each slip with its own sentence."""

import re
from decimal import Decimal
from typing import Any

from wtforms import StringField

from core.formatting import hours, number
from core.i18n import _
from core.text import clean

MOST = 24 * 60
"""One consultation lasts a day at most."""

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_HOURS = re.compile(
    r"([0-9]{1,4}(?:[.,][0-9]{1,2})?)(?:h|hr|hrs|hour|hours|g|godz\.?|godzin[aęy]?)"
    r"(?:([0-5]?[0-9])(?:m|min\.?|minut[aęy]?|minutes?)?)?"
)
_MINUTES = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,2})?)(?:m|min\.?|minut[aęy]?|minutes?|')?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_MINUS = "-\u2212\u2013"


class MinutesRefused(ValueError):
    """What was typed is no length of time; the sentence says what is wrong with it."""


def read_minutes(text: str, *, most: int = MOST) -> int:
    typed = _SPACES.sub("", clean(text)).casefold()
    if typed[:1] and typed[0] in _MINUS and _amount(typed[1:]) is not None:
        raise MinutesRefused(
            _("Minutes cannot be negative. To give minutes back, correct the entry they belong to.")
        )
    amount = _amount(typed)
    if amount is None:
        raise MinutesRefused(_("Enter how long it lasted in minutes, for example 45, or as 1:30 or 1,5 h."))
    if amount == 0:
        raise MinutesRefused(_("Enter how long it lasted: at least 1 minute."))
    if amount != int(amount):
        raise MinutesRefused(_("Enter whole minutes, for example 90. Hours may have a comma: 1,5 h."))
    if amount > most:
        raise MinutesRefused(
            _(
                "%(minutes)s minutes would be %(hours)s. Enter at most %(most)s minutes (%(day)s).",
                minutes=number(int(amount)), hours=hours(int(amount)), most=number(most), day=hours(most),
            )
        )  # fmt: skip
    return int(amount)


def _amount(typed: str) -> Decimal | None:
    if match := _CLOCK.fullmatch(typed):
        return Decimal(int(match[1]) * 60 + int(match[2]))
    if match := _HOURS.fullmatch(typed):
        return Decimal(match[1].replace(",", ".")) * 60 + int(match[2] or 0)
    if _THOUSANDS.fullmatch(typed):  # 10,000 is no decimal fraction: nobody measures so finely
        return Decimal(typed.replace(",", "").replace(".", ""))
    if match := _MINUTES.fullmatch(typed):
        return Decimal(match[1].replace(",", "."))
    return None


class MinutesField(StringField):
    """Its data are whole minutes. What was typed stays in the field until it can be read."""

    data: Any

    def __init__(self, label: Any = None, validators: Any = None, *, most: int = MOST, **kwargs: Any) -> None:
        self.most = most
        super().__init__(label, validators, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = read_minutes(valuelist[0], most=self.most)
        else:
            self.raw_data = []  # spaces alone are nothing: a required field says so

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)
