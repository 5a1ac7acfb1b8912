"""What people say of public pages, for the office."""

from collections.abc import Iterator, Sequence

from babel.dates import format_date
from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed
from accounts.policy import Permission
from core.charts import Chart, Entry, Frame, columns
from core.i18n import _, language
from core.paging import Page, page_number, paged
from feedback import queries
from feedback.queries import MonthResult, PageResult

bp = Blueprint("feedback", __name__)


@bp.get("/office/feedback")
@allowed(Permission.FEEDBACK_READ)
def index() -> ResponseReturnValue:
    """Every page that was answered for, those that help least first."""
    found = paged(queries.results(), number=page_number())
    rows = [PageResult(*row) for row in found.rows]
    page = Page(rows, found.number, found.total, found.size)
    return render_template("feedback/index.html", page=page)


@bp.get("/office/feedback/page")
@allowed(Permission.FEEDBACK_READ)
def of_page() -> ResponseReturnValue:
    path = request.args.get("of", "")
    if not path:
        return redirect(url_for(".index"))
    if not path.isprintable():
        abort(404)  # no page of ours, and nothing that a database would compare
    result = queries.result_of(path) or abort(404)
    months = queries.by_month(path)
    return render_template(
        "feedback/page.html",
        result=result,
        months=months,
        chart=_drawn(months),
        words=queries.words_about(path),
    )


def _drawn(months: Sequence[MonthResult]) -> Chart:
    frame = Frame(
        key="answers",
        title=_("Answers by month"),
        said=_("How many said yes and how many no, in each of the last twelve months."),
        table="months",
        series=(_("Helpful"), _("Not helpful")),
    )
    return columns(frame, list(_entries(months)), stacked=True)


def _entries(months: Sequence[MonthResult]) -> Iterator[Entry]:
    """The year stands below where it begins."""
    for place, one in enumerate(months):
        is_new = place == 0 or one.month.month == 1
        label = str(format_date(one.month, "LLL", locale=language()))
        yield Entry(label, (one.yes, one.no), str(one.month.year) if is_new else "")
