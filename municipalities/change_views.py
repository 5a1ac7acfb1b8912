"""Pages of the office: changes of municipalities, what each touches, and taking in the official file."""

from collections.abc import Sequence
from hashlib import sha256

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.history import story
from accounts.policy import Permission
from core import clock
from core.errors import DomainError
from core.forms import BaseForm, ConfirmForm
from core.i18n import _, ngettext
from core.paging import asked_id, page_number, paged
from municipalities import followers
from municipalities.change_forms import FORMS, ChangeForm, OfficialFileForm, answers, decision_form
from municipalities.change_queries import change_by_id, change_counts, changes, successors_of
from municipalities.models import Municipality, MunicipalityChange
from municipalities.official_file import read_official_file
from municipalities.packed_file import unpacked
from municipalities.queries import municipality_by_id, register_is_of
from municipalities.report import outcome
from municipalities.services import changing
from municipalities.services.change_rules import check
from municipalities.services.register import ALLOWED_TO_END, apply_import, plan_import
from municipalities.services.territory import check_codes
from municipalities.workflow import ChangeKind, ChangeStatus

bp = Blueprint("municipality_changes", __name__, url_prefix="/municipalities/changes")

CHANGE = Source(change_by_id, read=Permission.MUNICIPALITY_CHANGE)
ID = "int(max=2147483647)"


@bp.get("")
@allowed(Permission.MUNICIPALITY_CHANGE)
def index() -> ResponseReturnValue:
    status = request.args.get("status", ChangeStatus.DRAFT, ChangeStatus)
    page = paged(changes(status), number=page_number())
    return render_template(
        "municipalities/changes/index.html",
        page=page,
        changes=[row.MunicipalityChange for row in page.rows],
        counts=change_counts(),
        status=status,
        statuses=list(ChangeStatus),
        today=clock.today(),
        form=ConfirmForm(),
        state_on=register_is_of(),
    )


@bp.get("/new")
@allowed(Permission.MUNICIPALITY_CHANGE)
def choose_kind() -> ResponseReturnValue:
    found = municipality_by_id(asked_id("municipality") or 0)
    return render_template("municipalities/changes/choose.html", kinds=list(ChangeKind), municipality=found)


