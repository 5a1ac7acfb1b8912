"""Answering a self-assessment, several people beside each other, and what follows from it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from accounts.models import User
from assessments.errors import (
    AlreadyFinished,
    NoDraftToFill,
    NoQuestionnaire,
    NoteNamesPeople,
    SavedMeanwhile,
    StillToAnswer,
)
from assessments.events import AssessmentEvent
from assessments.models import AssessmentArea, SelfAssessment, score_of
from assessments.queries import latest_finished, open_assessment, plan_to_fill
from assessments.questionnaire import NEED_AREAS, Area, Questionnaire, questionnaire_of
from core import audit, clock
from core.database import db
from core.i18n import language
from core.personal_data import personal_kinds
from partnerships.behalf import remembered_principal
from partnerships.models import Partnership
from partnerships.services.shared import hold
from plans.services.editing import take_over_offers
from programme.queries import the_programme

NEEDS = "needs"
OFFERED_AS = "need."
"""Begins the key under which a need is offered to a plan."""


@dataclass(frozen=True)
class Entry:
    """What somebody says of one area: answers by the keys of its statements."""

    answers: Mapping[str, str]
    note: str | None = None


def the_questionnaire() -> Questionnaire:
    found = questionnaire_of(the_programme().row.profile)
    if found is None:
        raise NoQuestionnaire
    return found


def begin(partnership: Partnership, *, actor: User) -> SelfAssessment:
    """Begin one, with the answers of the time before to be looked through. Where one is open, go on with that."""
    questionnaire = the_questionnaire()
    hold(partnership)
    known = open_assessment(partnership)
    if known is not None:
        return known
    before = latest_finished(partnership)
    assessment = SelfAssessment(
        partnership=partnership,
        questionnaire=questionnaire.version,
        accepted_need_rows={},
        areas=[_area_like(area, before) for area in questionnaire.areas],
    )
    db.session.add(assessment)
    db.session.flush()
    audit.record(AssessmentEvent.BEGUN, assessment, actor=actor, **remembered_principal(partnership, actor))
    return assessment


def save_area(assessment: SelfAssessment, area: Area, entry: Entry, *, seen: int, actor: User) -> bool:
    """Keep the answers of one area; what others say of other areas is not touched. False: nothing was new.

    ``seen`` is the state of the area that the person looked at.
    """
    _hold(assessment)
    row = _row_of(assessment, area)
    note = entry.note or None
    if note and any(True for _kind in personal_kinds(note)):
        raise NoteNamesPeople
    is_same = dict(row.answers) == dict(entry.answers) and row.note == note
    if is_same and row.saved_at is not None:
        return False
    if row.row_version != seen and not is_same:
        raise SavedMeanwhile
    before, note_before = _facts(area, row), row.note
    row.answers, row.note, row.score = dict(entry.answers), note, score_of(entry.answers)
    row.saved_at = clock.now()
    db.session.flush()
    personal = {"before": {"note": note_before}, "after": {"note": note}} if note != note_before else None
    audit.record(
        AssessmentEvent.ANSWERED,
        assessment,
        actor=actor,
        **remembered_principal(assessment.partnership, actor),
        before=before,
        after={"area": area.code, **_facts(area, row)},
        personal=personal,
    )
    return True


def finish(assessment: SelfAssessment, *, actor: User) -> None:
    """From now on it is a result: it is compared, offers needs, and is not changed any more."""
    _hold(assessment)
    left = areas_left(assessment)
    if left:
        code_list, spoken = the_programme().code_lists[NEED_AREAS], language()
        raise StillToAnswer([code_list.label(area.code, spoken) for area in left])
    assessment.taken_on, assessment.finished_at = clock.today(), clock.now()
    assessment.questionnaire = the_questionnaire().version
    audit.record(
        AssessmentEvent.FINISHED,
        assessment,
        actor=actor,
        **remembered_principal(assessment.partnership, actor),
        after={"taken_on": assessment.taken_on.isoformat()},
    )


def take_needs(assessment: SelfAssessment, needs: Collection[str], *, actor: User) -> int:
    """Put needs into the general plan that is being written. Returns how many rows there are."""
    version = plan_to_fill(assessment.partnership)
    if version is None:
        raise NoDraftToFill
    return take_over_offers(version, NEEDS, {f"{OFFERED_AS}{key}" for key in needs}, actor=actor)


def remember_taken(assessment: SelfAssessment, rows: Mapping[str, str], *, plan_id: int, actor: User) -> None:
    """``rows``: the id of the plan's row by the key of the need."""
    _wait_for(assessment)
    taken = {need: {"plan": plan_id, "row": row} for need, row in rows.items()}
    assessment.accepted_need_rows = {**assessment.accepted_need_rows, **taken}
    audit.record(
        AssessmentEvent.NEEDS_TAKEN,
        assessment,
        actor=actor,
        **remembered_principal(assessment.partnership, actor),
        needs=sorted(rows),
        plan_id=plan_id,
    )


def areas_left(assessment: SelfAssessment) -> list[Area]:
    """Areas that nobody has looked at yet, or with a statement that has no answer."""
    return [area for area in the_questionnaire().areas if not is_answered(assessment, area)]


def is_answered(assessment: SelfAssessment, area: Area) -> bool:
    row = assessment.area(area.code)
    if row is None or row.saved_at is None:
        return False
    return all(statement.key in row.answers for statement in area.statements)


# --- Parts of it -----------------------------------------------------------------------------------------


def _area_like(area: Area, before: SelfAssessment | None) -> AssessmentArea:
    old = before.area(area.code) if before else None
    known = {one.key: old.answers[one.key] for one in area.statements if old and one.key in old.answers}
    return AssessmentArea(
        area=area.code, answers=known, note=old.note if old else None, score=score_of(known)
    )


def _row_of(assessment: SelfAssessment, area: Area) -> AssessmentArea:
    """One that the questionnaire got since this was begun is added."""
    row = assessment.area(area.code)
    if row is None:
        row = AssessmentArea(area=area.code, answers={})
        assessment.areas.append(row)
        db.session.flush()
    return row


def _facts(area: Area, row: AssessmentArea) -> dict[str, object]:
    said = " · ".join(str(row.answers.get(one.key, "–")).replace("unknown", "?") for one in area.statements)
    return {"answers": said, "score": row.score}


def _hold(assessment: SelfAssessment) -> None:
    """Whoever saves waits for whoever is saving, and then sees what they saved."""
    hold(assessment.partnership)
    _wait_for(assessment)
    if assessment.is_finished:
        raise AlreadyFinished


def _wait_for(assessment: SelfAssessment) -> None:
    db.session.execute(select(SelfAssessment.id).where(SelfAssessment.id == assessment.id).with_for_update())
    fresh = select(AssessmentArea).where(AssessmentArea.assessment_id == assessment.id)
    db.session.refresh(assessment, ["taken_on", "finished_at", "accepted_need_rows"])
    db.session.scalars(fresh.execution_options(populate_existing=True)).all()
