"""Who the animators are and what each of them has; and the end of an assignment without a successor."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.models import User
from accounts.policy import Permission
from animators.people.forms import EndAssignmentForm
from animators.people.queries.ending import consequences_of
from animators.people.queries.people import animator_rows, assignment_rows
from animators.people.queries.profiles import profile_of
from animators.people.sources import ANIMATOR, ASSIGNMENT
from animators.people.views.blueprint import bp
from animators.people.words import ProfileState
from core import clock
from core.errors import DomainError
from core.i18n import _
from partnerships import services
from partnerships.models import AnimatorAssignment


@bp.get("")
@allowed(Permission.ANIMATOR_MANAGE)
def index() -> ResponseReturnValue:
    return render_template("animators/index.html", rows=animator_rows())


@bp.get("/<int:person_id>")
@allowed_on(Permission.ANIMATOR_MANAGE, ANIMATOR)
def show(person: User) -> ResponseReturnValue:
    return render_template(
        "animators/show.html",
        animator=person,
        rows=assignment_rows(person),
        profile=ProfileState.of(profile_of(person)),
        today=clock.today(),
    )


@bp.route("/assignments/<int:assignment_id>/end", methods=["GET", "POST"])
@allowed_on(Permission.ANIMATOR_MANAGE, ASSIGNMENT)
def end_assignment(assignment: AnimatorAssignment) -> ResponseReturnValue:
    """With what follows from it, before it is done. One that has not begun is taken back whole."""
    form = EndAssignmentForm(ends_on=clock.today())
    animator = assignment.animator
    if form.validate_on_submit():
        try:
            services.end_assignment(
                assignment,
                ends_on=form.ends_on.data or clock.today(),
                reason=form.reason.data,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The assignment is ended. Those concerned get a mail."), "success")
            return redirect(url_for(".show", person_id=animator.id), 303)
    return render_template(
        "animators/end_assignment.html",
        assignment=assignment,
        form=form,
        consequences=consequences_of(assignment, ends_on=form.ends_on.data or clock.today()),
        is_to_come=assignment.starts_on > clock.today(),
    ), form.status
