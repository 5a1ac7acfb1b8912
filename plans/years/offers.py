"""Offered to the plan of a year: what was not held the year before. What is taken over is marked at both ends."""

from collections.abc import Mapping

from accounts.models import User
from core.i18n import _
from plans.editing.offers import Offer, OfferGroup, said_of
from plans.models import PlanVersion
from plans.queries import covering_plan
from plans.references import reference_targets
from plans.templates import definition_of
from plans.years.again import planned_anew
from plans.years.carrying import left_to_carry, note_carried
from plans.years.queries import year_before
from plans.years.statuses import TRAININGS

NOT_HELD_BEFORE = "carried."
"""Before the id of the row that is offered, in the key of its offer."""


def not_held_before(version: PlanVersion) -> list[OfferGroup]:
    before = year_before(version.plan)
    if before is None:
        return []
    general, definition = covering_plan(version.plan), definition_of(version)
    targets = reference_targets(version.rows, definition, general.rows if general else None)
    sheet = definition.sheet(TRAININGS)
    offers = [
        Offer(
            f"{NOT_HELD_BEFORE}{row.row_uid}",
            str(row.values["title"]),
            said_of(sheet, row, ("form", "participants_planned", "hours_planned", "status")),
            planned_anew(row, sheet, targets),
        )
        for row in left_to_carry(before)
        if "title" in row.values
    ]
    return [OfferGroup(_("Planned for %(year)s and not held", year=before.plan.year_from), offers)]


def took_not_held(version: PlanVersion, taken: Mapping[str, str], actor: User) -> None:
    before = year_before(version.plan)
    rows = {
        key.removeprefix(NOT_HELD_BEFORE): uid
        for key, uid in taken.items()
        if key.startswith(NOT_HELD_BEFORE)
    }
    if before is not None and rows:
        note_carried(before.plan, version.plan, rows)
