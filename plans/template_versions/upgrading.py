"""A draft on an older template version: what would move, and bringing it up with one button."""

from collections.abc import Sequence

from accounts.models import User
from plans.carrying import Step, carry, moves
from plans.errors import NotEditable
from plans.findings import Finding
from plans.models import PlanVersion
from plans.services.writing import follow_template, replace_rows
from plans.template_versions.errors import FollowsNewest
from plans.templates import current_template_version, rows_in, template
from programme.queries import the_programme


def newer_template(version: PlanVersion) -> int | None:
    """The current version of the template, if this draft follows an older one."""
    if not version.is_editable:
        return None
    current = current_template_version(version.plan.kind)
    return current if version.template_version < current else None


def moves_of(version: PlanVersion, to: int) -> Sequence[Finding]:
    """What bringing the draft up would move, in the order of the versions: the same as an upload says of an old file."""
    content, kind, found = version.rows, version.plan.kind, []
    for number in range(version.template_version, to):
        step = Step(template(kind, number), template(kind, number + 1))
        filled = {
            (sheet, key) for sheet, rows in content.sheets.items() for row in rows for key in row.values
        }
        carried = carry(content, step.old, step.new, the_programme().code_lists)
        found += [*moves(step, [one for one in step.old_columns if one in filled]), *carried.findings]
        content = carried.content
    return found


def bring_up(version: PlanVersion, *, actor: User) -> int:
    """The draft in the template in force. Returns its number."""
    if not version.is_editable:
        raise NotEditable
    to = newer_template(version)
    if to is None:
        raise FollowsNewest
    content = rows_in(version, to)
    follow_template(version, to, actor=actor)
    replace_rows(version, content)
    return to
