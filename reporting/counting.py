"""Figures with what they were counted from: of now, looked up; of a frozen period, as they were kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.i18n import LANGUAGES, in_language, language
from reporting.indicators import INDICATORS, Indicator
from reporting.models import ReportSnapshot
from reporting.rows import Evidence, Span, tasks_read_once


@dataclass(frozen=True)
class Figure:
    code: str
    words: Mapping[str, Mapping[str, str]]
    """By language: name, unit and formula."""
    value: Decimal
    rows: Sequence[Evidence]

    @property
    def name(self) -> str:
        return self.words[language()]["name"]

    @property
    def unit(self) -> str:
        return self.words[language()]["unit"]

    @property
    def formula(self) -> str:
        return self.words[language()]["formula"]

    @property
    def is_minutes(self) -> bool:
        return self.words["en"]["unit"] == "minutes"


def count(indicator: Indicator, span: Span) -> Figure:
    rows = list(indicator.rows(span))
    return Figure(indicator.code, words_of(indicator), indicator.value(rows), rows)


def figures_of(span: Span) -> list[Figure]:
    """As the records say now."""
    with tasks_read_once():
        return [count(indicator, span) for indicator in INDICATORS]


def kept_figure(snapshot: ReportSnapshot) -> Figure:
    rows = [Evidence(*row) for row in snapshot.evidence_refs]
    return Figure(snapshot.indicator, snapshot.words, snapshot.amount, rows)


def words_of(indicator: Indicator) -> dict[str, dict[str, str]]:
    return {code: _in(code, indicator) for code in LANGUAGES}


def _in(code: str, indicator: Indicator) -> dict[str, str]:
    with in_language(code):
        said: dict[str, Any] = {
            "name": indicator.name, "unit": indicator.unit.label, "formula": indicator.formula,
        }  # fmt: skip
        return {key: str(text) for key, text in said.items()}
