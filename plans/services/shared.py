"""What every verb on a plan needs: the step, the frozen content, who acts for whom."""

from typing import Any

from accounts.models import User
from core import clock
from core.database import db, write_at_once
from core.workflow import Workflow
from partnerships import behalf
from partnerships.behalf import OnBehalf
from partnerships.errors import PartnershipClosed
from partnerships.models import Partnership
from plans.content import canonical_form, content_hash
from plans.errors import NotCurrent
from plans.models import PlanVersion
from plans.templates import definition_of
from plans.workflow import OWN_PLAN, OWN_STATUSES, REVIEWED_PLAN, REVIEWED_YEAR, PlanAction, PlanStatus
from programme.queries import the_programme


def workflow_of(version: PlanVersion) -> Workflow[PlanAction, PlanStatus]:
    """General plans are reviewed; annual ones where the programme says so. Each ends as it was begun, whatever
    the programme asks for since: one that was submitted, and one that was put in use.
    """
    if version.status in OWN_STATUSES:
        return OWN_PLAN
    if version.plan.is_general:
        return REVIEWED_PLAN
    needs_approval = the_programme().settings.annual_plan_requires_approval
    return REVIEWED_YEAR if needs_approval or version.round else OWN_PLAN


def move(version: PlanVersion, action: PlanAction, **facts: Any) -> None:
    """Take one step of the workflow; only the current version moves. ``facts``: who took it, and when."""
    if not version.is_current:
        raise NotCurrent
    check_partnership_open(version)
    target = workflow_of(version).after(action, version.status)
    db.session.flush()  # rows first: once the status is set, the database lets none of them change
    write_at_once(version, status=target, status_since=clock.now(), **facts)


def check_partnership_open(version: PlanVersion) -> None:
    """What a closed or merged partnership left is read, and no more than that."""
    if not version.partnership.is_open:
        raise PartnershipClosed


def freeze(version: PlanVersion) -> None:
    """Keep the canonical form and its hash: from here on everybody can tell whether a copy is this content."""
    definition = definition_of(version)
    version.content = canonical_form(version.rows, definition)
    version.content_hash = content_hash(version.rows, definition)


def acts_for(version: PlanVersion, actor: User) -> User | Partnership | None:
    """The leader, when somebody acts in their place; the partnership, when nobody leads it."""
    return behalf.acts_for(version.partnership, actor)


def on_behalf(version: PlanVersion, actor: User) -> OnBehalf | None:
    """The same as it is kept with the plan, and shown to everybody without a name."""
    principal = behalf.principal_of(version.partnership, actor)
    return principal.how if principal else None
