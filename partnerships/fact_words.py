"""Fields of partnerships, members, terms and assignments as the history names them."""

from functools import partial

from core.fact_words import Fact, leave_out_facts, name_facts
from core.i18n import _l
from partnerships.models import AssignmentKind
from partnerships.words import listed


def name_facts_of_partnerships() -> None:
    name_facts(
        name=_l("Name"),
        founded_on=_l("Founded on"),
        closed_on=_l("Closed on"),
        role=Fact(_l("Role"), partial(listed, list_key="partner_role")),
        contribution=Fact(_l("Contributes"), partial(listed, list_key="contribution")),
        contact_function=_l("Function of the contact"),
        contact_email=_l("E-mail of the contact"),
        joined_on=_l("Joined on"),
        left_on=_l("Left on"),
        starts_on=_l("First day"),
        ends_on=_l("Last day"),
        can_submit=_l("May submit plans for approval"),
        can_publish=_l("May publish approved plans"),
        effective_on=_l("Takes effect on"),
        leader=_l("Leader"),
        animator=_l("Animator"),
        assigned_as=Fact(_l("Assigned as"), lambda kind: str(AssignmentKind(kind).label)),
        retain_until=_l("Kept until"),
        org_type=Fact(_l("Type of organisation"), partial(listed, list_key="organisation_type")),
        address=_l("Address"),
        office_email=_l("Office e-mail"),
        website=_l("Website"),
        sector=Fact(_l("Sector"), partial(listed, list_key="organisation_sector")),
        parent=_l("Part of"),
        phone=_l("Phone"),
        best_time=_l("Best time to call"),
        registry_kind=Fact(_l("Kind of register"), partial(listed, list_key="registry_kind")),
        registry_no=_l("Number in the register"),
        signatory_function=_l("Who signs: function"),
        signatory_name=_l("Who signs: first name and surname"),
        power_of_attorney=_l("Number of the power of attorney"),
        ended_on=_l("Ended on"),
    )
    name_facts(
        "mayor",
        name=_l("First name and surname"),
        title=Fact(_l("Title"), partial(listed, list_key="mayor_title")),
        valid_from=_l("In office since"),
        valid_to=_l("Last day"),
    )
    leave_out_facts("content_hash", "municipality_id", "leader_id", "user_id", "kept_with_id")
