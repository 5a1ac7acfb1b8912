"""Reading a plan: its page, and every earlier version of it."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.history import story
from accounts.policy import Permission, can
from plans.actions import Desk
from plans.checking import draft_findings
from plans.comparing.words import change_in_words
from plans.content import difference
from plans.correction_page import Attempt, corrections_of
from plans.examples.origin import origin_in_words
from plans.finding_texts import group_findings
from plans.forms.corrections import CorrectionForm
from plans.forms.workbooks import UploadForm
from plans.models import PlanVersion
from plans.next_step import next_step
from plans.page import PlanPage, plan_page, visible_comments
from plans.queries import Surroundings, read_before, surroundings_of
from plans.sources import VERSION
from plans.talks import talk_suggested
from plans.template_versions.upgrading import newer_template
from plans.templates import definition_of, rows_in
from plans.totals import totals
from plans.views.blueprint import bp
from plans.workflow import AWAITING_REVIEW, PlanStatus
from programme.queries import the_programme


@bp.get("/plans/<int:version_id>")
@allowed_on(Permission.PLAN_READ, VERSION)
def show(version: PlanVersion) -> ResponseReturnValue:
    return plan_answer(version)


def plan_answer(version: PlanVersion, attempt: Attempt | None = None) -> ResponseReturnValue:
    """The plan's page; after corrections that were not taken, with what was sent and why."""
    person = current_person()
    desk = Desk(version, person)
    known, history = surroundings_of(version), story(version.plan, since=version.plan.created_at)
    versions = [one for one in known.versions if can(person, Permission.PLAN_READ, one)]
    before = _read_before(version, versions)
    earlier = rows_in(before, version.template_version) if before else None
    page = plan_page(
        version,
        comments=visible_comments(version, person.id),
        general=known.general,
        changed=difference(earlier, version.rows, definition_of(version)) if earlier else None,
        narrowed=earlier is not None and desk.is_reviewer,
    )
    return render_template(
        "plans/show.html",
        version=version,
        plan=version.plan,
        page=page,
        desk=desk,
        totals=totals(page.content, page.definition),
        history=history,
        started_from=origin_in_words(history),
        versions=versions,
        note=_note(version, versions),
        change=change_in_words(page.changed, page.definition, earlier) if earlier and page.changed else None,
        points=_open_points(desk, page),
        talk=talk_suggested(desk),
        before=before,
        latest_id=max(versions, key=lambda one: one.number).id,
        **_steps(desk, page, known, attempt),
    ), attempt.form.status if attempt else HTTPStatus.OK


def _note(version: PlanVersion, versions: Sequence[PlanVersion]) -> str | None:
    """What the reviewer wrote with the decision that counts now: in a draft, with the return it answers."""
    if version.status in (PlanStatus.RETURNED, PlanStatus.APPROVED):
        return version.decision_note
    before = next((one for one in versions if one.id == version.base_version_id), None)
    answers = version.status is PlanStatus.DRAFT and before and before.status is PlanStatus.RETURNED
    return before.decision_note if answers and before else None


def _read_before(version: PlanVersion, versions: Sequence[PlanVersion]) -> PlanVersion | None:
    """Whoever reads a plan again wants to see what is new in it since this version."""
    if version.status not in AWAITING_REVIEW:
        return None
    return read_before(version, versions)


def _open_points(desk: Desk, page: PlanPage) -> int:
    """Places to go through one after the other: remarks that wait for this person, and for a reviewer changed cells."""
    waiting = sum(desk.waits(remark) for remark in page.comments)
    return waiting + (page.changes_count if desk.is_reviewer else 0)


def _steps(desk: Desk, page: PlanPage, known: Surroundings, attempt: Attempt | None) -> dict[str, Any]:
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
        "corrections": corrections_of(
            findings, check.content, page.definition, general=known.general, attempt=attempt
        )
        if check
        else None,
        "correction_form_data": _correction_form(attempt) if check else None,
        "newer_template": newer_template(version) if desk.may_edit else None,
        "takes_workbook": step is not None and step.takes_workbook,
        "upload_form": UploadForm(formdata=None) if desk.may_edit else None,
        "other_steps": desk.other_steps(besides=offered),
    }


def _correction_form(attempt: Attempt | None) -> CorrectionForm:
    return attempt.form if attempt else CorrectionForm(formdata=None)
