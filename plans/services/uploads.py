"""Uploads: a workbook is read, checked and kept; the plan changes only when its sender applies it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import audit, clock, storage
from core.database import db
from core.personal_data import personal_kinds
from core.workbooks.errors import UnreadableWorkbook
from core.workbooks.limits import Limits as FileLimits
from core.workbooks.raw import RawWorkbook
from core.workbooks.reader import read_workbook
from plans.checking import checked_content
from plans.checks import Purpose, without_refused
from plans.content import fingerprint
from plans.definitions import TemplateDefinition
from plans.errors import BaseChanged, ConflictsLeft, NotEditable, UploadIsOver
from plans.events import PlanEvent
from plans.finding_texts import describe
from plans.findings import Finding, FindingCode
from plans.models import ImportPurpose, ImportStatus, PlanImport, PlanVersion, ReviewComment
from plans.queries import comments_of
from plans.services.merging import together
from plans.services.offline_answers import apply_answers, note_answers
from plans.services.proposals import (
    OF_THE_FILE,
    as_data,
    as_record,
    base_has_changed,
    change_of,
    is_about_people,
    proposed,
    rows_for,
    without_repeats,
)
from plans.services.shared import acts_for
from plans.services.writing import follow_template, replace_rows
from plans.templates import (
    Key,
    PublishedTemplate,
    accepted_versions,
    current_template_version,
    definition_of,
    known_template,
    published_templates,
    rows_in,
    target_of,
)
from plans.workbooks.identity import Definitions
from plans.workbooks.merge import merge_reading
from plans.workbooks.reading import Expected, Limits, PlanReading, WrongFile, read_plan_workbook
from programme.code_lists import CodeLists
from programme.queries import the_programme
from programme.settings import ProgrammeSettings

MEGABYTE = 1024 * 1024
_UPLOADED = {ImportPurpose.CHANGE: PlanEvent.UPLOADED, ImportPurpose.PUBLISH: PlanEvent.FINAL_FILE}
_NAMELESS = "plan.xlsx"
_BETWEEN_WORDS = re.compile(r"[_.+]+")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Refusal:
    """Why a file was not taken: a stable key, and the sentence for the person who sent it."""

    reason: str
    sentence: str
    reading: PlanReading | None = None
    """Of a template version that is not taken: what the file says all the same, for a fresh workbook."""


@dataclass(frozen=True)
class SentFile:
    name: str
    data: bytes

    @property
    def hash(self) -> str:
        return sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Rules:
    """What reading a file needs of the programme: asked for before, as reading touches no database."""

    code_lists: CodeLists
    settings: ProgrammeSettings
    templates: Mapping[Key, PublishedTemplate]

    @classmethod
    def of_today(cls) -> "Rules":
        programme = the_programme()
        return cls(programme.code_lists, programme.settings, published_templates())

    def definition(self, code: str, version: int) -> TemplateDefinition | None:
        return known_template(code, version, self.templates)


def expected_of(version: PlanVersion) -> Expected:
    """What a workbook must say about itself to change this draft: it is read as the template in force wants it."""
    kind, here = version.plan.kind, expected_as_it_is(version)
    newest = max(current_template_version(kind), version.template_version)
    return replace(
        here, template_version=newest, accepted=accepted_versions(kind), followed=version.template_version
    )


def expected_as_it_is(version: PlanVersion) -> Expected:
    """To be held against content that stays as it is: in its own template, whether that is still taken or not."""
    plan = version.plan
    codes = {code.code for code in plan.partnership.municipality.codes}
    return Expected(
        template_code=definition_of(version).code,
        template_version=version.template_version,
        municipality_codes=frozenset(codes | {plan.partnership.municipality.code}),
        programme=the_programme().row.profile,
        plan_uid=plan.uid,
        accepted=frozenset(range(1, version.template_version + 1)),
        own_texts=_own_texts(comments_of(version)),
    )


def _own_texts(comments: Sequence[ReviewComment]) -> tuple[str, ...]:
    """What the workbook carries of them: nobody typed that into it."""
    words = ((one.uid, one.text, one.answer, *(said.again for said in one.exchange)) for one in comments)
    return tuple(text for texts in words for text in texts if text)


def read_upload(file: SentFile, expected: Expected, rules: Rules | None = None) -> PlanReading | Refusal:
    """Read a file without touching the database: a slow or hostile one keeps nobody else waiting."""
    rules = rules or Rules.of_today()
    settings = rules.settings
    try:
        raw = read_workbook(
            file.data,
            limits=FileLimits(file_bytes=settings.import_max_mb * MEGABYTE, rows=settings.import_max_rows),
            name=file.name,
        )
    except UnreadableWorkbook as error:
        return Refusal(str(error.reason), str(error))
    try:
        return _read(raw, expected, rules)
    except WrongFile as error:
        finding = error.finding
        return Refusal(
            finding.reason,
            _sentence(finding, expected, rules),
            _of_other_version(raw, finding, expected, rules),
        )


def _read(
    raw: RawWorkbook, expected: Expected, rules: Rules, definition_for: Definitions | None = None
) -> PlanReading:
    settings = rules.settings
    return read_plan_workbook(
        raw,
        definition_for or rules.definition,
        code_lists=rules.code_lists,
        expected=expected,
        limits=Limits(settings.import_max_rows, settings.import_blank_stop),
    )


def _of_other_version(
    raw: RawWorkbook, finding: Finding, expected: Expected, rules: Rules
) -> PlanReading | None:
    """What a workbook of a retired version says; one of a newer version is read as far as the newest one known goes."""
    if finding.code is not FindingCode.TEMPLATE_NOT_ACCEPTED or "found" not in finding.params:
        return None

    def nearest(code: str, version: int) -> TemplateDefinition | None:
        return rules.definition(code, min(version, expected.template_version))

    return _read(raw, replace(expected, accepted=None), rules, nearest)


def _sentence(finding: Finding, expected: Expected, rules: Rules) -> str:
    definition = rules.definition(expected.template_code, expected.template_version)
    if definition is None:
        raise LookupError(f"no template {expected.template_code} {expected.template_version}")
    said = describe(finding, definition)
    return f"{said.wrong} {said.expected}".strip()


def receive(
    version: PlanVersion, file: SentFile, outcome: PlanReading | Refusal, *, actor: User
) -> PlanImport:
    """Keep what came of an upload. A readable file is kept with its findings and replaces the one still waiting.

    An original with personal data where none belongs is the one that is not kept: everything else in it is.
    """
    if not version.is_editable:
        raise NotEditable
    return keep(version, file, outcome, purpose=ImportPurpose.CHANGE, actor=actor)


def keep(
    version: PlanVersion,
    file: SentFile,
    outcome: PlanReading | Refusal,
    *,
    purpose: ImportPurpose,
    actor: User,
) -> PlanImport:
    """What every upload has in common, whatever it is for: compared with the version as it stands.

    The record is written once, when everything is known that it says.
    """
    upload = PlanImport(
        version=version, version_id=version.id, uploaded_by_id=actor.id, file_name=name_to_keep(file.name),
        file_size=len(file.data), file_hash=file.hash, purpose=purpose,
    )  # fmt: skip
    change = purpose is ImportPurpose.CHANGE
    upload.proposal_template = (
        current_template_version(version.plan.kind) if change else version.template_version
    )
    if isinstance(outcome, Refusal):
        return _refuse(upload, outcome, actor)
    _discard_waiting(version, actor)
    _check(upload, outcome)
    if not any(map(is_about_people, upload.findings)):
        upload.file = storage.keep(file.data, name=upload.file_name, media_type=XLSX)
    db.session.add(upload)
    _record(_UPLOADED[purpose], upload, actor, findings=upload.findings_count)
    return upload


def name_to_keep(name: str) -> str:
    """What the file is called, unless that is about a person."""
    safe = storage.safe_name(name)
    words = _BETWEEN_WORDS.sub(" ", safe)
    return _NAMELESS if any(True for text in (safe, words) for _ in personal_kinds(text)) else safe


def _refuse(upload: PlanImport, refusal: Refusal, actor: User) -> PlanImport:
    upload.status = ImportStatus.REFUSED
    upload.refusal, upload.refusal_text = refusal.reason, refusal.sentence
    if refusal.reading is not None and upload.purpose is ImportPurpose.CHANGE:
        _keep_for_a_fresh_workbook(upload, refusal.reading)
    db.session.add(upload)
    _record(PlanEvent.UPLOAD_REFUSED, upload, actor, refusal=refusal.reason)
    return upload


def _keep_for_a_fresh_workbook(upload: PlanImport, reading: PlanReading) -> None:
    """What the file says in the template in force: it goes back to its sender, and nothing else comes of it."""
    current = rows_in(upload.version, target_of(upload))
    check = checked_content(upload, merge_reading(current, reading), Purpose.DRAFT)
    upload.template_version = reading.found.template_version
    upload.base_fingerprint = reading.found.base_hash
    upload.proposal = as_data(without_refused(check.content, check.findings, before=current))


def _discard_waiting(version: PlanVersion, actor: User) -> None:
    waiting = select(PlanImport).where(
        PlanImport.version_id == version.id, PlanImport.status == ImportStatus.CHECKED
    )
    for upload in db.session.scalars(waiting):
        upload.status = ImportStatus.DISCARDED


def _check(upload: PlanImport, reading: PlanReading) -> None:
    version = upload.version
    upload.base_fingerprint = reading.found.base_hash
    upload.checked_fingerprint = fingerprint(version.rows)
    content, reading = together(upload, reading)
    check = checked_content(upload, content, Purpose.DRAFT)
    findings = without_repeats([*reading.findings, *reading.located(check.findings)])
    upload.status = ImportStatus.CHECKED
    upload.template_version = reading.found.template_version
    kept = without_refused(check.content, check.findings, before=rows_for(upload))
    upload.proposal = as_data(kept) | {OF_THE_FILE: {"short": reading.is_short}}
    answered = note_answers(upload, reading) if upload.purpose is ImportPurpose.CHANGE else []
    findings = [*findings, *answered]
    of_file = {id(finding) for finding in (*reading.findings, *answered)}
    upload.findings = [as_record(finding, of_file=id(finding) in of_file) for finding in findings]
    upload.findings_count = len(findings)


def apply_upload(upload: PlanImport, *, actor: User) -> None:
    """Make the plan what the workbook says, whole or not at all."""
    if upload.status is not ImportStatus.CHECKED:
        raise UploadIsOver
    if base_has_changed(upload):
        raise BaseChanged
    if upload.open_conflicts:
        raise ConflictsLeft
    change, content = change_of(upload), proposed(upload)
    follow_template(upload.version, target_of(upload), actor=actor)
    replace_rows(upload.version, content)
    answers = apply_answers(upload, actor=actor)
    upload.status, upload.applied_at, upload.applied_by_id = ImportStatus.APPLIED, clock.now(), actor.id
    _record(
        PlanEvent.CHANGED,
        upload,
        actor,
        added=len(change.added),
        removed=len(change.removed),
        changed=len(change.changed),
        **({"answers": answers} if answers else {}),
    )


def discard_upload(upload: PlanImport, *, actor: User) -> None:
    if upload.status is not ImportStatus.CHECKED:
        raise UploadIsOver
    upload.status = ImportStatus.DISCARDED
    _record(PlanEvent.UPLOAD_DISCARDED, upload, actor)


def _record(event: PlanEvent, upload: PlanImport, actor: User, **data: Any) -> None:
    behalf = acts_for(upload.version, actor)
    audit.record(event, upload, actor=actor, on_behalf_of=behalf, number=upload.version.number, **data)
