"""For the office: what annual plans have come to, where their partnerships agreed to share the totals."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from core import audit, clock
from core.database import aside
from core.downloads import to_keep
from plans.events import PlanEvent
from plans.views.blueprint import bp
from plans.years.agreed import Agreed, agreed_totals
from plans.years.queries import years_with_agreed_totals
from plans.years.sheets import MUNICIPALITIES, QUARTERS
from programme.queries import the_programme

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@bp.get("/office/annual-totals", endpoint="agreed_totals")
@allowed(Permission.YEAR_TOTALS)
def show() -> ResponseReturnValue:
    year = _year()
    years = [
        (one, url_for(".agreed_totals", year=one), one == year)
        for one in sorted({year, *years_with_agreed_totals()}, reverse=True)
    ]
    return render_template(
        "plans/years/agreed.html",
        found=agreed_totals(year),
        years=years,
        exports={kind: url_for(f".agreed_totals_{kind}", year=year) for kind in ("xlsx", "csv")},
    )


@bp.get("/office/annual-totals.xlsx", endpoint="agreed_totals_xlsx")
@allowed(Permission.YEAR_TOTALS)
def as_xlsx() -> ResponseReturnValue:
    from core.workbooks.export import write_sheets  # late: openpyxl is large

    found = _taken_out("xlsx")
    data = write_sheets([MUNICIPALITIES.part(found.lines), QUARTERS.part(found.quarters)])
    return to_keep(data, name=_file_name(found, "xlsx"), content_type=XLSX)


@bp.get("/office/annual-totals.csv", endpoint="agreed_totals_csv")
@allowed(Permission.YEAR_TOTALS)
def as_csv() -> ResponseReturnValue:
    found = _taken_out("csv")
    data = b"".join(MUNICIPALITIES.csv(found.lines))
    return to_keep(data, name=_file_name(found, "csv"), content_type=CSV)


def _taken_out(form: str) -> Agreed:
    """Who took it and how many lines is remembered."""
    found = agreed_totals(_year())
    programme, actor = the_programme().row, current_person()
    with aside() as transaction:
        audit.record(
            PlanEvent.TOTALS_EXPORTED, programme, actor=actor, session=transaction,
            form=form, rows=len(found.lines), year=found.year,
        )  # fmt: skip
    return found


def _file_name(found: Agreed, ending: str) -> str:
    return f"gromada-{found.year}-{clock.today().isoformat()}.{ending}"


def _year() -> int:
    """As asked, else this year; the programme has no others."""
    programme = the_programme().row
    first, last = programme.starts_on.year, programme.ends_on.year
    asked = request.args.get("year", "")
    if not asked:
        return min(max(clock.today().year, first), last)
    year = int(asked) if asked.isdecimal() and len(asked) == len("2026") else 0
    return year if first <= year <= last else abort(404)
