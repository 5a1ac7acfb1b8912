"""Hand-overs on a person's home: the ones that wait for them first, then those they are waiting for."""

from dataclasses import dataclass

from flask import url_for

from accounts.models import User
from core import clock
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.page import Next, next_of
from partnerships.handovers.queries import open_handovers_around


@dataclass(frozen=True)
class HandoverLine:
    handover: LeaderHandover
    next: Next

    @property
    def url(self) -> str:
        return url_for("partnerships.handover", handover_id=self.handover.id)


def handovers_of(person: User) -> list[HandoverLine]:
    """One whose day has come is nobody's matter any more, though its mails may still be on their way."""
    today = clock.today()
    lines = [
        HandoverLine(one, next_of(one, person))
        for one in open_handovers_around(person)
        if not one.is_in_force(today)
    ]
    return sorted(lines, key=lambda line: not line.next.is_mine)
