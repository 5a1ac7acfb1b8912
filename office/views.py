"""The programme office: the board of all municipalities and its exports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from core import audit, clock
from core.database import aside
from core.i18n import LazyString, _
from core.navigation import office_tools
from core.paging import address_with, link_maker, page_number
from office.board.choices import filter_choices
from office.board.marks import marker
from office.board.queries import board_page, sorting, stage_counts
from office.board.rows import BoardRow
from office.board.selection import OF_A_VIEW, Selection, questions
from office.board.wanted import BoardColumn, BoardFilter, Part, columns_asked
from office.board_views.forms import ViewForm
from office.board_views.queries import own_default, views_for
from office.earlier_names import as_called_on, day_asked
from office.events import OfficeEvent
from office.forms import BoardFilterForm
from office.sheets import board_sheet
from office.tool_groups import in_groups
from programme.queries import the_programme
from progress.stages import Stage
from tasks.rules import TaskCode
from tasks.words import task_label

bp = Blueprint("office", __name__, url_prefix="/office")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@allowed(Permission.PROGRAMME_MANAGE)
def tools() -> ResponseReturnValue:
    """What the office does now and then."""
    tools = office_tools(current_app, current_person())
    return render_template("office/tools.html", groups=in_groups(tools))


@bp.get("/board")
@allowed(Permission.BOARD_READ)
def board() -> ResponseReturnValue:
    person = current_person()
    views = views_for(person)
    default = own_default(views, person)
    if default is not None and not request.args:
        return redirect(f"{url_for('.board')}?{default.question}")
    wanted, columns, order = BoardFilter.asked(), columns_asked(), sorting()
    counts = stage_counts(wanted)
    total = counts.get(wanted.stage, 0) if wanted.stage else sum(counts.values())
    page = board_page(wanted, order, _parts(columns), number=page_number(), total=total)
    return render_template(
        "office/board.html",
        page=page,
        sorting=order,
        form=BoardFilterForm.showing(wanted, columns, filter_choices()),
        wanted=wanted,
        columns=[(column.value, str(column.label)) for column in columns],
        shows_tasks=BoardColumn.TASKS in columns,
        marks=marker(),
        tasks=[task_label(code) for code in TaskCode],
        stages=_stage_links(wanted, counts),
        partnership_url=link_maker("progress.partnership", "partnership_id"),
        plan_url=link_maker("plans.show", "version_id"),
        asked=[(name, value) for name, values in questions(*OF_A_VIEW).items() for value in values],
        everything=url_for(".board", view="all" if default else None),
        views=[(view, f"{url_for('.board')}?{view.question}") for view in views],
        question=urlencode(questions(*OF_A_VIEW), doseq=True),
        view_form=ViewForm(formdata=None),
        today=clock.today(),
        exports={kind: url_for(f".board_{kind}", **questions(*OF_A_VIEW)) for kind in ("xlsx", "csv")},
    )


def _parts(columns: Sequence[BoardColumn]) -> list[Part]:
    return [column.part for column in columns if column.part is not None]


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


@bp.get("/board.xlsx")
@allowed(Permission.BOARD_READ)
def board_xlsx() -> ResponseReturnValue:
    columns = columns_asked()
    rows = _exported("xlsx", columns)
    return _attachment([board_sheet(columns).workbook(rows)], XLSX, "xlsx")


@bp.get("/board.csv")
@allowed(Permission.BOARD_READ)
def board_csv() -> ResponseReturnValue:
    columns = columns_asked()
    rows = _exported("csv", columns)
    return _attachment(board_sheet(columns).csv(rows), "text/csv; charset=utf-8", "csv")


def _exported(form: str, columns: Sequence[BoardColumn]) -> list[BoardRow]:
    """Exactly what the filter shows, all pages of it, or of them those that are ticked. Who took it and how many rows is
    remembered.
    """
    chosen, day = Selection.asked(), day_asked()
    if chosen.is_empty:
        chosen = Selection(frozenset(), whole=True)
    rows = list(chosen.rows(_parts(columns)))
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