@bp.route("/new/<kind>", methods=["GET", "POST"])
@allowed(Permission.MUNICIPALITY_CHANGE)
def enter(kind: str) -> ResponseReturnValue:
    chosen = next((one for one in ChangeKind if one == kind), None) or abort(404)
    form = FORMS[chosen]()
    started_from = municipality_by_id(asked_id("municipality") or 0)
    if request.method == "GET" and started_from is not None:
        form.start_from(started_from)
    if form.validate_on_submit():
        try:
            change = _entered(chosen, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(change, _("The draft is saved. Look at what it touches, then apply it."))
    return _form_page(form, chosen, None)


def _entered(kind: ChangeKind, form: ChangeForm) -> MunicipalityChange:
    sources, targets = form.parts()
    return changing.draft_change(
        kind,
        effective_on=form.first_day,
        legal_basis=form.legal_basis.data,
        sources=sources,
        targets=targets,
        actor=current_person(),
    )


@bp.route(f"/<{ID}:change_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.MUNICIPALITY_CHANGE, CHANGE)
def edit(change: MunicipalityChange) -> ResponseReturnValue:
    form = FORMS[change.kind]()
    if request.method == "GET":
        form.show(change)
    if form.validate_on_submit():
        try:
            sources, targets = form.parts()
            changing.edit_draft(
                change,
                effective_on=form.first_day,
                legal_basis=form.legal_basis.data,
                sources=sources,
                targets=targets,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(change, _("The draft is saved."))
    return _form_page(form, change.kind, change)


def _form_page(form: ChangeForm, kind: ChangeKind, change: MunicipalityChange | None) -> ResponseReturnValue:
    return (
        render_template("municipalities/changes/form.html", form=form, kind=kind, change=change),
        form.status,
    )


@bp.route(f"/<{ID}:change_id>", methods=["GET", "POST"])
@allowed_on(Permission.MUNICIPALITY_CHANGE, CHANGE)
def show(change: MunicipalityChange) -> ResponseReturnValue:
    """What it touches, and what has to be decided about it; sending the page keeps the decisions."""
    is_draft = change.status is ChangeStatus.DRAFT
    questions = followers.questions(change) if is_draft else []
    form = decision_form(questions, change.decisions)
    if form.validate_on_submit():
        try:
            changing.decide(change, answers(form, questions), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(change, _("The decisions are saved."))
    return _change_page(change, form), form.status


def _change_page(change: MunicipalityChange, form: BaseForm) -> str:
    is_draft = change.status is ChangeStatus.DRAFT
    undo_until = changing.undo_until(change) if change.status is ChangeStatus.APPLIED else None
    in_time = undo_until is not None and clock.today() <= undo_until
    return render_template(
        "municipalities/changes/show.html",
        change=change,
        form=form,
        lone=ConfirmForm(),
        topics=followers.preview(change) if is_draft else [],
        still_open=followers.still_open(change) if is_draft else [],
        refusal=_refusal(change) if is_draft else None,
        is_due=change.effective_on <= clock.today(),
        undo_until=undo_until,
        newer=changing.what_is_newer(change) if in_time else None,
        successors=_later_successors(change),
        history=story(change, since=change.created_at, most=30),
        today=clock.today(),
    )


def _later_successors(change: MunicipalityChange) -> dict[int, Sequence[Municipality]]:
    """Who has the land today, where that is no longer who got it with this change."""
    at_first = {unit.municipality_id for unit in change.targets}
    found = {unit.id: successors_of(unit.municipality) for unit in change.ending if unit.municipality}
    return {id_: heirs for id_, heirs in found.items() if {one.id for one in heirs} != at_first}


def _refusal(change: MunicipalityChange) -> str | None:
    """The rule that applying would run into."""
    try:
        check(change)
        check_codes(change)
        for follower in followers.followers():
            follower.check(change)
    except DomainError as refusal:
        return str(refusal)
    return None


@bp.post(f"/<{ID}:change_id>/apply")
@allowed_on(Permission.MUNICIPALITY_CHANGE, CHANGE)
def apply(change: MunicipalityChange) -> ResponseReturnValue:
    changing.apply_change(change, actor=current_person())
    return _to(change, _("The change is applied. Those concerned get a mail."))


@bp.post(f"/<{ID}:change_id>/undo")
@allowed_on(Permission.MUNICIPALITY_CHANGE, CHANGE)
def undo(change: MunicipalityChange) -> ResponseReturnValue:
    changing.undo_change(change, actor=current_person())
    return _to(change, _("The change is undone: everything is as it was before."))


@bp.post(f"/<{ID}:change_id>/discard")
@allowed_on(Permission.MUNICIPALITY_CHANGE, CHANGE)
def discard(change: MunicipalityChange) -> ResponseReturnValue:
    changing.discard(change, actor=current_person())
    flash(_("The draft is discarded."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/apply-unused")
@allowed(Permission.MUNICIPALITY_CHANGE)
def apply_unused() -> ResponseReturnValue:
    count = len(changing.apply_those_that_touch_nothing(actor=current_person()))
    flash(
        ngettext("%(num)d change is applied.", "%(num)d changes are applied.", count)
        if count
        else _("Every change that is due touches somebody or has to be decided: look at them one by one."),
        "success" if count else "message",
    )
    return redirect(url_for(".index"), 303)


@bp.route("/take-in", methods=["GET", "POST"])
@allowed(Permission.MUNICIPALITY_CHANGE)
def take_in() -> ResponseReturnValue:
    form = OfficialFileForm()
    if form.validate_on_submit():
        try:
            said = _taken(form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(said, "success")
            return redirect(url_for(".index"), 303)
    return render_template(
        "municipalities/changes/take_in.html", form=form, state_on=register_is_of()
    ), form.status


def _taken(form: OfficialFileForm) -> str:
    content = unpacked(form.file.data.read())
    given = form.allow_ending.data
    allowed_share = ALLOWED_TO_END if given is None else float(given)
    return outcome(
        apply_import(
            plan_import(read_official_file(content)),
            file_hash=sha256(content).hexdigest(),
            actor=current_person(),
            allow_ending=allowed_share,
        )
    )


def _to(change: MunicipalityChange, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".show", change_id=change.id), 303)
