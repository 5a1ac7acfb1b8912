"""Two people who ask for the same again at the same moment. On PostgreSQL both are let in."""

from sqlalchemy import select, update

from accounts.models import User
from core.database import db
from core.long_work import LongState, LongWork, ask, try_again
from tests.core.long_work.test_running import kinds, office, states
from tests.support.at_once import at_once

__all__ = ["kinds", "office"]


def test_of_two_failures_of_one_thing_tried_again_at_the_same_moment_one_begins(app, kinds, office):
    office_id = office.id
    for _ in range(2):
        ask("test.count", about="one", actor=office, steps=5)
        db.session.execute(update(LongWork).values(state=LongState.FAILED))
    ids = db.session.scalars(select(LongWork.id)).all()

    def trying(work_id):
        return lambda: try_again(
            db.session.get_one(LongWork, work_id), actor=db.session.get_one(User, office_id)
        )

    assert at_once(app, *map(trying, ids)) == ["NotNow", "done"]
    assert sorted(states()) == ["failed", "queued"]
