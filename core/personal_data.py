"""Personal data in places not meant for it: PESEL numbers, phone numbers, e-mail addresses, lists of names.

What is found here is refused before it is stored. Reasons and findings never hold the text itself.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from core.first_names import FIRST_NAMES


class PersonalKind(StrEnum):
    PESEL = "pesel"
    PHONE = "phone"
    EMAIL = "email"
    NAME_LIST = "name_list"


NAMES_MAKE_A_LIST = 3
SHORTEST_NAME_LIST = 20

_PROVIDERS = """
gmail.com googlemail.com wp.pl o2.pl onet.pl onet.eu op.pl interia.pl interia.eu interia.com poczta.fm poczta.onet.pl
vp.pl gazeta.pl tlen.pl go2.pl autograf.pl buziaczek.pl poczta.pl int.pl spoko.pl amorki.pl yahoo.com yahoo.pl
outlook.com hotmail.com live.com icloud.com me.com proton.me protonmail.com gmx.com gmx.de aol.com msn.com
"""
_MAILBOX_PROVIDERS = frozenset(_PROVIDERS.split())

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?((?:[\w-]+\.)+[^\W\d_]{2,})")
_PESEL = re.compile(r"(?<!\d)\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{5}(?!\d)")
_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)

_MOBILE = "45 50 51 53 57 60 66 69 72 73 78 79 88"
_AREAS = (
    "12 13 14 15 16 17 18 22 23 24 25 29 32 33 34 41 42 43 44 46 48 52 54 55 56 58 59 61 62 63 65 67 68 71 74 75 76"
    " 77 81 82 83 84 85 86 87 89 91 94 95"
)
_MOBILE_STARTS = f"(?:{_MOBILE.replace(' ', '|')})"
_ANY_START = f"(?:{_MOBILE.replace(' ', '|')}|{_AREAS.replace(' ', '|')})"
_NOT_MONEY = r"(?!\d)(?!\s?(?:zł|pln|eur|euro|€|zlot|tys|mln))"
_AFTER_WORD = (
    r"\b(?:tel|telefon|telefonu|kom|komórka|komórkowy|fax|faks|sms|whatsapp)\b[^\w\n]{0,4}(?:nr[^\w\n]{0,3})?"
    r"(?!\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4})\d(?:[ ().-]{0,2}\d){6,11}(?!\d)"
)
_WITH_COUNTRY = r"(?<!\w)(?:\+|00)\s?\d{1,3}(?:[ ().-]{0,2}\d){8,10}(?!\d)"
_TOGETHER = rf"(?<![\w.,/-])(?:0?48|0)?{_MOBILE_STARTS}\d{{7}}{_NOT_MONEY}"
_IN_THREES = rf"(?<!\d){_MOBILE_STARTS}\d[ .-]\d{{3}}[ .-](?!000)\d{{3}}{_NOT_MONEY}"
_LANDLINE = rf"(?<!\d)(?:\(?0?[ -]?)?\(?{_ANY_START}\)?[ -]\d{{3}}[ -]\d{{2}}[ -]\d{{2}}(?!\d)"
_AREA_IN_BRACKETS = rf"(?<!\d)\(0?{_ANY_START}\)[ -]?\d{{3}}[ -]?\d{{2}}[ -]?\d{{2}}(?!\d)"
_PHONES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (_AFTER_WORD, _WITH_COUNTRY, _TOGETHER, _IN_THREES, _LANDLINE, _AREA_IN_BRACKETS)
)
_BUSINESS_NUMBER = re.compile(
    r"\b(?:REGON|NIP|KRS)\b\W{0,4}[\d -]{9,20}|(?<!\d)\d{2}[ -]?\d{4}(?:[ -]?\d{4}){5}(?!\d)", re.IGNORECASE
)
"""Numbers of organisations and bank accounts, which look like phone numbers in parts."""
_DIGITS_TOGETHER = re.compile(r"\d(?:\D{0,4}\d){6}")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

_WORD = re.compile(r"\w+")
_CAPITALISED_RUN = re.compile(r"(?<![\w'’-])[A-ZĄĆĘŁŃÓŚŹŻ][\w'’-]+(?:[ \t]+[A-ZĄĆĘŁŃÓŚŹŻ][\w'’-]+)+")
_BETWEEN_ITEMS = re.compile(r"[,;\n\t|•*/]|(?<!\d)\d{1,3}[.)]|\s[-–]\s|\s(?:i|oraz|and)\s")
_TITLE = re.compile(r"^(?:mgr|inż|dr|prof|lek|ks|p|pan|pani)\b\.?\s*", re.IGNORECASE)


def personal_kinds(text: str) -> Iterable[PersonalKind]:
    """What kinds of personal data a text holds, the most sensitive first."""
    plain = _plain(text)
    if _DIGITS_TOGETHER.search(plain):
        if any(is_pesel(match.group()) for match in _PESEL.finditer(plain)):
            yield PersonalKind.PESEL
        if _has_phone(plain):
            yield PersonalKind.PHONE
    if ("@" in plain or "at)" in plain or "at]" in plain) and _EMAIL.search(plain):
        yield PersonalKind.EMAIL
    if len(plain) >= SHORTEST_NAME_LIST and _names_listed(plain) >= NAMES_MAKE_A_LIST:
        yield PersonalKind.NAME_LIST


def is_pesel(text: str) -> bool:
    """Eleven digits with the right check digit and a real birth date of the 20th or 21st century."""
    digits = [int(letter) for letter in text if letter.isdecimal()]
    if len(digits) != 11 or sum(map(int.__mul__, digits, _PESEL_WEIGHTS)) % 10:
        return False
    year, month, day = (10 * digits[at] + digits[at + 1] for at in (0, 2, 4))
    century = 2000 if month > 20 else 1900
    try:
        date(century + year, month % 20, day)
    except ValueError:
        return False
    return month <= 32


def without_pesel(text: str) -> str:
    """The text as it is, or without the numbers that must not be kept."""
    plain = _plain(text)
    kept = _PESEL.sub(lambda match: "" if is_pesel(match.group()) else match.group(), plain)
    return text if kept == plain else kept.strip()


def is_private_mailbox(address: str) -> bool:
    """An address at one of the providers people use at home."""
    return address.rpartition("@")[2].strip().casefold() in _MAILBOX_PROVIDERS


def is_full_name(text: str) -> bool:
    """The whole text is a first name and a surname, and nothing else."""
    words = _TITLE.sub("", text.strip()).split()
    if not 2 <= len(words) <= 3 or not all(word[0].isupper() and _is_word(word) for word in words):
        return False
    return any(word.casefold() in FIRST_NAMES for word in words)


def _plain(text: str) -> str:
    """Without the invisible characters that would hide a number from the patterns."""
    return text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def _has_phone(text: str) -> bool:
    without = _BUSINESS_NUMBER.sub(" ", text)
    return any(pattern.search(without) for pattern in _PHONES)


def _names_listed(text: str) -> int:
    """How many people a text seems to name, by runs of capitalised words or by the items of a list."""
    if sum(map(FIRST_NAMES.__contains__, _WORD.findall(text.casefold()))) < NAMES_MAKE_A_LIST:
        return 0
    in_runs = sum(_names_in(run.group().split()) for run in _CAPITALISED_RUN.finditer(text))
    if in_runs >= NAMES_MAKE_A_LIST:
        return in_runs
    items = _BETWEEN_ITEMS.split(text)
    if len(items) < NAMES_MAKE_A_LIST:
        return in_runs
    return max(in_runs, sum(_is_name(item) for item in items if len(item) < 60))


def _names_in(words: list[str]) -> int:
    known = sum(word.casefold() in FIRST_NAMES for word in words)
    return min(known, len(words) // 2)


def _is_name(item: str) -> bool:
    words = _TITLE.sub("", re.sub(r"\(.*?\)", " ", item).strip(" .:-–")).split()
    return (
        2 <= len(words) <= 3
        and any(word.casefold() in FIRST_NAMES for word in words)
        and all(map(_is_word, words))
    )


def _is_word(word: str) -> bool:
    return word.replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha()
