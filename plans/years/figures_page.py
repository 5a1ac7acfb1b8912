"""The year in numbers: planned and actual in all, by quarter, group, area and partner, and beside the general plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from core.charts import Chart, Entry, Frame, columns
from core.formatting import number
from core.i18n import _, language
from plans.checking import checked_content
from plans.checks import Purpose
from plans.definitions import ColumnDefinition
from plans.downloads import references_to
from plans.finding_texts import describe
from plans.findings import Finding, FindingCode
from plans.models import PlanVersion
from plans.queries import Surroundings, surroundings_of
from plans.templates import definition_of
from plans.totals import GROUPED_BY, AnnualFigures, Comparison, Figures, annual_figures, compared_with_general
from plans.years.statuses import TRAININGS
from programme.queries import the_programme


@dataclass(frozen=True)
class Line:
    name: str
    figures: Figures


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class BesideGeneral:
    label: str
    general: Decimal
    planned: Decimal
    actual: Decimal


def far_from_general(version: PlanVersion, *, known: Surroundings | None = None) -> list[str]:
    """A sentence for each measure in which the year is far from the general plan; it stops nobody."""
    check = checked_content(version, version.rows, Purpose.DRAFT, known=known)
    return sentences([one for one in check.findings if one.code is FindingCode.FAR_FROM_GENERAL], version)


def sentences(findings: Sequence[Finding], version: PlanVersion) -> list[str]:
    definition, lists = definition_of(version), the_programme().code_lists
    return [describe(one, definition, code_lists=lists).problem for one in findings]


class FiguresPage:
    def __init__(self, version: PlanVersion) -> None:
        self.version, self.language = version, language()
        self.known = surroundings_of(version)
        self.code_lists = the_programme().code_lists

    @cached_property
    def figures(self) -> Figures:
        return self._all.all

    @cached_property
    def _all(self) -> AnnualFigures:
        return annual_figures(self.version.rows)

    @cached_property
    def warnings(self) -> list[str]:
        return far_from_general(self.version, known=self.known)

    @cached_property
    def is_empty(self) -> bool:
        return not self.version.rows.rows(TRAININGS)

    @cached_property
    def tables(self) -> list[Table]:
        sheet = definition_of(self.version).sheet(TRAININGS)
        shown = (sheet.column(key) for key in GROUPED_BY if sheet.has_column(key))
        return [self._table(column) for column in shown]

    def _table(self, column: ColumnDefinition) -> Table:
        found = self._all.by[column.key]
        names = self._names(column)
        known = [Line(name, found[code]) for code, name in names.items() if code in found]
        rest = [Line(code or _("not given"), figures) for code, figures in found.items() if code not in names]
        return Table(column.key, column.label.in_language(self.language), [*known, *rest])

    def _names(self, column: ColumnDefinition) -> Mapping[str, str]:
        if column.code_list:
            listed = self.code_lists[column.code_list]
            return {code: listed.label(code, self.language) for code in listed.codes}
        known = references_to(self.known.general).get(column.refers_to or "", {})
        return {code: f"{code} {text}" for code, text in known.items()}

    @cached_property
    def beside_general(self) -> list[BesideGeneral]:
        general = self.known.general
        if general is None:
            return []
        labels = {"trainings": _("Trainings"), "hours": _("Hours"), "persons": _("People")}
        year = self.version.plan.year_from
        found: tuple[Comparison, ...] = compared_with_general(self.version.rows, general.rows, year=year)
        return [BesideGeneral(labels[one.measure], one.general, one.planned, one.actual) for one in found]

    @cached_property
    def chart(self) -> Chart:
        quarters = next((one for one in self.tables if one.key == "quarter"), None)
        lines = quarters.lines if quarters else ()
        said = ", ".join(
            _(
                "%(name)s: %(planned)s planned, %(actual)s came",
                name=line.name,
                planned=number(line.figures.participants_planned),
                actual=number(line.figures.participants_actual),
            )
            for line in lines
        )
        frame = Frame(
            "people-by-quarter", _("People by quarter"), said, "table-quarter", (_("Planned"), _("Came"))
        )
        entries = [
            Entry(line.name, (int(line.figures.participants_planned), int(line.figures.participants_actual)))
            for line in lines
        ]
        return columns(frame, entries)
