"""What was found, in words: where it leads, what it is, and the place in its text where the words stand."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from accounts.models import User
from animators.consultations.models import Channel
from core.formatting import day
from core.i18n import _, language
from core.text import fold, words
from municipalities.models import MunicipalityKind
from municipalities.naming import county_label, unit_label
from partnerships.words import listed
from plans.definitions import PlanKind
from plans.models import Plan
from plans.templates import sheet_titles
from search.kinds import Kind
from search.queries import Group, Question, found
from search.reach import reach_of
from webinars.models import WebinarStatus

AROUND = 70
"""Letters quoted before and after what was looked for."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Quote:
    before: str
    hit: str
    after: str


@dataclass(frozen=True)
class Hit:
    name: str
    url: str
    about: str = ""
    quote: Quote | None = None
    note: str = ""


@dataclass(frozen=True)
class HitGroup:
    kind: Kind
    total: int
    hits: Sequence[Hit]

    @property
    def has_more(self) -> bool:
        return self.total > len(self.hits)


def search(
    person: User, question: Question, *, kinds: Sequence[Kind], size: int, start: int = 0
) -> list[HitGroup]:
    """At most three queries, however much is found."""
    groups = found(reach_of(person), question, kinds=kinds, size=size, start=start)
    return [_in_words(group, question.words) for group in groups]


def _in_words(group: Group, asked: list[str]) -> HitGroup:
    tell = _TELLING[group.kind]
    return HitGroup(group.kind, group.total, [tell(row, asked) for row in group.rows])


def quote(texts: Sequence[str | None], asked: Sequence[str]) -> Quote | None:
    """The first place where one of the words begins, with what stands around it."""
    for text in texts:
        for word in _WORD.finditer(text or ""):
            if any(fold(word[0]).startswith(one) for one in asked):
                return _cut(text or "", word.start(), word.end())
    return None


def _cut(text: str, first: int, last: int) -> Quote:
    begin, end = max(0, first - AROUND), min(len(text), last + AROUND)
    before, after = text[begin:first], text[last:end]
    if begin:
        before = "…" + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Quote(before, text[first:last], after)


# --- Each kind -------------------------------------------------------------------------------------------


def _municipality(row: Any, asked: list[str]) -> Hit:
    named = unit_label(row.title, MunicipalityKind(row.code).label, county_label(row.part, row.about))
    former = [] if _all_begin(row.title, asked) or not row.besides else [row.besides]
    notes = [row.more, *(_("formerly %(names)s", names=names) for names in former)]
    if row.first:
        notes.append(_("no longer exists"))
    url = (
        url_for("progress.partnership", partnership_id=row.link)
        if row.link
        else url_for("municipalities.show", municipality_id=row.id)
    )
    return Hit(named, url, ", ".join(notes))


def _person(row: Any, _asked: list[str]) -> Hit:
    if row.link:
        return Hit(row.title, url_for("partnerships.terms", partnership_id=row.link))
    gone = str(_("inactive")) if row.first else ""
    return Hit(row.title, url_for("people.show", person_id=row.id), row.about or "", note=gone)


def _organisation(row: Any, _asked: list[str]) -> Hit:
    kind = listed(row.code, "organisation_type")
    return Hit(
        row.title, url_for("partnerships.organisation", organisation_id=row.id), f"{kind}, {row.about}"
    )


def _plan_name(row: Any) -> str:
    plan = Plan(kind=PlanKind(row.code), year_from=row.first, year_to=row.last)
    return _("%(plan)s: %(name)s", plan=plan.title, name=row.about)


def _plan_address(row: Any) -> str:
    anchor = f"row-{row.part}" if row.part else None
    return url_for("plans.show", version_id=row.link, _anchor=anchor)


def _plan(row: Any, asked: list[str]) -> Hit:
    values, sheet = json.loads(row.title), sheet_titles().get(row.more)
    texts = [text for value in values.values() for text in _written(value)]
    title = sheet.in_language(language()) if sheet else ""
    return Hit(_plan_name(row), _plan_address(row), title, quote(texts, asked))


def _written(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    return [value] if isinstance(value, str) else []


def _remark(row: Any, asked: list[str]) -> Hit:
    quoted = quote([row.title, row.more], asked)
    return Hit(_("Remark on %(plan)s", plan=_plan_name(row)), _plan_address(row), quote=quoted)


def _consultation(row: Any, asked: list[str]) -> Hit:
    channel, is_visit = Channel(row.code), row.first is not None
    what = _("Visit %(number)s", number=row.first) if is_visit else str(channel.label)
    url = (
        url_for("visits.show", visit_id=row.id)
        if is_visit and not row.last
        else url_for("consultations.show", consultation_id=row.id)
    )
    on = day(row.at) if row.at else ""
    quoted = quote([row.title, row.more, row.part], asked)
    return Hit(f"{what}, {row.about}", url, on, quoted)


def _webinar(row: Any, _asked: list[str]) -> Hit:
    status = WebinarStatus(row.code)
    told = status in {WebinarStatus.DRAFT, WebinarStatus.CANCELLED}
    about = ", ".join(one for one in (day(row.at), row.about) if one)
    return Hit(
        row.title, url_for("webinars.show", webinar_id=row.id), about, note=str(status.label) if told else ""
    )


def _file(row: Any, _asked: list[str]) -> Hit:
    url = url_for("partnerships.open_file", attachment_id=row.id)
    return Hit(row.title, url, f"{row.about}, {row.more}, {day(row.at)}")


def _all_begin(text: str, asked: Sequence[str]) -> bool:
    kept = words(text)
    return all(any(word.startswith(one) for word in kept) for one in asked)


_TELLING: Mapping[Kind, Callable[[Any, list[str]], Hit]] = {
    Kind.MUNICIPALITY: _municipality,
    Kind.PERSON: _person,
    Kind.ORGANISATION: _organisation,
    Kind.PLAN: _plan,
    Kind.REMARK: _remark,
    Kind.CONSULTATION: _consultation,
    Kind.WEBINAR: _webinar,
    Kind.FILE: _file,
}
