"""The programme's lists of values: stored as a code, shown in the reader's language, read in any spelling."""

import csv
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from core import clock
from core.text import fold
from programme.data_files import ProfileFault
from programme.labels import Labels

ALSO = "also"
"""Column of further spellings people use, separated by ``|``."""

ALIKE = 0.5
"""From this likeness on (0 to 1) another label is worth suggesting."""

LONGEST_TYPED = 1000

CodeLists = Mapping[str, "CodeList"]


@dataclass(frozen=True)
class Choice:
    code: str
    labels: Labels
    also: tuple[str, ...] = ()
    retired_on: date | None = None
    """From this day on it is offered for nothing new; what has it keeps it, and it is understood for ever."""

    @property
    def is_offered(self) -> bool:
        return self.retired_on is None or clock.today() < self.retired_on

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.code, *self.labels.texts.values(), *self.also)


@dataclass(frozen=True)
class CodeList:
    key: str
    choices: tuple[Choice, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)

    def offered(self, *, keep: Container[str] = ()) -> tuple[Choice, ...]:
        """What can be chosen today, in the order of the list; with ``keep`` also what stands there already."""
        return tuple(choice for choice in self.choices if choice.is_offered or choice.code in keep)

    def labels(self, language: str) -> tuple[str, ...]:
        """Of what can be chosen today."""
        return tuple(choice.labels.in_language(language) for choice in self.offered())

    def retired(self, code: str) -> date | None:
        """Since when it is not offered any more; None while it is, and of what was never in the list."""
        choice = self._by_code.get(code)
        return choice.retired_on if choice and not choice.is_offered else None

    def label(self, code: str, language: str) -> str:
        """A code this list does not know (any more) is shown as it is."""
        choice = self._by_code.get(code)
        return choice.labels.in_language(language) if choice else code

    def words(self, language: str) -> Mapping[str, str]:
        """What each code is called, also those that are not offered any more."""
        found = self._words.get(language)
        if found is None:
            found = self._words[language] = {
                choice.code: choice.labels.in_language(language) for choice in self.choices
            }
        return found

    def find(self, text: str) -> str | None:
        """The code meant by a label of any language, by the code itself or by another spelling people use."""
        return self._by_exact_spelling.get(text) or self._by_spelling.get(spelling(text))

    def nearest(self, text: str, language: str) -> str | None:
        """The label most like what was typed, of those that can be chosen, if any is like it at all."""
        typed, offered = letter_pairs(spelling(text)), {choice.code for choice in self.offered()}
        known_ones = ((alike(typed, known), code) for known, code in self._pairs if code in offered)
        likeness, code = max(known_ones, default=(0.0, ""))
        return self.label(code, language) if likeness >= ALIKE else None

    def position(self, code: str) -> int:
        """Where the code stands in the list; an unknown one after all others."""
        return self._positions.get(code, len(self.choices))

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def _by_code(self) -> dict[str, Choice]:
        return {choice.code: choice for choice in self.choices}

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {code: position for position, code in enumerate(self.codes)}

    @cached_property
    def _by_exact_spelling(self) -> dict[str, str]:
        """Most cells come from a drop-down, and need no folding."""
        return {
            text: choice.code
            for choice in self.choices
            for text in (choice.code, *choice.labels.texts.values())
        }

    @cached_property
    def _pairs(self) -> list[tuple[frozenset[str], str]]:
        return [(letter_pairs(known), code) for known, code in self._by_spelling.items()]

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for choice in self.choices:
            for text in choice.spellings:
                if known.setdefault(spelling(text), choice.code) != choice.code:
                    raise ProfileFault(f"{self.key}: {text!r} stands for two codes")
        return known


def spelling(text: str) -> str:
    """What two spellings of one value have in common: no case, accents, doubled spaces, dashes or final dots."""
    plain = re.sub(r"(?:\.(?=\s)|[\s_\u2010-\u2015\u00ad-])+", " ", fold(text[:LONGEST_TYPED]))
    return re.sub(r"\s*([/,()])\s*", r"\1", plain).strip(" .;:\"'") or text.strip()[:LONGEST_TYPED]


def letter_pairs(text: str) -> frozenset[str]:
    framed = f" {text} "
    return frozenset(framed[start : start + 2] for start in range(len(framed) - 1))


def alike(pairs: frozenset[str], others: frozenset[str]) -> float:
    """Share of neighbouring letter pairs that two texts have in common; cheap enough for every wrong cell."""
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def load_code_lists(path: Path) -> dict[str, CodeList]:
    """Read the file ``list,code,<language>...,also``; every language has every label."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    choices: dict[str, list[Choice]] = {}
    for number, row in enumerate(rows, start=2):
        choices.setdefault(row["list"], []).append(_choice(row, f"{path.name}, line {number}"))
    lists = {key: CodeList(key, tuple(found)) for key, found in choices.items()}
    for code_list in lists.values():
        _check(code_list)
    return lists


def _choice(row: dict[str, str], where: str) -> Choice:
    if None in row or None in row.values():
        raise ProfileFault(f"{where}: not as many values as columns")
    texts = {column: text.strip() for column, text in row.items() if column not in ("list", "code", ALSO)}
    if not row["list"] or not row["code"] or not all(texts.values()):
        raise ProfileFault(f"{where}: list, code and every label are needed")
    also = tuple(text.strip() for text in row.get(ALSO, "").split("|") if text.strip())
    return Choice(row["code"], Labels(texts), also)


def _check(code_list: CodeList) -> None:
    if len(set(code_list.codes)) != len(code_list.codes):
        raise ProfileFault(f"{code_list.key}: a code stands there twice")
    code_list.find("")
