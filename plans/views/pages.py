"""Reading a plan: its page, and every earlier version of it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.history import story
from accounts.policy import Permission, can
from plans.actions import Desk
from plans.checking import DraftCheck, draft_findings
from plans.content import totals
from plans.finding_texts import group_findings
from plans.models import PlanVersion
from plans.next_step import next_step
from plans.page import plan_page, visible_comments
from plans.queries import open_upload, versions_of
from plans.sources import VERSION
from plans.templates import definition_of
from plans.views.blueprint import bp
from programme.queries import the_programme


@bp.get("/plans/<int:version_id>")
@allowed_on(Permission.PLAN_READ, VERSION)
def show(version: PlanVersion) -> ResponseReturnValue:
    person = current_person()
    desk = Desk(version, person)
    page = plan_page(version, comments=visible_comments(version, person.id))
    check = draft_findings(version) if desk.may_edit else None
    upload = open_upload(version) if desk.may_edit else None
    return render_template(
        "plans/show.html",
        version=version,
        plan=version.plan,
        page=page,
        desk=desk,
        totals=totals(page.content, page.definition),
        findings=_told(check, version),
        next_step=next_step(desk, page, errors=len(check.errors) if check else 0, waiting_upload=upload),
        history=story(version.plan),
        versions=[one for one in versions_of(version.plan) if can(person, Permission.PLAN_READ, one)],
    )


def _told(check: DraftCheck | None, version: PlanVersion) -> object:
    return (
        group_findings(check.findings, definition_of(version.plan), code_lists=the_programme().code_lists)
        if check
        else []
    )
