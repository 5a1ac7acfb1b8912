"""How guarded views load what an address names, and who may know that it exists."""

from accounts.guards import Source
from accounts.policy import Permission
from plans.models import CommentState, PlanImport, PlanVersion, ReviewComment
from plans.queries import comment_by_id, final_file_by_id, upload_by_id, version_by_id

VERSION: Source[PlanVersion] = Source(version_by_id, Permission.PLAN_READ)
UPLOAD: Source[PlanImport] = Source(upload_by_id, Permission.PLAN_EDIT)
FINAL_FILE: Source[PlanImport] = Source(final_file_by_id, Permission.PLAN_READ)
COMMENT: Source[ReviewComment] = Source(comment_by_id, Permission.PLAN_REVIEW)


def _sent_comment_by_id(comment_id: int) -> ReviewComment | None:
    """Before it is sent a remark is the reviewer's own: nobody else learns that there is one."""
    comment = comment_by_id(comment_id)
    return comment if comment is not None and comment.state is not CommentState.DRAFT else None


SENT_COMMENT: Source[ReviewComment] = Source(_sent_comment_by_id, Permission.PLAN_READ)
