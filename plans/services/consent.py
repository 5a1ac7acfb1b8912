"""The consent to publish, given before the decision: who may give it, whether it still stands, taking it back."""

from accounts.models import User
from accounts.policy import Permission, can
from core import audit, clock
from plans.errors import ConsentIsTheirs, NotCurrent, NotNow
from plans.events import PlanEvent
from plans.models import PlanVersion
from plans.services.shared import acts_for
from plans.workflow import AWAITING_REVIEW, PlanStatus


def may_consent(version: PlanVersion, person: User) -> bool:
    """Whether this person may have the plan published in their own name. The office acts for others: it may not."""
    becomes_public = version.plan.is_general and version.status in {PlanStatus.DRAFT, *AWAITING_REVIEW}
    return becomes_public and version.is_current and can(person, Permission.PLAN_CONSENT, version)


def give_consent(version: PlanVersion, *, actor: User) -> None:
    """Have the plan published, in one's own name, as soon as it is approved. Until then it can be taken back."""
    _before_the_decision(version, actor)
    if consenting_person(version) is None:
        version.publish_on_approval_at, version.publish_on_approval_by_id = clock.now(), actor.id
        _record(PlanEvent.CONSENTED, version, actor)


def take_consent_back(version: PlanVersion, *, actor: User) -> None:
    """Whoever may give the consent may take it back, so that a leader is not bound by a deputy."""
    _before_the_decision(version, actor)
    if version.publish_on_approval_at is None:
        raise NotNow
    clear_consent(version)
    _record(PlanEvent.CONSENT_TAKEN_BACK, version, actor)


def _record(event: PlanEvent, version: PlanVersion, actor: User) -> None:
    audit.record(event, version, actor=actor, on_behalf_of=acts_for(version, actor), number=version.number)


def clear_consent(version: PlanVersion) -> None:
    """It was given for this content as it was handed over: when the plan goes back, it is gone."""
    version.publish_on_approval_at = version.publish_on_approval_by_id = None


def consenting_person(version: PlanVersion) -> User | None:
    """Who publishes with the approval: the person who asked for it, if they may still publish today."""
    if version.publish_on_approval_at is None:
        return None
    today, partnership = clock.today(), version.partnership
    people = [partnership.leader(today), *partnership.deputies(today)]
    asked = next((one for one in people if one and one.id == version.publish_on_approval_by_id), None)
    return asked if can(asked, Permission.PLAN_CONSENT, version) else None


def _before_the_decision(version: PlanVersion, actor: User) -> None:
    if not version.is_current:
        raise NotCurrent
    if version.status not in AWAITING_REVIEW:
        raise NotNow
    if not may_consent(version, actor):
        raise ConsentIsTheirs
