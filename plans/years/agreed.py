"""Totals of annual plans that their partnerships agreed to share: by municipality, region and in all, for the office.

Nothing but sums leaves a plan. Numbers of women, people over 60 and people with disabilities are shown for the year
only, and small ones not at all (plans/years/suppression.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.formatting import number
from core.i18n import _
from plans.models import PlanVersion
from plans.totals import SENSITIVE, SUMMED, Figures, annual_figures
from plans.years.queries import plans_with_agreed_totals
from plans.years.statuses import QUARTERS
from plans.years.suppression import Node, protect

ADDED = ("trainings", "trainings_done", *SUMMED)
NOT_SHOWN = "–"


@dataclass(frozen=True)
class AgreedLine:
    """One municipality, region, quarter, or all together. ``said`` holds the numbers that may be small, as shown."""

    name: str
    code: str = ""
    region: str = ""
    figures: Figures = field(default_factory=Figures)
    said: Mapping[str, str] = field(default_factory=dict)
    plans: int = 0

    @property
    def women(self) -> str:
        return self.said.get("women_actual", "")

    @property
    def seniors(self) -> str:
        return self.said.get("seniors_actual", "")

    @property
    def disability(self) -> str:
        return self.said.get("disability_actual", "")


@dataclass(frozen=True)
class Region:
    line: AgreedLine
    municipalities: Sequence[AgreedLine]


@dataclass(frozen=True)
class Agreed:
    year: int
    all: AgreedLine
    regions: Sequence[Region]
    quarters: Sequence[AgreedLine]

    @property
    def lines(self) -> list[AgreedLine]:
        """Every line of the first table, as a file lists them: the sums below what they add up."""
        found = [one for region in self.regions for one in (*region.municipalities, region.line)]
        return [*found, self.all]


def agreed_totals(year: int) -> Agreed:
    versions = plans_with_agreed_totals(year)
    by_region: dict[str, list[AgreedLine]] = {}
    by_quarter: dict[str, list[Figures]] = {}
    for version in versions:
        found = annual_figures(version.rows)
        line = _of_municipality(version, found.all)
        by_region.setdefault(line.region, []).append(line)
        for quarter, figures in found.by["quarter"].items():
            by_quarter.setdefault(quarter, []).append(figures)
    regions = [_region(name, lines) for name, lines in sorted(by_region.items())]
    everything = _sum_of(_("All together"), [region.line for region in regions])
    quarters = [
        AgreedLine(_quarter(code), code, figures=added(by_quarter[code]), plans=len(by_quarter[code]))
        for code in (*QUARTERS, "")
        if code in by_quarter
    ]
    return _protected(Agreed(year, everything, regions, quarters))


def _of_municipality(version: PlanVersion, figures: Figures) -> AgreedLine:
    place = version.partnership.municipality
    return AgreedLine(place.name, place.code, place.voivodeship.name, figures, plans=1)


def _region(name: str, lines: Sequence[AgreedLine]) -> Region:
    ordered = sorted(lines, key=lambda one: (one.name, one.code))
    return Region(replace(_sum_of(name, ordered), region=name), ordered)


def _sum_of(name: str, lines: Sequence[AgreedLine]) -> AgreedLine:
    total = added(line.figures for line in lines)
    return AgreedLine(name, figures=total, plans=sum(line.plans for line in lines))


def added(found: Iterable[Figures]) -> Figures:
    figures = list(found)
    return Figures(
        **{key: sum((getattr(one, key) for one in figures), Decimal(0)) for key in (*ADDED, *SENSITIVE)}
    )


def _quarter(code: str) -> str:
    numbers = dict(zip(QUARTERS, ("I", "II", "III", "IV"), strict=True))
    return _("Quarter %(number)s", number=numbers[code]) if code else _("No quarter yet")


# --- Numbers that may be small -----------------------------------------------------------------------------


def _protected(agreed: Agreed) -> Agreed:
    said = {key: _said(agreed, key) for key in SENSITIVE}

    def shown(line: AgreedLine, place: str) -> AgreedLine:
        return replace(line, said={key: said[key][place] for key in SENSITIVE})

    regions = [
        Region(
            shown(region.line, f"{at}"),
            [shown(one, f"{at}.{under}") for under, one in enumerate(region.municipalities)],
        )
        for at, region in enumerate(agreed.regions)
    ]
    return replace(agreed, all=shown(agreed.all, ""), regions=regions)


def _said(agreed: Agreed, key: str) -> dict[str, str]:
    """Place in the tree -> the number as everybody may see it."""
    root = _node("", agreed.all, key)
    for at, region in enumerate(agreed.regions):
        below = [_node(f"{at}.{under}", one, key) for under, one in enumerate(region.municipalities)]
        root.parts.append(replace(_node(f"{at}", region.line, key), parts=below))
    protect(root)
    return {node.key: in_words(node) for node in root.all()}


def _node(place: str, line: AgreedLine, key: str) -> Node:
    """Where a part is larger than its whole, by somebody's mistake, at least as many people are there."""
    value = int(getattr(line.figures, key))
    return Node(place, value, max(value, int(line.figures.participants_actual)))


def in_words(node: Node) -> str:
    if node.is_shown:
        return number(node.value)
    return NOT_SHOWN if node.is_unsaid or not node.is_small else _("< 5")
