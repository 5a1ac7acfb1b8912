"""Publication: the consent before the decision, the page before the button, the final file."""

from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core.i18n import _
from plans.models import PlanVersion
from plans.services import consent as consents
from plans.sources import VERSION
from plans.views.blueprint import bp, to_plan


@bp.post("/plans/<int:version_id>/publish-on-approval")
@allowed_on(Permission.PLAN_CONSENT, VERSION)
def consent(version: PlanVersion) -> ResponseReturnValue:
    consents.give_consent(version, actor=current_person())
    return to_plan(version, _("The plan is published in your name as soon as it is approved."))


@bp.post("/plans/<int:version_id>/publish-on-approval/take-back")
@allowed_on(Permission.PLAN_CONSENT, VERSION)
def take_consent_back(version: PlanVersion) -> ResponseReturnValue:
    consents.take_consent_back(version, actor=current_person())
    return to_plan(
        version, _("The plan is not published with the approval: you publish it yourself afterwards.")
    )
