"""Template versions: the office publishes them, a leader brings a draft up to the one in force."""

from datetime import timedelta
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.history import story
from accounts.policy import Permission
from core import clock
from core.downloads import to_keep
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, language, ngettext
from plans.definitions import PlanKind
from plans.errors import NotNow
from plans.finding_texts import group_findings
from plans.forms.templates import DefinitionForm, LimitForm, PublishForm
from plans.models import PlanTemplate, PlanVersion
from plans.models.templates import TemplateStatus
from plans.sources import VERSION
from plans.template_versions import queries, services
from plans.template_versions.blank import blank_workbook, file_stem
from plans.template_versions.checked import checked_definition
from plans.template_versions.page import TemplatePage
from plans.template_versions.upgrading import bring_up, moves_of, newer_template
from plans.templates import template as known_definition
from plans.views.blueprint import bp, to_plan
from plans.views.workbooks import attachment
from programme.data_files import Fault
from programme.queries import the_programme

TEMPLATE: Source[PlanTemplate] = Source(queries.template_by_id, Permission.TEMPLATE_MANAGE)
ACCEPTED_DAYS = 60
"""What is proposed for the version before: two months to send in what was begun on paper or offline."""


@bp.get("/office/templates")
@allowed(Permission.TEMPLATE_MANAGE)
def templates() -> ResponseReturnValue:
    kinds = queries.templates_of_kinds()
    return render_template("plans/templates/index.html", kinds=kinds, form=ConfirmForm())


@bp.get("/office/templates/<int:template_id>")
@allowed_on(Permission.TEMPLATE_MANAGE, TEMPLATE)
def template(template: PlanTemplate) -> ResponseReturnValue:
    return _page(template, _proposed(template))


def _proposed(template: PlanTemplate) -> PublishForm | LimitForm:
    if TemplatePage(template).is_draft:
        until = clock.today() + timedelta(days=ACCEPTED_DAYS)
        return PublishForm(formdata=None, accepted_until=until, seen=str(template.row_version))
    return LimitForm(formdata=None, accepted_until=template.accepted_until)


def _page(template: PlanTemplate, form: PublishForm | LimitForm) -> ResponseReturnValue:
    return render_template(
        "plans/templates/show.html",
        page=TemplatePage(template),
        template=template,
        form=form,
        plain_form=ConfirmForm(formdata=None),
        history=story(template, since=template.created_at),
    ), form.status


@bp.get("/office/templates/<int:template_id>/definition.toml")
@allowed_on(Permission.TEMPLATE_MANAGE, TEMPLATE)
def template_definition(template: PlanTemplate) -> ResponseReturnValue:
    """As it was written, with its comments."""
    name = f"{file_stem(TemplatePage(template).definition)}.toml"
    return to_keep(template.definition.encode(), name=name, content_type="application/toml; charset=utf-8")


@bp.get("/office/templates/<int:template_id>/blank.xlsx")
@allowed_on(Permission.TEMPLATE_MANAGE, TEMPLATE)
def blank_template(template: PlanTemplate) -> ResponseReturnValue:
    return attachment(blank_workbook(TemplatePage(template).definition, language=language()))


@bp.route("/office/templates/<kind>/new", methods=["GET", "POST"])
@allowed(Permission.TEMPLATE_MANAGE)
def new_template(kind: str) -> ResponseReturnValue:
    """A definition as draft: nothing comes of it before it is published."""
    of = _kind(kind)
    begun = queries.draft_of(of) or queries.current_template(of)
    form = DefinitionForm(definition=begun.definition if begun else "")
    faults: tuple[Fault, ...] = ()
    if form.validate_on_submit():
        text = form.text
        try:
            draft = services.save_draft(of, text, actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
            form.definition.data, faults = text, checked_definition(text, of).faults
        else:
            flash(
                _("The definition has no faults. Look at what would change, and try the workbook."), "success"
            )
            return redirect(url_for(".template", template_id=draft.id), 303)
    return render_template("plans/templates/new.html", form=form, kind=of, faults=faults), form.status


def _kind(kind: str) -> PlanKind:
    if kind not in set(PlanKind):
        abort(404)
    return PlanKind(kind)


@bp.post("/office/templates/<int:template_id>/publish")
@allowed_on(Permission.TEMPLATE_MANAGE, TEMPLATE)
def publish_template(template: PlanTemplate) -> ResponseReturnValue:
    form = PublishForm()
    if form.validate_on_submit() and (form.seen.data or "").isdecimal():
        try:
            services.publish(
                template,
                accepted_until=form.accepted_until.data or clock.today(),
                checks_from=form.checks_from.data,
                seen=int(form.seen.data or 0),
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(
                _("Version %(number)s is published. New plans follow it.", number=template.version), "success"
            )
            return redirect(url_for(".templates"), 303)
    return _page(template, form)


@bp.post("/office/templates/<int:template_id>/discard")
@allowed_on(Permission.TEMPLATE_MANAGE, TEMPLATE)
def discard_template(template: PlanTemplate) -> ResponseReturnValue:
    services.discard_draft(template, actor=current_person())
    flash(_("The draft has been discarded."), "success")
    return redirect(url_for(".templates"), 303)


@bp.post("/office/templates/<int:template_id>/limit")
@allowed_on(Permission.TEMPLATE_MANAGE, TEMPLATE)
def limit_template(template: PlanTemplate) -> ResponseReturnValue:
    if template.status not in (TemplateStatus.ACCEPTED, TemplateStatus.RETIRED):
        raise NotNow
    form = LimitForm()
    if form.validate_on_submit():
        try:
            services.change_limit(
                template, accepted_until=form.accepted_until.data or clock.today(), actor=current_person()
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The last day has been changed."), "success")
            return redirect(url_for(".template", template_id=template.id), 303)
    return _page(template, form)


@bp.post("/office/templates/<int:template_id>/retire")
@allowed_on(Permission.TEMPLATE_MANAGE, TEMPLATE)
def retire_template(template: PlanTemplate) -> ResponseReturnValue:
    services.retire(template, actor=current_person())
    flash(_("The version is retired. Its workbooks are answered with a fresh one."), "success")
    return redirect(url_for(".template", template_id=template.id), 303)


@bp.post("/office/templates/<kind>/remind")
@allowed(Permission.TEMPLATE_MANAGE)
def remind_of_template(kind: str) -> ResponseReturnValue:
    people = services.remind(_kind(kind), actor=current_person())
    said = ngettext(
        "One person gets a mail, unless it was sent before.",
        "%(num)d people get a mail each, unless it was sent before.",
        people,
    )
    flash(said, "success")
    return redirect(url_for(".templates"), 303)


# --- A draft on an older version -------------------------------------------------------------------------


@bp.get("/plans/<int:version_id>/template")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def newer_template_of(version: PlanVersion) -> ResponseReturnValue:
    """What bringing the draft up would move."""
    to = newer_template(version)
    if to is None:
        return to_plan(version)
    definition = known_definition(version.plan.kind, to)
    found = moves_of(version, to)
    return render_template(
        "plans/templates/bring_up.html",
        version=version,
        number=to,
        findings=group_findings(found, definition, code_lists=the_programme().code_lists),
        form=ConfirmForm(),
    ), HTTPStatus.OK


@bp.post("/plans/<int:version_id>/template")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def bring_up_plan(version: PlanVersion) -> ResponseReturnValue:
    number = bring_up(version, actor=current_person())
    return to_plan(version, _("The draft now follows version %(number)s of the template.", number=number))
