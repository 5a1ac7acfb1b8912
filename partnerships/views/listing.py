"""The list of partnerships."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from core.paging import Sorting, page_number, paged
from municipalities.queries import voivodeships
from partnerships.forms import ListForm
from partnerships.queries.lists import IN_ORDER, SORTING, Wanted, as_row, partnership_rows
from partnerships.views.blueprint import bp
from partnerships.workflow import PartnershipStatus


@bp.get("")
@allowed(Permission.PARTNERSHIP_READ)
def index() -> ResponseReturnValue:
    """One's own partnerships; for the office all of them."""
    form = ListForm(formdata=request.args)
    form.offer(voivodeships())
    wanted = _wanted(form)
    sorting = Sorting(SORTING, default="municipality")
    query = partnership_rows(current_person(), wanted).order_by(sorting.order(), *IN_ORDER)
    page = paged(query, number=page_number())
    return render_template(
        "partnerships/index.html",
        page=page,
        rows=[as_row(values) for values in page.rows],
        sorting=sorting,
        form=form,
        wanted=wanted,
    )


def _wanted(form: ListForm) -> Wanted:
    """Anything that is no choice narrows nothing."""
    status = form.state.data
    return Wanted(
        text=(form.q.data or "")[:100],
        voivodeship=form.voivodeship.data or "",
        status=PartnershipStatus(status) if status in set(PartnershipStatus) else None,
        without=form.without.data or "",
    )
