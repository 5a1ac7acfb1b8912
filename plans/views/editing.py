"""Writing a plan in the browser: a sheet as a list of its rows, and one row as a form."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core.database import db
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, language
from plans.definitions import Layout, SheetDefinition
from plans.editing.row_page import Attempt, RowPage
from plans.editing.row_remarks import save_answers, sent_answers
from plans.editing.rows import row_in
from plans.editing.sheet_page import SheetPage
from plans.errors import AnswerRefused, ChooseFirst
from plans.forms.editing import RowForm
from plans.merging.threeway import CellConflict, Taken
from plans.models import PlanVersion
from plans.services import editing
from plans.sources import VERSION
from plans.templates import definition_of
from plans.views.blueprint import bp, to_plan
from plans.workbooks.order import NEW_ROW

CHOICE = "choice."


@bp.route("/plans/<int:version_id>/edit/<sheet_key>", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_EDIT, VERSION)
def edit_sheet(version: PlanVersion, sheet_key: str) -> ResponseReturnValue:
    """A sheet that holds one record is its form at once. A POST does something with a row as a whole."""
    sheet = sheet_called(version, sheet_key)
    if request.method == "POST":
        return _arrange(version, sheet)
    if not version.is_editable:
        return to_plan(version)
    if sheet.layout is Layout.RECORD:
        return _answer(RowPage(version, sheet, _record_uid(version, sheet)), RowForm(formdata=None))
    page = SheetPage(version, sheet).with_removed(request.args.get("removed", ""))
    return render_template("plans/edit/sheet.html", version=version, page=page, form=ConfirmForm())


@bp.route("/plans/<int:version_id>/edit/<sheet_key>/<row_uid>", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_EDIT, VERSION)
def edit_row(version: PlanVersion, sheet_key: str, row_uid: str) -> ResponseReturnValue:
    sheet = sheet_called(version, sheet_key)
    if request.method == "POST":
        return _save(version, sheet, row_uid)
    if not version.is_editable:
        return to_plan(version)
    is_there = row_uid == NEW_ROW or row_in(version.rows, sheet.key, row_uid)
    if sheet.layout is Layout.RECORD:
        return redirect(url_for(".edit_sheet", version_id=version.id, sheet_key=sheet.key), 303)
    if not is_there:
        abort(404)
    like = request.args.get("like", "") if row_uid == NEW_ROW else ""
    return _answer(RowPage(version, sheet, row_uid, like=like), RowForm(formdata=None))


def _save(version: PlanVersion, sheet: SheetDefinition, row_uid: str) -> ResponseReturnValue:
    """A row that is not there any more is no mistake of whoever was writing in it: nothing of it gets lost."""
    form = RowForm()
    form.validate_on_submit()
    like = form.like.data or ""
    page = RowPage(version, sheet, row_uid, like=like, attempt=_attempt(form))
    if page.attempt.undecided:
        form.reject(ChooseFirst())
        return _answer(page, form)
    if any(one.error for one in page.remarks):
        form.reject(AnswerRefused())
        return _answer(page, form)
    edit = page.edit
    if not edit.texts and not edit.put_back:
        answered = save_answers(page.remarks, actor=current_person())
        nothing = _("Nothing was changed, so nothing was saved.")
        flash(_("Saved.") if answered else nothing, "success" if answered else "info")
        return _onwards(page, form, row_uid)
    try:
        outcome = editing.write_row(version, edit, actor=current_person(), language=language())
        if outcome.is_written:
            save_answers(page.remarks, actor=current_person())
    except DomainError as error:
        db.session.rollback()
        form.reject(error)
        return _answer(page, form)
    if outcome.problems:
        return _answer(
            RowPage(version, sheet, row_uid, like=like, attempt=page.attempt, problems=outcome.problems), form
        )
    if outcome.conflict:
        cells = [one.name for one in outcome.conflict.conflicts if isinstance(one, CellConflict)]
        return _answer(page.after_conflict(cells) if cells else page.after_removal(), form)
    joined = _("Saved. Somebody else changed other cells of this row meanwhile: both are in the plan.")
    flash(joined if outcome.is_joined else _("Saved."), "success")
    return _onwards(page, form, outcome.row_uid)


def _onwards(page: RowPage, form: RowForm, saved: str) -> ResponseReturnValue:
    """To the next row where that was wanted, else to the row in its list."""
    names: dict[str, Any] = {"version_id": page.version.id, "sheet_key": page.sheet.key}
    if form.then.data == "next" and not page.is_record:
        return redirect(url_for(".edit_row", **names, row_uid=page.next_uid), 303)
    if form.then.data == "next" and page.next_sheet:
        return redirect(
            url_for(".edit_sheet", version_id=page.version.id, sheet_key=page.next_sheet.key), 303
        )
    anchor = None if page.is_record or saved == NEW_ROW else f"row-{saved}"
    return redirect(url_for(".edit_sheet", **names, _anchor=anchor), 303)


def _answer(page: RowPage, form: RowForm) -> ResponseReturnValue:
    return render_template("plans/edit/row.html", version=page.version, page=page, form=form), form.status


def _attempt(form: RowForm) -> Attempt:
    sent = {name: request.form.getlist(name) for name in request.form if "." in name}
    chosen = {
        name.removeprefix(CHOICE): Taken(value)
        for name, value in request.form.items()
        if name.startswith(CHOICE) and value in set(Taken)
    }
    return Attempt(
        sent,
        form.seen.data or "",
        form.began.data or "",
        tuple(request.form.getlist("disputed")),
        chosen,
        put_back="put_back" in request.form,
        answers=sent_answers(request.form.items()),
    )


# --- Rows as a whole -------------------------------------------------------------------------------------


def _arrange(version: PlanVersion, sheet: SheetDefinition) -> ResponseReturnValue:
    """``do`` is what shall be done and the row's id: ``up:…``, ``down:…``, ``remove:…`` or ``put-back:…``."""
    ConfirmForm().validate_on_submit()
    deed, _colon, row_uid = request.form.get("do", "").partition(":")
    names: dict[str, Any] = {"version_id": version.id, "sheet_key": sheet.key}
    if sheet.layout is Layout.RECORD or deed not in _DEEDS:
        return redirect(url_for(".edit_sheet", **names), 303)
    try:
        after = _DEEDS[deed](version, sheet, row_uid)
    except DomainError as error:
        db.session.rollback()
        flash(str(error), "danger")
        after = {}
    return redirect(url_for(".edit_sheet", **names, **after), 303)


