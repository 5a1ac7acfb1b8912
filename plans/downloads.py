"""A plan's workbook, ready to be sent: prefilled, named so that it is found again in a folder of downloads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.text import slug
from plans.content import fingerprint
from plans.definitions import TemplateDefinition
from plans.models import CommentState, Plan, PlanImport, PlanVersion, ReviewComment
from plans.place import place_of
from plans.queries import covering_plan
from plans.services.proposals import proposed
from plans.templates import accepted_versions, current_template_version, definition_of, rows_in, template
from plans.workbooks.order import Filling, Remark, WorkbookIdentity
from programme.queries import the_programme


@dataclass(frozen=True)
class Download:
    name: str
    data: bytes


def plan_workbook(
    version: PlanVersion,
    *,
    language: str,
    short: bool,
    public: bool = False,
    comments: Sequence[ReviewComment] = (),
) -> Download:
    plan, to = version.plan, workbook_template(version)
    definition = template(plan.kind, to)
    filling = Filling(
        content=rows_in(version, to),
        references=references_of(plan),
        remarks=remarks_of(comments),
    )
    from plans.workbooks.writer import (
        write_plan_workbook,
    )  # late: openpyxl is large

    data = write_plan_workbook(
        definition,
        filling,
        identity=identity_of(version, definition, language),
        code_lists=the_programme().code_lists,
        short=short,
        public=public,
    )
    return Download(file_name(version, language), data)


def workbook_template(version: PlanVersion) -> int:
    """A draft whose own version is no longer taken goes out in the one in force, or nobody could send it back."""
    kind, own = version.plan.kind, version.template_version
    return (
        own if not version.is_editable or own in accepted_versions(kind) else current_template_version(kind)
    )


def fresh_workbook(upload: PlanImport, *, language: str) -> Download:
    """For a file of a version that is not taken: the workbook in force, with what the file says filled in already."""
    version, definition = upload.version, definition_of(upload)
    from plans.workbooks.writer import write_plan_workbook  # late: openpyxl is large

    identity = identity_of(version, definition, language)
    data = write_plan_workbook(
        definition,
        Filling(content=proposed(upload), references=references_of(version.plan)),
        identity=replace(identity, base_hash=upload.base_fingerprint or identity.base_hash),
        code_lists=the_programme().code_lists,
        short=False,
    )
    return Download(file_name(version, language), data)


def identity_of(version: PlanVersion, definition: TemplateDefinition, language: str) -> WorkbookIdentity:
    return WorkbookIdentity(
        template_code=definition.code,
        template_version=definition.version,
        plan_uid=version.plan.uid,
        municipality_code=version.partnership.municipality.code,
        programme=the_programme().row.profile,
        base_version=version.number,
        base_hash=fingerprint(version.rows),
        language=language,
        as_of=version.updated_at,
    )


def references_of(plan: Plan) -> Mapping[str, Mapping[str, str]]:
    """What an annual plan's rows may refer to: goals and lines of the general plan that covers the year."""
    return references_to(covering_plan(plan))


def references_to(general: PlanVersion | None) -> Mapping[str, Mapping[str, str]]:
    """Sheet key -> code -> words of the row."""
    if general is None:
        return {}
    definition, content = definition_of(general), general.rows
    return {
        sheet.key: {
            str(row.values[sheet.code_column]): str(row.values.get(sheet.text_column or "", ""))
            for row in content.rows(sheet.key)
            if sheet.code_column in row.values
        }
        for sheet in definition.content_sheets
        if sheet.code_column
    }


def remarks_of(comments: Sequence[ReviewComment]) -> tuple[Remark, ...]:
    """As they travel: none that was not sent yet."""
    return tuple(_remark(comment) for comment in comments if comment.state is not CommentState.DRAFT)


def _remark(comment: ReviewComment) -> Remark:
    return Remark(
        comment_uid=comment.uid,
        text=comment.text,
        sheet_key=comment.sheet,
        row_uid=comment.row_uid,
        column_key=comment.column_key,
        author_role=_role_of(comment),
        round=comment.round,
        state=comment.state.value,
        answer_kind=comment.answer_kind.value if comment.answer_kind else None,
        answer=comment.answer or "",
        again=comment.opened_again_with,
    )


def _role_of(comment: ReviewComment) -> str:
    """The office remarks on a plan where it reviews in place of the animator."""
    advised = any(one.animator_id == comment.author_id for one in comment.partnership.assignments)
    return "animator" if advised else "office"


_KIND_NAMES = {
    "pl": {"general": "plan-ogolny", "annual": "plan-roczny"},
    "en": {"general": "general-plan", "annual": "annual-plan"},
}


def file_name(version: PlanVersion, language: str, kind: str = "xlsx", *, part: str = "") -> str:
    """``plan-ogolny-boleslawiec-0201011-2026-2028-w3.xlsx``: letters every system can keep."""
    plan, place = version.plan, place_of(version)
    name = _KIND_NAMES[language][plan.kind.value]
    years = slug(plan.years)
    mark = "w" if language == "pl" else "v"
    ending = f"-{slug(part)}.{kind}" if part else f".{kind}"
    return f"{name}-{place.slug}-{place.code}-{years}-{mark}{version.number}{ending}"
