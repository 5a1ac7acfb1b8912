"""The texts of papers: the office changes them, sees how they read, and goes back to the programme's own."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import LANGUAGES, _, in_language
from papers import services
from papers.filling import GAP
from papers.forms import TextForm
from papers.kinds import FORMS, PaperKind, placeholders
from papers.markup import Text, filled
from papers.names import NAMES, sample_members, sample_values
from papers.texts import body_in_force, kinds_with_own_text, new_text, text_in_force, versions_of

bp = Blueprint("paper_texts", __name__, url_prefix="/office/papers")


@bp.get("/")
@allowed(Permission.PAPER_WORDING)
def index() -> ResponseReturnValue:
    return render_template(
        "papers/texts.html",
        kinds=[(kind, FORMS[kind]) for kind in PaperKind],
        languages=LANGUAGES,
        own=kinds_with_own_text(),
    )


@bp.route("/<kind>/<lang>", methods=["GET", "POST"])
@allowed(Permission.PAPER_WORDING)
def edit(kind: str, lang: str) -> ResponseReturnValue:
    """Its other button only shows how the text reads; nothing is kept then."""
    wanted = _kind(kind, lang)
    form = TextForm(body=body_in_force(wanted, lang))
    only_looks = "preview" in request.form
    preview = None
    if form.validate_on_submit():
        try:
            preview = _preview(new_text(wanted, form.body.data or ""), lang)
            if not only_looks:
                services.change_text(wanted, lang, form.body.data or "", actor=current_person())
                return _to(wanted, lang, _("The text is saved. Papers made from now on say this."))
        except DomainError as refusal:
            form.reject(refusal)
    elif request.method == "GET":
        preview = _preview(text_in_force(wanted, lang), lang)
    page = render_template(
        "papers/edit_text.html",
        kind=wanted,
        lang=lang,
        languages=LANGUAGES,
        form=form,
        confirm=ConfirmForm(),
        preview=preview,
        has_clause=FORMS[wanted].has_clause,
        names=[(name, NAMES[name]) for name in placeholders(wanted)],
        versions=versions_of(wanted, lang),
    )
    return page, 422 if form.has_errors else 200


@bp.post("/<kind>/<lang>/restore")
@allowed(Permission.PAPER_WORDING)
def restore(kind: str, lang: str) -> ResponseReturnValue:
    wanted = _kind(kind, lang)
    form = ConfirmForm()
    form.validate_on_submit()
    try:
        services.restore_text(wanted, lang, actor=current_person())
    except DomainError as refusal:
        flash(str(refusal), "danger")
        return redirect(url_for(".edit", kind=wanted.value, lang=lang), 303)
    return _to(wanted, lang, _("The programme's own text is back."))


def _kind(kind: str, lang: str) -> PaperKind:
    if kind not in set(PaperKind) or lang not in LANGUAGES:
        abort(404)
    return PaperKind(kind)


def _preview(text: Text, lang: str) -> Text:
    with in_language(lang):
        return filled(text, sample_values(), members=sample_members(), gap=GAP)


def _to(kind: PaperKind, lang: str, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".edit", kind=kind.value, lang=lang), 303)
