"""The picture beside a shared link: whose plan it is, for which years, and its three figures."""

from collections.abc import Sequence
from datetime import UTC, datetime

from core.formatting import number
from core.i18n import _, language, ngettext
from core.printing import Order
from municipalities.models import Municipality
from plans.models import PlanVersion
from plans.templates import definition_of
from plans.totals import totals
from programme.queries import the_programme
from public.queries import ProgrammeFigures

TEMPLATE = "card.typ"
WIDTH, HEIGHT = 1200, 630
"""Of every card, in pixels: what the template sets."""
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""A picture carries no date."""

Figures = Sequence[tuple[str, str]]


def municipality_card(municipality: Municipality, version: PlanVersion | None) -> Order:
    place = _("%(name)s voivodeship", name=municipality.voivodeship.name)
    if version is None:
        line = _("Municipal partnership for digital education")
        return _card(municipality.name, line, place, [])
    figures = [(number(one.value), one.label) for one in totals(version.rows, definition_of(version))]
    return _card(municipality.name, version.plan.title, place, figures)


def home_card(figures: ProgrammeFigures) -> Order:
    shown = [
        (number(figures.partnerships), ngettext("municipal partnership", "municipal partnerships", figures.partnerships)),
        (number(figures.published_plans), ngettext("plan anybody can read", "plans anybody can read", figures.published_plans)),
    ]  # fmt: skip
    return _card(the_programme().name, "", "", shown)


def _card(title: str, line: str, place: str, figures: Figures) -> Order:
    programme = the_programme()
    data = {
        "language": language(),
        "title": title,
        "line": line,
        "place": place,
        "figures": [{"value": value, "label": label} for value, label in figures],
        "programme": programme.name if title != programme.name else "",
        "is_demo": programme.is_demo,
        "sample": _("Sample data"),
    }
    return Order(TEMPLATE, data, moment=NO_DATE, kind="png")
