"""The programme office: the board of all municipalities and its exports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from core import audit, clock
from core.database import aside
from core.i18n import LazyString, _
from core.navigation import office_tools
from core.paging import address_with, link_maker, page_number
from office.board import BoardFilter, BoardRow, board_page, board_rows, filter_choices, sorting, stage_counts
from office.earlier_names import as_called_on, day_asked
from office.events import OfficeEvent
from office.forms import BoardFilterForm
from office.sheets import BOARD
from programme.queries import the_programme
from progress.stages import Stage

bp = Blueprint("office", __name__, url_prefix="/office")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@allowed(Permission.PROGRAMME_MANAGE)
def tools() -> ResponseReturnValue:
    """What the office does now and then."""
    return render_template("office/tools.html", tools=office_tools(current_app, current_person()))


@bp.get("/board")
@allowed(Permission.BOARD_READ)
def board() -> ResponseReturnValue:
    wanted = BoardFilter.asked()
    order = sorting()
    counts = stage_counts(wanted)
    total = counts.get(wanted.stage, 0) if wanted.stage else sum(counts.values())
    return render_template(
        "office/board.html",
        page=board_page(wanted, order, number=page_number(), total=total),
        sorting=order,
        form=BoardFilterForm.showing(wanted, filter_choices()),
        wanted=wanted,
        stages=_stage_links(wanted, counts),
        partnership_url=link_maker("progress.partnership", "partnership_id"),
        plan_url=link_maker("plans.show", "version_id"),
        asked=_questions(),
        today=clock.today(),
        exports={kind: url_for(f".board_{kind}", **_questions()) for kind in ("xlsx", "csv")},
    )


@dataclass(frozen=True)
class StageLink:
    label: LazyString | str
    tone: str
    count: int
    url: str
    current: bool


def _stage_links(wanted: BoardFilter, counts: Mapping[Stage, int]) -> list[StageLink]:
    """The whole board and each stage on it, with their counts; pressing one narrows the list to it."""
    everything = StageLink(
        _("All"), "", sum(counts.values()), address_with(stage=None, page=None), wanted.stage is None
    )
    return [
        everything,
        *(
            StageLink(
                stage.label,
                stage.tone,
                count,
                address_with(stage=stage.value, page=None),
                stage is wanted.stage,
            )
            for stage, count in counts.items()
        ),
    ]


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
    rows, day = list(board_rows(BoardFilter.asked(), sorting())), day_asked()
    if day is not None:
        rows = as_called_on(day, rows)
    programme, actor = the_programme().row, current_person()
    with aside() as transaction:
        audit.record(
            OfficeEvent.BOARD_EXPORTED, programme, actor=actor, session=transaction, form=form, rows=len(rows)
        )
    return rows


def _attachment(data: Iterable[bytes], media_type: str, ending: str) -> Response:
    """Made whole within the request: afterwards there is no language to write it in."""
    response = Response(b"".join(data), content_type=media_type)
    name = f"gromada-{clock.today().isoformat()}.{ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
