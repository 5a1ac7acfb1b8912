"""A talk instead of another round, once a plan came back more than once."""

from typing import NamedTuple

from flask import url_for

from accounts.policy import Permission, can
from core.i18n import _
from plans.actions import Desk
from plans.workflow import PlanStatus
from programme.queries import the_programme

BEFORE_APPROVAL = frozenset(
    {PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW, PlanStatus.RETURNED}
)


class Talk(NamedTuple):
    """Suggested to both sides; each with the way that is theirs."""

    text: str
    label: str
    url: str


def talk_suggested(desk: Desk) -> Talk | None:
    version = desk.version
    is_often = version.returns >= the_programme().settings.return_talk_after
    if not (is_often and version.is_current and version.status in BEFORE_APPROVAL):
        return None
    partnership, person = version.partnership, desk.person
    if can(person, Permission.ADVICE_ASK, partnership):
        text = _(
            "The plan came back %(count)s times. Talk it over with your animator: it counts as remote advice.",
            count=version.returns,
        )
        return Talk(text, _("Ask for a talk"), url_for("advice.ask", partnership_id=partnership.id))
    if can(person, Permission.ADVICE_CALL, partnership):
        text = _(
            "The plan came back %(count)s times. Talk it over with its leader: it counts as remote advice.",
            count=version.returns,
        )
        return Talk(text, _("Call the leader"), url_for("advice.call", partnership_id=partnership.id))
    return None
