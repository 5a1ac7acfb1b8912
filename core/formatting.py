"""Dates, numbers and durations as people in the page's language write them."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask
from markupsafe import Markup, escape

from core.clock import local
from core.i18n import _, language, ngettext

YEARS = re.compile(r"\d{4}–\d{4}")


def day(value: date | datetime | None) -> str:
    """21.11.2026 in Polish, 21 Nov 2026 in English; of a moment the local day; an en dash for no date."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = local(value).date()
    return _day(value, language())


@lru_cache(maxsize=4096)
def _day(value: date, code: str) -> str:
    """Kept, as a list names the same days again and again and writing one takes long."""
    return str(format_date(value, "dd.MM.yyyy" if code == "pl" else "d MMM yyyy", locale=code))


def month_name(value: date) -> str:
    """November 2026, as a heading."""
    return _in_words(value, "LLLL y", language())


def weekday(value: date) -> str:
    """Sunday."""
    return _in_words(value, "cccc", language())


def weekday_in_a_line(value: date) -> str:
    """niedziela, Sunday: as it stands among other words."""
    return str(format_date(value, "EEEE", locale=language()))


def short_weekday(value: date) -> str:
    """Sun."""
    return _in_words(value, "ccc", language())


def day_in_words(value: date) -> str:
    """Sunday, 22 November: the year is known where it stands."""
    return _in_words(value, "EEEE, d MMMM", language())


@lru_cache(maxsize=1024)
def _in_words(value: date, pattern: str, code: str) -> str:
    text = str(format_date(value, pattern, locale=code))
    return text[:1].upper() + text[1:]


def moment(value: datetime | None) -> str:
    """Local day and time to the minute."""
    if value is None:
        return "–"
    there = local(value)
    return f"{day(there.date())}, {there:%H:%M}"


def number(value: int | float | Decimal | None) -> str:
    if value is None:
        return "–"
    return _number(value, language())


@lru_cache(maxsize=4096)
def _number(value: int | float | Decimal, code: str) -> str:
    return str(format_decimal(value, locale=code))


def hours(minutes: int) -> str:
    """240 -> ``4 h``; 90 -> ``1 h 30 min``."""
    whole, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    parts = [_("%(hours)s h", hours=whole)] if whole or not rest else []
    parts += [_("%(minutes)s min", minutes=rest)] if rest else []
    return sign + " ".join(parts)


def waiting(days: int) -> str:
    """How long something has been waiting, in whole days."""
    return _waiting(days, language())


@lru_cache(maxsize=4096)
def _waiting(days: int, _code: str) -> str:
    return ngettext("1 day", "%(num)d days", days) if days else _("today")


def whole_years(text: object) -> Markup:
    """No line ends in the middle of 2026–2028."""
    return Markup(YEARS.sub(r'<span class="nowrap">\g<0></span>', str(escape(text))))  # noqa: S704 (escaped just here)


def whole_address(address: str) -> Markup:
    """Where there is no room a mail address breaks before its @ or a dot behind it, not within a word."""
    name, at, domain = address.partition("@")
    dots = Markup("<wbr>.").join(domain.split("."))
    return Markup("{}<wbr>@{}").format(name, dots) if at else escape(address)


def file_size(size: int) -> str:
    """In the largest unit that leaves a number one can picture: 812 kB, 1.4 MB."""
    if size >= 1_000_000:
        return f"{number(round(Decimal(size) / 1_000_000, 1))} MB"
    return f"{number(max(1, round(size / 1000)))} kB"


def init_formatting(app: Flask) -> None:
    app.jinja_env.filters.update(day=day, moment=moment, number=number, hours=hours, waiting=waiting)
    app.jinja_env.filters.update(file_size=file_size)
    app.jinja_env.filters.update(
        month_name=month_name, weekday=weekday, short_weekday=short_weekday, day_in_words=day_in_words
    )
    app.jinja_env.filters.update(whole_years=whole_years, whole_address=whole_address)
