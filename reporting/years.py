"""Years in numbers for whoever reads reports: what annual plans came to, all of them together.

A leader agrees that the office sees the totals of their plan. Everybody else sees sums of several plans only.
"""

from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission, can
from core import audit, clock
from core.database import aside
from core.downloads import to_keep
from core.i18n import _
from plans.years.agreed import Agreed, AgreedLine, agreed_totals
from plans.years.queries import years_with_agreed_totals
from plans.years.sheets import QUARTERS
from programme.queries import the_programme
from reporting.events import ReportingEvent
from reporting.views import XLSX, bp


@dataclass(frozen=True)
class YearInNumbers:
    found: Agreed
    least: int
    """So many plans have to be added up, or a sum would show those of one municipality."""

    @property
    def is_shown(self) -> bool:
        return self.found.all.plans >= self.least

    @property
    def quarters(self) -> list[AgreedLine]:
        """Those that enough plans have trainings in. What is left out is the total less these: where anything is, the
        smallest of the others is left out with it.
        """
        enough = sorted(
            (one for one in self.found.quarters if one.plans >= self.least), key=lambda one: one.plans
        )
        if len(enough) < len(self.found.quarters):
            del enough[:1]
        told = {one.code for one in enough}
        return [one for one in self.found.quarters if one.code in told]


@bp.get("/years")
@allowed(Permission.REPORT_LIST)
def years() -> ResponseReturnValue:
    year = _year()
    known = sorted({year, *years_with_agreed_totals()}, reverse=True)
    return render_template(
        "reporting/years.html",
        one=_in_numbers(year),
        years=[(one, url_for(".years", year=one), one == year) for one in known],
        in_detail=can(current_person(), Permission.YEAR_TOTALS),
    )


@bp.get("/years.xlsx")
@allowed(Permission.REPORT_LIST)
def years_workbook() -> ResponseReturnValue:
    one = _in_numbers(_year())
    lines = [*one.quarters, one.found.all] if one.is_shown else []
    with aside() as session:
        audit.record(
            ReportingEvent.YEAR_DOWNLOADED, the_programme().row, actor=current_person(), session=session,
            year=one.found.year, rows=len(lines),
        )  # fmt: skip
    name = "-".join((_("year-in-numbers"), str(one.found.year)))
    return to_keep(QUARTERS.workbook(lines), name=f"{name}.xlsx", content_type=XLSX)


def _in_numbers(year: int) -> YearInNumbers:
    return YearInNumbers(agreed_totals(year), the_programme().settings.small_count_limit)


def _year() -> int:
    """As asked, else this year; the programme has no others."""
    programme = the_programme().row
    first, last = programme.starts_on.year, programme.ends_on.year
    asked = request.args.get("year", "")
    if not asked:
        return min(max(clock.today().year, first), last)
    year = int(asked) if asked.isdecimal() and len(asked) == len("2026") else 0
    return year if first <= year <= last else abort(404)
