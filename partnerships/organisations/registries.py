"""Numbers of organisations in public registers: each kind is written in its own way, and some prove themselves."""

import re

from core.errors import DomainError
from core.i18n import LazyString, _l

NONE = "none"
_WEIGHTS_9 = (8, 9, 2, 3, 4, 5, 6, 7)
_WEIGHTS_14 = (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)
_LONGEST_RSPO = 7
_LONGEST_OTHER = 40

SENTENCES: dict[str, LazyString] = {
    "krs": _l("A KRS number has 10 digits, such as 0000123456."),
    "rspo": _l("An RSPO number has up to 7 digits, such as 123456."),
    "regon": _l(
        "This is no REGON number: it has 9 or 14 digits, and the last one must fit the others. Check each digit."
    ),
    "culture": _l(
        "Write the number as it stands in the register, for example 7/2012, with at least one digit."
    ),
    NONE: _l("Choose the register in which this number stands, or leave the number empty."),
}


class WrongRegistryNumber(DomainError):
    field = "registry_no"

    def __init__(self, kind: str) -> None:
        super().__init__(SENTENCES[kind])


def registry_number(kind: str | None, typed: str | None) -> str | None:
    """The number as it is kept; refused in a sentence when it cannot be one of this register. It is never demanded."""
    text = (typed or "").strip()
    if not text:
        return None
    check = _CHECKS.get(kind or NONE)
    found = check(text) if check else None
    if found is None:
        raise WrongRegistryNumber(kind if kind in SENTENCES else NONE)
    return found


def _digits(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


def _krs(text: str) -> str | None:
    digits = _digits(text)
    return digits.zfill(10) if _is_number(digits) and len(digits) <= 10 and int(digits) else None


def _rspo(text: str) -> str | None:
    digits = _digits(text)
    return digits if _is_number(digits) and len(digits) <= _LONGEST_RSPO and int(digits) else None


def _regon(text: str) -> str | None:
    digits = _digits(text)
    if not _is_number(digits) or len(digits) not in (9, 14) or not _fits(digits[:9], _WEIGHTS_9):
        return None
    return digits if len(digits) == 9 or _fits(digits, _WEIGHTS_14) else None


def _fits(digits: str, weights: tuple[int, ...]) -> bool:
    return _check_digit(digits, weights) == digits[-1]


def _check_digit(digits: str, weights: tuple[int, ...]) -> str:
    """The sum of the others by their weights, modulo 11; a rest of 10 counts as 0."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return str(total % 11 % 10)


def regon_check_digit(eight_digits: str) -> str:
    """What makes a REGON number of them."""
    return _check_digit(eight_digits, _WEIGHTS_9)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _culture(text: str) -> str | None:
    return text if len(text) <= _LONGEST_OTHER and any(letter.isdigit() for letter in text) else None


_CHECKS = {"krs": _krs, "rspo": _rspo, "regon": _regon, "culture": _culture}
