"""Addresses about handbooks: the office sends, the municipalities confirm, everybody may read."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person, public
from accounts.policy import Permission
from core import clock, storage
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from core.paging import address_with, page_number, paged
from core.uploads import takes_files
from handbooks import queries, services
from handbooks.errors import SentMeanwhile
from handbooks.forms import ConfirmCopiesForm, CorrectSendingForm, EditionForm, SendForm, SupplyFilter
from handbooks.models import HandbookEdition, HandbookIssue
from municipalities.queries import voivodeships
from partnerships.files.services import most_bytes
from partnerships.models import Partnership
from partnerships.queries.lists import municipalities_with_open_partnership
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID
from programme.queries import the_programme

bp = Blueprint("handbooks", __name__)

EDITION = Source(load=queries.edition_by_id, read=Permission.HANDBOOK_MANAGE)


@bp.route("/office/handbooks", methods=["GET", "POST"])
@allowed(Permission.HANDBOOK_MANAGE)
def index() -> ResponseReturnValue:
    """Who is short of copies; and the form that records a sending to those who are ticked."""
    edition = queries.current_edition()
    form = SendForm(sent_on=clock.today(), sent_count=the_programme().settings.handbook_copies)
    if form.validate_on_submit():
        chosen = municipalities_with_open_partnership(form.municipality_ids.data or [])
        try:
            issues = services.send_copies(
                chosen,
                sent_on=form.sent_on.data or clock.today(),
                sent_count=form.sent_count.data,
                seen=form.seen_id,
                actor=current_person(),
            )
        except SentMeanwhile as refusal:
            form.reject(refusal)
            form.seen.data = None  # now they know
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(
                ngettext("One sending is recorded.", "%(num)d sendings are recorded.", len(issues)), "success"
            )
            return redirect(address_with(), 303)
    narrowing = SupplyFilter(formdata=request.args)
    narrowing.offer(voivodeships())
    query = queries.supplies(
        edition,
        text=(narrowing.q.data or "")[:100],
        voivodeship=narrowing.voivodeship.data or "",
        supply=narrowing.wanted_supply,
    )
    page = paged(query, number=page_number())
    if form.seen_id is None:
        form.seen.data = str(queries.last_issue_id())
    body = render_template(
        "handbooks/index.html",
        edition=edition,
        narrowing=narrowing,
        form=form,
        page=page,
        rows=queries.rows_of(page.rows),
        counts=queries.count_by_supply(edition),
        wanted=the_programme().settings.handbook_copies,
    )
    return body, form.status


@bp.get("/office/handbooks/editions")
@allowed(Permission.HANDBOOK_MANAGE)
def editions() -> ResponseReturnValue:
    return render_template("handbooks/editions.html", editions=queries.editions())


@bp.route("/office/handbooks/editions/new", methods=["GET", "POST"])
@allowed(Permission.HANDBOOK_MANAGE)
@takes_files(most_bytes)
def new_edition() -> ResponseReturnValue:
    return _edition_page(None)


@bp.route(f"/office/handbooks/editions/<{ID}:edition_id>", methods=["GET", "POST"])
@allowed_on(Permission.HANDBOOK_MANAGE, EDITION)
@takes_files(most_bytes)
def change_edition(edition: HandbookEdition) -> ResponseReturnValue:
    return _edition_page(edition)


def _edition_page(edition: HandbookEdition | None) -> ResponseReturnValue:
    form = EditionForm.of(edition)
    if form.validate_on_submit():
        try:
            services.keep_edition(
                edition,
                title=form.title.data or "",
                edition=form.edition.data or "",
                published_on=form.published_on.data or clock.today(),
                is_current=form.is_current.data,
                file=form.sent_file(),
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The edition is saved."), "success")
            return redirect(url_for(".editions"), 303)
    return render_template("handbooks/edition.html", edition=edition, form=form), form.status


@bp.get(f"/handbooks/<{ID}:edition_id>/file")
@public
def file(edition_id: int) -> ResponseReturnValue:
    edition = queries.edition_by_id(edition_id)
    if edition is None or edition.file is None:
        abort(404)
    answer = Response(storage.read(edition.file), mimetype=edition.file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=edition.file.name)
    return answer


@bp.get(f"/partnerships/<{ID}:partnership_id>/handbooks")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def of_partnership(partnership: Partnership) -> ResponseReturnValue:
    issues = queries.issues_of(partnership.municipality)
    edition = queries.current_edition()
    arrived = sum(one.confirmed_count or 0 for one in issues if edition and one.edition_id == edition.id)
    return render_template(
        "handbooks/of_partnership.html",
        partnership=partnership,
        issues=issues,
        edition=edition,
        arrived=arrived,
        wanted=the_programme().settings.handbook_copies,
    )


@bp.route(f"/partnerships/<{ID}:partnership_id>/handbooks/<{ID}:issue_id>/confirm", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, PARTNERSHIP)
def confirm(partnership: Partnership, issue_id: int) -> ResponseReturnValue:
    issue = _issue(partnership, issue_id)
    form = ConfirmCopiesForm.of(issue)
    if form.validate_on_submit():
        try:
            services.confirm_copies(
                issue,
                confirmed_count=form.confirmed_count.data or 0,
                confirmed_on=form.confirmed_on.data or clock.today(),
                note=form.note.data,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(partnership, _("Thank you. The office sees what arrived."))
    page = render_template("handbooks/confirm.html", partnership=partnership, issue=issue, form=form)
    return page, form.status


@bp.route(f"/partnerships/<{ID}:partnership_id>/handbooks/<{ID}:issue_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_MANAGE, PARTNERSHIP)
def correct(partnership: Partnership, issue_id: int) -> ResponseReturnValue:
    issue = _issue(partnership, issue_id)
    form = CorrectSendingForm(obj=issue)
    if form.validate_on_submit():
        try:
            services.correct_sending(
                issue,
                sent_on=form.sent_on.data or clock.today(),
                sent_count=form.sent_count.data,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(partnership, _("The sending is corrected."))
    page = render_template(
        "handbooks/correct.html",
        partnership=partnership,
        issue=issue,
        form=form,
        confirm=ConfirmForm(formdata=None),
    )
    return page, form.status


@bp.post(f"/partnerships/<{ID}:partnership_id>/handbooks/<{ID}:issue_id>/take-back")
@allowed_on(Permission.PARTNERSHIP_MANAGE, PARTNERSHIP)
def take_back(partnership: Partnership, issue_id: int) -> ResponseReturnValue:
    services.take_sending_back(_issue(partnership, issue_id), actor=current_person())
    return _to(partnership, _("The sending is taken back."))


def _issue(partnership: Partnership, issue_id: int) -> HandbookIssue:
    issue = queries.issue_of(partnership, issue_id)
    if issue is None:
        abort(404)
    return issue


def _to(partnership: Partnership, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".of_partnership", partnership_id=partnership.id), 303)
