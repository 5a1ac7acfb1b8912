"""The office's overview: how far the programme is, and who may need help. It changes nothing."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed
from accounts.policy import Permission
from core.i18n import _, _l
from core.paging import address_with, asked_id, page_number, page_of
from municipalities.queries import voivodeships
from overview import reviews, trend
from overview.figures import handbooks_of_all, hours_of_all, reach_of_webinars, since_the_start
from overview.funnel import funnel_of
from overview.regions import SHORT, map_of, tasks_by_region, together
from overview.risk_list import counts, lines_of, of_region
from overview.risks import RULES, Risk, at_risk
from programme.queries import the_programme
from progress.queries import stage_counts
from tasks.rules import TaskCode
from tasks.words import task_label

bp = Blueprint("overview", __name__, url_prefix="/office/overview")

LONGEST = 5
"""Of those at risk, on the page that shows everything; the rest is one press away."""


@bp.get("")
@allowed(Permission.BOARD_READ)
def index() -> ResponseReturnValue:
    task, span, stages = _asked_task(), since_the_start(), stage_counts()
    rows, weeks, quarters, found = tasks_by_region(), trend.weekly_trend(), reviews.review_times(), at_risk()
    return render_template(
        "overview/index.html",
        stages=stages,
        funnel=funnel_of(stages),
        task=task,
        tasks=_task_links(task),
        regions=rows,
        total=together(rows),
        map=map_of(rows, task),
        short=SHORT,
        task_label=task_label,
        trend=weeks,
        series=list(trend.Series),
        charts=trend.charts_of(weeks),
        quarters=quarters,
        review_chart=reviews.chart_of(quarters),
        hours=hours_of_all(),
        reach=reach_of_webinars(span),
        books=handbooks_of_all(span),
        span=span,
        risks=counts(found),
        rules=RULES,
        longest=lines_of(found[:LONGEST]),
        ends_on=the_programme().row.ends_on,
    )


def _asked_task() -> TaskCode | None:
    asked = request.args.get("task", "")
    return next((code for code in TaskCode if code.name.lower() == asked), None)


def _task_links(current: TaskCode | None) -> list[tuple[object, str, bool]]:
    """What the map may show: all tasks together, or one of them."""
    every: list[tuple[object, str, bool]] = [
        (_l("All tasks"), f"{address_with(task=None)}#regions", current is None)
    ]
    return every + [
        (SHORT[code], f"{address_with(task=code.name.lower())}#regions", code is current) for code in TaskCode
    ]


@bp.get("/risks")
@allowed(Permission.BOARD_READ)
def risks() -> ResponseReturnValue:
    """Everybody at risk, or only for one reason or in one region."""
    region, risk = asked_id("voivodeship"), _asked_risk()
    places = voivodeships()
    found = at_risk()
    if any(one.id == region for one in places):
        found = of_region(found, region or 0)
    wanted = [one for one in found if risk is None or one.risk is risk]
    page = page_of(wanted, number=page_number())
    return render_template(
        "overview/risks.html",
        page=page,
        lines=lines_of(page.rows),
        chosen=next((rule for rule in RULES if rule.risk is risk), None),
        counts=counts(found),
        links=_risk_links(risk),
        region=region,
        voivodeships=places,
        is_narrowed=risk is not None or region is not None,
        clear_url=url_for(".risks"),
        title=_("Partnerships at risk"),
    )


def _asked_risk() -> Risk | None:
    asked = request.args.get("reason", "")
    return Risk(asked) if asked in set(Risk) else None


def _risk_links(current: Risk | None) -> list[tuple[Risk | None, str, bool]]:
    return [
        (risk, address_with(reason=risk.value if risk else None, page=None), risk is current)
        for risk in (None, *Risk)
    ]
