"""What the programme itself counts with. A new version may call it otherwise, but not by another key or kind."""

from collections.abc import Mapping

from plans.definitions import PlanKind

_WHO = (
    *("municipality_name", "teryt", "county", "voivodeship", "partnership_name"),
    *("leader_name", "leader_organisation", "leader_email"),
)

KEPT_COLUMNS: Mapping[PlanKind, Mapping[str, tuple[str, ...]]] = {
    PlanKind.GENERAL: {
        "metadata": (
            *_WHO,
            "established_on",
            "year_from",
            "year_to",
            "deputy_name",
            "animator_name",
            "summary",
        ),
        "needs": (
            *("need_code", "need_text", "need_area", "evidence", "evidence_year", "priority"),
            *("measure", "measure_value", "measure_unit"),
        ),
        "partners": (
            *("org_code", "org_name", "org_type", "partner_role", "contribution"),
            *("contact_function", "contact_email", "joined_on"),
        ),
        "groups": (
            *("group_code", "group_name", "group_size", "target_level"),
            *("persons_y1", "persons_y2", "persons_y3"),
        ),
        "goals": (
            *("goal_code", "goal_text", "need_codes", "indicator", "unit", "baseline"),
            *("target_y1", "target_y2", "target_y3", "owner_org_code"),
        ),
        "lines": (
            *("line_code", "goal_code", "line_title", "life_area", "form", "group_codes"),
            *("trainings_y1", "trainings_y2", "trainings_y3", "hours_y1", "hours_y2", "hours_y3"),
            *("lead_org_code", "partner_org_codes"),
        ),
        "recommendations": ("rec_code", "rec_text", "rec_addressee", "goal_codes"),
    },
    PlanKind.ANNUAL: {
        "metadata": (*_WHO, "plan_year"),
        "trainings": (
            *("title", "line_code", "goal_code", "group_code", "form", "participants_planned"),
            *("hours_planned", "quarter", "status", "held_on", "participants_actual", "hours_actual"),
            *("life_area", "digcomp_area", "groups_planned", "date_from", "date_to", "responsible_org_code"),
            *("trainer", "certificates", "cost_planned", "cost_actual", "women_actual", "seniors_actual"),
            *("disability_actual", "remarks"),
        ),
    },
}

KEPT_LISTS = frozenset({"training_status", "quarter", "organisation_type", "partner_role", "contribution"})
"""Lists with values that the programme or the register knows by their codes: a version may add to them only."""
