"""Uploads as a leader makes them: a real workbook, written with the content and read back by the application."""

from accounts.models import User
from plans.content import fingerprint
from plans.definitions import PlanContent
from plans.downloads import file_name, references_of
from plans.models import PlanImport, PlanVersion
from plans.prefill import known_metadata
from plans.services.uploads import Refusal, SentFile, apply_upload, expected_of, read_upload, receive
from plans.templates import definition_of
from plans.workbooks.order import Filling, WorkbookIdentity
from plans.workbooks.writer import write_plan_workbook
from programme.queries import the_programme


def upload_whole(version: PlanVersion, content: PlanContent, *, actor: User) -> None:
    """The plan was written in the workbook, sent, and taken over."""
    apply_upload(upload_waiting(version, content, actor=actor), actor=actor)


def upload_waiting(version: PlanVersion, content: PlanContent, *, actor: User) -> PlanImport:
    """A workbook with this content was sent; its sender has not said yet whether to take it over."""
    file = SentFile(file_name(version, "pl"), _workbook(version, content))
    outcome = read_upload(file, expected_of(version))
    if isinstance(outcome, Refusal):
        raise TypeError(f"a workbook of our own was refused: {outcome.sentence}")
    return receive(version, file, outcome, actor=actor)


def _workbook(version: PlanVersion, content: PlanContent) -> bytes:
    plan, programme = version.plan, the_programme()
    definition = definition_of(version)
    filling = Filling(content=content, prefill=known_metadata(plan), references=references_of(plan))
    identity = WorkbookIdentity(
        template_code=definition.code,
        template_version=definition.version,
        plan_uid=plan.uid,
        municipality_code=plan.partnership.municipality.code,
        programme=programme.row.profile,
        base_version=version.number,
        base_hash=fingerprint(version.rows),
        language="pl",
        as_of=version.updated_at,
    )
    return write_plan_workbook(definition, filling, identity=identity, code_lists=programme.code_lists)
