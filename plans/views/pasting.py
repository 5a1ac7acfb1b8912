"""Pasting rows from a spreadsheet into a sheet of a plan."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core.database import db
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import language, ngettext
from plans.corrections import Texts
from plans.definitions import Layout, SheetDefinition
from plans.editing.paste_page import PastePage
from plans.editing.pasting import pasted_rows
from plans.models import PlanVersion
from plans.services import editing
from plans.sources import VERSION
from plans.views.blueprint import bp, to_plan
from plans.views.editing import sheet_called


@bp.route("/plans/<int:version_id>/edit/<sheet_key>/paste", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_EDIT, VERSION)
def paste_rows(version: PlanVersion, sheet_key: str) -> ResponseReturnValue:
    """First what would be added is shown; nothing is kept in between but what stands in the form."""
    sheet = sheet_called(version, sheet_key)
    if not version.is_editable:
        return to_plan(version)
    if sheet.layout is Layout.RECORD:
        return redirect(url_for(".edit_sheet", version_id=version.id, sheet_key=sheet.key), 303)
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _answer(PastePage(version, sheet), form)
    try:
        pasted = pasted_rows(request.form.get("cells", ""), sheet)
        if "add" in request.form:
            return _added(version, sheet, pasted.texts(sheet))
    except DomainError as error:
        db.session.rollback()
        form.reject(error)
        return _answer(PastePage(version, sheet), form)
    return render_template(
        "plans/edit/paste.html", version=version, page=PastePage(version, sheet, pasted), form=form
    )


def _added(version: PlanVersion, sheet: SheetDefinition, texts: Texts) -> ResponseReturnValue:
    count = editing.add_rows(version, sheet.key, texts, actor=current_person(), language=language())
    flash(ngettext("One row is added.", "%(num)d rows are added.", count), "success")
    return redirect(url_for(".edit_sheet", version_id=version.id, sheet_key=sheet.key), 303)


def _answer(page: PastePage, form: ConfirmForm) -> ResponseReturnValue:
    return render_template("plans/edit/paste.html", version=page.version, page=page, form=form), form.status
