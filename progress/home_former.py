"""What a former leader still finds at home: the partnerships they led, and what everybody can read of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from accounts.models import User
from core import clock
from core.database import db
from municipalities.models import Municipality
from partnerships.models import LeaderTerm, Partnership, TermKind
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus


@dataclass(frozen=True)
class FormerlyLed:
    name: str
    municipality: Municipality
    until: date
    is_public: bool


def formerly_led(person: User) -> Sequence[FormerlyLed]:
    """The latest first. Only for who leads nothing any more: asked where there is nothing else to show."""
    is_public = exists().where(
        Plan.partnership_id == Partnership.id,
        PlanVersion.plan_id == Plan.id,
        PlanVersion.status == PlanStatus.PUBLISHED,
    )
    found = db.session.execute(
        select(LeaderTerm, is_public)
        .join(LeaderTerm.partnership)
        .where(
            LeaderTerm.user_id == person.id,
            LeaderTerm.kind == TermKind.LEADER,
            LeaderTerm.ends_on < clock.today(),
        )
        .options(contains_eager(LeaderTerm.partnership).joinedload(Partnership.municipality, innerjoin=True))
        .order_by(LeaderTerm.ends_on.desc(), LeaderTerm.id)
    )
    latest: dict[int, FormerlyLed] = {}
    for term, public in found:
        led = term.partnership
        until = term.ends_on or clock.today()  # asked for above: there is one
        latest.setdefault(led.id, FormerlyLed(led.name, led.municipality, until, bool(public)))
    return list(latest.values())
