"""One button for the whole way from a checked workbook to the animator."""

from accounts.models import User
from plans.models import PlanImport
from plans.services.flow import submit_plan
from plans.services.uploads import apply_upload


def apply_and_submit(upload: PlanImport, *, actor: User, publish_on_approval: bool = False) -> None:
    """Apply the workbook and submit the plan, both or neither: the request is rolled back when either says no."""
    apply_upload(upload, actor=actor)
    submit_plan(upload.version, actor=actor, publish_on_approval=publish_on_approval)
