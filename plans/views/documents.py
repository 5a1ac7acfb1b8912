"""A plan to take away: as PDF and as CSV. Its workbook is the business of ``workbooks``."""

from flask import Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on
from accounts.policy import Permission
from core.downloads import to_keep
from core.i18n import language
from plans.documents.plan_csv import plan_csv
from plans.documents.plan_pdf import plan_pdf
from plans.downloads import Download
from plans.models import PlanVersion
from plans.sources import VERSION
from plans.views.blueprint import bp
from plans.workflow import PlanStatus

MIMETYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("/plans/<int:version_id>/plan.pdf")
@allowed_on(Permission.PLAN_READ, VERSION)
def as_pdf(version: PlanVersion) -> ResponseReturnValue:
    return attachment(plan_pdf(version, address=_public_address(version)))


@bp.get("/plans/<int:version_id>/plan.csv")
@allowed_on(Permission.PLAN_READ, VERSION)
def as_csv(version: PlanVersion) -> ResponseReturnValue:
    """Everything in one long table, or one sheet: ``?sheet=lines``."""
    file = plan_csv(version, sheet=request.args.get("sheet"))
    return attachment(file) if file else abort(404)


def attachment(file: Download) -> Response:
    """To be kept under its name, of the kind that its name says."""
    return to_keep(file.data, name=file.name, content_type=MIMETYPES[file.name.rpartition(".")[2]])


def _public_address(version: PlanVersion) -> str | None:
    if version.status is not PlanStatus.PUBLISHED or not version.plan.is_general:
        return None
    place = version.partnership.municipality.address_name
    return f"{current_app.config['PUBLIC_URL']}{url_for('public.plan', lang=language(), place=place)}"
