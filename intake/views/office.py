"""The office's page of files: bring records, take the register away, take templates."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from accounts.guards import allowed
from accounts.policy import Permission
from core import clock
from core.downloads import to_keep
from core.i18n import _
from core.uploads import sent_file, takes_files
from core.workbooks.export import write_sheets
from intake.columns import sheet_of
from intake.forms import RecordsForm
from intake.models import RecordKind
from intake.queries import imports_of, register_rows
from intake.register_sheets import register_parts
from intake.services import XLSX
from intake.targets import TARGETS, target_of
from intake.views.blueprint import bp, exported, most_bytes, received
from programme.queries import the_programme


@bp.route("/office/files", methods=["GET", "POST"])
@allowed(Permission.RECORDS_IMPORT)
@takes_files(most_bytes)
def index() -> ResponseReturnValue:
    form = RecordsForm()
    form.offer(list(TARGETS))
    file = sent_file(form.file)
    if form.validate_on_submit() and file:
        return received(RecordKind(form.kind.data), file, None)
    return render_template(
        "intake/index.html", form=form, imports=imports_of(None), targets=list(TARGETS.values())
    ), form.status


@bp.get("/office/files/template.xlsx")
@allowed(Permission.RECORDS_IMPORT)
def template() -> ResponseReturnValue:
    """An empty workbook with the columns of one kind of records, ``?kind=meetings``."""
    kind = request.args.get("kind", RecordKind.REGISTER.value)
    if kind not in {one.value for one in TARGETS}:
        abort(404)
    target = target_of(RecordKind(kind))
    columns = [column for column in target.columns if column.is_told]
    data = sheet_of(target.kind.label, columns).blank()
    name = "-".join(("gromada", _("template"), f"{kind}.xlsx"))
    return to_keep(data, name=name, content_type=XLSX)


@bp.get("/office/register.xlsx")
@allowed(Permission.RECORDS_IMPORT)
def register_export() -> Response:
    """The whole register: first the list as the import takes it, then a sheet for each kind of record."""
    rows, target = register_rows(), target_of(RecordKind.REGISTER)
    data = write_sheets([sheet_of(target.kind.label, target.columns).part(rows), *register_parts()])
    name = "-".join(("gromada", _("register"), f"{clock.today().isoformat()}.xlsx"))
    return exported(data, name, the_programme().row, {"kind": "register", "rows": len(rows)})
