"""Personal data in places not meant for it: PESEL numbers, phone numbers, e-mail addresses, lists of names.

What is found here is refused before it is stored. Reasons and findings never hold the text itself.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from datetime import date
from enum import StrEnum

from core.first_names import FIRST_NAMES
from core.name_lists import NAMES_MAKE_A_LIST, SHORTEST_NAME_LIST, is_full_name, names_listed

__all__ = [
    "NAMES_MAKE_A_LIST",
    "SHORTEST_NAME_LIST",
    "PersonalKind",
    "is_full_name",
    "is_pesel",
    "is_private_mailbox",
    "personal_kinds",
    "without_pesel",
]


class PersonalKind(StrEnum):
    PESEL = "pesel"
    PHONE = "phone"
    EMAIL = "email"
    NAME_LIST = "name_list"


SHORTEST_OF_ALL = len("a@b.pl")
SHORTEST_NUMBER = 9
"""Digits of a telephone number that stands alone; codes, sums and dates have fewer."""

_PROVIDERS = """
gmail.com googlemail.com wp.pl o2.pl onet.pl onet.eu op.pl interia.pl interia.eu interia.com poczta.fm poczta.onet.pl
vp.pl gazeta.pl tlen.pl go2.pl autograf.pl buziaczek.pl poczta.pl int.pl spoko.pl amorki.pl yahoo.com yahoo.pl
outlook.com hotmail.com live.com icloud.com me.com proton.me protonmail.com gmx.com gmx.de aol.com msn.com
"""
_MAILBOX_PROVIDERS = frozenset(_PROVIDERS.split())

_EMAIL = re.compile(r"(?<![\w.+%-])([\w.+%-]+)\s?(?:@|\(at\)|\[at\]|\(małpa\))\s?((?:[\w-]+\.)+[^\W\d_]{2,})")
_OFFICES = """
administracja biblioteka biuro centrum ckis cus dom domkultury dyrektor dyrekcja dps edukacja filia fundacja gbp gck gmina
gok gokis gops gosir gpk info inspektor iod kancelaria kgw klub kontakt kultura liceum lgd mbp mck mgops mgbp mok mops
muzeum oferta office ops osp osir oswiata parafia pcpr pup partnerstwo powiat projekt projekty promocja przedszkole
redakcja rekrutacja rodo rops sekretariat senior seniorzy skarbnik soltys sp starostwo stowarzyszenie swietlica szkola
szkolenia ug um umig urzad urzadgminy utw wojt zapisy zgloszenia zespol zs zsp
"""
_OFFICE_WORDS = frozenset(_OFFICES.split())
_BETWEEN_WORDS = re.compile(r"[\W\d_]+")

_PESEL = re.compile(r"(?<!\d)\d{11}(?!\d)")
_DIGIT_GROUPS = re.compile(r"(?<!\d)\d{1,10}(?:[^\S\n]?[./-]?[^\S\n]?\d{1,10})+(?!\d)")
_DIGITS = re.compile(r"\d+")
_PESEL_DIGITS = 11
_ENOUGH_DIGITS = re.compile(r"\d(?:[^\w\n]{0,3}\d){10}")
_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)

_MOBILE = "45 50 51 53 57 60 66 69 72 73 78 79 88"
_AREAS = (
    "12 13 14 15 16 17 18 22 23 24 25 29 32 33 34 41 42 43 44 46 48 52 54 55 56 58 59 61 62 63 65 67 68 71 74 75 76"
    " 77 81 82 83 84 85 86 87 89 91 94 95"
)
_MOBILE_STARTS = f"(?:{_MOBILE.replace(' ', '|')})"
_ANY_START = f"(?:{_MOBILE.replace(' ', '|')}|{_AREAS.replace(' ', '|')})"
_NOT_MONEY = r"(?![\d])(?![.,]\d\d?(?!\d))(?!\s?(?:zł|pln|eur|euro|€|zlot|tys|mln))"
_AFTER_WORD = (
    r"\b(?:tel|telefon|telefonu|telefonicznie|kom|komórka|komórki|komórkowy|fax|faks|sms|whatsapp|dzwonić|zadzwonić)\b"
    r"(?:\W{0,3}(?:kom|fax|faks|kontaktowy|komórkowy|służbowy|prywatny|stacjonarny|domowy|do kontaktu)\b)?"
    r"[^\w\n]{0,4}(?:(?:nr|numer|pod|pod nr|pod numer)\b[^\w\n]{0,3})?"
    r"(?!\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4})\d(?:[ ()./-]{0,2}\d){6,11}(?!\d)"
)
_WITH_COUNTRY = r"(?<!\w)(?:\+|00)\s?\(?\d{1,3}\)?(?:[ ()./-]{0,2}\d){8,10}" + _NOT_MONEY
_TOGETHER = rf"(?<![\w.,/-])(?:0?48|0)?{_MOBILE_STARTS}\d{{7}}(?!\w){_NOT_MONEY}"
_IN_THREES = rf"(?<!\d)(?:(?<!\d[ .,-])|(?<=\b48[ -])){_MOBILE_STARTS}\d[ .-]{{1,2}}\d{{3}}[ .-]{{1,2}}(?!000)\d{{3}}(?!-\d){_NOT_MONEY}"
_SHORT_ENDS = rf"(?<!\d)(?<!\d[ .,-]){_MOBILE_STARTS}\d[ .-]\d\d[ .-]\d\d[ .-]\d\d(?!\d)(?!-\d){_NOT_MONEY}"
_LANDLINE = rf"(?<!\d)0?{_ANY_START}\)?[ ./-]\d{{3}}[ .-]\d{{2}}[ .-]\d{{2}}(?!\d)(?!-\d){_NOT_MONEY}"
_AREA_IN_BRACKETS = rf"(?<!\d)\(0?[ -]?{_ANY_START}\)[ -]?\d{{3}}[ -]?\d{{2}}[ -]?\d{{2}}(?!\d)"
_PHONES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        *(_AFTER_WORD, _WITH_COUNTRY, _TOGETHER, _IN_THREES, _SHORT_ENDS, _LANDLINE, _AREA_IN_BRACKETS),
    )
)
_ACCOUNT = r"(?<!\d)\d{2}[ -]?\d{4}(?:[ -]?\d{4}){5}(?!\d)"
_WHOLE_ACCOUNT = re.compile(_ACCOUNT)
_REGISTERS = r"REGON|NIP|KRS|RSPO|TERYT|SIMC|ISBN|ISSN|EAN|IBAN|VAT|RACHUN\w+|KONT[OA]"
_PAPERS = (
    r"zamówieni\w*|faktur\w*|umow\w*|porozumieni\w*|spraw\w*|wnios\w*|uchwał\w*|projek\w*|polis\w*|działk\w*|licencj\w*|"
    r"inwentarz\w*|inwentarzow\w+|seryjn\w+|katalogow\w+|rejestr\w*|rejestrow\w+|ewidencyjn\w+|księg\w*|gwarancj\w*"
)
_OTHER_NUMBER = re.compile(
    rf"\b(?:(?:{_REGISTERS})\b(?:\s(?:nr|numer|pod|bankow\w+))*|(?:{_PAPERS})\s?(?:pod\s)?(?:nr|numer\w*|:))"
    rf"[\s:.]{{0,3}}(?:[A-Z]{{1,6}}[ /.-]?)?\d[\d /-]{{5,36}}|{_ACCOUNT}",
    re.IGNORECASE,
)
"""Numbers of organisations, accounts and papers, which look like phone numbers in parts; each is told by its word."""
_DIGITS_TOGETHER = re.compile(r"\d(?:[^\w\n]{0,4}\d){6}")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")
_ODD = re.compile(f"[{_INVISIBLE.pattern[1:-1]}{_HYPHENS.pattern[1:-1]}]")


def personal_kinds(text: str, *, but: Container[PersonalKind] = ()) -> Iterable[PersonalKind]:
    """What kinds of personal data a text holds, the most sensitive first; ``but`` are those nobody asks about."""
    if len(text) < SHORTEST_OF_ALL or (len(text) < SHORTEST_NUMBER and text.isdecimal()):
        return
    plain = _plain(text)
    if _DIGITS_TOGETHER.search(plain):
        if PersonalKind.PESEL not in but and any(True for _ in _pesel_numbers(plain)):
            yield PersonalKind.PESEL
        if PersonalKind.PHONE not in but and _has_phone(plain):
            yield PersonalKind.PHONE
    if PersonalKind.EMAIL not in but and _names_an_address(plain) and _has_private_address(plain):
        yield PersonalKind.EMAIL
    if (
        len(plain) >= SHORTEST_NAME_LIST
        and PersonalKind.NAME_LIST not in but
        and names_listed(plain) >= NAMES_MAKE_A_LIST
    ):
        yield PersonalKind.NAME_LIST


def _names_an_address(text: str) -> bool:
    return "@" in text or "at)" in text or "at]" in text or "małpa)" in text


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
    kept = plain
    for found in list(_pesel_numbers(plain)):
        kept = kept.replace(found, "")
    return text if kept == plain else kept.strip()


def is_private_mailbox(address: str) -> bool:
    """An address at one of the providers people use at home."""
    return address.rpartition("@")[2].strip().casefold() in _MAILBOX_PROVIDERS


def _plain(text: str) -> str:
    """Without the invisible characters that would hide a number from the patterns."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text)
    return _HYPHENS.sub("-", _INVISIBLE.sub("", plain)) if _ODD.search(plain) else plain


