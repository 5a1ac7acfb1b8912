"""Which template a plan follows, which ones the programme knows, and which of them it still takes.

They stand in the database. Every process keeps them as objects until the programme's stamp changes, which it reads
with the programme anyway: a page about plans asks nothing more for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import select

from config import ROOT
from core import clock
from core.database import db
from plans.carrying import carry
from plans.definition_files import parse_definition
from plans.definitions import PlanContent, PlanKind, TemplateDefinition
from plans.models import Plan, PlanImport, PlanTemplate, PlanVersion, TemplateStatus
from programme.code_lists import CodeLists
from programme.labels import Labels
from programme.models import Programme
from programme.queries import the_programme

Key = tuple[PlanKind, int]


@dataclass(frozen=True)
class PublishedTemplate:
    """A version that plans may follow, and until when workbooks of it are taken."""

    definition: TemplateDefinition
    is_current: bool
    retired: bool
    accepted_until: date | None
    checks_from: date | None

    def is_accepted(self, on: date) -> bool:
        in_time = self.accepted_until is None or on <= self.accepted_until
        return self.is_current or (not self.retired and in_time)


@lru_cache(maxsize=64)
def parsed(text: str) -> TemplateDefinition:
    return parse_definition(text)


_known: dict[str, Mapping[Key, PublishedTemplate]] = {}
"""Stamp -> what the database held then. Only the latest is of use."""


def published_templates() -> Mapping[Key, PublishedTemplate]:
    return _templates_of(the_programme().row)


def _templates_of(programme: Programme) -> Mapping[Key, PublishedTemplate]:
    stamp = programme.template_stamp
    if stamp is None:  # nobody has prepared this database since it can hold templates: the files are in force
        return _of_files(programme.profile)
    known = _known.get(stamp)
    if known is None:
        known = _of_database()
        _known.clear()
        _known[stamp] = known
    return known


def _of_database() -> dict[Key, PublishedTemplate]:
    rows = db.session.scalars(
        select(PlanTemplate)
        .where(PlanTemplate.status != TemplateStatus.DRAFT)
        .order_by(PlanTemplate.kind, PlanTemplate.version)
    )
    return {
        (row.kind, row.version): PublishedTemplate(
            parsed(row.definition),
            row.status is TemplateStatus.CURRENT,
            row.status is TemplateStatus.RETIRED,
            row.accepted_until,
            row.checks_from,
        )
        for row in rows
    }


@lru_cache(maxsize=4)
def _of_files(profile: str) -> dict[Key, PublishedTemplate]:
    found = [parsed(text) for text in profile_definitions(profile)]
    newest = {kind: max(one.version for one in found if one.kind is kind) for kind in PlanKind}
    return {
        (one.kind, one.version): PublishedTemplate(one, newest[one.kind] == one.version, False, None, None)
        for one in found
    }


def profile_definitions(profile: str) -> list[str]:
    """The first versions of a new installation, as they are written."""
    folder = ROOT / "profiles" / profile / "templates"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))]


def template(kind: PlanKind, version: int) -> TemplateDefinition:
    return published_templates()[kind, version].definition


def target_of(upload: PlanImport) -> int:
    """The version that an upload's content is told in: the one it was brought up to, or the draft's if that is newer."""
    return max(upload.proposal_template or 0, upload.version.template_version)


def definition_of(subject: PlanVersion | PlanImport) -> TemplateDefinition:
    if isinstance(subject, PlanImport):
        return template(subject.version.plan.kind, target_of(subject))
    return template(subject.plan.kind, subject.template_version)


def definition_begun_on(plan: Plan) -> TemplateDefinition:
    """Of a plan that is only just begun."""
    return template(plan.kind, plan.template_version)


def current_template_version(kind: PlanKind) -> int:
    known = published_templates()
    return next(version for (of, version), one in known.items() if of is kind and one.is_current)


def accepted_versions(kind: PlanKind) -> frozenset[int]:
    """Of which versions workbooks are taken today."""
    today, known = clock.today(), published_templates()
    return frozenset(version for (of, version), one in known.items() if of is kind and one.is_accepted(today))


def sheet_titles() -> dict[str, Labels]:
    """Every sheet that remarks can be about, in the order of the workbooks; a later version names it anew."""
    return {
        sheet.key: sheet.title
        for _version, known in sorted(published_templates().items())
        for sheet in known.definition.content_sheets
    }


def known_template(
    code: str, version: int, among: Mapping[Key, PublishedTemplate] | None = None
) -> TemplateDefinition | None:
    """The template a workbook says it is, by the code in its Meta sheet. ``among``: what was published, asked for before."""
    published = published_templates() if among is None else among
    known = (one.definition for one in published.values())
    return next((one for one in known if (one.code, one.version) == (code, version)), None)


def code_lists_of_templates(programme: Programme) -> CodeLists:
    """What published versions bring themselves, by names of their own."""
    known = _templates_of(programme).values()
    return {key: codes for one in known for key, codes in one.definition.code_lists.items()}


def carried(content: PlanContent, kind: PlanKind, *, start: int, to: int) -> PlanContent:
    """A content of one version as it reads in a later one."""
    lists = the_programme().code_lists
    for version in range(start, to):
        content = carry(content, template(kind, version), template(kind, version + 1), lists).content
    return content


def rows_in(version: PlanVersion, to: int) -> PlanContent:
    """The rows of a version as they read in a later template."""
    return carried(version.rows, version.plan.kind, start=version.template_version, to=to)
