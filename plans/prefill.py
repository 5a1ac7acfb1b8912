"""What the system knows already, nobody has to type: the first rows of a new plan."""

import secrets
from collections.abc import Mapping

from core import clock
from partnerships.models import PartnershipMember
from plans.definitions import PlanContent, PlanKind, PlanRow, TemplateDefinition, Value
from plans.models import Plan
from plans.templates import definition_begun_on

METADATA = "metadata"
PARTNERS = "partners"


def new_row_uid() -> str:
    return secrets.token_hex(6)


def prefilled_content(plan: Plan, definition: TemplateDefinition | None = None) -> PlanContent:
    """The sheet about the plan itself and, in a general plan, the partners with the leader's organisation first."""
    sheets: dict[str, tuple[PlanRow, ...]] = {
        METADATA: (PlanRow(METADATA, known_metadata(plan, definition)),)
    }
    if plan.kind is PlanKind.GENERAL:
        active = [member for member in plan.partnership.members if member.left_on is None]
        sheets[PARTNERS] = tuple(_partner(number, member) for number, member in enumerate(active, start=1))
    return PlanContent(sheets)


def known_metadata(plan: Plan, definition: TemplateDefinition | None = None) -> dict[str, Value]:
    """What the register says today about municipality, partnership and people."""
    partnership, today = plan.partnership, clock.today()
    municipality = partnership.municipality
    leader, animator = partnership.leader(today), partnership.animator(today)
    term = next((term for term in partnership.terms if leader and term.user_id == leader.id), None)
    known: dict[str, Value | None] = {
        "municipality_name": municipality.name,
        "teryt": municipality.code,
        "county": municipality.county.name,
        "voivodeship": municipality.voivodeship.name,
        "partnership_name": partnership.name,
        "established_on": partnership.founded_on.isoformat() if partnership.founded_on else None,
        "year_from": plan.year_from,
        "year_to": plan.year_to,
        "plan_year": plan.year_from,
        "leader_name": leader.name if leader else None,
        "leader_organisation": term.organisation.name if term and term.organisation else None,
        "leader_email": leader.mail_address if leader else None,
        "deputy_name": ", ".join(person.name for person in partnership.deputies(today)) or None,
        "animator_name": animator.name if animator else None,
    }
    sheet = (definition or definition_begun_on(plan)).sheet(METADATA)
    return {key: value for key, value in filled(known).items() if sheet.has_column(key)}


def _partner(number: int, member: PartnershipMember) -> PlanRow:
    organisation = member.organisation
    known: dict[str, Value | None] = {
        "org_code": f"P{number}",
        "org_name": organisation.name,
        "org_type": organisation.org_type,
        "partner_role": member.role,
        "contribution": list(member.contribution),
        "contact_function": member.contact_function,
        "contact_email": member.contact_email,
        "joined_on": member.joined_on.isoformat(),
    }
    return PlanRow(new_row_uid(), filled(known))


def filled(values: Mapping[str, Value | None]) -> dict[str, Value]:
    """An empty cell has no key."""
    return {key: value for key, value in values.items() if value is not None and value not in ("", [])}
