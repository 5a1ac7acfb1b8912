"""Publication together with the approval, as agreed before."""

from collections.abc import Sequence

from accounts.models import User
from core import audit, clock
from plans import notices
from plans.events import PlanEvent
from plans.models import PlanVersion, ReviewComment
from plans.services.consent import clear_consent, consenting_person
from plans.services.flow import make_public


def finish_approval(version: PlanVersion, advice: Sequence[ReviewComment], *, actor: User) -> None:
    """The end of an approval: the plan is published in the same step if somebody agreed to that and still may.

    The authors get one mail, which tells both.
    """
    asked_at, publisher = version.publish_on_approval_at, consenting_person(version)
    if asked_at is None:
        notices.tell_approved(version, advice, actor=actor)
    elif publisher is None:
        clear_consent(version)
        audit.record(PlanEvent.CONSENT_LAPSED, version, actor=None, number=version.number)
        notices.tell_approved(version, advice, actor=actor, lapsed=True)
    else:
        agreed_on = clock.local(asked_at).date().isoformat()
        make_public(version, PlanEvent.PUBLISHED_ON_APPROVAL, actor=publisher, consented_on=agreed_on)
        notices.tell_approved_and_published(version, advice, actor=actor, publisher=publisher)
