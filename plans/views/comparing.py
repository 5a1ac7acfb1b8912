"""Any two versions of a plan beside each other, on a page and as a workbook."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission, can
from core.i18n import _, language
from plans.comparing.page import Comparison, other_version
from plans.downloads import Download, file_name
from plans.models import PlanVersion
from plans.queries import versions_of
from plans.row_queries import load_rows
from plans.sources import VERSION
from plans.views.blueprint import bp
from plans.views.workbooks import attachment

MOST_DIGITS = 6


@bp.get("/plans/<int:version_id>/compare")
@allowed_on(Permission.PLAN_READ, VERSION)
def compare(version: PlanVersion) -> ResponseReturnValue:
    versions, comparison = _asked_for(version)
    return render_template(
        "plans/compare.html",
        version=version,
        versions=versions,
        comparison=comparison,
        side_by_side=request.args.get("view") == "side",
    )


@bp.get("/plans/<int:version_id>/compare.xlsx")
@allowed_on(Permission.PLAN_READ, VERSION)
def compare_workbook(version: PlanVersion) -> ResponseReturnValue:
    from plans.comparing.workbook import comparison_workbook  # late: openpyxl is large

    _versions, comparison = _asked_for(version)
    if comparison is None:
        return redirect(url_for(".compare", version_id=version.id))
    numbers = f"{comparison.earlier.number}-{comparison.later.number}"
    name = file_name(comparison.later, language(), part=_("differences %(versions)s", versions=numbers))
    return attachment(Download(name, comparison_workbook(comparison)))


def _asked_for(version: PlanVersion) -> tuple[list[PlanVersion], Comparison | None]:
    """With a version that is not there or not for this person there is nothing to compare: the same answer to both."""
    versions = [one for one in versions_of(version.plan) if can(current_person(), Permission.PLAN_READ, one)]
    asked = request.args.get("with", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) <= MOST_DIGITS):
        abort(404)
    other = other_version(version, versions, int(asked) if asked else None)
    if asked and other is None:
        abort(404)
    if other is None:
        return versions, None
    load_rows(version, other)
    return versions, Comparison.of(version, other)
