"""The years of a partnership: the plan of each, what was declared for it, and what else can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from partnerships.models import Partnership
from plans.models import PlanVersion
from plans.row_queries import load_rows
from plans.totals import Figures, annual_figures
from plans.years.queries import annual_versions, declared_years
from programme.queries import the_programme


@dataclass(frozen=True)
class Year:
    year: int
    version: PlanVersion | None
    figures: Figures
    declared_on: date | None
    has_begun: bool

    @property
    def can_declare(self) -> bool:
        """Whoever works by a plan here has nothing to declare."""
        return self.has_begun and self.declared_on is None


class YearsPage:
    def __init__(self, partnership: Partnership, *, today: date) -> None:
        self.partnership, self.today = partnership, today

    @cached_property
    def years(self) -> Sequence[Year]:
        """Those that have begun, the next one, and any other that has a plan; the latest first."""
        programme = the_programme().row
        versions = {one.plan.year_from: one for one in annual_versions(self.partnership)}
        load_rows(*versions.values())
        last = min(programme.ends_on.year, self.today.year + 1)
        known = {*range(programme.starts_on.year, last + 1), *versions}
        declared = declared_years(self.partnership)
        return [
            Year(
                year,
                version := versions.get(year),
                annual_figures(version.rows).all if version else Figures(),
                declared.get(year),
                has_begun=year <= self.today.year,
            )
            for year in sorted(known, reverse=True)
        ]
