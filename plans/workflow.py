"""The life of a plan as data. The whole state table of the domain stands here."""

from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.workflow import Step, Workflow


class PlanStatus(LabelledEnum):
    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL
    SUBMITTED = "submitted", _l("Submitted"), Tone.INFO
    IN_REVIEW = "in_review", _l("In review"), Tone.INFO
    RETURNED = "returned", _l("Returned for changes"), Tone.WARNING
    APPROVED = "approved", _l("Approved"), Tone.SUCCESS
    PUBLISHED = "published", _l("Published"), Tone.SUCCESS
    SUPERSEDED = "superseded", _l("Superseded"), Tone.NEUTRAL
    IN_USE = "in_use", _l("In use"), Tone.SUCCESS
    CLOSED = "closed", _l("Year closed"), Tone.NEUTRAL


class PlanAction(LabelledEnum):
    SUBMIT = "submit", _l("Submit for approval")
    WITHDRAW = "withdraw", _l("Withdraw")
    START_REVIEW = "start_review", _l("Start the review")
    RETURN = "return", _l("Return for changes")
    REVISE = "revise", _l("Start the changes")
    APPROVE = "approve", _l("Approve")
    PUBLISH = "publish", _l("Publish")
    REOPEN = "reopen", _l("Reopen")
    NEW_ROUND = "new_round", _l("Start a new version")
    SUPERSEDE = "supersede", _l("Supersede")
    PUT_IN_USE = "put_in_use", _l("Put in use")
    CLOSE = "close", _l("Close the year")


AWAITING_REVIEW = frozenset({PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW})

EDITABLE = frozenset({PlanStatus.DRAFT, PlanStatus.IN_USE})
"""Where rows may still change. The database itself refuses a change in any other status."""

OWN_STATUSES = frozenset({PlanStatus.IN_USE, PlanStatus.CLOSED})
"""Those that an annual plan reaches without anybody's approval."""

SEEN_BY_REVIEWER = frozenset(PlanStatus) - {PlanStatus.DRAFT}

_REVIEW = (
    Step(PlanAction.SUBMIT, {PlanStatus.DRAFT}, PlanStatus.SUBMITTED),
    Step(PlanAction.WITHDRAW, {PlanStatus.SUBMITTED}, PlanStatus.DRAFT),
    Step(PlanAction.START_REVIEW, {PlanStatus.SUBMITTED}, PlanStatus.IN_REVIEW),
    Step(PlanAction.RETURN, {PlanStatus.IN_REVIEW}, PlanStatus.RETURNED),
    Step(PlanAction.APPROVE, {PlanStatus.IN_REVIEW}, PlanStatus.APPROVED),
    Step(PlanAction.REVISE, {PlanStatus.RETURNED}, PlanStatus.DRAFT),
    Step(PlanAction.REOPEN, {PlanStatus.APPROVED}, PlanStatus.DRAFT),
)

REVIEWED_PLAN = Workflow(
    *_REVIEW,
    Step(PlanAction.PUBLISH, {PlanStatus.APPROVED}, PlanStatus.PUBLISHED),
    Step(PlanAction.NEW_ROUND, {PlanStatus.PUBLISHED}, PlanStatus.DRAFT),
    Step(PlanAction.SUPERSEDE, {PlanStatus.PUBLISHED}, PlanStatus.SUPERSEDED),
)

REVIEWED_YEAR = Workflow(
    *_REVIEW,
    Step(PlanAction.PUT_IN_USE, {PlanStatus.APPROVED, PlanStatus.PUBLISHED}, PlanStatus.IN_USE),
)
"""An annual plan where the programme asks for its approval. It is nobody's to read but its authors' and their animator's, so
it is put in use instead of published; earlier versions of this system published it."""

# The annual plan is the leader's own: nobody decides on it.
OWN_PLAN = Workflow(
    Step(PlanAction.PUT_IN_USE, {PlanStatus.DRAFT}, PlanStatus.IN_USE),
    Step(PlanAction.CLOSE, {PlanStatus.IN_USE}, PlanStatus.CLOSED),
)
