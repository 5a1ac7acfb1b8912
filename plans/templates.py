"""Which template a plan follows, and which ones the programme knows."""

from functools import cache

from config import ROOT
from plans.definition_files import load_definitions
from plans.definitions import PlanKind, TemplateDefinition
from plans.models import Plan
from programme.labels import Labels
from programme.queries import the_programme


@cache
def definitions(profile: str) -> dict[tuple[PlanKind, int], TemplateDefinition]:
    """All template versions of a profile; files of a version never change, so they are read once."""
    return load_definitions(ROOT / "profiles" / profile / "templates")


def template(kind: PlanKind, version: int) -> TemplateDefinition:
    return definitions(the_programme().row.profile)[kind, version]


def definition_of(plan: Plan) -> TemplateDefinition:
    return template(plan.kind, plan.template_version)


def current_template_version(kind: PlanKind) -> int:
    return max(version for known, version in definitions(the_programme().row.profile) if known is kind)


def sheet_titles() -> dict[str, Labels]:
    """Every sheet that remarks can be about, in the order of the workbooks; a later version names it anew."""
    return {
        sheet.key: sheet.title
        for _version, known in sorted(definitions(the_programme().row.profile).items())
        for sheet in known.content_sheets
    }


def known_template(code: str, version: int) -> TemplateDefinition | None:
    """The template a workbook says it is, by the code in its Meta sheet."""
    known = definitions(the_programme().row.profile).values()
    return next((one for one in known if (one.code, one.version) == (code, version)), None)
