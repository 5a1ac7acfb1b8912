"""The way through an open self-assessment: area by area, what is answered and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import SelfAssessment
from assessments.questionnaire import NEED_AREAS, Area
from assessments.services import is_answered, the_questionnaire
from core.i18n import _, _l, language
from core.labels import LabelledEnum, Tone
from programme.queries import the_programme


class StepState(LabelledEnum):
    """Never stored: it follows from the answers."""

    ANSWERED = "answered", _l("Answered"), Tone.SUCCESS
    BEGUN = "begun", _l("Begun"), Tone.WARNING
    CARRIED = "carried", _l("From the time before"), Tone.INFO
    EMPTY = "empty", _l("To answer"), Tone.NEUTRAL


@dataclass(frozen=True)
class Step:
    area: Area
    name: str
    number: int
    state: StepState
    said: str
    is_now: bool

    @property
    def title(self) -> str:
        """Its name as a heading begins."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def is_left(self) -> bool:
        return self.state is not StepState.ANSWERED


def steps_of(assessment: SelfAssessment, now: str = "") -> Sequence[Step]:
    code_list, spoken = the_programme().code_lists[NEED_AREAS], language()
    return [
        Step(
            area,
            code_list.label(area.code, spoken),
            number,
            _state(assessment, area),
            _said(assessment, area),
            area.code == now,
        )
        for number, area in enumerate(the_questionnaire().areas, start=1)
    ]


def _state(assessment: SelfAssessment, area: Area) -> StepState:
    row = assessment.area(area.code)
    if is_answered(assessment, area):
        return StepState.ANSWERED
    if row is not None and row.saved_at is not None:
        return StepState.BEGUN
    return StepState.CARRIED if row is not None and row.answers else StepState.EMPTY


def _said(assessment: SelfAssessment, area: Area) -> str:
    row = assessment.area(area.code)
    done = sum(one.key in row.answers for one in area.statements) if row is not None else 0
    return _("%(done)s of %(all)s statements", done=done, all=len(area.statements))
