"""What happened during a leave, for whoever came back."""

from flask import render_template
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from animators.people.models import LeaveSummary
from animators.people.queries.leaves import meanwhile
from animators.people.sources import SUMMARY
from animators.people.views.blueprint import bp


@bp.get("/leaves/<int:summary_id>")
@allowed_on(Permission.LEAVE_READ, SUMMARY)
def leave(summary: LeaveSummary) -> ResponseReturnValue:
    found = meanwhile(summary, reader=current_person())
    return render_template("animators/leave.html", summary=summary, found=found)
