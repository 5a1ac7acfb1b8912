"""The blank workbook of a version, to be tried out before it is published."""

from core import clock
from plans.definitions import TemplateDefinition
from plans.downloads import Download
from plans.workbooks.order import Filling, WorkbookIdentity
from programme.queries import the_programme


def blank_workbook(definition: TemplateDefinition, *, language: str) -> Download:
    """Of no plan in particular: it cannot be taken for one that somebody filled in."""
    from plans.workbooks.writer import write_plan_workbook  # late: openpyxl is large

    programme = the_programme()
    identity = WorkbookIdentity(
        template_code=definition.code,
        template_version=definition.version,
        plan_uid="",
        municipality_code="",
        programme=programme.row.profile,
        base_version=0,
        base_hash="",
        language=language,
        as_of=clock.now(),
    )
    lists = {**programme.code_lists, **definition.code_lists}
    data = write_plan_workbook(definition, Filling(), identity=identity, code_lists=lists)
    return Download(f"{file_stem(definition)}.xlsx", data)


def file_stem(definition: TemplateDefinition) -> str:
    return f"{definition.code.lower()}-{definition.version}"
