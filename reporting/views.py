"""The office's reports to the funder: periods, frozen figures, what lies behind each, and a report for any days."""

from datetime import date, timedelta
from decimal import Decimal

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.policy import Permission, can
from core import audit, clock
from core.database import aside
from core.downloads import to_keep
from core.errors import DomainError
from core.formatting import day, moment
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from core.paging import page_number, page_of
from partnerships.views.blueprint import ID
from reporting import closing, documents, freezing
from reporting.counting import Figure, count, figures_of, kept_figure
from reporting.events import ReportingEvent
from reporting.forms import SpanForm
from reporting.freezing import periods_begun, span_of
from reporting.indicators import indicator_called
from reporting.models import ReportingPeriod
from reporting.queries import kept_periods, period_by_id, standing_deltas
from reporting.rows import Span
from reporting.spans import span_label
from reporting.words import PAGES, event_label, kind_label

bp = Blueprint("reporting", __name__, url_prefix="/office/reports")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
PERIOD = Source(load=period_by_id, read=Permission.REPORT_READ)
ONE = f"/<{ID}:period_id>"


@bp.app_template_global()
def period_label(first: date, last: date) -> str:
    return span_label(first, last)


@bp.app_template_global()
def figure_value(figure: Figure, value: Decimal | int | None = None) -> str:
    """Its own, or another that is told beside it."""
    return documents.shown(figure.value if value is None else Decimal(value), figure)


@bp.get("")
@allowed(Permission.REPORT_LIST)
def index() -> ResponseReturnValue:
    manages = can(current_person(), Permission.REPORT_MANAGE)
    periods = periods_begun() if manages else kept_periods()
    return render_template(
        "reporting/index.html", periods=periods, manages=manages, today=clock.today(), form=ConfirmForm()
    )


@bp.post("/begin")
@allowed(Permission.REPORT_MANAGE)
def begin() -> ResponseReturnValue:
    """The period named by its first day is being closed from now on."""
    wanted = request.form.get("begins_on", "")
    period = next((one for one in periods_begun() if one.begins_on.isoformat() == wanted), None)
    if period is None:
        abort(404)
    freezing.begin_closing(period, actor=current_person())
    return redirect(url_for(".show", period_id=period.id), 303)


@bp.get(ONE)
@allowed_on(Permission.REPORT_READ, PERIOD)
def show(period: ReportingPeriod) -> ResponseReturnValue:
    figures = _figures(period)
    lacks = [] if period.is_kept else closing.closing_list(span_of(period))
    return render_template(
        "reporting/show.html",
        period=period,
        figures=figures,
        deltas={one.snapshot.indicator: one for one in standing_deltas(period)},
        lacks=lacks,
        today=clock.today(),
        form=ConfirmForm(),
    )


def _figures(period: ReportingPeriod) -> list[Figure]:
    """Kept ones as they were; of a period not frozen yet as they would be now."""
    if period.is_kept:
        return [kept_figure(one) for one in period.snapshots]
    return figures_of(span_of(period))


@bp.get(f"{ONE}/closing")
@allowed_on(Permission.REPORT_MANAGE, PERIOD)
def closing_list(period: ReportingPeriod) -> ResponseReturnValue:
    page = page_of(closing.closing_list(span_of(period)), number=page_number())
    return render_template("reporting/closing.html", period=period, page=page, form=ConfirmForm())


@bp.post(f"{ONE}/chase")
@allowed_on(Permission.REPORT_MANAGE, PERIOD)
def chase(period: ReportingPeriod) -> ResponseReturnValue:
    told = closing.chase(period, actor=current_person())
    flash(ngettext("One person is written to.", "%(num)d people are written to.", told), "success")
    return redirect(url_for(".closing_list", period_id=period.id), 303)


@bp.post(f"{ONE}/freeze")
@allowed_on(Permission.REPORT_MANAGE, PERIOD)
def freeze(period: ReportingPeriod) -> ResponseReturnValue:
    try:
        freezing.freeze(period, actor=current_person())
    except DomainError as refusal:
        flash(str(refusal), "danger")
    else:
        flash(_("The figures are frozen. They stay as they are."), "success")
    return redirect(url_for(".show", period_id=period.id), 303)


@bp.post(f"{ONE}/sent")
@allowed_on(Permission.REPORT_MANAGE, PERIOD)
def sent(period: ReportingPeriod) -> ResponseReturnValue:
    freezing.mark_sent(period, actor=current_person())
    flash(_("Noted as sent to the funder."), "success")
    return redirect(url_for(".show", period_id=period.id), 303)


