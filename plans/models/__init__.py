"""Plans, their versions and rows, uploads and remarks."""

from plans.models.remarks import (
    OPEN_COMMENTS,
    UNSETTLED,
    AnswerKind,
    CommentState,
    EarlierAnswer,
    ReviewComment,
)
from plans.models.templates import PlanTemplate, TemplateStatus
from plans.models.uploads import ImportFinding, ImportPurpose, ImportStatus, PlanImport
from plans.models.versions import OfVersion, Plan, PlanEntry, PlanVersion
from plans.models.years import CarriedTraining, TrainingMove, YearDeclaration

__all__ = [
    "OPEN_COMMENTS",
    "UNSETTLED",
    "AnswerKind",
    "CarriedTraining",
    "CommentState",
    "EarlierAnswer",
    "ImportFinding",
    "ImportPurpose",
    "ImportStatus",
    "OfVersion",
    "Plan",
    "PlanEntry",
    "PlanImport",
    "PlanTemplate",
    "PlanVersion",
    "ReviewComment",
    "TemplateStatus",
    "TrainingMove",
    "YearDeclaration",
]
