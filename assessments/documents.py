"""A finished self-assessment to take along: as a tagged PDF, and as a workbook of every answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.models import Answer, SelfAssessment
from assessments.questionnaire import NEED_AREAS
from assessments.results import AreaResult, Result, result_of, title_of
from assessments.services import the_questionnaire
from core import records
from core.formatting import day
from core.i18n import _, _l, language
from core.records import Section
from core.sheets import Column, Sheet
from core.text import slug
from core.workbooks.export import write_sheets
from core.workbooks.kinds import member_of, text, whole_number
from programme.logo_copies import logos_on_paper
from programme.queries import the_programme


@dataclass(frozen=True)
class Said:
    """One statement and its answer."""

    area: str
    statement: str
    answer: Answer | None


AREAS: Sheet[AreaResult] = Sheet(
    AreaResult,
    {
        "name": Column(_l("Area"), text(max_length=80)),
        "score": Column(_l("Result of 100"), whole_number(0, 100)),
        "before": Column(_l("Time before"), whole_number(0, 100)),
        "elsewhere": Column(_l("Median of others"), whole_number(0, 100)),
        "note": Column(_l("Note"), text(max_length=1000)),
    },
    name=_l("Areas"),
)
ANSWERS: Sheet[Said] = Sheet(
    Said,
    {
        "area": Column(_l("Area"), text(max_length=80)),
        "statement": Column(_l("Statement"), text(max_length=400)),
        "answer": Column(_l("Answer"), member_of(Answer)),
    },
    name=_l("Answers"),
)


def file_name(assessment: SelfAssessment, ending: str) -> str:
    place = slug(assessment.partnership.municipality.name)
    return f"{place}-{assessment.taken_on:%Y-%m-%d}.{ending}"


def assessment_workbook(assessment: SelfAssessment) -> bytes:
    result = result_of(assessment)
    return write_sheets([AREAS.part(result.areas), ANSWERS.part(_said(assessment))])


def assessment_pdf(assessment: SelfAssessment) -> bytes:
    """PDF/UA-1, in the reader's language. Raises ``core.printing.NotPrinted``."""
    programme, result = the_programme(), result_of(assessment)
    municipality = assessment.partnership.municipality
    return records.record_pdf(
        title_of(assessment),
        municipality.label,
        [_about(result), _scores(result), *_answers(assessment)],
        author=programme.name,
        funding=programme.funding_statement,
        logos=logos_on_paper(),
        moment=assessment.finished_at or assessment.created_at,
    )


def _about(result: Result) -> Section:
    assessment = result.assessment
    facts = [
        (_("Partnership"), assessment.partnership.name),
        (_("Finished on"), day(assessment.taken_on)),
        (_("Compared with"), day(result.before.taken_on) if result.before else ""),
    ]
    return Section("", [records.facts(facts)])


def _scores(result: Result) -> Section:
    heads = [_("Area"), _("Result of 100"), _("Time before"), _("Median of others")]
    rows = [
        [one.name, _figure(one.score), _figure(one.before), _figure(one.elsewhere)] for one in result.areas
    ]
    return Section(_("Areas, the lowest first"), [records.table(heads, rows, widths=[5, 2, 2, 2])])


def _answers(assessment: SelfAssessment) -> Iterator[Section]:
    said = list(_said(assessment))
    code_list, spoken = the_programme().code_lists[NEED_AREAS], language()
    for row in assessment.areas:
        name = code_list.label(row.area, spoken)
        rows = [
            [one.statement, str(one.answer.label) if one.answer else "–"] for one in said if one.area == name
        ]
        parts = [records.table([_("Statement"), _("Answer")], rows, widths=[5, 2])] if rows else []
        if row.note:
            parts.append(records.text(row.note))
        if parts:
            yield Section(name, parts)


def _said(assessment: SelfAssessment) -> Iterator[Said]:
    code_list, spoken = the_programme().code_lists[NEED_AREAS], language()
    for area in the_questionnaire().areas:
        row = assessment.area(area.code)
        if row is not None:
            name = code_list.label(area.code, spoken)
            for one in area.statements:
                yield Said(name, one.text.in_language(spoken), row.answer(one.key))


def _figure(value: int | None) -> str:
    return "–" if value is None else str(value)
