"""Checks of a draft in the database: what stands in the way of submitting it."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.checks import Purpose, check_content, fill_codes, resolve_references
from plans.definitions import PlanContent
from plans.findings import Finding
from plans.models import PlanImport, PlanVersion
from plans.queries import Surroundings, covering_plan
from plans.template_versions.new_checks import warned_of
from plans.templates import definition_of
from programme.queries import the_programme


@dataclass(frozen=True)
class DraftCheck:
    """The content with codes given and references resolved, and what the checks say about it."""

    content: PlanContent
    findings: Sequence[Finding]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.blocks_submit]

    def ready_to_submit(self) -> tuple[PlanContent, list[Finding]]:
        return self.content, self.errors


def draft_findings(version: PlanVersion, *, known: Surroundings | None = None) -> DraftCheck:
    """Everything that would keep this version from being submitted, or that its author should look at."""
    return checked_content(version, version.rows, Purpose.SUBMIT, known=known)


def checked_content(
    subject: PlanVersion | PlanImport,
    content: PlanContent,
    purpose: Purpose,
    *,
    known: Surroundings | None = None,
) -> DraftCheck:
    """The checks of one plan, as its draft or an upload has it. An annual one is also held against the general plan."""
    version = subject.version if isinstance(subject, PlanImport) else subject
    plan, definition, programme = version.plan, definition_of(subject), the_programme()
    covering = known.general if known else covering_plan(plan)
    general = covering.rows if covering else None
    ready = resolve_references(fill_codes(content, definition), definition, general)
    findings = check_content(
        ready,
        definition,
        code_lists=programme.code_lists,
        settings=programme.settings,
        purpose=purpose,
        period=range(plan.year_from, plan.year_to + 1),
        general=general,
        warned_of=warned_of(subject),
    )
    return DraftCheck(ready, findings)
