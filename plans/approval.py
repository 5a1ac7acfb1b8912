"""Who approved a plan, as everybody may read it: the role, the day and that nothing changed since; no name."""

from core import clock
from core.formatting import day
from core.i18n import _
from plans.models import PlanVersion


def approval_in_words(version: PlanVersion) -> str:
    """The animator, or the office in their place."""
    said = (
        _(
            "A regional animator approved it on %(day)s; it was published unchanged.",
            day=day(version.decided_at),
        )
        if was_approved_by_animator(version)
        else _(
            "The programme office approved it on %(day)s in place of the animator; it was published unchanged.",
            day=day(version.decided_at),
        )
    )
    left_out = _("Names and e-mail addresses of people are left out. Fingerprint of the approved content:")
    return f"{said} {left_out}"


def was_approved_by_animator(version: PlanVersion) -> bool:
    """Whoever it was given to then, their cover, or the former animator with whom it stayed."""
    if version.decided_at is None or version.decided_by_id is None:
        return True
    on = clock.local(version.decided_at).date()
    return version.decided_by_id in {*version.partnership.animator_ids(on), version.kept_with_id}