def _pesel_numbers(text: str) -> Iterator[str]:
    """As they stand in the text: eleven digits, or groups of digits that make eleven, whatever stands between."""
    if not _ENOUGH_DIGITS.search(text):
        return
    yield from (match.group() for match in _PESEL.finditer(text) if is_pesel(match.group()))
    for chain in _DIGIT_GROUPS.finditer(_WHOLE_ACCOUNT.sub(" ", text)):
        if len(chain.group()) >= _PESEL_DIGITS:
            yield from _pesel_in_groups(chain.group())


def _pesel_in_groups(chain: str) -> Iterator[str]:
    groups = list(_DIGITS.finditer(chain))
    for first, start in enumerate(groups):
        length = 0
        for last in groups[first : first + _PESEL_DIGITS]:
            length += len(last.group())
            if length >= _PESEL_DIGITS:
                found = chain[start.start() : last.end()]
                if length == _PESEL_DIGITS and last is not start and is_pesel(found):
                    yield found
                break


def _has_private_address(text: str) -> bool:
    return any(not _is_of_an_office(*match.groups()) for match in _EMAIL.finditer(text))


def _is_of_an_office(local: str, domain: str) -> bool:
    """Not a provider's mailbox, and called after an office, or after the very organisation whose domain it is."""
    if domain.casefold() in _MAILBOX_PROVIDERS:
        return False
    words = [word for word in _BETWEEN_WORDS.split(local.casefold()) if word]
    names = {word for word in _BETWEEN_WORDS.split(domain.casefold()) if len(word) > 2}
    if any(word in FIRST_NAMES for word in words):
        return False
    return bool(words) and (bool(_OFFICE_WORDS.intersection(words)) or set(words) <= names)


def _has_phone(text: str) -> bool:
    """Most numbers are none at first sight; only what looks like one is looked at without those told by a word."""
    if not any(pattern.search(text) for pattern in _PHONES):
        return False
    without = _OTHER_NUMBER.sub(" ", text)
    return any(pattern.search(without) for pattern in _PHONES)
