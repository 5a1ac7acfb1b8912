"""The seven tasks of a partnership, and the office's waivers."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID
from tasks import services
from tasks.forms import WaiveForm
from tasks.page import task_page
from tasks.rules import TaskCode
from tasks.words import task_help, task_label

bp = Blueprint("tasks", __name__)
ADDRESS = f"/partnerships/<{ID}:partnership_id>/tasks"


@bp.get(ADDRESS)
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def of_partnership(partnership: Partnership) -> ResponseReturnValue:
    page = task_page(partnership, current_person())
    return render_template(
        "tasks/of_partnership.html", partnership=partnership, page=page, form=ConfirmForm()
    )


@bp.route(f"{ADDRESS}/<task>/waive", methods=["GET", "POST"])
@allowed_on(Permission.TASK_WAIVE, PARTNERSHIP)
def waive(partnership: Partnership, task: str) -> ResponseReturnValue:
    code, form = _task(task), WaiveForm()
    if form.validate_on_submit():
        try:
            services.waive(partnership, code, reason=form.reason.data or "", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The task is waived."), "success")
            return redirect(url_for(".of_partnership", partnership_id=partnership.id), 303)
    body = render_template(
        "tasks/waive.html", partnership=partnership, form=form, label=task_label(code), help=task_help(code)
    )
    return body, 422 if form.is_submitted() else 200


@bp.post(f"{ADDRESS}/<task>/ask-again")
@allowed_on(Permission.TASK_WAIVE, PARTNERSHIP)
def ask_again(partnership: Partnership, task: str) -> ResponseReturnValue:
    services.ask_again(partnership, _task(task), actor=current_person())
    flash(_("The task is asked for again."), "success")
    return redirect(url_for(".of_partnership", partnership_id=partnership.id), 303)


def _task(task: str) -> TaskCode:
    if task not in set(TaskCode):
        abort(404)
    return TaskCode(task)
