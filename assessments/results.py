"""A finished self-assessment as its page, its document and its workbook tell it: area by area, the weakest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import FULL, SelfAssessment
from assessments.offers import is_there, low_areas
from assessments.queries import finished_before, medians_elsewhere, rows_taken
from assessments.questionnaire import NEED_AREAS, Need
from core.charts import Chart, Entry, Frame, bars
from core.formatting import day
from core.i18n import _, language
from plans.models import PlanVersion
from programme.queries import the_programme

TABLE = "scores"
LAST = FULL + 1
"""Stands behind every score: what nobody could say."""


@dataclass(frozen=True)
class AreaResult:
    code: str
    name: str
    score: int | None
    before: int | None
    elsewhere: int | None
    note: str | None
    is_low: bool

    @property
    def since_before(self) -> int | None:
        return self.score - self.before if self.score is not None and self.before is not None else None


@dataclass(frozen=True)
class NeedLine:
    key: str
    text: str
    area: str
    score: int
    priority: int
    is_taken: bool
    """It stands in the plan already."""


@dataclass(frozen=True)
class Result:
    assessment: SelfAssessment
    areas: Sequence[AreaResult]
    before: SelfAssessment | None
    needs: Sequence[NeedLine]
    plan: PlanVersion | None
    """The general plan that this reader can put needs into."""

    @property
    def is_compared(self) -> bool:
        return any(one.elsewhere is not None for one in self.areas)

    @property
    def low_count(self) -> int:
        return sum(one.is_low for one in self.areas)

    @property
    def open_needs(self) -> list[NeedLine]:
        return [one for one in self.needs if not one.is_taken]


def result_of(assessment: SelfAssessment, plan: PlanVersion | None = None) -> Result:
    """``plan`` is the draft that this reader may write in: nobody else learns what stands there."""
    before, elsewhere = finished_before(assessment), medians_elsewhere(assessment.partnership.municipality)
    low = {area.code for area, _row in low_areas(assessment)}
    code_list, spoken = the_programme().code_lists[NEED_AREAS], language()
    scores_before = before.area_scores if before else {}
    areas = [
        AreaResult(
            row.area,
            code_list.label(row.area, spoken),
            row.score,
            scores_before.get(row.area),
            elsewhere.get(row.area),
            row.note,
            row.area in low,
        )
        for row in assessment.areas
    ]
    areas.sort(key=lambda one: (LAST if one.score is None else one.score, code_list.position(one.code)))
    return Result(assessment, areas, before, _needs(assessment, plan), plan)


def _needs(assessment: SelfAssessment, plan: PlanVersion | None) -> list[NeedLine]:
    code_list, spoken = the_programme().code_lists[NEED_AREAS], language()
    taken = rows_taken(assessment.partnership) if plan is not None else {}

    def line(need: Need, area: str, score: int) -> NeedLine:
        is_taken = plan is not None and is_there(plan, need, taken.get(need.key, ()))
        name = code_list.label(area, spoken)
        return NeedLine(need.key, need.text.in_language(spoken), name, score, need.priority, is_taken)

    return [
        line(need, area.code, row.score or 0) for area, row in low_areas(assessment) for need in area.needs
    ]


def chart_of(result: Result) -> Chart:
    """Lying bars of a scale that ends at a hundred, whatever the results are."""
    known = [one for one in result.areas if one.score is not None]
    frame = Frame("areas", _("Result by area, of 100"), _said(known), TABLE, (_("Result"),))
    return bars(frame, [Entry(one.name, (one.score or 0,)) for one in known], full=FULL)


def _said(known: Sequence[AreaResult]) -> str:
    if not known:
        return ""
    return _(
        "Lowest: %(lowest)s with %(least)s. Highest: %(highest)s with %(most)s.",
        lowest=known[0].name,
        least=known[0].score,
        highest=known[-1].name,
        most=known[-1].score,
    )


def title_of(assessment: SelfAssessment) -> str:
    return _("Self-assessment of %(day)s", day=day(assessment.taken_on))
