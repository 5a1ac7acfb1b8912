"""The page of saved views, and what their owner does with them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.policy import Permission
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from office.board.selection import only_known
from office.board_views import services
from office.board_views.forms import NewViewForm, ViewForm
from office.board_views.models import BoardView
from office.board_views.queries import view_by_id, views_for
from partnerships.views.blueprint import ID

bp = Blueprint("board_views", __name__, url_prefix="/office/board/views")

VIEW = Source(load=view_by_id, read=Permission.BOARD_VIEW_EDIT)
ONE = f"/<{ID}:view_id>"


@bp.route("", methods=["GET", "POST"])
@allowed(Permission.BOARD_READ)
def index() -> ResponseReturnValue:
    """A POST keeps a view: the board sends what its address asks."""
    form = NewViewForm()
    if form.validate_on_submit():
        try:
            view = services.keep_view(
                name=form.name.data,
                question=only_known(form.question.data or ""),
                is_shared=form.is_shared.data,
                is_default=form.is_default.data,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The view is saved."), "success")
            return redirect(f"{url_for('office.board')}?{view.question}", 303)
    page = render_template(
        "office/board_views/index.html",
        form=form,
        views=[(view, f"{url_for('office.board')}?{view.question}") for view in views_for(current_person())],
        own_id=current_person().id,
    )
    return page, form.status


@bp.route(ONE, methods=["GET", "POST"])
@allowed_on(Permission.BOARD_VIEW_EDIT, VIEW)
def edit(view: BoardView) -> ResponseReturnValue:
    form = ViewForm(obj=view)
    if form.validate_on_submit():
        try:
            services.change_view(
                view,
                name=form.name.data,
                is_shared=form.is_shared.data,
                is_default=form.is_default.data,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".index"), 303)
    page = render_template("office/board_views/edit.html", form=form, view=view, confirm=ConfirmForm())
    return page, form.status


@bp.post(f"{ONE}/remove")
@allowed_on(Permission.BOARD_VIEW_EDIT, VIEW)
def remove(view: BoardView) -> ResponseReturnValue:
    services.remove_view(view, actor=current_person())
    flash(_("The view is removed."), "success")
    return redirect(url_for(".index"), 303)
