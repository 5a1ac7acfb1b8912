"""Offered to a general plan: lines from the published plans of similar municipalities, each with where it comes from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.formatting import number
from core.i18n import _, language
from core.paging import Page
from municipalities.models import Municipality
from plans.definitions import PlanRow, Value
from plans.editing.offers import Filter, Hint, Offer, OfferGroup, Origin, Wanted, said_of
from plans.examples.published import names_place, public_values
from plans.examples.queries import similar_plans
from plans.models import PlanVersion
from plans.templates import definition_of
from plans.totals import YEAR_SUFFIXES, number_in
from programme.code_lists import spelling
from programme.queries import the_programme

LINES, TITLE = "lines", "line_title"
NEIGHBOURS = 10
"""So many plans are looked through: those of the nearest in number of residents."""
AT_ONCE = 10
NARROWED_BY = ("life_area", "form")
COUNTED = ("trainings", "hours")
FIGURES = tuple(f"{what}_{year}" for what in COUNTED for year in YEAR_SUFFIXES)


@dataclass(frozen=True)
class _Line:
    version: PlanVersion
    row: PlanRow
    values: Mapping[str, Value]

    @property
    def title(self) -> str:
        return str(self.row.values[TITLE])


def offers_of_others(version: PlanVersion, wanted: Wanted) -> list[OfferGroup]:
    here = version.partnership.municipality
    title = _("From published plans of similar municipalities")
    lines = list(_lines(version, here))
    if not lines:
        return [OfferGroup(title, (), hint=_nothing(here))]
    fitting = [one for one in lines if _fits(one, wanted)]
    shown, page = fitting, None
    if wanted.number is not None:
        at = min(wanted.number, max(1, -(-len(fitting) // AT_ONCE)))
        shown = fitting[(at - 1) * AT_ONCE : at * AT_ONCE]
        page = Page([_offer(one) for one in shown], at, len(fitting), AT_ONCE)
    offers = page.rows if page else [_offer(one) for one in shown]
    return [
        OfferGroup(title, offers, _of_whom(here), filters=list(_filters(version, lines, wanted)), page=page)
    ]


def _of_whom(here: Municipality) -> str:
    return _(
        "Of municipalities of the same type (%(kind)s), the nearest in number of residents first. Goals, groups and partners stay theirs: choose your own.",
        kind=here.kind.label,
    )


def _nothing(here: Municipality) -> Hint:
    return Hint(
        _(
            "No other %(kind)s has published a line that is not in this plan already. Every plan that is published adds to this list.",
            kind=here.kind.label,
        )
    )


def _lines(version: PlanVersion, here: Municipality) -> Iterator[_Line]:
    """Each once: where several have the same line, that of the nearest."""
    ours = definition_of(version).sheet(LINES)
    known = {spelling(str(row.values.get(TITLE, ""))) for row in version.rows.rows(LINES)}
    for other in similar_plans(here, most=NEIGHBOURS, with_rows=True):
        theirs, place = definition_of(other).sheet(LINES), other.partnership.municipality
        for row in other.rows.rows(LINES):
            title = spelling(str(row.values.get(TITLE, "")))
            if not title or title in known or names_place(row, place):
                continue
            known.add(title)
            values = public_values(theirs, row) | {
                key: row.values[key] for key in FIGURES if key in row.values
            }
            yield _Line(other, row, {key: value for key, value in values.items() if ours.has_column(key)})


def _fits(line: _Line, wanted: Wanted) -> bool:
    return all(line.values.get(name) == code for name, code in wanted.chosen.items() if name in NARROWED_BY)


def _filters(version: PlanVersion, lines: Sequence[_Line], wanted: Wanted) -> Iterator[Filter]:
    """Only what would leave something."""
    sheet, spoken = definition_of(version).sheet(LINES), language()
    for name in NARROWED_BY:
        if not sheet.has_column(name):
            continue
        column = sheet.column(name)
        code_list = the_programme().code_lists[column.code_list or ""]
        there = {one.values.get(name) for one in lines}
        options = [(code, code_list.label(code, spoken)) for code in code_list.codes if code in there]
        yield Filter(name, column.label.in_language(spoken), options, wanted.chosen.get(name, ""))


def _offer(line: _Line) -> Offer:
    place = line.version.partnership.municipality
    names = {"lang": language(), "place": place.address_name}
    known_as = {"source_version_id": line.version.id, "source_municipality": place.code}
    origin = Origin(place.name, "public.plan", names, known_as)
    return Offer(f"line.{line.version.id}.{line.row.row_uid}", line.title, _said(line), line.values, origin)


def _said(line: _Line) -> str:
    trainings, hours = (
        sum((number_in(line.row, f"{what}_{year}") for year in YEAR_SUFFIXES), Decimal(0)) for what in COUNTED
    )
    about = said_of(definition_of(line.version).sheet(LINES), line.row, NARROWED_BY)
    counts = _(
        "Trainings in all: %(trainings)s, hours: %(hours)s", trainings=number(trainings), hours=number(hours)
    )
    return ". ".join(part for part in (about, counts) if part)
