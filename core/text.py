"""Polish text: finding it without accents, sorting it by the alphabet, putting it into an address."""

import re
import unicodedata

_NOT_DECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})

_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_RANK = {letter: f"{position:02d}" for position, letter in enumerate(_ALPHABET, start=10)}


def clean(text: str) -> str:
    """One composition of letters (NFC) and no space around: two people typing the same name type the same text."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()


def fold(text: str) -> str:
    """What a search compares: no case, no accents. ``Łódź`` and ``lodz`` fold to the same text."""
    if text.isascii():
        return text.casefold().strip()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_NOT_DECOMPOSED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold().strip()


def words(text: str) -> list[str]:
    """The folded words of a text, for a search that looks at beginnings of words: ``bielsko``, ``biala``."""
    return re.findall(r"[^\W_]+", fold(text))


def initials(name: str) -> str:
    """Of the first word and the last."""
    found = name.split()
    return "".join(word[0] for word in (found[:1] + found[1:][-1:])).upper()


def sort_key(text: str) -> str:
    """A key that sorts by the Polish alphabet in every database: ``Ć`` after ``C``, ``Ż`` last.

    Neither SQLite nor a PostgreSQL without ICU sorts Polish letters rightly by itself.
    """
    return "".join(map(_RANKS.__getitem__, clean(text).casefold()))


class _Ranks(dict[str, str]):
    """The rank of each letter, looked for once."""

    def __missing__(self, letter: str) -> str:
        rank = self[letter] = _RANK.get(letter) or _other(letter)
        return rank


_RANKS = _Ranks()


def _other(letter: str) -> str:
    if letter.isdigit():
        return f"0{letter}" if letter.isascii() else "09"
    if letter.isalpha():
        return _RANK.get(fold(letter)[:1], "99")
    return "00"


def slug(text: str) -> str:
    """``Bielsko-Biała`` -> ``bielsko-biala``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
