"""What runs by itself: how each job stands, and a button to run it now."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission, can
from core import audit
from core.forms import ConfirmForm
from core.i18n import _
from core.jobs import known_jobs
from core.jobs.running import make_rows, request_run
from core.jobs.states import job_states, process_state
from office.events import OfficeEvent
from programme.queries import the_programme

bp = Blueprint("jobs", __name__, url_prefix="/office/jobs")


@bp.get("")
@allowed(Permission.JOBS_RUN)
def index() -> ResponseReturnValue:
    process = process_state()
    states = job_states(current_app, process_is_away=process.is_away)
    return render_template(
        "office/jobs.html",
        process=process,
        in_trouble=[state for state in states if state.needs_somebody],
        others=[state for state in states if not state.needs_somebody],
        is_office=can(current_person(), Permission.BOARD_READ),
        form=ConfirmForm(),
    )


@bp.post("/run")
@allowed(Permission.JOBS_RUN)
def run() -> ResponseReturnValue:
    """Nothing runs in the request: the process that runs jobs takes it up, under its lease."""
    job = known_jobs(current_app).get(request.form.get("job", ""))
    if job is None:
        abort(404)
    make_rows([job])
    if request_run(job.name):
        audit.record(OfficeEvent.JOB_REQUESTED, the_programme().row, actor=current_person(), job=job.name)
    flash(_("The job was asked for. It begins within seconds; its result stands here then."), "success")
    return redirect(url_for(".index"), 303)
