"""The programme itself in the browser: words, dates, logos, numbers, lists. Every change holds at once and stays in its history."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person, public
from accounts.history import lines_where
from accounts.policy import Permission
from core import clock, storage
from core.audit import AuditEvent
from core.errors import DomainError
from core.forms import BaseForm, ConfirmForm
from core.i18n import _, ngettext
from core.paging import page_number
from office.programme.forms import (
    EntryForm,
    LogoForm,
    LogoWordsForm,
    RetireForm,
    WordsForm,
    as_words,
    help_of,
    numbers_form,
)
from office.programme.pages import ListedList, list_by_key, listed_lists, number_rows, retirement
from office.programme.uses import uses_of
from programme import changes, list_changes, logos
from programme.code_lists import Choice
from programme.models import ProgrammeLogo
from programme.queries import the_programme
from programme.setting_groups import GROUPS, SettingGroup, group_by_key

bp = Blueprint("programme", __name__, url_prefix="/office/programme")

MANAGE = Permission.PROGRAMME_MANAGE
FOR_A_YEAR = "public, max-age=31536000, immutable"


GROUP = Source(load=group_by_key, read=MANAGE)
LIST = Source(load=list_by_key, read=MANAGE)
LOGO = Source(load=logos.logo_by_id, read=MANAGE)


def _saved(form: BaseForm, save: Callable[[], Any]) -> bool:
    """Whether the form was sent, is right, and nothing was against it."""
    if not form.validate_on_submit():
        return False
    try:
        save()
    except DomainError as refusal:
        form.reject(refusal)
        return False
    return True


@bp.get("")
@allowed(MANAGE)
def index() -> ResponseReturnValue:
    programme = the_programme()
    return render_template(
        "office/programme/index.html",
        words=changes.words_of(programme.row),
        groups=[(group, number_rows(group)) for group in GROUPS],
        lists=listed_lists(),
        logos=logos.logos(),
    )


@bp.route("/words", methods=["GET", "POST"])
@allowed(MANAGE)
def words() -> ResponseReturnValue:
    row, person = the_programme().row, current_person()
    form = WordsForm.showing(changes.words_of(row), starts_on=row.starts_on, ends_on=row.ends_on)

    def save() -> None:
        assert form.starts_on.data  # noqa: S101 - required by the form
        assert form.ends_on.data  # noqa: S101 - as above
        changes.change_words(
            form.words, starts_on=form.starts_on.data, ends_on=form.ends_on.data, actor=person
        )

    if _saved(form, save):
        flash(_("Saved. It reads like this everywhere from now on."), "success")
        return redirect(url_for(".index"), 303)
    return render_template("office/programme/words.html", form=form), form.status


# --- Numbers ---------------------------------------------------------------------------------------------


@bp.route("/numbers/<key>", methods=["GET", "POST"])
@allowed_on(MANAGE, GROUP)
def numbers(group: SettingGroup) -> ResponseReturnValue:
    programme, person = the_programme(), current_person()
    form = numbers_form(group, programme.settings, programme.profile)
    texts = {field.name: field.data or "" for field in form if field.name in group.names}
    changed: list[str] = []
    if _saved(form, lambda: changed.extend(changes.change_numbers(texts, actor=person))):
        flash(_told(changed), "success")
        return redirect(url_for(".numbers", key=group.key), 303)
    page = render_template(
        "office/programme/numbers.html",
        group=group,
        form=form,
        rows=number_rows(group),
        as_words=as_words,
        help_of=lambda name: help_of(name, programme.profile),
    )
    return page, form.status


@bp.post("/numbers/<key>/default")
@allowed_on(MANAGE, GROUP)
def back_to_default(group: SettingGroup) -> ResponseReturnValue:
    name = request.form.get("setting", "")
    if name not in group.names:
        abort(404)
    flash(_told(changes.back_to_default(name, actor=current_person())), "success")
    return redirect(url_for(".numbers", key=group.key), 303)


def _told(changed: list[str]) -> str:
    if not changed:
        return _("Nothing was changed.")
    return ngettext(
        "%(num)d number was changed. It holds from now on, everywhere.",
        "%(num)d numbers were changed. They hold from now on, everywhere.",
        len(changed),
    )


# --- Logos -----------------------------------------------------------------------------------------------


@bp.route("/logos", methods=["GET", "POST"])
@allowed(MANAGE)
def all_logos() -> ResponseReturnValue:
    form, person = LogoForm(), current_person()

    def save() -> None:
        data, name = form.sent
        logos.add_logo(data, name, form.words, actor=person)

    if _saved(form, save):
        flash(_("The logo stands on public pages now."), "success")
        return redirect(url_for(".all_logos"), 303)
    page = render_template(
        "office/programme/logos.html",
        form=form,
        logos=logos.logos(),
        most=logos.MOST_LOGOS,
        confirm=ConfirmForm(),
    )
    return page, form.status


@bp.route("/logos/<int:logo_id>", methods=["GET", "POST"])
@allowed_on(MANAGE, LOGO)
def change_logo(logo: ProgrammeLogo) -> ResponseReturnValue:
    form, person = LogoWordsForm(**logo.words), current_person()
    if _saved(form, lambda: logos.change_words_of_logo(logo, form.words, actor=person)):
        flash(_("Saved."), "success")
        return redirect(url_for(".all_logos"), 303)
    return render_template("office/programme/logo.html", form=form, logo=logo), form.status


@bp.post("/logos/<int:logo_id>/forward")
@allowed_on(MANAGE, LOGO)
def move_logo(logo: ProgrammeLogo) -> ResponseReturnValue:
    logos.move_forward(logo, actor=current_person())
    return redirect(url_for(".all_logos"), 303)


@bp.post("/logos/<int:logo_id>/remove")
@allowed_on(MANAGE, LOGO)
def remove_logo(logo: ProgrammeLogo) -> ResponseReturnValue:
    logos.remove_logo(logo, actor=current_person())
    flash(_("The logo is gone from all pages."), "success")
    return redirect(url_for(".all_logos"), 303)


@bp.get("/logos/<int:logo_id>/<version>")
@public
def logo(logo_id: int, version: str) -> ResponseReturnValue:
    """For everybody. ``version`` makes the address of another picture another one."""
    found = logos.logo_by_id(logo_id)
    if found is None or not version or not found.file.blob_hash.startswith(version):
        abort(404)
    response = Response(storage.read(found.file), mimetype=found.file.media_type)
    response.set_etag(found.file.blob_hash)
    response.headers["Cache-Control"] = FOR_A_YEAR
    response.make_conditional(request)
    return response


# --- Lists -----------------------------------------------------------------------------------------------


@bp.route("/lists/<key>", methods=["GET", "POST"])
@allowed_on(MANAGE, LIST)
def one_list(listed: ListedList) -> ResponseReturnValue:
    """The entries, and a form that adds one at the end where the list takes further ones."""
    if request.method == "POST" and not listed.takes_entries:
        abort(404)
    form, person = EntryForm(), current_person()
    also = [part.strip() for part in (form.also.data or "").split(",") if part.strip()]
    entry = {"pl": form.pl.data or "", "en": form.en.data or ""}
    if _saved(form, lambda: list_changes.add_entry(listed.key, entry, also, actor=person)):
        flash(
            _("The entry stands at the end of the list. Workbooks that are downloaded from now on have it."),
            "success",
        )
        return redirect(url_for(".one_list", key=listed.key), 303)
    page = render_template("office/programme/list.html", form=form, listed=listed, retirement=retirement)
    return page, form.status


@bp.route("/lists/<key>/<code>", methods=["GET", "POST"])
@allowed_on(MANAGE, LIST)
def entry(listed: ListedList, code: str) -> ResponseReturnValue:
    choice, person = _choice(listed, code), current_person()
    form = EntryForm(**choice.labels.texts)
    del form.also
    new = {"pl": form.pl.data or "", "en": form.en.data or ""}
    if _saved(form, lambda: list_changes.change_label(listed.key, code, new, actor=person)):
        flash(
            _(
                "Saved. It reads like this everywhere; what it was called before is still understood in workbooks."
            ),
            "success",
        )
        return redirect(url_for(".one_list", key=listed.key), 303)
    page = render_template(
        "office/programme/entry.html", form=form, listed=listed, choice=choice, retirement=retirement
    )
    return page, form.status


def _choice(listed: ListedList, code: str) -> Choice:
    return listed.choice(code) or abort(404)


@bp.route("/lists/<key>/<code>/retire", methods=["GET", "POST"])
@allowed_on(MANAGE, LIST)
def retire(listed: ListedList, code: str) -> ResponseReturnValue:
    """Where it is used is said first: there it stays."""
    choice, person = _choice(listed, code), current_person()
    if not listed.can_retire(choice):
        abort(404)
    form = RetireForm(on=choice.retired_on or clock.today())
    day = form.on.data or clock.today()
    if _saved(form, lambda: list_changes.retire(listed.key, code, on=day, actor=person)):
        flash(
            _("Saved. What has this entry keeps it; it is offered for nothing new from that day on."),
            "success",
        )
        return redirect(url_for(".one_list", key=listed.key), 303)
    page = render_template(
        "office/programme/retire.html",
        form=form,
        listed=listed,
        choice=choice,
        uses=uses_of(listed.key, code),
    )
    return page, form.status


@bp.post("/lists/<key>/<code>/back")
@allowed_on(MANAGE, LIST)
def bring_back(listed: ListedList, code: str) -> ResponseReturnValue:
    choice = _choice(listed, code)
    list_changes.bring_back(listed.key, choice.code, actor=current_person())
    flash(_("The entry is offered again."), "success")
    return redirect(url_for(".one_list", key=listed.key), 303)


@bp.get("/history")
@allowed(MANAGE)
def history() -> ResponseReturnValue:
    row = the_programme().row
    own = AuditEvent.record_kind == row.__tablename__, AuditEvent.record_id == row.id
    page = lines_where(*own, AuditEvent.event.startswith("programme."), number=page_number())
    return render_template("office/programme/history.html", page=page)
