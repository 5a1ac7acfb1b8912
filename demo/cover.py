"""Animators on leave, and who covers for them: now, before and soon."""

from collections.abc import Sequence

from accounts.models import User
from core import clock
from demo.chance import Chance
from demo.remarks import notes
from demo.seats import Seat
from partnerships.models import AssignmentKind
from partnerships.services import assign_animator

WAITING = ("submitted", "resubmitted", "in_review", "returned")
"""What a covering animator finds to do."""

DECIDED = ("returned", "approved", "reviewed_again", "resubmitted")
"""What one who comes back finds done."""

COVERS = (
    # region on leave, region that covers, how many municipalities, first and last day in days ago
    (9, 0, 2, 6, -12),
    (3, 4, 3, 9, -5),
    (0, 4, 3, 12, 1),
    (6, 5, 2, 75, 61),
    (2, 1, 1, -8, -22),
)


def assign_covers(seats: Sequence[Seat]) -> None:
    animators = list(dict.fromkeys(seat.animator for seat in seats))
    for away, covering, count, first, last in COVERS:
        theirs = [seat for seat in seats if seat.animator is animators[away]]
        names = WAITING if last <= 0 else DECIDED
        theirs.sort(key=lambda seat: seat.part.script.name not in names)
        for seat in theirs[:count]:
            _assign(seat, animators[covering], first, last)


def _assign(seat: Seat, covering: User, first: int, last: int) -> None:
    day = seat.calendar.day
    moment = seat.calendar.moment(max(first + 2, 2), Chance(seat.code, "cover"))
    with clock.at(moment), seat.calendar.with_its_mails():
        assign_animator(
            seat.municipality,
            covering,
            kind=AssignmentKind.COVER,
            starts_on=day(first),
            ends_on=day(last),
            reason=Chance("cover", first).one(notes()["cover"]),
            actor=seat.office,
        )
