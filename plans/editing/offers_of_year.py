"""Offered to the plan of a year: what the general plan promises for it, and last year's trainings."""

from collections.abc import Iterator, Mapping

from core.i18n import _
from plans.definitions import PlanContent, TemplateDefinition, Value
from plans.editing.offers import Offer, OfferGroup, said_of
from plans.models import PlanVersion
from plans.queries import covering_plan
from plans.references import reference_targets
from plans.templates import definition_of
from plans.years.again import planned_anew
from plans.years.queries import year_before
from plans.years.statuses import NOT_HELD, status_of
from programme.code_lists import spelling

TRAININGS, LINES, STATUS, CANCELLED = "trainings", "lines", "status", "cancelled"
PLANNED = {STATUS: "planned"}


def offers_of_year(version: PlanVersion) -> list[OfferGroup]:
    general, before = covering_plan(version.plan), year_before(version.plan)
    definition = definition_of(version)
    rows = version.rows.rows(TRAININGS)
    named = {str(row.values.get("line_code", "")) for row in rows}
    titles = {spelling(str(row.values.get("title", ""))) for row in rows}
    groups = []
    if general is not None:
        lines = tuple(one for one in _lines(version, general) if one.values["line_code"] not in named)
        groups.append(OfferGroup(_("From the general plan"), lines))
    if before is not None:
        content = general.rows if general else None
        known = (one for one in _last_year(before, definition, version.rows, content))
        left = tuple(one for one in known if spelling(one.title) not in titles)
        groups.append(OfferGroup(_("From the year before"), left))
    return groups


def _lines(version: PlanVersion, general: PlanVersion) -> Iterator[Offer]:
    """The lines that have trainings in this year, each with the hours of the year."""
    number = version.plan.year_from - general.plan.year_from + 1
    sheet = definition_of(general).sheet(LINES)
    for row in general.rows.rows(LINES):
        trainings, hours = row.values.get(f"trainings_y{number}"), row.values.get(f"hours_y{number}")
        code, title = row.values.get("line_code"), row.values.get("line_title")
        if not trainings or not code or not title:
            continue
        groups = row.values.get("group_codes")
        values: dict[str, Value | None] = {
            "title": title,
            "line_code": code,
            "goal_code": row.values.get("goal_code"),
            "life_area": row.values.get("life_area"),
            "form": row.values.get("form"),
            "group_code": groups[0] if isinstance(groups, list) and groups else None,
            "hours_planned": hours,
            "responsible_org_code": row.values.get("lead_org_code"),
            **PLANNED,
        }
        said = said_of(sheet, row, (f"trainings_y{number}", f"hours_y{number}"))
        yield Offer(f"line.{row.row_uid}", f"{code} {title}", said, _fitting(version, values))


def _fitting(version: PlanVersion, values: Mapping[str, Value | None]) -> dict[str, Value]:
    sheet = definition_of(version).sheet(TRAININGS)
    return {key: value for key, value in values.items() if value is not None and sheet.has_column(key)}


def _last_year(
    before: PlanVersion, definition: TemplateDefinition, now: PlanContent, general: PlanContent | None
) -> Iterator[Offer]:
    """What took place then and may be held again. What was not held is offered as such (plans/years/offers.py)."""
    targets = reference_targets(now, definition, general)
    sheet = definition.sheet(TRAININGS)
    for row in before.rows.rows(TRAININGS):
        if row.values.get(STATUS) == CANCELLED or status_of(row) in NOT_HELD or "title" not in row.values:
            continue
        said = said_of(sheet, row, ("form", "participants_planned", "hours_planned"))
        yield Offer(
            f"training.{row.row_uid}", str(row.values["title"]), said, planned_anew(row, sheet, targets)
        )
