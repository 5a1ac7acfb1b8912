"""Rows offered from elsewhere where they help: for a year what the general plan promises, and last year's trainings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from core.database import db
from core.i18n import _, language
from plans.columns import display
from plans.definitions import PlanContent, PlanRow, SheetDefinition, TemplateDefinition, Value
from plans.models import Plan, PlanVersion
from plans.queries import covering_plan
from plans.references import reference_targets
from plans.templates import definition_of
from programme.code_lists import spelling
from programme.queries import the_programme

TRAININGS, LINES, STATUS, CANCELLED = "trainings", "lines", "status", "cancelled"
PLANNED = {STATUS: "planned"}
OF_THE_YEAR = frozenset({"quarter", "date_from", "date_to", "held_on", "remarks", "certificates", "trainer"})
"""Of a training last year what does not hold for this one: when, by whom and how it went."""


@dataclass(frozen=True)
class Offer:
    key: str
    title: str
    detail: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class OfferGroup:
    title: str
    offers: tuple[Offer, ...]


def has_offers(plan: Plan, sheet: SheetDefinition) -> bool:
    return not plan.is_general and sheet.key == TRAININGS


def offers_for(version: PlanVersion) -> list[OfferGroup]:
    """Without what is in the plan already."""
    general, before = covering_plan(version.plan), _year_before(version.plan)
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
    return [group for group in groups if group.offers]


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
        said = _said(sheet, row, (f"trainings_y{number}", f"hours_y{number}"))
        yield Offer(f"line.{row.row_uid}", f"{code} {title}", said, _fitting(version, values))


def _said(sheet: SheetDefinition, row: PlanRow, keys: Iterable[str]) -> str:
    lists, spoken = the_programme().code_lists, language()
    return ", ".join(
        f"{sheet.column(key).label.in_language(spoken)}: {display(sheet.column(key), row.values[key], lists, spoken)}"
        for key in keys
        if key in row.values
    )


def _fitting(version: PlanVersion, values: Mapping[str, Value | None]) -> dict[str, Value]:
    sheet = definition_of(version).sheet(TRAININGS)
    return {key: value for key, value in values.items() if value is not None and sheet.has_column(key)}


def _last_year(
    before: PlanVersion, definition: TemplateDefinition, now: PlanContent, general: PlanContent | None
) -> Iterator[Offer]:
    """As planned then; what points at a row that is not there any more is left out."""
    targets = reference_targets(now, definition, general)
    sheet = definition.sheet(TRAININGS)
    for row in before.rows.rows(TRAININGS):
        if row.values.get(STATUS) == CANCELLED or "title" not in row.values:
            continue
        values = {
            column.key: row.values[column.key]
            for column in sheet.columns
            if column.key in row.values
            and column.key not in OF_THE_YEAR
            and not column.key.endswith("_actual")
            and (column.refers_to not in targets or row.values[column.key] in targets[column.refers_to].texts)
        }
        said = _said(sheet, row, ("form", "participants_planned", "hours_planned"))
        yield Offer(f"training.{row.row_uid}", str(row.values["title"]), said, {**values, **PLANNED})


def _year_before(plan: Plan) -> PlanVersion | None:
    return db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .where(
            Plan.partnership_id == plan.partnership_id,
            Plan.kind == plan.kind,
            Plan.year_from == plan.year_from - 1,
            PlanVersion.is_current,
        )
    ).first()
