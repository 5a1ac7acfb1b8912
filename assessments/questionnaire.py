"""The statements of the self-assessment and the needs that follow from it: read from a file of the programme's profile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from config import ROOT
from programme.code_lists import load_code_lists
from programme.data_files import ProfileFault, Table, read_toml
from programme.labels import Labels

FILE = "self-assessment.toml"
NEED_AREAS = "need_area"
LONGEST_NEED, LONGEST_WORDS = 1000, 300
"""What the columns of a plan hold."""


@dataclass(frozen=True)
class Statement:
    key: str
    text: Labels


@dataclass(frozen=True)
class Need:
    key: str
    """With its area, as ``safety.fraud``."""
    text: Labels
    priority: int
    at_risk: bool


@dataclass(frozen=True)
class Area:
    code: str
    text: Labels
    statements: Sequence[Statement]
    needs: Sequence[Need]


@dataclass(frozen=True)
class Questionnaire:
    version: int
    evidence: Labels
    measure: Labels
    unit: Labels
    areas: Sequence[Area]

    def area(self, code: str) -> Area | None:
        return next((one for one in self.areas if one.code == code), None)

    def after(self, code: str) -> Area | None:
        """The area that comes next on the way through."""
        codes = [one.code for one in self.areas]
        return next(iter(self.areas[codes.index(code) + 1 :]), None)


@cache
def questionnaire_of(profile: str) -> Questionnaire | None:
    """None: this programme has no self-assessment."""
    folder = ROOT / "profiles" / profile
    return load_questionnaire(folder / FILE, folder / "code-lists.csv")


def load_questionnaire(path: Path, code_lists: Path) -> Questionnaire | None:
    if not path.is_file():
        return None
    areas = load_code_lists(code_lists)[NEED_AREAS].codes
    return parse_questionnaire(path.read_text(encoding="utf-8"), areas, name=path.name)


def parse_questionnaire(text: str, need_areas: Iterable[str], *, name: str = FILE) -> Questionnaire:
    """Every area of the code list is asked about, once: what is not asked could never turn out weak."""
    table = Table(read_toml(text, name), name, {"version", "evidence", "measure", "unit", "areas"})
    areas = [
        _area(one, f"{name}, area {number}") for number, one in enumerate(table.tables("areas"), start=1)
    ]
    codes = [one.code for one in areas]
    if sorted(codes) != sorted(need_areas):
        raise ProfileFault(f"{name}: the areas must be {', '.join(need_areas)}, each once")
    return Questionnaire(
        table.whole("version"),
        _words(table, "evidence", {"day"}),
        _words(table, "measure", {"area"}),
        _words(table, "unit", set()),
        areas,
    )


def _area(data: Any, where: str) -> Area:
    table = Table(data, where, {"code", "text", "statements", "needs"})
    code = table.text("code")
    statements = [_statement(one, f"{where}, statements") for one in table.tables("statements")]
    needs = [_need(one, code, f"{where}, needs") for one in table.tables("needs", optional=True)]
    keys = [*(one.key for one in statements), *(one.key for one in needs)]
    if not statements or len(set(keys)) != len(keys):
        raise ProfileFault(f"{where}: statements are missing, or a key stands there twice")
    return Area(code, table.labels("text"), statements, needs)


def _statement(data: Any, where: str) -> Statement:
    table = Table(data, where, {"key", "text"})
    return Statement(table.text("key"), table.labels("text"))


def _need(data: Any, area: str, where: str) -> Need:
    table = Table(data, where, {"key", "text", "priority", "at_risk"})
    priority = table.whole("priority")
    if not 1 <= priority <= 5:
        raise ProfileFault(f"{where}: priority must be from 1 to 5")
    text = table.labels("text")
    if any(len(words) > LONGEST_NEED for words in text.texts.values()):
        raise ProfileFault(f"{where}: text is longer than {LONGEST_NEED} characters")
    return Need(f"{area}.{table.text('key')}", text, priority, table.flag("at_risk"))


def _words(table: Table, key: str, known: set[str]) -> Labels:
    labels = table.labels(key)
    for text in labels.texts.values():
        named = {word for _text, word, _form, _how in Formatter().parse(text) if word is not None}
        if not named <= known or len(text) > LONGEST_WORDS:
            raise ProfileFault(f"{table.where}: {key} is too long, or names what is not known")
    return labels
