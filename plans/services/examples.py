"""Beginning a plan from an example: a complete draft in one step, or nothing at all."""

from accounts.models import User
from core import audit, clock
from partnerships.models import Partnership
from plans.checking import checked_content
from plans.checks import Purpose, fill_codes
from plans.definitions import PlanContent, PlanKind, PlanRow
from plans.errors import ExampleHasFaults, NoLeadPartner, NotEditable, NotFresh, PlanExists, TickTogether
from plans.events import PlanEvent
from plans.examples.drafting import Known, drafted
from plans.examples.model import Chosen, Example
from plans.examples.rules import loose_ends
from plans.finding_texts import describe
from plans.models import PlanVersion
from plans.prefill import METADATA, PARTNERS, prefilled_content
from plans.queries import current_versions
from plans.retired import without_retired
from plans.services.shared import acts_for
from plans.services.writing import replace_rows, start_plan
from plans.templates import carried, definition_of
from programme.queries import the_programme


def first_year() -> int:
    """The three years begin with this one, or with the programme's first year if that is still to come."""
    return max(clock.today().year, the_programme().row.starts_on.year)


def general_plan(partnership: Partnership) -> PlanVersion | None:
    """The current version of the partnership's general plan for the years that begin now, if it was started."""
    year = first_year()
    versions = [one for one in current_versions([partnership.id]) if one.plan.is_general]
    return next((one for one in versions if one.plan.year_to >= year), None)


def is_fresh(version: PlanVersion) -> bool:
    """A draft with nothing in it but what was filled in when it was started."""
    return (
        version.is_editable and version.plan.is_general and set(version.rows.sheets) <= {METADATA, PARTNERS}
    )


def start_from_example(
    partnership: Partnership, example: Example, chosen: Chosen, *, summary: str, actor: User
) -> PlanVersion:
    """Begin the general plan and fill it in. A refusal leaves neither: the caller's transaction is rolled back."""
    if general_plan(partnership) is not None:
        raise PlanExists
    version = start_plan(partnership, PlanKind.GENERAL, year_from=first_year(), actor=actor)
    fill_from_example(version, example, chosen, summary=summary, actor=actor)
    return version


def fill_from_example(
    version: PlanVersion, example: Example, chosen: Chosen, *, summary: str, actor: User
) -> None:
    """Fill a fresh draft, so that it could be submitted as it is; but where the office has retired what an example chose,
    its author chooses."""
    if not version.is_editable:
        raise NotEditable
    if not is_fresh(version):
        raise NotFresh
    for sentence in loose_ends(example, chosen):
        raise TickTogether(sentence)
    written = drafted(example, chosen, _known(version), summary=summary)
    # examples are written for the first template; what reads as a later one does already stays as it is
    content = carried(written, PlanKind.GENERAL, start=1, to=version.template_version)
    definition = definition_of(version)
    new = content.sheets.keys() - {METADATA, PARTNERS}
    content, emptied = without_retired(content, definition, the_programme().code_lists, sheets=new)
    check = checked_content(version, content, Purpose.SUBMIT)
    faults = [one for one in check.errors if (one.sheet_key, one.row_uid, one.column_key) not in emptied]
    if faults:
        raise ExampleHasFaults(describe(faults[0], definition).problem)
    replace_rows(version, check.content)
    origin = example.origin
    event = PlanEvent.FILLED_FROM_PLAN if example.is_published_plan else PlanEvent.FILLED_FROM_EXAMPLE
    source = (
        {"source_version_id": origin.version_id, "source_municipality": origin.municipality_code}
        if example.is_published_plan
        else {"example": origin.example_key}
    )
    audit.record(
        event, version, actor=actor, on_behalf_of=acts_for(version, actor), number=version.number,
        note=origin.name, **source,
    )  # fmt: skip


def _known(version: PlanVersion) -> Known:
    content = _up_to_date(version)
    return Known(content, _lead_code(version, content), version.plan.year_from, definition_of(version))


def _up_to_date(version: PlanVersion) -> PlanContent:
    """Who joined since the draft was started is added; what stands there already stays as it is."""
    present, today = version.rows, prefilled_content(version.plan)
    [about] = today.rows(METADATA)
    mine = next(iter(present.rows(METADATA)), about)
    partners = list(present.rows(PARTNERS))
    names = {row.values.get("org_name") for row in partners}
    for row in today.rows(PARTNERS):
        if row.values["org_name"] not in names:
            values = {key: value for key, value in row.values.items() if key != "org_code"}
            partners.append(PlanRow(row.row_uid, values))
    content = PlanContent(
        {
            METADATA: (PlanRow(mine.row_uid, {**about.values, **mine.values}),),
            PARTNERS: tuple(partners),
        }
    )
    return fill_codes(content, definition_of(version))


def _lead_code(version: PlanVersion, content: PlanContent) -> str:
    """The leader's own organisation, else the partner whose role it is, else the first there is."""
    term = version.partnership.leader_term(clock.today())
    own = term.organisation.name if term and term.organisation else None
    partners = [row.values for row in content.rows(PARTNERS)]
    if not partners:
        raise NoLeadPartner
    own_rows = [row for row in partners if row.get("org_name") == own]
    leading = [row for row in partners if row.get("partner_role") == "leader"]
    return str([*own_rows, *leading, *partners][0]["org_code"])
