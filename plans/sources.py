"""How guarded views load what an address names, and who may know that it exists."""

from accounts.guards import Source
from accounts.policy import Permission
from plans.models import PlanImport, PlanVersion, ReviewComment
from plans.queries import comment_by_id, upload_by_id, version_by_id

VERSION: Source[PlanVersion] = Source(version_by_id, Permission.PLAN_READ)
UPLOAD: Source[PlanImport] = Source(upload_by_id, Permission.PLAN_EDIT)
COMMENT: Source[ReviewComment] = Source(comment_by_id, Permission.PLAN_READ)
