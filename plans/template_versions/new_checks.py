"""What a version newly requires. For plans begun before it that is a warning first, and an error from a day on."""

from collections.abc import Mapping
from datetime import date

from core import clock
from plans.carrying import Step
from plans.definitions import ColumnDefinition
from plans.models import PlanImport, PlanVersion
from plans.templates import published_templates, target_of

Requirement = tuple[str, str | None]
"""(sheet key, column key); without a column: that the sheet has rows."""


def new_requirements(step: Step) -> set[Requirement]:
    """What this version asks for and the one before did not."""
    before = {step.renamed.get(old, old): column for old, column in step.old_columns.items()}
    found: set[Requirement] = set()
    for place, column in step.columns.items():
        known = before.get(place)
        if column.is_core and (known is None or _asks(known) != _asks(column)):
            found.add(place)
    for sheet in step.new.content_sheets:
        was = step.old.find_sheet(sheet.key)
        if sheet.min_rows > (was.min_rows if was else 0):
            found.add((sheet.key, None))
    return found


def _asks(column: ColumnDefinition) -> tuple[bool, tuple[str, str] | None, str | None]:
    return column.required, column.required_when, column.required_unless


def warned_of(subject: PlanVersion | PlanImport) -> Mapping[Requirement, date]:
    """What this plan is only warned of today, each with the day from which it is an error."""
    version = subject.version if isinstance(subject, PlanImport) else subject
    plan = version.plan
    to = target_of(subject) if isinstance(subject, PlanImport) else version.template_version
    if to == plan.template_version:
        return {}
    known, today = published_templates(), clock.today()
    found: dict[Requirement, date] = {}
    for number in range(plan.template_version, to):
        step = Step(known[plan.kind, number].definition, known[plan.kind, number + 1].definition)
        found = {moved: day for place, day in found.items() if (moved := _moved(place, step)) is not None}
        strict_from = known[plan.kind, number + 1].checks_from
        if strict_from is not None and today < strict_from:
            found |= dict.fromkeys(new_requirements(step), strict_from)
    return found


def _moved(place: Requirement, step: Step) -> Requirement | None:
    sheet, column = place
    return place if column is None else step.goes_to((sheet, column))
