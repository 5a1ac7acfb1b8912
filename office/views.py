"""The programme office: the board of all municipalities and its exports."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from core import audit, clock
from core.database import aside
from core.paging import page_number
from office.board import BoardFilter, BoardRow, board_page, board_rows, filter_choices, sorting
from office.events import OfficeEvent
from office.forms import BoardFilterForm
from office.sheets import BOARD
from programme.queries import the_programme

bp = Blueprint("office", __name__, url_prefix="/office")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/board")
@allowed(Permission.BOARD_READ)
def board() -> ResponseReturnValue:
    wanted = BoardFilter.asked()
    order = sorting()
    return render_template(
        "office/board.html",
        page=board_page(wanted, order, number=page_number()),
        sorting=order,
        form=BoardFilterForm.showing(wanted, filter_choices()),
        wanted=wanted,
        exports={kind: url_for(f".board_{kind}", **_questions()) for kind in ("xlsx", "csv")},
    )


def _questions() -> dict[str, Any]:
    """What the address asks for, without the page: an export holds all of them."""
    return {name: value for name, value in request.args.items() if name != "page"}


@bp.get("/board.xlsx")
@allowed(Permission.BOARD_READ)
def board_xlsx() -> ResponseReturnValue:
    rows = _exported("xlsx")
    return _attachment([BOARD.workbook(rows)], XLSX, "xlsx")


@bp.get("/board.csv")
@allowed(Permission.BOARD_READ)
def board_csv() -> ResponseReturnValue:
    rows = _exported("csv")
    return _attachment(BOARD.csv(rows), "text/csv; charset=utf-8", "csv")


def _exported(form: str) -> list[BoardRow]:
    """Exactly what the filter shows, all pages of it. Who took it and how many rows is remembered."""
    rows = list(board_rows(BoardFilter.asked(), sorting()))
    programme, actor = the_programme().row, current_person()
    with aside() as transaction:
        audit.record(
            OfficeEvent.BOARD_EXPORTED, programme, actor=actor, session=transaction, form=form, rows=len(rows)
        )
    return rows


def _attachment(data: Iterable[bytes], media_type: str, ending: str) -> Response:
    response = Response(data, content_type=media_type)
    name = f"gromada-{clock.today().isoformat()}.{ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
