"""Text as it is stored: composed letters (NFC), nothing invisible, no space around."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from core.workbooks.raw import CellValue, Percent
from plans.values.numbers import LARGEST, number_text

# Control characters but not the line break; soft hyphens, zero-width and direction marks; lone surrogates; what is no
# character at all. They come with texts pasted from web pages and PDF files, and hide in them.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufffe\uffff]"
)
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_SPACES_IN_LINE = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_MANY_BREAKS = re.compile(r"\n{3,}")
_FORMULA_GUARD = re.compile(r"^'+(?=[=+\-@'])")

# Anything at all that cleaning would change; most cells have none of it, and need no second look.
_TO_CLEAN = re.compile(
    "[\x00-\x1f\x7f-\xa0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\uffff\ud800-\udfff]"
    "|^[ ']| $|  "
)

NOTHING = frozenset({"", "-", "–", "—", "−"})
"""What people type where there is nothing to say."""


def clean_line(text: str) -> str:
    """One line: line breaks and tabs become spaces."""
    if _is_clean(text):
        return text
    return _SPACES.sub(" ", _without_hidden(text)).strip()


def clean_lines(text: str) -> str:
    """Line breaks stay, at most one empty line in a row."""
    if _is_clean(text):
        return text
    lines = _SPACES_IN_LINE.sub(" ", _without_hidden(text))
    return _MANY_BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", lines)).strip()


def _is_clean(text: str) -> bool:
    return not _TO_CLEAN.search(text) and unicodedata.is_normalized("NFC", text)


def is_nothing(text: str) -> bool:
    short = text.strip()
    return len(short) < 4 and clean_line(short) in NOTHING


def _without_hidden(text: str) -> str:
    plain = _DROPPED.sub("", _LINE_BREAK.sub("\n", text))
    # An export puts an apostrophe before what would become a formula; it is no part of the text.
    return unicodedata.normalize("NFC", _FORMULA_GUARD.sub("", plain.strip()))


def as_text(raw: CellValue, language: str) -> str:
    """What a person sees in the cell, whatever kind of cell the program made of it."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return {"pl": ("nie", "tak")}.get(language, ("no", "yes"))[raw]
    if isinstance(raw, Percent):
        return f"{as_text(raw.shown, language)}%"
    if isinstance(raw, Decimal):
        return number_text(raw, language) if raw.is_finite() and abs(raw) < LARGEST else str(raw)
    if isinstance(raw, time):
        return raw.strftime("%H:%M")
    if isinstance(raw, datetime) and raw.time() != time():
        return raw.strftime("%d.%m.%Y %H:%M")
    return day_text(raw)


def day_text(day: date) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year:04}"
