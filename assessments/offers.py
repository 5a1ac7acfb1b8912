"""Needs that follow from the latest self-assessment, offered where the needs of a general plan are written."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from accounts.models import User
from assessments.models import AssessmentArea, SelfAssessment
from assessments.queries import latest_finished, open_assessment, rows_taken
from assessments.questionnaire import NEED_AREAS, Area, Need, questionnaire_of
from assessments.services import NEEDS, OFFERED_AS, remember_taken
from core.formatting import day
from core.i18n import _, language
from plans.definitions import PlanKind, Value
from plans.editing.offers import Hint, Offer, OfferGroup, OfferSource, Wanted
from plans.models import PlanVersion
from plans.templates import definition_of
from programme.code_lists import spelling
from programme.queries import the_programme

TEXT = "need_text"


def offered_needs(version: PlanVersion, _wanted: Wanted) -> list[OfferGroup]:
    """Of the weak areas, the weakest first; without those that the plan holds already."""
    if questionnaire_of(the_programme().row.profile) is None:
        return []
    assessment = latest_finished(version.partnership)
    title = _("From the self-assessment")
    if assessment is None:
        return [OfferGroup(title, (), hint=_first_do_it(version))]
    taken = rows_taken(version.partnership)
    offers = [
        _fitting(version, offer_of(assessment, area, row, need))
        for area, row in low_areas(assessment)
        for need in area.needs
        if not is_there(version, need, taken.get(need.key, ()))
    ]
    said = _("Of %(day)s: its weakest areas come first.", day=day(assessment.taken_on))
    return [OfferGroup(title, offers, said)]


def low_areas(assessment: SelfAssessment) -> list[tuple[Area, AssessmentArea]]:
    """Areas with a result below what the programme calls weak, the weakest first."""
    programme = the_programme()
    questionnaire, below = questionnaire_of(programme.row.profile), programme.settings.assessment_low_below
    rows = [
        (row.score, area, row)
        for area in (questionnaire.areas if questionnaire else ())
        if (row := assessment.area(area.code)) is not None and row.score is not None and row.score < below
    ]
    return [(area, row) for _score, area, row in sorted(rows, key=lambda one: one[0] or 0)]


def offer_of(assessment: SelfAssessment, area: Area, row: AssessmentArea, need: Need) -> Offer:
    name = the_programme().code_lists[NEED_AREAS].label(area.code, language())
    detail = _(
        "%(area)s: %(score)s of 100, priority %(priority)s",
        area=name,
        score=row.score,
        priority=need.priority,
    )
    text = need.text.in_language(language())
    return Offer(f"{OFFERED_AS}{need.key}", text, detail, _values(assessment, area, row, need))


def _fitting(version: PlanVersion, offer: Offer) -> Offer:
    """Without what this plan's template has no column for."""
    sheet = definition_of(version).sheet(NEEDS)
    return replace(offer, values={key: value for key, value in offer.values.items() if sheet.has_column(key)})


def _values(assessment: SelfAssessment, area: Area, row: AssessmentArea, need: Need) -> dict[str, Value]:
    programme, spoken = the_programme(), language()
    questionnaire = questionnaire_of(programme.row.profile)
    if questionnaire is None or assessment.taken_on is None:
        return {}
    name = programme.code_lists[NEED_AREAS].label(area.code, spoken)
    values: dict[str, Value] = {
        TEXT: need.text.in_language(spoken),
        "need_area": area.code,
        "evidence": questionnaire.evidence.in_language(spoken).format(day=f"{assessment.taken_on:%d.%m.%Y}"),
        "evidence_year": assessment.taken_on.year,
        "measure": questionnaire.measure.in_language(spoken).format(area=name),
        "measure_value": str(row.score),
        "measure_unit": questionnaire.unit.in_language(spoken),
        "priority": need.priority,
    }
    return {**values, "at_risk": "yes"} if need.at_risk else values


def is_there(version: PlanVersion, need: Need, taken: Collection[tuple[int, str]]) -> bool:
    """A row it once became still stands in this plan, whatever is written in it by now; or somebody wrote the same.

    ``taken``: the plans and rows it went into.
    """
    rows = version.rows.rows(NEEDS)
    if any((version.plan_id, row.row_uid) in taken for row in rows):
        return True
    texts = {spelling(text) for text in need.text.texts.values()}
    return any(spelling(str(row.values.get(TEXT, ""))) in texts for row in rows)


def _first_do_it(version: PlanVersion) -> Hint:
    text, label = (
        _(
            "Do the self-assessment in ten minutes: short statements in eleven areas. Its weak areas then offer needs here, with the source and a figure."
        ),
        _("Begin the self-assessment"),
    )
    if open_assessment(version.partnership) is not None:
        text = _("The self-assessment is begun. Once it is finished, its weak areas offer needs here.")
        label = _("Go on with the self-assessment")
    return Hint(text, label, "assessments.of_partnership", {"partnership_id": version.plan.partnership_id})


def _taken(version: PlanVersion, rows: Mapping[str, str], actor: User) -> None:
    assessment = latest_finished(version.partnership)
    if assessment is not None:
        known = dict(_needs(rows))
        remember_taken(assessment, known, plan_id=version.plan_id, actor=actor)


def _needs(rows: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, uid in rows.items():
        if key.startswith(OFFERED_AS):
            yield key.removeprefix(OFFERED_AS), uid


NEEDS_OFFERED = OfferSource(PlanKind.GENERAL, NEEDS, offered_needs, _taken)