def _move_up(version: PlanVersion, sheet: SheetDefinition, row_uid: str) -> dict[str, Any]:
    editing.move_row(version, sheet.key, row_uid, by=-1, actor=current_person())
    return {"_anchor": f"row-{row_uid}"}


def _move_down(version: PlanVersion, sheet: SheetDefinition, row_uid: str) -> dict[str, Any]:
    editing.move_row(version, sheet.key, row_uid, by=1, actor=current_person())
    return {"_anchor": f"row-{row_uid}"}


def _remove(version: PlanVersion, sheet: SheetDefinition, row_uid: str) -> dict[str, Any]:
    seen = RowPage(version, sheet, row_uid, attempt=Attempt(seen=request.form.get("seen", ""))).edit.base
    editing.remove_row(version, sheet.key, row_uid, seen=seen, actor=current_person())
    return {"removed": row_uid}


def _put_back(version: PlanVersion, sheet: SheetDefinition, row_uid: str) -> dict[str, Any]:
    editing.put_row_back(version, sheet.key, row_uid, actor=current_person())
    flash(_("The row is back."), "success")
    return {"_anchor": f"row-{row_uid}"}


_DEEDS: dict[str, Callable[[PlanVersion, SheetDefinition, str], dict[str, Any]]] = {
    "up": _move_up,
    "down": _move_down,
    "remove": _remove,
    "put-back": _put_back,
}


def sheet_called(version: PlanVersion, sheet_key: str) -> SheetDefinition:
    found = next((one for one in definition_of(version).content_sheets if one.key == sheet_key), None)
    return found or abort(404)


def _record_uid(version: PlanVersion, sheet: SheetDefinition) -> str:
    rows = version.rows.rows(sheet.key)
    return rows[0].row_uid if rows else NEW_ROW
