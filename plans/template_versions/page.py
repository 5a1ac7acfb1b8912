"""One template version as the office reads it."""

from functools import cached_property

from core import clock
from plans.definitions import TemplateDefinition
from plans.models import PlanTemplate, TemplateStatus
from plans.template_versions.difference import Group, difference_in_words
from plans.templates import current_template_version, parsed, published_templates
from programme.queries import the_programme


class TemplatePage:
    def __init__(self, template: PlanTemplate) -> None:
        self.template = template

    @cached_property
    def definition(self) -> TemplateDefinition:
        return parsed(self.template.definition)

    @property
    def status(self) -> TemplateStatus:
        return self.template.status_on(clock.today())

    @property
    def is_draft(self) -> bool:
        return self.template.status is TemplateStatus.DRAFT

    @property
    def was_replaced(self) -> bool:
        return self.template.status in (TemplateStatus.ACCEPTED, TemplateStatus.RETIRED)

    @property
    def may_be_retired(self) -> bool:
        return self.status is TemplateStatus.ACCEPTED

    @cached_property
    def before(self) -> TemplateDefinition | None:
        """What it is held against: the version in force, or the one before it."""
        kind, number = self.template.kind, self.template.version - 1
        if self.is_draft:
            number = current_template_version(kind)
        known = published_templates().get((kind, number))
        return known.definition if known else None

    @cached_property
    def groups(self) -> list[Group]:
        if self.before is None:
            return []
        return difference_in_words(self.before, self.definition, the_programme().code_lists)
