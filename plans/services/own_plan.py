"""The annual plan: the leader's own, in use for a year, shared for feedback if they wish."""

from accounts.models import User
from core import audit, clock
from core.database import db, write_at_once
from plans import notices
from plans.checking import draft_findings
from plans.errors import ErrorsLeft, NotNow, ReasonNeeded
from plans.events import PlanEvent
from plans.models import PlanVersion
from plans.services.flow import draft_after, supersede
from plans.services.shared import acts_for, freeze, move, workflow_of
from plans.services.writing import replace_rows
from plans.workflow import PlanAction, PlanStatus


def put_in_use(version: PlanVersion, *, actor: User) -> PlanVersion:
    """The year begins; gives back the version it is recorded in.

    A draft needs the same order as a submission, but nobody else's decision. What was approved stays as it was: the
    next version goes on from it.
    """
    workflow_of(version).after(PlanAction.PUT_IN_USE, version.status)
    if version.status is PlanStatus.DRAFT:
        ready, errors = draft_findings(version).ready_to_submit()
        if errors:
            raise ErrorsLeft(len(errors))
        replace_rows(version, ready)
        move(version, PlanAction.PUT_IN_USE)
        used = version
    else:
        used = draft_after(version)
        if version.status is PlanStatus.PUBLISHED:
            supersede(version)
        db.session.flush()  # its rows first
        write_at_once(used, status=PlanStatus.IN_USE, status_since=clock.now())
    _record(PlanEvent.PUT_IN_USE, used, actor)
    return used


def close_year(version: PlanVersion, *, actor: User) -> None:
    """Nothing changes any more; the hash says what the year came to."""
    freeze(version)
    move(version, PlanAction.CLOSE)
    _record(PlanEvent.CLOSED, version, actor)


def share(version: PlanVersion, *, shared: bool, actor: User) -> None:
    """Let the animator read it, or stop that."""
    if version.plan.shared_with_animator == shared:
        return
    version.plan.shared_with_animator = shared
    if not shared:
        version.feedback_requested_at = None
    _record(PlanEvent.SHARED if shared else PlanEvent.UNSHARED, version, actor)


def request_feedback(version: PlanVersion, *, actor: User) -> None:
    """Ask the animator to look at it; asking shares it."""
    if version.status is PlanStatus.CLOSED:
        raise NotNow
    version.plan.shared_with_animator = True
    version.feedback_requested_at, version.feedback_given_at = clock.now(), None
    _record(PlanEvent.FEEDBACK_REQUESTED, version, actor)
    notices.tell_feedback_wanted(version, actor=actor)


def give_feedback(version: PlanVersion, *, text: str, actor: User) -> None:
    """The animator's advice: no decision, and nothing waits for it."""
    if not text:
        raise ReasonNeeded
    if not version.plan.shared_with_animator:
        raise NotNow
    version.feedback, version.feedback_given_at = text, clock.now()
    _record(PlanEvent.FEEDBACK_GIVEN, version, actor)
    notices.tell_feedback_given(version, actor=actor)


def _record(event: PlanEvent, version: PlanVersion, actor: User) -> None:
    audit.record(event, version, actor=actor, on_behalf_of=acts_for(version, actor), number=version.number)
