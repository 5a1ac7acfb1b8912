"""A hand-over on its way, for the tests of each step."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from core import clock
from core.database import db
from partnerships import services
from partnerships.handovers.models import LeaderHandover
from partnerships.models import Partnership
from tests.make import Make

IN_TWO_WEEKS = timedelta(days=14)


@dataclass(frozen=True)
class Cast:
    partnership: Partnership
    leader: User
    successor: User
    animator: User


def cast(make: Make) -> Cast:
    leader, successor = make.user("Anna Wrona"), make.user("Ewa Lis", password="a long enough password")
    animator = make.animator("Marta Maj")
    partnership = make.partnership("Together", leader=leader, animator=animator)
    return Cast(partnership, leader, successor, animator)


def requested(make: Make, *, people: Cast | None = None, effective_on: date | None = None) -> LeaderHandover:
    people = people or cast(make)
    handover = services.request_handover(
        people.partnership,
        people.successor,
        effective_on=effective_on or clock.today() + IN_TWO_WEEKS,
        actor=people.leader,
    )
    db.session.commit()
    return handover


def accepted(make: Make, *, people: Cast | None = None, effective_on: date | None = None) -> LeaderHandover:
    handover = requested(make, people=people, effective_on=effective_on)
    services.accept_handover(handover, actor=handover.to_user)
    db.session.commit()
    return handover


def confirmed(make: Make, *, people: Cast | None = None, effective_on: date | None = None) -> LeaderHandover:
    handover = accepted(make, people=people, effective_on=effective_on)
    animator = handover.partnership.animator(clock.today())
    assert animator is not None
    services.confirm_handover(handover, actor=animator)
    db.session.commit()
    return handover


def periods(partnership: Partnership) -> list[tuple[str, str, date, date | None]]:
    """Who is what, from when to when, as the database has it."""
    db.session.expire_all()
    return sorted(
        (term.user.name, str(term.kind), term.starts_on, term.ends_on) for term in partnership.terms
    )
