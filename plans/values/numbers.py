"""Numbers as Polish and English people, and spreadsheet programs, write them."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from plans.values.problems import Unreadable

LARGEST = Decimal(10) ** 15
PLACES = Decimal("0.000001")
"""A cell's 0.30000000000000004 was 0.3: finer than this nobody counts."""
CENTS = Decimal("0.01")

NO_BREAK_SPACE = "\u00a0"

_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?P<mark>[ .,'])\d{3})(?:(?P=mark)\d{3})*(?:(?!(?P=mark))[.,]\d+)?")
_THREE_AFTER_MARK = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_ANY_NUMBER = re.compile(r"[0-9][0-9 .,]*[0-9]|[0-9]")
_WITH_LETTERS = re.compile(r"\b[oOlI]*[0-9][0-9oOlI]*\b")
_AS_DIGITS = str.maketrans("oOlI", "0011")
_MINUS = str.maketrans({"−": "-", "–": "-", "’": "'"})

CURRENCY = re.compile(r"^(?:pln|zł)\s?|(?:,-{1,2})?\s?(?:pln|zł|złotych|zlotych)\.?$|,-{1,2}$", re.IGNORECASE)
PERCENT = re.compile(r"\s?%$")
YEAR_WORD = re.compile(r"\s?(?:r\.?|rok|roku)$", re.IGNORECASE)


def read_number(
    raw: Decimal | str, *, unit: re.Pattern[str] | None = None, guess_groups: bool = True
) -> Decimal:
    """The number meant. ``unit`` may stand beside it. ``1.500`` is refused where it could be one and a half thousand."""
    if isinstance(raw, Decimal):
        return _bounded(raw)
    text = " ".join(unicodedata.normalize("NFKC", raw).translate(_MINUS).split())
    if unit is not None:
        text = unit.sub("", text).strip()
    if guess_groups and _THREE_AFTER_MARK.fullmatch(text):
        raise Unreadable("number_ambiguous", suggestion=re.sub(r"[.,]", "", text))
    if not text.isascii():
        raise Unreadable("number", suggestion=_number_inside(text))
    return _bounded(Decimal(_plain_digits(text)))


def _plain_digits(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text.replace(",", ".")
    grouped = _GROUPED.fullmatch(text)
    if grouped is None:
        raise Unreadable("number", suggestion=_number_inside(text))
    mark = grouped["mark"]
    whole, _, decimals = (
        text.rpartition("," if mark == "." else ".") if mark in ".," else _split_decimals(text)
    )
    if not whole:
        whole, decimals = decimals, ""
    return re.sub(r"[ .,']", "", whole) + (f".{decimals}" if decimals else "")


def _split_decimals(text: str) -> tuple[str, str, str]:
    at = max(text.rfind("."), text.rfind(","))
    return (text, "", "") if at < 0 else (text[:at], text[at], text[at + 1 :])


def _number_inside(text: str) -> str | None:
    """``około 120 osób`` -> ``120``, and ``3oo`` -> ``300``, if there is one number and no more."""
    digits = _WITH_LETTERS.sub(lambda word: word.group().translate(_AS_DIGITS), text)
    found = _ANY_NUMBER.findall(digits)
    is_one = (
        len(found) == 1
        and len(found[0]) <= 15
        and (_PLAIN.fullmatch(found[0]) or _GROUPED.fullmatch(found[0]))
    )
    return found[0] if is_one else None


def _bounded(number: Decimal) -> Decimal:
    if not number.is_finite() or number.adjusted() > LARGEST.adjusted():
        raise Unreadable("number")
    # The exponent is looked at first: 1e-999999 must not become a million digits.
    return number if number.adjusted() > -30 else Decimal(0)


def plain_number(number: Decimal, *, step: Decimal = PLACES) -> str:
    """The shortest decimal string: ``1250.5``."""
    rounded = number.quantize(step, rounding=ROUND_HALF_UP).normalize()
    return "0" if rounded == 0 else f"{rounded:f}"


@lru_cache(maxsize=4096)
def number_text(number: Decimal, language: str, *, grouped: bool = False, decimals: int = 0) -> str:
    """For people: ``12 500,5`` in Polish, ``12 500.5`` in English. The same space in both, so that either reads back."""
    whole, _, rest = plain_number(number).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if grouped and len(digits) > 4:
        digits = f"{int(digits):,}".replace(",", NO_BREAK_SPACE)
    if rest or decimals:
        digits += ("," if language == "pl" else ".") + rest.ljust(decimals, "0")
    return sign + digits
