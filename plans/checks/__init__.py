"""Checks of a whole plan. Each yields findings; what the columns want comes from the template, not from here."""

from collections.abc import Mapping, Sequence
from datetime import date

from plans.checks import duplicates, figures, logic, period, privacy, references, required, retired
from plans.checks.privacy import is_refused, without_refused
from plans.checks.subject import Purpose, Subject
from plans.definitions import PlanContent, TemplateDefinition
from plans.findings import Finding
from plans.references import fill_codes, resolve_references
from programme.code_lists import CodeLists
from programme.settings import ProgrammeSettings

__all__ = ["Purpose", "check_content", "fill_codes", "is_refused", "resolve_references", "without_refused"]

CHECKS = (
    required.check,
    references.check,
    retired.check,
    period.check,
    figures.check,
    logic.check,
    privacy.check,
    duplicates.check,
)


def check_content(
    content: PlanContent,
    definition: TemplateDefinition,
    *,
    code_lists: CodeLists,
    settings: ProgrammeSettings,
    purpose: Purpose = Purpose.DRAFT,
    period: Sequence[int] = (),
    general: PlanContent | None = None,
    warned_of: Mapping[tuple[str, str | None], date] | None = None,
) -> list[Finding]:
    """Everything there is to say about a plan, in the order of its sheets and rows.

    ``period``: the years the plan covers. ``general``: the general plan an annual one belongs to. Codes are filled and
    references resolved first, so that a draft is judged by what its author means. ``warned_of``: what is required only
    from a day on.
    """
    prepared = resolve_references(fill_codes(content, definition), definition, general)
    subject = Subject(
        prepared, definition, code_lists, settings, purpose, tuple(period), general, warned_of or {}
    )
    return sorted((finding for check in CHECKS for finding in check(subject)), key=subject.order)
