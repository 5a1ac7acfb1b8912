"""Pages of the register: find a municipality, and what it was called and coded in time."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import func

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.policy import Permission, can
from core.paging import Sorting, page_number, paged
from municipalities import queries
from municipalities.change_queries import changes_of, successors_of
from municipalities.forms import RegisterFilters
from municipalities.models import County, Municipality, Voivodeship

bp = Blueprint("municipalities", __name__, url_prefix="/municipalities")

MUNICIPALITY = Source(queries.municipality_by_id, read=Permission.MUNICIPALITY_READ)


def _sorting() -> Sorting:
    return Sorting(
        {
            "name": Municipality.sort_key.expression,
            "kind": func.substr(Municipality.code, 7, 1),
            "county": County.sort_key.expression,
            "voivodeship": Voivodeship.sort_key.expression,
            "code": Municipality.code.expression,
            "population": Municipality.population.expression,
        },
        default="name",
    )


@bp.get("")
@allowed(Permission.MUNICIPALITY_READ)
def index() -> ResponseReturnValue:
    sorting = _sorting()
    voivodeships = queries.voivodeships()
    narrowing = RegisterFilters(voivodeships)
    found = queries.municipalities(
        text=narrowing.text,
        voivodeship=narrowing.voivodeship_asked,
        kind=narrowing.kind_asked,
        with_ended=narrowing.ended.data,
    )
    order = sorting.order() if narrowing.sort.data else queries.whole_name_first(narrowing.text)
    page = paged(found.order_by(order, *queries.IN_ORDER), number=page_number())
    return render_template(
        "municipalities/index.html",
        page=page,
        municipalities=[row.Municipality for row in page.rows],
        sorting=sorting,
        narrowing=narrowing,
        register_is_empty=not voivodeships,
        state_on=queries.register_is_of(),
        may_change=can(current_person(), Permission.MUNICIPALITY_CHANGE),
    )


@bp.get("/<int(max=2147483647):municipality_id>")
@allowed_on(Permission.MUNICIPALITY_READ, MUNICIPALITY)
def show(municipality: Municipality) -> ResponseReturnValue:
    may_change = can(current_person(), Permission.MUNICIPALITY_CHANGE)
    return render_template(
        "municipalities/show.html",
        municipality=municipality,
        namesakes=queries.namesakes(municipality),
        mayors=queries.mayors_of(municipality),
        successors=successors_of(municipality),
        may_change=may_change,
        changes=changes_of([municipality.id]) if may_change else [],
    )
