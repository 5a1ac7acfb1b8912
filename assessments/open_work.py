"""Self-assessments that a new leader finds begun."""

from accounts.models import User
from assessments.models import SelfAssessment
from assessments.queries import open_assessment
from assessments.steps import steps_of
from core.i18n import LazyString, _
from partnerships.handovers.open_work import OpenWork
from partnerships.models import Partnership


def begun_assessments(partnership: Partnership, former: User | None) -> list[OpenWork]:
    """They follow the rights by themselves."""
    begun = open_assessment(partnership)
    return [OpenWork(_standing(begun))] if begun is not None else []


def _standing(assessment: SelfAssessment) -> LazyString:
    steps = steps_of(assessment)
    done = sum(not step.is_left for step in steps)
    return LazyString(
        lambda: _("Self-assessment: %(done)s of %(all)s areas are answered", done=done, all=len(steps))
    )
