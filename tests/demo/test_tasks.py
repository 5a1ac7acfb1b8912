"""Of every partnership of the demonstration the database says what somebody with its files would."""

from sqlalchemy import select

from core.database import db
from partnerships.models import Partnership
from tasks.queries import tasks_of
from tests.tasks.plain_rules import plain_statuses


def test_the_seven_tasks_follow_from_the_evidence(demo_app):
    with demo_app.app_context():
        partnerships = db.session.scalars(select(Partnership)).all()
        found = tasks_of([one.id for one in partnerships])
        worked_out = {
            one.id: {str(code): str(status) for code, status in found[one.id].statuses.items()}
            for one in partnerships
        }

        assert worked_out == {one.id: plain_statuses(one) for one in partnerships}
