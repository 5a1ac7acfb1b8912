"""The end of a programme: made read-only by the office, and opened again if it must be."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from archive import read_only
from archive.evidence import evidence_files
from archive.forms import EndForm, WholeForm
from archive.whole import WHOLE_PROGRAMME
from core import clock
from core.i18n import _
from core.long_work import ask
from programme.queries import the_programme

bp = Blueprint("archive", __name__)


@bp.get("/office/end")
@allowed(Permission.PROGRAMME_END)
def end() -> ResponseReturnValue:
    row = the_programme().row
    is_over = clock.today() > row.ends_on
    return render_template(
        "archive/end.html",
        programme_row=row,
        is_over=is_over,
        form=EndForm(),
        left_behind=evidence_files(),
    )


@bp.route("/office/archive", methods=["GET", "POST"])
@allowed(Permission.PROGRAMME_END)
def whole() -> ResponseReturnValue:
    """The whole programme as one file: made by the process that runs jobs, fetched by whoever asked for it."""
    form = WholeForm()
    if form.validate_on_submit():
        actor, with_partnerships = current_person(), bool(form.with_partnerships.data)
        work = ask(
            WHOLE_PROGRAMME,
            about=f"person:{actor.id}:{'all' if with_partnerships else 'data'}",
            actor=actor,
            with_partnerships=with_partnerships,
        )
        return redirect(url_for("long_work.show", work_id=work.id), 303)
    return render_template("archive/whole.html", form=form), form.status


@bp.post("/office/end/read-only")
@allowed(Permission.PROGRAMME_END)
def make_read_only() -> ResponseReturnValue:
    read_only.end_programme(actor=current_person(), early=bool(EndForm().early.data))
    flash(_("The programme is read-only from now on."), "success")
    return redirect(url_for(".end"), 303)


@bp.post("/office/end/open")
@allowed(Permission.PROGRAMME_END)
def open_again() -> ResponseReturnValue:
    read_only.open_again(actor=current_person())
    flash(_("The programme can be changed again."), "success")
    return redirect(url_for(".end"), 303)
