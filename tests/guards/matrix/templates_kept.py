"""Versions of the templates: the annual one has been replaced, of the general one there is a draft."""

from datetime import date

from accounts.models import User
from plans.definitions import PlanKind
from plans.template_versions import services
from plans.template_versions.queries import current_template
from tests.guards.matrix.world import Record, World
from tests.plans.template_versions.second import SECOND


def some_templates(world: World, *, actor: User) -> None:
    first = current_template(PlanKind.ANNUAL)
    assert first is not None
    second = first.definition.replace("version = 1", "version = 2", 1)
    annual = services.save_draft(PlanKind.ANNUAL, second, actor=actor)
    services.publish(
        annual, accepted_until=date(2099, 12, 31), checks_from=None, seen=annual.row_version, actor=actor
    )
    general = services.save_draft(PlanKind.GENERAL, SECOND, actor=actor)
    for name, template in {"draft": general, "replaced": first}.items():
        record = Record(name, "", {"template_id": template.id}, "")
        world.records.setdefault("template", []).append(record)
