"""Public addresses as they are touched by a change of municipalities."""

from collections.abc import Sequence

from sqlalchemy import select

from core.database import db
from core.i18n import _, _l
from municipalities.followers import Follower, Line
from municipalities.models import Municipality, MunicipalityChange, MunicipalityChangeUnit
from municipalities.workflow import ChangeKind
from partnerships.models import Partnership
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from public.queries import PUBLIC


class AddressesFollow(Follower):
    """Nothing is to do when a change is applied: every address is asked of the register when it is opened."""

    topic = _l("Public addresses")

    def touches(self, change: MunicipalityChange) -> Sequence[Line]:
        known = _with_public_plan([unit.municipality_id for unit in change.sources])
        return [_line(change, unit) for unit in change.sources if unit.municipality_id in known]


def _with_public_plan(municipality_ids: Sequence[int | None]) -> set[int]:
    """Others have a public address too, which leads on just the same, but nobody has been sent there."""
    return set(
        db.session.scalars(
            select(Municipality.id)
            .join(Partnership, Partnership.municipality_id == Municipality.id)
            .join(Plan, Plan.partnership_id == Partnership.id)
            .join(PlanVersion, PlanVersion.plan_id == Plan.id)
            .where(
                Municipality.id.in_(municipality_ids),
                PlanVersion.status.in_(PUBLIC),
                Plan.kind == PlanKind.GENERAL,
            )
        )
    )


def _line(change: MunicipalityChange, unit: MunicipalityChangeUnit) -> Line:
    if unit not in change.ending:
        if change.kind is ChangeKind.SPLIT:
            return Line(str(_("%(name)s: its public addresses stay", name=unit.name)))
        return Line(str(_("%(name)s: the old public addresses lead on to the new ones", name=unit.name)))
    if len(change.targets) == 1:
        target = change.targets[0].name
        return Line(
            str(
                _(
                    "%(name)s: its public addresses lead on to those of %(target)s",
                    name=unit.name,
                    target=target,
                )
            )
        )
    return Line(
        str(_("%(name)s: its public plan keeps its address and says who has the land", name=unit.name))
    )
