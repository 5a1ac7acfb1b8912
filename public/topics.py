"""Published plans by what they are about: an area of needs or of life, or words of their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, false, literal, select, true

from core.database import db
from core.i18n import LazyString, _l, language
from core.searching import asked_words
from plans.definitions import PlanKind
from plans.models import PlanEntry, PlanVersion
from plans.templates import published_templates
from programme.queries import the_programme

TOLD_BY: Mapping[str, str] = {
    "lines": "line_title",
    "needs": "need_text",
    "goals": "goal_text",
    "groups": "group_name",
    "recommendations": "rec_text",
}
"""Sheets that are searched, each with the column that says what a row is about."""
AREAS: Mapping[str, tuple[str, str, LazyString]] = {
    "life": ("lines", "life_area", _l("Areas of life")),
    "need": ("needs", "need_area", _l("Needs")),
}
"""By the first word of a topic's code: the sheet and the column that hold it, and what its list is called."""
MOST_WORDS = 6
LONGEST = 160


@dataclass(frozen=True)
class Topic:
    """``life.health``, ``need.safety``: an entry of a code list, as the programme names it."""

    area: str
    code: str

    @property
    def value(self) -> str:
        return f"{self.area}.{self.code}"

    @property
    def label(self) -> str:
        _sheet, column, _name = AREAS[self.area]
        return the_programme().code_lists[column].label(self.code, language())


def topics() -> list[tuple[LazyString, list[Topic]]]:
    """All that can be chosen, list by list."""
    lists = the_programme().code_lists
    return [
        (name, [Topic(area, choice.code) for choice in lists[column].offered()])
        for area, (_sheet, column, name) in AREAS.items()
    ]


def topic_called(text: str) -> Topic | None:
    """Also one that is not offered any more: an address that was passed on goes on to find the same."""
    area, _dot, code = text.partition(".")
    if area not in AREAS or code not in the_programme().code_lists[AREAS[area][1]].codes:
        return None
    return Topic(area, code)


def about(topic: Topic | None, text: str) -> ColumnElement[bool]:
    """Plans with a row of this topic, and a row in which every word typed begins a word."""
    parts = []
    if topic is not None:
        parts.append(exists().where(PlanEntry.version_id == PlanVersion.id, _of_topic(topic)))
    if text.strip():
        parts.append(exists().where(PlanEntry.version_id == PlanVersion.id, _with_words(text)))
    return and_(true(), *parts)


def _of_topic(topic: Topic) -> ColumnElement[bool]:
    sheet, column, _name = AREAS[topic.area]
    return and_(PlanEntry.sheet == sheet, PlanEntry.values[column].as_string() == topic.code)


def _with_words(text: str) -> ColumnElement[bool]:
    words = asked_words(text)[:MOST_WORDS]
    if not words:
        return false()
    from_a_space = literal(" ").concat(PlanEntry.search_text)
    return and_(
        PlanEntry.sheet.in_(_searched()),
        *(from_a_space.contains(f" {word}", autoescape=True) for word in words),
    )


def _searched() -> list[str]:
    """Without a sheet that has a column which public pages leave out: nobody finds out here what is kept from them."""
    general = [one for (kind, _version), one in published_templates().items() if kind is PlanKind.GENERAL]
    private = {
        sheet.key
        for one in general
        for sheet in one.definition.sheets
        if any(column.private for column in sheet.columns)
    }
    return [sheet for sheet in TOLD_BY if sheet not in private]


def found_rows(versions: Sequence[PlanVersion], topic: Topic | None, text: str) -> Mapping[int, str]:
    """Of each plan the first row that was found, in its own words; one query."""
    if topic is None and not text.strip():
        return {}
    fits = _with_words(text) if text.strip() else _of_topic(topic or Topic("life", ""))
    order = case({sheet: place for place, sheet in enumerate(TOLD_BY)}, value=PlanEntry.sheet)
    rows = db.session.execute(
        select(PlanEntry.version_id, PlanEntry.sheet, PlanEntry.values)
        .where(PlanEntry.version_id.in_([one.id for one in versions]), fits)
        .order_by(order.desc(), PlanEntry.position.desc())
    )
    return {version_id: _short(str(values.get(TOLD_BY[sheet]) or "")) for version_id, sheet, values in rows}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"
