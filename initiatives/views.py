"""The office's side of initiatives: the list, one of them, and what is found out about it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.policy import Permission
from core import clock
from core.errors import DomainError
from core.i18n import _
from initiatives import queries, services
from initiatives.forms import ChangeInitiativeForm, FollowUpForm, InitiativeForm
from initiatives.models import Initiative

bp = Blueprint("initiatives", __name__)

ID = "int(max=2147483647)"
INITIATIVE_SOURCE = Source(load=queries.initiative_by_id, read=Permission.INITIATIVE_MANAGE)
manages = allowed_on(Permission.INITIATIVE_MANAGE, INITIATIVE_SOURCE)


@bp.get("/office/initiatives")
@allowed(Permission.INITIATIVE_MANAGE)
def index() -> ResponseReturnValue:
    return render_template(
        "initiatives/index.html", initiatives=queries.for_office(), limit=queries.follow_up_limit()
    )


@bp.route("/office/initiatives/new", methods=["GET", "POST"])
@allowed(Permission.INITIATIVE_MANAGE)
def enter() -> ResponseReturnValue:
    form = InitiativeForm(number=queries.next_number())
    if form.validate_on_submit():
        try:
            initiative = services.enter(form.content(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(initiative, _("Saved. Everybody can read it."))
    return render_template("initiatives/edit.html", initiative=None, form=form), form.status


@bp.get(f"/office/initiatives/<{ID}:initiative_id>")
@manages
def show(initiative: Initiative) -> ResponseReturnValue:
    return render_template(
        "initiatives/show.html",
        initiative=initiative,
        updates=queries.updates_of(initiative),
        is_overdue=initiative.is_open and initiative.last_follow_up_on <= queries.follow_up_limit(),
    )


@bp.route(f"/office/initiatives/<{ID}:initiative_id>/edit", methods=["GET", "POST"])
@manages
def edit(initiative: Initiative) -> ResponseReturnValue:
    form = ChangeInitiativeForm(obj=initiative)
    if form.validate_on_submit():
        try:
            services.change(initiative, form.content(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(initiative, _("Saved."))
    return render_template("initiatives/edit.html", initiative=initiative, form=form), form.status


@bp.route(f"/office/initiatives/<{ID}:initiative_id>/follow-up", methods=["GET", "POST"])
@manages
def follow_up(initiative: Initiative) -> ResponseReturnValue:
    form = FollowUpForm.of(initiative)
    if form.validate_on_submit():
        try:
            services.follow_up(
                initiative,
                day=form.day.data or clock.today(),
                text=form.text.data or "",
                action=form.wanted_action(),
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(initiative, _("Saved. Whoever asked for news of initiatives is told."))
    return render_template("initiatives/follow_up.html", initiative=initiative, form=form), form.status


def _to(initiative: Initiative, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("initiatives.show", initiative_id=initiative.id), 303)
