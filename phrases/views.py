"""The library of ready phrases."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.models import User
from accounts.policy import Permission, can
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from phrases import queries, services
from phrases.errors import NotForEverybody
from phrases.forms import ChangePhraseForm, LibraryFilter, PhraseForm
from phrases.models import Phrase, PhraseKind
from phrases.sources import PHRASE

bp = Blueprint("phrases", __name__, url_prefix="/phrases")

ID = "int(max=2147483647)"


@bp.get("")
@allowed(Permission.PHRASE_LIST)
def index() -> ResponseReturnValue:
    narrowing = LibraryFilter(formdata=request.args)
    narrowing.offer()
    person = current_person()
    offers = queries.library(person, kind=narrowing.wanted_kind, text=(narrowing.q.data or "")[:100])
    return render_template(
        "phrases/index.html",
        narrowing=narrowing,
        kept=[one for one in offers if one.phrase is not None or one.times],
        rest=[one for one in offers if one.phrase is None and not one.times],
        away=queries.put_away(person, is_office=_is_office(person)),
        is_office=_is_office(person),
        button=ConfirmForm(),
    )


@bp.route("/new", methods=["GET", "POST"])
@allowed(Permission.PHRASE_LIST)
def add() -> ResponseReturnValue:
    person = current_person()
    form = PhraseForm.of(None, like=_like(person), kind=PhraseKind.REMARK.value)
    if form.validate_on_submit():
        try:
            _not_for_everybody(form, person)
            services.add_phrase(form.wording(), owner=None if form.shared.data else person, actor=person)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_library(_("The phrase is kept."))
    return render_template(
        "phrases/edit.html", form=form, phrase=None, is_office=_is_office(person)
    ), form.status


@bp.route(f"/<{ID}:phrase_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.PHRASE_EDIT, PHRASE)
def change(phrase: Phrase) -> ResponseReturnValue:
    form = ChangePhraseForm.of(phrase)
    if form.validate_on_submit():
        try:
            services.change_phrase(phrase, form.wording(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_library(_("The phrase is changed. What was written with it stays as it is."))
    return render_template("phrases/edit.html", form=form, phrase=phrase, is_office=False), form.status


@bp.post(f"/<{ID}:phrase_id>/put-away")
@allowed_on(Permission.PHRASE_EDIT, PHRASE)
def put_away(phrase: Phrase) -> ResponseReturnValue:
    services.put_away(phrase, actor=current_person())
    return _to_library(_("The phrase is put away. You find it at the end of this page."))


@bp.post(f"/<{ID}:phrase_id>/bring-back")
@allowed_on(Permission.PHRASE_EDIT, PHRASE)
def bring_back(phrase: Phrase) -> ResponseReturnValue:
    try:
        services.bring_back(phrase, actor=current_person())
    except DomainError as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".index"), 303)
    return _to_library(_("The phrase is offered again."))


def _like(person: User) -> queries.Offer | None:
    """The one that the address names to be copied, where this person has it."""
    wanted = request.args.get("copy", "")
    return next((one for one in queries.library(person) if one.key == wanted), None) if wanted else None


def _not_for_everybody(form: PhraseForm, person: User) -> None:
    if form.shared.data and not _is_office(person):
        raise NotForEverybody


def _is_office(person: User) -> bool:
    return can(person, Permission.PHRASE_SHARE)


def _to_library(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".index"), 303)
