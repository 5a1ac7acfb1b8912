"""Taking rows over from elsewhere: what this package and others offer to a sheet."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core.database import db
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from core.paging import page_number
from plans.editing.around import Around
from plans.editing.offers import Wanted, has_offers, offers_for
from plans.models import PlanVersion
from plans.services import editing
from plans.sources import VERSION
from plans.views.blueprint import bp, to_plan
from plans.views.editing import sheet_called


@bp.route("/plans/<int:version_id>/edit/<sheet_key>/offers", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_EDIT, VERSION)
def offered_rows(version: PlanVersion, sheet_key: str) -> ResponseReturnValue:
    sheet = sheet_called(version, sheet_key)
    if not version.is_editable:
        return to_plan(version)
    back = redirect(url_for(".edit_sheet", version_id=version.id, sheet_key=sheet.key), 303)
    if not has_offers(version.plan, sheet):
        return back
    form = ConfirmForm()
    if not form.validate_on_submit():
        wanted = Wanted({name: text for name, text in request.args.items() if text}, page_number())
        groups = offers_for(version, sheet.key, wanted)
        page = Around(version, sheet)
        return render_template("plans/edit/offers.html", version=version, page=page, groups=groups, form=form)
    ticked = set(request.form.getlist("take"))
    try:
        count = editing.take_over_offers(version, sheet.key, ticked, actor=current_person())
    except DomainError as error:
        db.session.rollback()
        flash(str(error), "danger")
        return back
    if count:
        added = ngettext("One row is added.", "%(num)d rows are added.", count)
        flash(" ".join((added, _("Open each and fill in what is still missing."))), "success")
    elif ticked:
        flash(_("What was ticked is in the plan already, so nothing was added."), "info")
    else:
        flash(_("Nothing was ticked, so nothing was taken over."), "info")
    return back
