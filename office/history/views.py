"""The history of everything: who did what, who looked at what, and the same as a workbook."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission, can
from core import audit, clock
from core.database import aside
from core.downloads import to_keep
from core.paging import page_number
from office.events import OfficeEvent
from office.history.forms import HistoryForm, wanted
from office.history.queries import all_found, found
from office.history.sheets import HISTORY, HistoryRow, rows_of
from programme.queries import the_programme

bp = Blueprint("history", __name__, url_prefix="/office/history")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@allowed(Permission.HISTORY_SEARCH)
def index() -> ResponseReturnValue:
    asked, person = wanted(), current_person()
    return render_template(
        "office/history/index.html",
        page=found(asked, reader=person, number=page_number()),
        form=HistoryForm.showing(asked),
        wanted=asked,
        workbook=url_for(".workbook", **_questions()),
        csv=url_for(".csv", **_questions()),
        reads_plans=can(person, Permission.BOARD_READ),
    )


def _questions() -> dict[str, Any]:
    """What the address asks for, without the page: an export holds all of them."""
    known = HistoryForm.showing(wanted())
    return {name: value for name, value in request.args.items() if name in known}


@bp.get("/history.xlsx")
@allowed(Permission.HISTORY_SEARCH)
def workbook() -> ResponseReturnValue:
    return to_keep(HISTORY.workbook(_exported("xlsx")), name=_file_name("xlsx"), content_type=XLSX)


@bp.get("/history.csv")
@allowed(Permission.HISTORY_SEARCH)
def csv() -> ResponseReturnValue:
    data = b"".join(HISTORY.csv(_exported("csv")))
    return to_keep(data, name=_file_name("csv"), content_type="text/csv; charset=utf-8")


def _exported(form: str) -> list[HistoryRow]:
    """Exactly what the filter shows. Who took it, and what they asked for, is remembered."""
    asked, person = wanted(), current_person()
    lines = all_found(asked, reader=person)
    with aside() as transaction:
        audit.record(
            OfficeEvent.HISTORY_EXPORTED,
            the_programme().row,
            actor=person,
            session=transaction,
            form=form,
            rows=len(lines),
            topic=asked.topic,
            kind=asked.kind,
            personal={"note": ", ".join(one for one in (asked.person, asked.place) if one)},
        )
    return rows_of(lines)


def _file_name(ending: str) -> str:
    return f"history-{clock.today().isoformat()}.{ending}"
