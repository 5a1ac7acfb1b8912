"""A year under way: its trainings with what became of each, the year in numbers, what goes on and what is shared."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission, can
from core import clock
from core.database import db
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, language, ngettext
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP
from plans.actions import Desk
from plans.editing.row_page import Attempt, RowPage
from plans.errors import RowIsGone
from plans.forms.editing import RowForm
from plans.forms.years import SharedForm
from plans.merging.threeway import CellConflict, Merge
from plans.models import PlanVersion
from plans.services import years as services
from plans.sources import VERSION
from plans.views.blueprint import bp, to_plan
from plans.years.figures_page import FiguresPage, far_from_general
from plans.years.list_page import YearPage
from plans.years.results import ResultPage
from plans.years.years_page import YearsPage


@bp.get("/plans/<int:version_id>/year", endpoint="year")
@allowed_on(Permission.PLAN_READ, VERSION)
def trainings(version: PlanVersion) -> ResponseReturnValue:
    if version.plan.is_general:
        return to_plan(version)
    desk = Desk(version, current_person())
    page = YearPage(version)
    return render_template(
        "plans/years/trainings.html",
        version=version,
        page=page,
        may_record=desk.may_edit and version.is_current,
        may_carry=version.is_current and desk.may(Permission.PLAN_EDIT) and page.can_carry,
        warnings=far_from_general(version) if desk.may(Permission.PLAN_EDIT) else [],
        form=ConfirmForm(),
    )


@bp.get("/plans/<int:version_id>/year/numbers", endpoint="year_numbers")
@allowed_on(Permission.PLAN_READ, VERSION)
def numbers(version: PlanVersion) -> ResponseReturnValue:
    if version.plan.is_general:
        return to_plan(version)
    return render_template("plans/years/numbers.html", version=version, page=FiguresPage(version))


# --- What became of one training ---------------------------------------------------------------------------


@bp.route("/plans/<int:version_id>/year/<row_uid>", methods=["GET", "POST"], endpoint="record_result")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def record(version: PlanVersion, row_uid: str) -> ResponseReturnValue:
    if version.plan.is_general or not version.is_editable:
        return to_plan(version)
    form = RowForm() if request.method == "POST" else RowForm(formdata=None)
    if request.method == "POST":
        form.validate_on_submit()
        return _save(ResultPage(version, row_uid, attempt=_attempt(form)), form)
    page = ResultPage.opened(version, row_uid)
    if page.row is None:
        flash(str(RowIsGone()), "info")
        return _to_year(version)
    return _answer(page, form)


def _save(page: ResultPage, form: RowForm) -> ResponseReturnValue:
    version, edit = page.version, page.edit
    if not edit.texts:
        flash(_("Nothing was changed, so nothing was saved."), "info")
        return _to_year(version, anchor=f"row-{page.uid}")
    try:
        outcome = services.record_result(version, edit, actor=current_person(), language=language())
    except DomainError as error:
        db.session.rollback()
        form.reject(error)
        return _answer(page, form)
    if outcome.problems:
        return _answer(page.with_problems(outcome.problems), form)
    if outcome.conflict:
        return _settle(page.as_whole_row(), outcome.conflict, form)
    joined = _("Saved. Somebody else changed other cells of this row meanwhile: both are in the plan.")
    flash(joined if outcome.is_joined else _("Saved."), "success")
    return _to_year(version, anchor=f"row-{page.uid}")


def _settle(page: RowPage, conflict: Merge, form: RowForm) -> ResponseReturnValue:
    """Somebody else said something else of it meanwhile: chosen in the row's own form, where all three stand."""
    cells = [one.name for one in conflict.conflicts if isinstance(one, CellConflict)]
    whole = page.after_conflict(cells) if cells else page.after_removal()
    return render_template("plans/edit/row.html", version=page.version, page=whole, form=form), form.status


def _answer(page: ResultPage, form: RowForm) -> ResponseReturnValue:
    return render_template("plans/years/result.html", version=page.version, page=page, form=form), form.status


def _attempt(form: RowForm) -> Attempt:
    sent = {name: request.form.getlist(name) for name in request.form if "." in name}
    return Attempt(sent, form.seen.data or "")


# --- On into the next year, and what is shared ---------------------------------------------------------------


@bp.post("/plans/<int:version_id>/carry-forward")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def carry_forward(version: PlanVersion) -> ResponseReturnValue:
    if version.plan.is_general:
        return to_plan(version)
    target, count = services.carry_forward(version, actor=current_person())
    year = target.plan.year_from
    if count:
        said = ngettext(
            "%(num)d training is in the plan for %(year)s now.",
            "%(num)d trainings are in the plan for %(year)s now.",
            count,
            year=year,
        )
    else:
        said = _("They were in the plan for %(year)s already.", year=year)
    return to_plan(target, said)


@bp.route("/plans/<int:version_id>/shared", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_EDIT, VERSION)
def shared(version: PlanVersion) -> ResponseReturnValue:
    if version.plan.is_general:
        return to_plan(version)
    plan = version.plan
    form = SharedForm(totals=plan.totals_shared, animator=plan.shared_with_animator)
    if form.validate_on_submit():
        try:
            services.choose_shared(
                version,
                totals=bool(form.totals.data),
                animator=bool(form.animator.data),
                actor=current_person(),
            )
        except DomainError as error:
            form.reject(error)
        else:
            return to_plan(version, _SAID[plan.totals_shared, plan.shared_with_animator]())
    return render_template("plans/years/shared.html", version=version, form=form), form.status


_SAID: dict[tuple[bool, bool], Callable[[], str]] = {
    (False, False): lambda: _("Only you and your deputies can see anything of this plan now."),
    (True, False): lambda: _("The programme office sees the totals now, and nobody else sees the plan."),
    (False, True): lambda: _("The animator can read this plan now."),
    (True, True): lambda: _("The animator can read this plan now, and the programme office sees the totals."),
}


# --- The years of a partnership ------------------------------------------------------------------------------


@bp.get("/partnerships/<int:partnership_id>/plans/annual")
@allowed_on(Permission.PLAN_START_YEAR, PARTNERSHIP)
def years_of(partnership: Partnership) -> ResponseReturnValue:
    may_declare = partnership.is_open and can(current_person(), Permission.YEAR_DECLARE, partnership)
    page = YearsPage(partnership, today=clock.today())
    return render_template(
        "plans/years/index.html",
        partnership=partnership,
        page=page,
        may_declare=may_declare,
        form=ConfirmForm(),
    )


@bp.post("/partnerships/<int:partnership_id>/plans/annual/<int:year>/declare")
@allowed_on(Permission.YEAR_DECLARE, PARTNERSHIP)
def declare_year(partnership: Partnership, year: int) -> ResponseReturnValue:
    services.declare_own_year(partnership, year=year, actor=current_person())
    return _to_years(partnership, _("It is noted that you keep the plan for %(year)s yourselves.", year=year))


@bp.post("/partnerships/<int:partnership_id>/plans/annual/<int:year>/withdraw")
@allowed_on(Permission.YEAR_DECLARE, PARTNERSHIP)
def withdraw_declaration(partnership: Partnership, year: int) -> ResponseReturnValue:
    services.withdraw_declaration(partnership, year=year, actor=current_person())
    return _to_years(partnership, _("The declaration for %(year)s is taken back.", year=year))


def _to_years(partnership: Partnership, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for(".years_of", partnership_id=partnership.id), 303)


def _to_year(version: PlanVersion, *, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".year", version_id=version.id, _anchor=anchor), 303)
