"""Dates, numbers and durations as people in the page's language write them."""

from datetime import date, datetime
from decimal import Decimal

from flask import Flask
from flask_babel import format_decimal, get_locale

from core.clock import local
from core.i18n import _, language


def day(value: date | None) -> str:
    """21.11.2026 in Polish, 21 Nov 2026 in English; an en dash for no date."""
    if value is None:
        return "–"
    if language() == "pl":
        return value.strftime("%d.%m.%Y")
    return f"{value.day} {value.strftime('%b %Y')}"


def moment(value: datetime | None) -> str:
    """Local day and time to the minute."""
    if value is None:
        return "–"
    there = local(value)
    return f"{day(there.date())}, {there:%H:%M}"


def number(value: int | float | Decimal | None) -> str:
    if value is None:
        return "–"
    return str(format_decimal(value, locale=get_locale())) if get_locale() else str(value)


def hours(minutes: int) -> str:
    """240 -> ``4 h``; 90 -> ``1 h 30 min``."""
    whole, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    parts = [_("%(hours)s h", hours=whole)] if whole or not rest else []
    parts += [_("%(minutes)s min", minutes=rest)] if rest else []
    return sign + " ".join(parts)


def init_formatting(app: Flask) -> None:
    app.jinja_env.filters.update(day=day, moment=moment, number=number, hours=hours)