@bp.get(f"{ONE}/rows/<indicator>")
@allowed_on(Permission.REPORT_READ, PERIOD)
def rows(period: ReportingPeriod, indicator: str) -> ResponseReturnValue:
    """What a figure was counted from, and what gives something else by now."""
    snapshot = next((one for one in period.snapshots if one.indicator == indicator), None)
    known = indicator_called(indicator)
    if snapshot is None and (known is None or period.is_kept):
        abort(404)
    figure = kept_figure(snapshot) if snapshot else count(known, span_of(period)) if known else abort(404)
    return _rows_page(figure, span_of(period), period=period, deltas=snapshot.deltas if snapshot else [])


@bp.get("/activity")
@allowed(Permission.REPORT_MANAGE)
def activity() -> ResponseReturnValue:
    """Figures for any days, as the records say now; nothing is kept."""
    form, span = _asked_span()
    figures = figures_of(span) if span else []
    return render_template("reporting/activity.html", form=form, span=span, figures=figures)


@bp.get("/activity/rows/<indicator>")
@allowed(Permission.REPORT_MANAGE)
def activity_rows(indicator: str) -> ResponseReturnValue:
    _form, span = _asked_span()
    known = indicator_called(indicator)
    if known is None or span is None:
        abort(404)
    return _rows_page(count(known, span), span, period=None, deltas=[])


def _asked_span() -> tuple[SpanForm, Span | None]:
    """By itself the last thirty days."""
    today = clock.today()
    if not request.args.get("first") and not request.args.get("last"):
        span = Span(today - timedelta(days=30), today)
        return SpanForm(formdata=None, first=span.first, last=span.last), span
    form = SpanForm(formdata=request.args)
    return form, form.span() if form.validate() else None


def _rows_page(figure: Figure, span: Span, *, period: ReportingPeriod | None, deltas: object) -> str:
    page = page_of(figure.rows, number=page_number())
    opens = not (period and period.is_kept) or can(current_person(), Permission.REPORT_MANAGE)
    links = {kind: place for kind, place in PAGES.items() if opens}
    return render_template(
        "reporting/rows.html", figure=figure, span=span, period=period, page=page, links=links, deltas=deltas,
        kind_label=kind_label, event_label=event_label,
    )  # fmt: skip


# --- Files -----------------------------------------------------------------------------------------------


@bp.get(f"{ONE}/report.xlsx")
@allowed_on(Permission.REPORT_READ, PERIOD)
def workbook(period: ReportingPeriod) -> ResponseReturnValue:
    _remember(period, "xlsx")
    data = documents.report_xlsx(_figures(period), standing_deltas(period), facts=_facts(period))
    return _file(data, span_of(period), "xlsx", XLSX)


@bp.get(f"{ONE}/report.pdf")
@allowed_on(Permission.REPORT_READ, PERIOD)
def document(period: ReportingPeriod) -> ResponseReturnValue:
    _remember(period, "pdf")
    title = _("Report: %(period)s", period=span_label(period.begins_on, period.ends_on))
    data = documents.report_pdf(
        title,
        _figures(period),
        standing_deltas(period),
        facts=_facts(period),
        made=period.frozen_at or clock.now(),
    )
    return _file(data, span_of(period), "pdf", PDF)


def _facts(period: ReportingPeriod) -> list[tuple[str, str]]:
    return [
        (_("Period"), f"{day(period.begins_on)} – {day(period.ends_on)}"),
        (_("State"), str(period.status.label)),
        (_("Frozen"), moment(period.frozen_at) if period.frozen_at else ""),
        (_("Fingerprint"), period.content_hash or ""),
        (_("Held against the records of"), moment(period.compared_at) if period.compared_at else ""),
    ]


@bp.get("/activity.xlsx")
@allowed(Permission.REPORT_MANAGE)
def activity_workbook() -> ResponseReturnValue:
    _form, span = _asked_span()
    if span is None:
        abort(404)
    with aside() as session:
        audit.record(
            ReportingEvent.DOWNLOADED, current_person(), actor=current_person(), session=session,
            first=span.first.isoformat(), last=span.last.isoformat(), ending="xlsx",
        )  # fmt: skip
    return _file(
        documents.report_xlsx(
            figures_of(span), [], facts=[(_("Period"), f"{day(span.first)} – {day(span.last)}")]
        ),
        span,
        "xlsx",
        XLSX,
    )


def _remember(period: ReportingPeriod, ending: str) -> None:
    with aside() as session:
        audit.record(
            ReportingEvent.DOWNLOADED, period, actor=current_person(), session=session, ending=ending
        )


def _file(data: bytes, span: Span, ending: str, content_type: str) -> Response:
    return to_keep(
        data, name=f"{documents.file_stem(span.first, span.last)}.{ending}", content_type=content_type
    )
