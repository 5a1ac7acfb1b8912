"""The office's side of the catalogue: look through, publish, put right, check again; all of it as a workbook."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.policy import Permission
from core import audit
from core.checked_links import dead_among
from core.database import aside
from core.downloads import to_keep
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from core.paging import page_number
from core.sheets import LIMITS, Problem
from core.uploads import sent_file, takes_files
from knowledge import queries, services
from knowledge.events import OfferEvent
from knowledge.forms import OfferFilter, OffersFileForm, OfficeOfferForm
from knowledge.models import CatalogueItem
from knowledge.sheets import catalogue_sheet, offers_sheet
from knowledge.taking_in import Taken, problems_of, take_in
from knowledge.words import area_labels
from knowledge.workflow import OFFER
from programme.queries import the_programme

bp = Blueprint("offers", __name__)

ID = "int(max=2147483647)"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_PROBLEMS = 50
"""That one page shows."""
OFFER_SOURCE = Source(load=queries.offer_by_id, read=Permission.CATALOGUE_MANAGE)
manages = allowed_on(Permission.CATALOGUE_MANAGE, OFFER_SOURCE)


@bp.get("/office/offers")
@allowed(Permission.CATALOGUE_MANAGE)
def index() -> ResponseReturnValue:
    form = OfferFilter(formdata=request.args)
    text, state = (form.q.data or "")[:80], form.wanted_state
    page = queries.all_offers(text, state, number=page_number())
    return render_template(
        "knowledge/index.html",
        form=form,
        page=page,
        is_narrowed=bool(text.strip() or state),
        counts=queries.count_by_state(),
        dead=dead_among(one.url for one in page.rows),
    )


@bp.get("/office/offers/catalogue.xlsx")
@allowed(Permission.CATALOGUE_MANAGE)
def as_xlsx() -> ResponseReturnValue:
    person, programme = current_person(), the_programme().row
    with aside() as session:
        audit.record(OfferEvent.TAKEN_AWAY, programme, actor=person, session=session)
    data = catalogue_sheet().workbook(queries.for_export())
    return to_keep(data, name=_("catalogue-of-offers") + ".xlsx", content_type=XLSX)


@bp.get("/office/offers/template.xlsx")
@allowed(Permission.CATALOGUE_MANAGE)
def template() -> ResponseReturnValue:
    return to_keep(offers_sheet().blank(), name=_("catalogue-of-offers") + ".xlsx", content_type=XLSX)


@bp.route("/office/offers/from-file", methods=["GET", "POST"])
@allowed(Permission.CATALOGUE_MANAGE)
@takes_files(lambda: LIMITS.file_bytes)
def from_file() -> ResponseReturnValue:
    """What is wrong with a file is said cell by cell; right or not, it is not kept."""
    form, problems = OffersFileForm(), list[Problem]()
    file = sent_file(form.file)
    if form.validate_on_submit() and file:
        try:
            reading = offers_sheet().read(file.data)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            problems = list(problems_of(reading))
            if not problems:
                return _taken(take_in(reading.rows, actor=current_person()))
    page = render_template("knowledge/from_file.html", form=form, problems=problems, most=MOST_PROBLEMS)
    return page, form.status


def _taken(taken: Taken) -> ResponseReturnValue:
    flash(
        _("Taken in: %(entered)s. There already: %(known)s.", entered=taken.entered, known=taken.known),
        "success",
    )
    return redirect(url_for(".index", state="draft"), 303)


@bp.route("/office/offers/new", methods=["GET", "POST"])
@allowed(Permission.CATALOGUE_MANAGE)
def write() -> ResponseReturnValue:
    form = OfficeOfferForm()
    if form.validate_on_submit():
        try:
            item = services.write(form.office_content(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(item, _("Saved. Nobody sees it before you publish it."))
    return render_template("knowledge/edit.html", item=None, form=form), form.status


@bp.get(f"/office/offers/<{ID}:item_id>")
@manages
def show(item: CatalogueItem) -> ResponseReturnValue:
    return render_template(
        "knowledge/show.html",
        item=item,
        areas=area_labels(item),
        actions=OFFER.actions(item.state),
        is_dead=bool(dead_among([item.url])),
        form=ConfirmForm(),
    )


@bp.route(f"/office/offers/<{ID}:item_id>/edit", methods=["GET", "POST"])
@manages
def edit(item: CatalogueItem) -> ResponseReturnValue:
    form = OfficeOfferForm.of(item)
    if form.validate_on_submit():
        try:
            services.change(item, form.office_content(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(item, _("Saved."))
    return render_template("knowledge/edit.html", item=item, form=form), form.status


@bp.post(f"/office/offers/<{ID}:item_id>/moderate")
@manages
def moderate(item: CatalogueItem) -> ResponseReturnValue:
    services.moderate(item, actor=current_person())
    return _to(item, _("Looked through. Publish it when everything is right."))


@bp.post(f"/office/offers/<{ID}:item_id>/publish")
@manages
def publish(item: CatalogueItem) -> ResponseReturnValue:
    services.publish(item, actor=current_person())
    return _to(item, _("Published. Everybody sees it, and whoever asked for news of offers is told."))


@bp.post(f"/office/offers/<{ID}:item_id>/confirm")
@manages
def confirm(item: CatalogueItem) -> ResponseReturnValue:
    services.confirm(item, actor=current_person())
    return _to(item, _("Noted: it was checked today."))


@bp.post(f"/office/offers/<{ID}:item_id>/outdate")
@manages
def outdate(item: CatalogueItem) -> ResponseReturnValue:
    services.outdate(item, actor=current_person())
    return _to(item, _("Marked as out of date. It is in the catalogue no more."))


@bp.post(f"/office/offers/<{ID}:item_id>/decline")
@manages
def decline(item: CatalogueItem) -> ResponseReturnValue:
    services.decline(item, actor=current_person())
    return _to(item, _("Put aside. The address for questions is deleted."))


def _to(item: CatalogueItem, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("offers.show", item_id=item.id), 303)
