"""Requests for erasure: entered, looked at before anything happens, then done or refused."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.policy import Permission
from core import clock
from core.errors import DomainError
from core.i18n import _
from office.erasures import services
from office.erasures.forms import EraseForm, RefuseForm, RequestForm
from office.erasures.models import ErasureRequest, ErasureStatus
from office.erasures.queries import request_by_id, requests
from office.erasures.words import named_in_words

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
