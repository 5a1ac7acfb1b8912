"""The two sides that agree on a visit, who speaks for each, and the office for either of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from accounts.queries import office_people
from animators.consultations.models import Consultation, Side
from animators.visits.errors import SayForWhom
from core import clock
from partnerships.behalf import remembered_principal
from partnerships.models import Partnership

BOTH = (Side.LEADER, Side.ANIMATOR)


@dataclass(frozen=True)
class Acting:
    """Who does something, and for which side."""

    person: User
    side: Side
    by_office: bool = False


def other(side: Side) -> Side:
    return Side.LEADER if side is Side.ANIMATOR else Side.ANIMATOR


def own_side(partnership: Partnership, person: User) -> Side | None:
    """Whoever both leads and advises speaks for the partnership: the office then speaks for the animator."""
    today = clock.today()
    if person.id in partnership.leader_ids(today) | partnership.deputy_ids(today):
        return Side.LEADER
    return Side.ANIMATOR if person.id in partnership.animator_ids(today) else None


def acting_for(partnership: Partnership, person: User, for_side: Side | None = None) -> Acting:
    """The side is that of the person; the office says for whom it acts."""
    own = own_side(partnership, person)
    if own is not None:
        return Acting(person, own)
    if for_side is None:
        raise SayForWhom
    return Acting(person, for_side, by_office=True)


def principal(partnership: Partnership, acting: Acting) -> dict[str, Any]:
    """On whose behalf, for the history."""
    if acting.by_office and acting.side is Side.OFFICE:
        return {}
    if acting.by_office and acting.side is Side.ANIMATOR:
        animator = partnership.animator(clock.today())
        return {"on_behalf_of": animator} if animator else {}
    return remembered_principal(partnership, acting.person)


def people_of(partnership: Partnership, side: Side, *days: date) -> Sequence[User]:
    """Whom a mail to this side reaches: of the animators whoever advises today, and on the days of the visit.

    Where nobody is there the office is, so that nothing is said to nobody.
    """
    today = clock.today()
    if side is Side.LEADER:
        leader = partnership.leader(today)
        people = [*([leader] if leader else []), *partnership.deputies(today)]
    else:
        people = [found for on in (today, *days) if (found := partnership.animator(on)) is not None]
    return list({person.id: person for person in people}.values()) or list(office_people())


def partnership_of(visit: Consultation) -> Partnership:
    """A visit is always agreed on with a partnership."""
    if visit.partnership is None:
        raise LookupError(f"visit {visit.id} has no partnership")
    return visit.partnership
