"""Reading a plan: its page, and every earlier version of it."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.history import story
from accounts.policy import Permission, can
from plans.actions import Desk
from plans.checking import draft_findings
from plans.content import difference
from plans.finding_texts import group_findings
from plans.forms.workbooks import UploadForm
from plans.models import PlanVersion
from plans.next_step import next_step
from plans.page import PlanPage, plan_page, visible_comments
from plans.queries import Surroundings, surroundings_of
from plans.sources import VERSION
from plans.totals import totals
from plans.upload_page import Change, change_in_words
from plans.views.blueprint import bp
from plans.workflow import AWAITING_REVIEW, PlanStatus
from programme.queries import the_programme


@bp.get("/plans/<int:version_id>")
@allowed_on(Permission.PLAN_READ, VERSION)
def show(version: PlanVersion) -> ResponseReturnValue:
    person = current_person()
    desk = Desk(version, person)
    known = surroundings_of(version)
    page = plan_page(version, comments=visible_comments(version, person.id), general=known.general)
    versions = [one for one in known.versions if can(person, Permission.PLAN_READ, one)]
    return render_template(
        "plans/show.html",
        version=version,
        plan=version.plan,
        page=page,
        desk=desk,
        totals=totals(page.content, page.definition),
        history=story(version.plan),
        versions=versions,
        note=_note(version, versions),
        change=_change_since(version, versions, page),
        latest_id=max(versions, key=lambda one: one.number).id,
        **_steps(desk, page, known),
    )


def _note(version: PlanVersion, versions: Sequence[PlanVersion]) -> str | None:
    """What the reviewer wrote with the decision that counts now: in a draft, with the return it answers."""
    if version.status in (PlanStatus.RETURNED, PlanStatus.APPROVED):
        return version.decision_note
    before = next((one for one in versions if one.id == version.base_version_id), None)
    answers = version.status is PlanStatus.DRAFT and before and before.status is PlanStatus.RETURNED
    return before.decision_note if answers and before else None


def _change_since(version: PlanVersion, versions: Sequence[PlanVersion], page: PlanPage) -> Change | None:
    """Whoever reads a plan again wants to see what is new in it."""
    before = next((one for one in versions if one.id == version.base_version_id), None)
    if before is None or version.status not in AWAITING_REVIEW:
        return None
    changed = difference(before.rows, page.content, page.definition)
    return change_in_words(changed, page.definition, before.rows)


def _steps(desk: Desk, page: PlanPage, known: Surroundings) -> dict[str, Any]:
    """What to do next and what else can be done; for its authors also what the checks say."""
    version = desk.version
    check = draft_findings(version, known=known) if desk.may_edit else None
    errors = len(check.errors) if check else 0
    step = next_step(desk, page, errors=errors, waiting_upload_id=known.waiting_upload_id)
    offered = step.button if step else None
    findings = check.findings if check else []
    return {
        "next_step": step,
        "errors": errors,
        "findings": group_findings(findings, page.definition, code_lists=the_programme().code_lists),
        "takes_workbook": step is not None and step.takes_workbook,
        "upload_form": UploadForm(formdata=None) if desk.may_edit else None,
        "decisions": desk.decisions(unsent=len(page.draft_remarks)),
        "other_steps": desk.other_steps(besides=offered),
    }
