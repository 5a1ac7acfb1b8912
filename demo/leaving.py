"""Leaders who left, and newcomers who have not come yet: what the office has to look after."""

from collections.abc import Sequence

from accounts.services import resend_invitation
from core import clock
from core.database import db
from demo.cast import Stage
from demo.remarks import notes
from demo.seats import Seat
from partnerships.services import end_term

NEWCOMERS = 2


def leader_leaves(seat: Seat) -> None:
    """Half-way between the last step of the plan and today: since then nobody leads the partnership."""
    chance = seat.chance("leaving")
    with seat.at(seat.calendar.working_days_ago(seat.part.ended) // 2):
        term = seat.partnership.leader_term(clock.today())
        if term is None:
            raise LookupError(f"nobody leads {seat.partnership.name}")
        reason = chance.one(notes()["term_ended"])
        end_term(term, ends_on=clock.today(), reason=reason, actor=seat.office)


def invite_newcomers(seats: Sequence[Seat]) -> None:
    """The leaders of the newest partnerships have not chosen a password yet: their invitation is in the outbox."""
    planned = sorted(
        (seat for seat in seats if seat.part.script.stage is Stage.PLANNED), key=lambda seat: seat.entered
    )
    for seat in planned[:NEWCOMERS]:
        seat.leader.password_hash = None
        with clock.at(seat.calendar.moment(min(seat.entered, 5), seat.chance("invitation"))):
            resend_invitation(seat.leader, actor=seat.office)
            db.session.flush()
