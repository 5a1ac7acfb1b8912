"""Addresses about work cards: one's own, and those of a month for the office."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.history import story
from accounts.models import User
from accounts.policy import Permission
from animators.cards import queries
from animators.cards.documents import card_pdf, cards_workbook
from animators.cards.errors import AnotherWasEntered
from animators.cards.events import CardEvent
from animators.cards.forms import BeginForm, LineForm, MonthFilter, ReturnForm, SubmitForm, read_month
from animators.cards.lines import first_of, last_of
from animators.cards.models import CardLine, WorkCard
from animators.cards.page import card_page
from animators.cards.services import entering, flow, reminding
from animators.cards.sources import CARD
from core import audit, clock
from core.database import aside
from core.downloads import to_keep
from core.errors import DomainError
from core.formatting import month_name
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from core.printing import NotPrinted
from programme.queries import the_programme

bp = Blueprint("cards", __name__)

ID = "int(max=2147483647)"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/cards")
@allowed(Permission.CARD_LIST)
def index() -> ResponseReturnValue:
    person = current_person()
    cards = queries.cards_of(person)
    return render_template(
        "cards/index.html",
        cards=cards,
        contents=queries.contents_of(cards),
        missing=_missing(person, {one.month for one in cards}),
        this_month=first_of(clock.today()),
        button=ConfirmForm(),
    )


def _missing(person: User, begun: set[date]) -> list[date]:
    """Months of the last year in which this person was an animator, without a card."""
    first = queries.first_month(person)
    return [one for one in queries.last_months() if first is not None and one >= first and one not in begun]


@bp.post("/cards/begin")
@allowed(Permission.CARD_LIST)
def begin() -> ResponseReturnValue:
    form = BeginForm()
    form.validate_on_submit()
    if form.wanted is None:
        abort(400)
    try:
        card = entering.begin_card(current_person(), form.wanted, actor=current_person())
    except DomainError as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", card_id=card.id), 303)


@bp.get(f"/cards/<{ID}:card_id>")
@allowed_on(Permission.CARD_READ, CARD)
def show(card: WorkCard) -> ResponseReturnValue:
    return _page(card, ConfirmForm())


def _page(card: WorkCard, form: ConfirmForm) -> ResponseReturnValue:
    page = card_page(card, current_person())
    body = render_template(
        "cards/show.html", card=card, page=page, form=form, events=story(card), today=clock.today()
    )
    return body, form.status


@bp.route(f"/cards/<{ID}:card_id>/lines/new", methods=["GET", "POST"])
@allowed_on(Permission.CARD_EDIT, CARD)
def add_line(card: WorkCard) -> ResponseReturnValue:
    form = LineForm.of(None, card.month)
    if form.validate_on_submit():
        try:
            entering.add_line(card, form.entry(), key=form.key, actor=current_person())
        except AnotherWasEntered as refusal:
            form.renew_key()
            form.reject(refusal)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(card, _("The line is entered."))
    return _line_page(card, form, None)


@bp.route(f"/cards/<{ID}:card_id>/lines/<{ID}:line_id>", methods=["GET", "POST"])
@allowed_on(Permission.CARD_EDIT, CARD)
def change_line(card: WorkCard, line_id: int) -> ResponseReturnValue:
    line = _line(card, line_id)
    form = LineForm.of(line, card.month)
    if form.validate_on_submit():
        try:
            entering.change_line(line, form.entry(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(card, _("The line is changed."))
    return _line_page(card, form, line)


def _line_page(card: WorkCard, form: LineForm, line: CardLine | None) -> ResponseReturnValue:
    page = render_template(
        "cards/line.html", card=card, form=form, line=line, last=last_of(card.month), button=ConfirmForm()
    )
    return page, form.status


@bp.post(f"/cards/<{ID}:card_id>/lines/<{ID}:line_id>/remove")
@allowed_on(Permission.CARD_EDIT, CARD)
def remove_line(card: WorkCard, line_id: int) -> ResponseReturnValue:
    line = _line(card, line_id)
    entering.remove_line(line, actor=current_person())
    return _to(card, _("The line is taken off the card."))


def _line(card: WorkCard, line_id: int) -> CardLine:
    line = queries.line_of(card, line_id)
    if line is None:
        abort(404)
    return line


@bp.post(f"/cards/<{ID}:card_id>/submit")
@allowed_on(Permission.CARD_EDIT, CARD)
def submit(card: WorkCard) -> ResponseReturnValue:
    form = SubmitForm()
    if form.validate_on_submit():
        try:
            flow.submit_card(card, seen=form.seen.data or "", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(card, _("The card is submitted. The office checks it; you can print and sign it."))
    return _page(card, form)


@bp.post(f"/cards/<{ID}:card_id>/take-back")
@allowed_on(Permission.CARD_EDIT, CARD)
def take_back(card: WorkCard) -> ResponseReturnValue:
    flow.take_back(card, actor=current_person())
    return _to(card, _("The card is open again. Submit it when it is right."))


@bp.post(f"/cards/<{ID}:card_id>/check")
@allowed_on(Permission.CARD_CHECK, CARD)
def check(card: WorkCard) -> ResponseReturnValue:
    flow.check_card(card, actor=current_person())
    return _to(card, _("The card is checked. Lock it once the signed one is there."))


@bp.route(f"/cards/<{ID}:card_id>/return", methods=["GET", "POST"])
@allowed_on(Permission.CARD_CHECK, CARD)
def send_back(card: WorkCard) -> ResponseReturnValue:
    form = ReturnForm()
    if form.validate_on_submit():
        try:
            flow.send_back(card, reason=form.reason.data or "", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(card, _("The card is returned. The animator has been told."))
    return render_template("cards/send_back.html", card=card, form=form), form.status


@bp.post(f"/cards/<{ID}:card_id>/lock")
@allowed_on(Permission.CARD_CHECK, CARD)
def lock(card: WorkCard) -> ResponseReturnValue:
    flow.lock_card(card, actor=current_person())
    return _to(card, _("The card is locked. Nothing changes it any more."))


@bp.get(f"/cards/<{ID}:card_id>/card.pdf")
@allowed_on(Permission.CARD_READ, CARD)
def pdf(card: WorkCard) -> ResponseReturnValue:
    try:
        data = card_pdf(card, queries.content_of(card)).printed()
    except NotPrinted as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".show", card_id=card.id), 303)
    return to_keep(data, name=_file_name(card, "pdf"), content_type="application/pdf")


@bp.get(f"/cards/<{ID}:card_id>/card.xlsx")
@allowed_on(Permission.CARD_READ, CARD)
def xlsx(card: WorkCard) -> ResponseReturnValue:
    data = cards_workbook([(card, queries.content_of(card))])
    return to_keep(data, name=_file_name(card, "xlsx"), content_type=XLSX)


def _file_name(card: WorkCard, ending: str) -> str:
    return f"{card.number.replace('/', '-')} {card.animator.name}.{ending}"


# --- The office ---------------------------------------------------------------------------------------------


@bp.get("/office/cards")
@allowed(Permission.CARD_CHECK)
def office() -> ResponseReturnValue:
    month = _month_asked()
    narrowing = MonthFilter(month=f"{month:%Y-%m}")
    narrowing.offer(queries.last_months())
    rows = queries.office_rows(month)
    return render_template(
        "cards/office.html",
        month=month,
        narrowing=narrowing,
        rows=rows,
        owed=sum(row.is_owed for row in rows),
        is_over=last_of(month) <= clock.today(),
        button=ConfirmForm(),
    )


@bp.post("/office/cards/remind")
@allowed(Permission.CARD_CHECK)
def remind() -> ResponseReturnValue:
    form = BeginForm()
    form.validate_on_submit()
    month = form.wanted
    if month is None or month not in queries.last_months():
        abort(400)
    try:
        told = reminding.remind_now(month, actor=current_person())
    except DomainError as refusal:
        flash(str(refusal), "danger")
    else:
        flash(ngettext("One reminder is on its way.", "%(num)d reminders are on their way.", told), "success")
    return redirect(url_for(".office", month=f"{month:%Y-%m}"), 303)


@bp.get("/office/cards.xlsx")
@allowed(Permission.CARD_CHECK)
def office_xlsx() -> ResponseReturnValue:
    """Every card of the month that was submitted. Who took it is remembered."""
    month = _month_asked()
    cards = [(row.card, row.content) for row in queries.office_rows(month) if row.card and row.content]
    data = cards_workbook(cards)
    programme, actor = the_programme().row, current_person()
    with aside() as transaction:
        audit.record(
            CardEvent.EXPORTED,
            programme,
            actor=actor,
            session=transaction,
            month=f"{month:%Y-%m}",
            cards=len(cards),
        )
    name = _("Work cards %(month)s", month=month_name(month))
    return to_keep(data, name=f"{name}.xlsx", content_type=XLSX)


def _month_asked() -> date:
    """Anything that is no month of the last year is the last one that is over."""
    asked, known = read_month(request.args.get("month", "")), queries.last_months()
    return asked if asked in known else known[1]


def _to(card: WorkCard, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".show", card_id=card.id), 303)
