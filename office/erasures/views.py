"""Requests for erasure: entered, looked at before anything happens, then done or refused."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import request as web
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.policy import Permission, can
from core import clock
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from office.erasures import services
from office.erasures.errors import NothingChosen
from office.erasures.forms import EraseForm, RefuseForm, RequestForm
from office.erasures.models import ErasureRequest, ErasureStatus, PlaceDecision
from office.erasures.places import Place
from office.erasures.queries import request_by_id, requests
from office.erasures.words import label_of, named_in_words

bp = Blueprint("erasures", __name__, url_prefix="/office/erasures")

MANAGE = Permission.ERASURE_MANAGE
REQUEST = Source(load=request_by_id, read=MANAGE)


@bp.route("", methods=["GET", "POST"])
@allowed(MANAGE)
def index() -> ResponseReturnValue:
    form = RequestForm(received_on=clock.today())
    if form.validate_on_submit():
        try:
            entered = services.enter(
                form.address.data or "",
                received_on=form.received_on.data or clock.today(),
                reason=form.reason.data or "",
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return redirect(url_for(".show", request_id=entered.id), 303)
    return render_template("office/erasures/index.html", form=form, requests=requests()), form.status


@bp.get("/<int:request_id>")
@allowed_on(MANAGE, REQUEST)
def show(request: ErasureRequest) -> ResponseReturnValue:
    return _page(request, EraseForm(formdata=None), RefuseForm(formdata=None))


@bp.route("/<int:request_id>/words", methods=["GET", "POST"])
@allowed_on(MANAGE, REQUEST)
def words(request: ErasureRequest) -> ResponseReturnValue:
    """Texts in which the surname may stand alone, each to be settled."""
    if request.status is not ErasureStatus.OPEN:
        return redirect(url_for(".show", request_id=request.id), 303)
    form, places = ConfirmForm(), services.preview(request).places
    if form.validate_on_submit():
        chosen = _chosen(places)
        if chosen:
            left = services.settle(request, chosen, actor=current_person())
            return _after_settling(request, left)
        form.reject(NothingChosen())
    page = render_template(
        "office/erasures/words.html",
        request_=request,
        places=places,
        form=form,
        decisions=list(PlaceDecision),
        label_of=label_of,
        may_open=can(current_person(), Permission.BOARD_READ),
    )
    return page, form.status


def _chosen(places: Sequence[Place]) -> dict[tuple[str, str, int], PlaceDecision]:
    """What was ticked; by the second button the rest is left."""
    rest = PlaceDecision.LEAVE if web.form.get("rest") == PlaceDecision.LEAVE else None
    known = {one.value: one for one in PlaceDecision}
    ticked = {place.where: known.get(web.form.get(place.name, "")) or rest for place in places}
    return {where: decision for where, decision in ticked.items() if decision is not None}


def _after_settling(request: ErasureRequest, left: int) -> ResponseReturnValue:
    if left:
        flash(ngettext("One text is left to settle.", "%(num)d texts are left to settle.", left), "info")
        return redirect(url_for(".words", request_id=request.id), 303)
    flash(_("Every text is settled."), "success")
    return redirect(url_for(".show", request_id=request.id), 303)


@bp.post("/<int:request_id>/erase")
@allowed_on(MANAGE, REQUEST)
def erase(request: ErasureRequest) -> ResponseReturnValue:
    form = EraseForm()
    if form.validate_on_submit():
        try:
            services.erase(request, actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("Done: nothing tells any more who it was. What they did stays counted."), "success")
            return redirect(url_for(".show", request_id=request.id), 303)
    return _page(request, form, RefuseForm(formdata=None)), 422


@bp.post("/<int:request_id>/refuse")
@allowed_on(MANAGE, REQUEST)
def refuse(request: ErasureRequest) -> ResponseReturnValue:
    form = RefuseForm()
    if form.validate_on_submit():
        try:
            services.refuse(request, reason=form.reason.data or "", actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The request is closed. Nothing was erased."), "success")
            return redirect(url_for(".index"), 303)
    return _page(request, EraseForm(formdata=None), form), 422


def _page(request: ErasureRequest, form: EraseForm, refuse_form: RefuseForm) -> str:
    is_open = request.status is ErasureStatus.OPEN
    preview = services.preview(request) if is_open else None
    return render_template(
        "office/erasures/show.html",
        request_=request,
        preview=preview,
        named=named_in_words(preview.named_in if preview else request.outcome),
        form=form,
        refuse_form=refuse_form,
    )
