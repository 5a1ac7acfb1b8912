"""Who is told of a decision about hours: whoever leads the partnership, whoever advises it, and whose minutes it is about.

One mail to each.
"""

from collections.abc import Iterator
from typing import Any

from accounts.models import User
from accounts.policy import Permission, can
from animators.consultations.models import Consultation
from animators.hours.bars import bars_of
from animators.hours.models import BudgetAdjustment
from core import clock, mail
from partnerships.models import Partnership
from partnerships.queries import open_partnership_of


def tell_decided(adjustment: BudgetAdjustment, *, actor: User) -> None:
    """An overrun was granted, refused, or brought in from the other pot."""
    _tell(adjustment, "decided", actor=actor)


def tell_changed(adjustment: BudgetAdjustment, *, actor: User) -> None:
    """The office changed a pot by itself."""
    _tell(adjustment, "changed", actor=actor)


def _tell(adjustment: BudgetAdjustment, what: str, *, actor: User) -> None:
    partnership = open_partnership_of(adjustment.budget.municipality)
    if partnership is None:
        return
    said: dict[str, Any] = {
        "adjustment": adjustment, "partnership": partnership, "consultation": adjustment.consultation,
        "bars": bars_of(adjustment.budget.municipality_id),
    }  # fmt: skip
    for person in _around(partnership, adjustment.consultation, but=actor):
        mail.queue(
            person,
            f"hours/mail/{what}",
            dedupe_key=f"hours-{what}:{adjustment.id}:{person.id}",
            reply_to=actor.mail_address,
            may_read=can(person, Permission.PARTNERSHIP_READ, partnership),
            **said,
        )


def _around(partnership: Partnership, about: Consultation | None, *, but: User) -> Iterator[User]:
    """Where nobody leads the deputies do; who gave the advice may have handed the municipality on since."""
    today = clock.today()
    leader = partnership.leader(today)
    people = [leader] if leader is not None else partnership.deputies(today)
    told = {but.id}
    for person in (*people, partnership.animator(today), about.animator if about else None):
        if person is not None and person.is_active and person.id not in told:
            told.add(person.id)
            yield person
