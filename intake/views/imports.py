"""One file: its columns, what was found, what would change, what came of it."""

from collections.abc import Mapping, Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core import storage
from core.downloads import to_keep
from core.errors import DomainError
from core.forms import ConfirmForm, SelectChoice
from core.i18n import _
from intake import services
from intake.columns import Column
from intake.forms import ApplyForm, ColumnsForm, SheetForm, columns_form
from intake.grid import HEADER_ROWS, GridSheet, headings, samples, sheets_of_data, signature
from intake.models import OPEN_STATES, ImportState, RecordImport
from intake.naming import Naming, guess, is_remembered
from intake.page import ImportPage
from intake.sources import IMPORT
from intake.targets import target_of
from intake.units import with_unit
from intake.views.blueprint import ID, bp, to_import

AT_ONCE = 300
"""Rows that are applied while the person waits; more are left to the job."""
LOOK_AGAIN = 2
"""Seconds after which a page about something under way is asked for again."""


@bp.get(f"/imports/<{ID}:import_id>")
@allowed_on(Permission.IMPORT_EDIT, IMPORT)
def show(upload: RecordImport) -> ResponseReturnValue:
    if upload.status is ImportState.UPLOADED:
        return to_import(upload)
    page = ImportPage(upload, current_person())
    form = ApplyForm(formdata=None, seen=page.outcome.fingerprint if page.is_checked else "")
    answer = Response(
        render_template(
            "intake/show.html", upload=upload, page=page, form=form, plain_form=ConfirmForm(formdata=None)
        )
    )
    if upload.status is ImportState.QUEUED or upload.invite:
        answer.headers["Refresh"] = str(LOOK_AGAIN)
    return answer


@bp.post(f"/imports/<{ID}:import_id>/apply")
@allowed_on(Permission.IMPORT_EDIT, IMPORT)
def apply(upload: RecordImport) -> ResponseReturnValue:
    form = ApplyForm()
    upload.invite = bool(form.invite.data)
    seen, actor = form.seen.data or "", current_person()
    try:
        if upload.rows_total > AT_ONCE:
            services.queue_import(upload, seen=seen, actor=actor)
        else:
            services.apply_import(upload, seen=seen, actor=actor)
    except DomainError as refusal:
        return _refused(upload, refusal)
    return redirect(url_for(".show", import_id=upload.id), 303)


def _refused(upload: RecordImport, refusal: DomainError) -> ResponseReturnValue:
    """Nothing was changed; the page shows how it stands now."""
    from core.database import db

    import_id = upload.id
    db.session.rollback()
    flash(_("Nothing was changed. %(reason)s", reason=refusal), "danger")
    return redirect(url_for(".show", import_id=import_id), 303)


@bp.post(f"/imports/<{ID}:import_id>/discard")
@allowed_on(Permission.IMPORT_EDIT, IMPORT)
def discard(upload: RecordImport) -> ResponseReturnValue:
    services.discard(upload, actor=current_person())
    flash(_("The file has been put aside. Nothing was changed."), "success")
    return redirect(url_for(".show", import_id=upload.id), 303)


@bp.get(f"/imports/<{ID}:import_id>/file.xlsx")
@allowed_on(Permission.IMPORT_EDIT, IMPORT)
def sent(upload: RecordImport) -> ResponseReturnValue:
    """The file exactly as it was sent, where it is kept."""
    if upload.file is None:
        return redirect(url_for(".show", import_id=upload.id), 303)
    return to_keep(storage.read(upload.file), name=upload.file.name, content_type=services.XLSX)


# --- Columns ---------------------------------------------------------------------------------------------


@bp.route(f"/imports/<{ID}:import_id>/columns", methods=["GET", "POST"])
@allowed_on(Permission.IMPORT_EDIT, IMPORT)
def columns(upload: RecordImport) -> ResponseReturnValue:
    if upload.status not in OPEN_STATES or upload.grid is None:
        return redirect(url_for(".show", import_id=upload.id), 303)
    sheets = sheets_of_data(upload.grid)
    wanted = request.form if request.method == "POST" else request.args
    told = target_of(upload.kind).told_columns(services.scope_of(upload, current_person()))
    naming = _named_so_far(upload, sheets, told, wanted)
    sheet = services.sheet_of(sheets, naming)
    found = headings(sheet, naming.header)
    form = columns_form(told, found, naming, sent=request.method == "POST")
    if form.validate_on_submit():
        try:
            services.name_columns(upload, _named(form, naming), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return redirect(url_for(".show", import_id=upload.id), 303)
    return render_template(
        "intake/columns.html",
        upload=upload,
        form=form,
        choose=_choose(sheets, sheet, naming.header),
        rows=[(number, form[f"column_{number}"], samples(sheet, naming.header, number)) for number in found],
        defaults=[form[f"default_{one.key}"] for one in told if one.default_offered],
        remembered=is_remembered(upload.kind, signature(found)),
    ), form.status


def _named_so_far(
    upload: RecordImport, sheets: list[GridSheet], told: Sequence[Column], wanted: Mapping[str, str]
) -> Naming:
    """As somebody named them before, unless another sheet or row of headings is asked for."""
    name, header = wanted.get("sheet", ""), _number(wanted.get("header", ""))
    if upload.status is ImportState.CHECKED:
        present = Naming.of(upload.mapping)
        if (name or present.sheet, header or present.header) == (present.sheet, present.header):
            return present
    naming = guess(upload.kind, sheets, told, sheet=name, header=header)
    return with_unit(naming, services.sheet_of(sheets, naming), told)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _named(form: ColumnsForm, naming: Naming) -> Naming:
    named = form.named()
    return Naming(
        sheet=naming.sheet,
        header=naming.header,
        columns=named,
        day_order=form.day_order.data,
        in_hours=form.in_hours,
        defaults=form.defaults(named),
    )


def _choose(sheets: list[GridSheet], sheet: GridSheet, header: int) -> SheetForm:
    form = SheetForm(formdata=None, sheet=sheet.name, header=str(header))
    form.sheet.choices = [SelectChoice(one.name, one.name) for one in sheets]
    above = [row for row in sheet.rows if row.number <= max(HEADER_ROWS, header)]
    form.header.choices = [SelectChoice(str(row.number), _line(sheet, row.number)) for row in above]
    return form


def _line(sheet: GridSheet, number: int) -> str:
    """A row by its number and how it begins."""
    texts = [text for text in headings(sheet, number).values() if text]
    begins = ", ".join(texts[:4])
    return f"{number}: {begins if len(begins) <= 60 else begins[:59] + '…'}"
