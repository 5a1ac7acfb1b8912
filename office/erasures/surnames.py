"""Polish names in their cases: *Markerowa, Markerowej, Markerową*; *Wróbel, Wróbla*; *Sikora, Sikorze*.

By stem and ending, without a dictionary: it finds too much rather than too little, and somebody looks at each place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from core.first_names import FIRST_NAMES
from core.text import fold

SHORTEST = 3
_VOWELS = "aeiouy"
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ \t\n\u00a0]{1,3}")
_FLEETING = re.compile(r"(.+[^aeiouy])(?:ie|io|e|o)([^aeiouy])")
_CHANGING = re.compile(r"(.+)a([^aeiouy])")
_SOFTENED = (("ch", "sz"), ("k", "c"), ("g", "dz"), ("t", "c"))
_ENDING = (
    "(?:z?i?(?:e|a|u|o)?|y|i|z?i?em|i?om|i?am|i?ami|i?ach|i?ow|i?owi|i?owie|i?ego|i?emu|y?i?m|[yi]mi|[yi]ch|i?ej"
    "|ow(?:a|ej|ie|e|na|ny|nie|ne|nej))"
)


@dataclass(frozen=True)
class Match:
    """Where in a text a word stands that may be the person."""

    start: int
    end: int


def stems(name: str) -> set[str]:
    """What the cases of a name begin with, without accents."""
    whole = fold(name)
    base = whole.rstrip(_VOWELS)
    if len(base) < min(SHORTEST, len(whole) - 1):
        base = whole[:-1] if whole[-1:] in _VOWELS else whole
    found = {base}
    if base == whole:
        for pattern, between in ((_FLEETING, ""), (_CHANGING, "e")):
            if changed := pattern.fullmatch(base):
                found.add(f"{changed[1]}{between}{changed[2]}")
    found |= {base.removesuffix(hard) + soft for hard, soft in _SOFTENED if base.endswith(hard)}
    return found


def pattern_of(name: str) -> re.Pattern[str]:
    return _pattern(stems(name) | {fold(name)})


def _pattern(beginnings: set[str]) -> re.Pattern[str]:
    options = "|".join(sorted(map(re.escape, beginnings), key=len, reverse=True))
    return re.compile(f"(?:{options}){_ENDING}")


@dataclass(frozen=True)
class NamedPerson:
    name: str

    @cached_property
    def surnames(self) -> tuple[str, ...]:
        """Each part of a double one as well."""
        last = self.name.split()[-1:] if " " in self.name.strip() else []
        parts = [part for one in last for part in _WORD.findall(one)]
        return tuple(part for part in parts if len(part) >= SHORTEST)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """What every place begins with, as it may be typed: for the database to look for."""
        found = set()
        for surname in self.surnames:
            common = _common([fold(surname), *stems(surname)])
            for text in (surname[: len(common)], common):
                found |= {text.capitalize(), text.upper()}
        return tuple(sorted(found))

    @cached_property
    def _last(self) -> tuple[re.Pattern[str], ...]:
        return tuple(pattern_of(one) for one in self.surnames)

    @cached_property
    def _first(self) -> tuple[re.Pattern[str], ...]:
        return tuple(pattern_of(one) for one in self.name.split()[:-1] if len(one) > 1)

    def matches(self, text: str, *, any_case: bool = False) -> Iterator[Match]:
        """Words that may be the surname, together with a first name of the person beside it."""
        words = list(_WORD.finditer(text))
        taken = -1
        for number, word in enumerate(words):
            if number <= taken or not (any_case or word[0][0].isupper()) or not _is_one(self._last, word[0]):
                continue
            first, taken = self._around(text, words, number)
            if not _names_another(text, words, first, taken):
                yield Match(words[first].start(), words[taken].end())

    def _around(self, text: str, words: list[re.Match[str]], number: int) -> tuple[int, int]:
        first = last = number
        while (
            first > 0 and _touch(text, words[first - 1], words[first]) and self._belongs(words[first - 1][0])
        ):
            first -= 1
        while (
            last + 1 < len(words)
            and _touch(text, words[last], words[last + 1])
            and self._belongs(words[last + 1][0])
        ):
            last += 1
        return first, last

    def _belongs(self, word: str) -> bool:
        return _is_one(self._first, word) or _is_one(self._last, word)

    def without(self, value: Any, instead: str, *, any_case: bool = False) -> Any:
        """A value with each such word replaced; texts in lists and tables as well."""
        if isinstance(value, str):
            for match in reversed(list(self.matches(value, any_case=any_case))):
                value = value[: match.start] + instead + value[match.end :]
            return value
        if isinstance(value, list):
            return [self.without(one, instead, any_case=any_case) for one in value]
        if isinstance(value, dict):
            return {key: self.without(one, instead, any_case=any_case) for key, one in value.items()}
        return value


def _is_one(patterns: tuple[re.Pattern[str], ...], word: str) -> bool:
    folded = fold(word)
    return any(pattern.fullmatch(folded) for pattern in patterns)


def _names_another(text: str, words: list[re.Match[str]], first: int, last: int) -> bool:
    """Another first name stands right beside it: that is somebody else of the same surname."""
    before = first > 0 and _touch(text, words[first - 1], words[first]) and words[first - 1][0]
    after = last + 1 < len(words) and _touch(text, words[last], words[last + 1]) and words[last + 1][0]
    return any(
        word and word[0].isupper() and _is_one((_every_first_name(),), word) for word in (before, after)
    )


@cache
def _every_first_name() -> re.Pattern[str]:
    return _pattern(
        {stem for name in FIRST_NAMES for stem in stems(name)} | {fold(one) for one in FIRST_NAMES}
    )


def _touch(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    between = text[one.end() : other.start()]
    return between == "-" or bool(_GAP.fullmatch(between))


def _common(texts: list[str]) -> str:
    shortest = min(texts, key=len)
    length = next((at for at in range(len(shortest)) if len({one[at] for one in texts}) > 1), len(shortest))
    return shortest[: max(length, 1)]
