"""Figures of a card in words: amounts, hours with their sign, months."""

from decimal import Decimal

from babel.numbers import format_decimal

from animators.cards.content import Line, Total
from core.formatting import hours, number
from core.i18n import _, language


def money(amount: Decimal) -> str:
    """1 234,50 zł in Polish."""
    return f"{format_decimal(amount, format='#,##0.00', locale=language())} zł"


def length(minutes: int) -> str:
    """Empty where there is nothing to show."""
    return hours(minutes) if minutes else ""


def amount_of_work(one: Line | Total) -> str:
    """Hours, or the number of what is not measured in time, and kilometres."""
    parts = [length(one.minutes) or (number(one.count) if one.count else "")]
    if one.km:
        parts.append(_("%(km)s km", km=number(one.km)))
    return ", ".join(part for part in parts if part)
