"""How far somebody's search reaches: asked once, from the same rules by which pages open (``accounts/policy.py``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from accounts.models import User
from accounts.policy import Permission, can
from accounts.role_sources import roles_of
from accounts.roles import Role
from core import clock
from core.database import db
from partnerships.models import Partnership
from partnerships.queries.scopes import advised_by, heir_advised_by, heir_led_by, led_by
from partnerships.workflow import PartnershipStatus
from plans.visibility import ids_kept_with

_OTHER = aliased(Partnership)


@dataclass(frozen=True)
class Reach:
    """``everything``: the office's. To others these partnerships, and what is public."""

    everything: bool
    everybody: bool
    """Who manages people finds all of them."""
    visible: Sequence[int] = ()
    """Partnerships that they may read."""
    around: Sequence[int] = ()
    """Those of them which they lead today, help to lead or advise: not what only merged into one of theirs."""
    written: Sequence[int] = ()
    """Whose plans they read as authors do."""
    advised: Sequence[int] = ()
    places: Sequence[int] = ()
    """Municipalities of those."""
    spoken_for: Sequence[int] = ()
    """Municipalities for which one of their partnerships speaks: the open one there, else the last that was."""
    kept: Sequence[int] = ()
    """Versions whose review stays with them."""

    @property
    def values(self) -> Mapping[str, Any]:
        """For the statement of a search, which is the same for everybody whose reach has this form."""
        return {
            name: list(getattr(self, name))
            for name in ("visible", "around", "written", "advised", "places", "spoken_for", "kept")
        }


def reach_of(person: User) -> Reach:
    """Who works for the office may lead a partnership as well, and reads their own annual plan there."""
    everything = person.is_active and person.holds(Role.OFFICE, clock.today())
    everybody = can(person, Permission.PEOPLE_MANAGE)
    if not roles_of(person) & {Role.LEADER, Role.DEPUTY, Role.ANIMATOR}:
        return Reach(everything, everybody)
    return _among_partnerships(person, everything=everything, everybody=everybody)


def _among_partnerships(person: User, *, everything: bool, everybody: bool) -> Reach:
    led, advised = led_by(person), advised_by(person)
    heir_led, heir_advised = heir_led_by(person), heir_advised_by(person)
    goes_before = exists().where(
        _OTHER.municipality_id == Partnership.municipality_id,
        or_(_OTHER.status != PartnershipStatus.CLOSED, _OTHER.id > Partnership.id),
    )
    speaks = or_(Partnership.status != PartnershipStatus.CLOSED, ~goes_before)
    rows = db.session.execute(
        select(
            Partnership.id, Partnership.municipality_id, led.label("led"), advised.label("advised"),
            heir_led.label("heir_led"), heir_advised.label("heir_advised"), speaks.label("speaks"),
        ).where(or_(led, advised, heir_led, heir_advised))
    ).all()  # fmt: skip
    return Reach(
        everything,
        everybody,
        visible=[row.id for row in rows],
        around=[row.id for row in rows if row.led or row.advised],
        written=[row.id for row in rows if row.led or row.heir_led],
        advised=[row.id for row in rows if row.advised or row.heir_advised],
        places=[row.municipality_id for row in rows],
        spoken_for=[row.municipality_id for row in rows if row.speaks and (row.led or row.advised)],
        kept=ids_kept_with(person),
    )
