"""The database and somebody with the files on a desk come to the same seven statuses, whatever happened."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import func, select

from core import clock as core_clock
from core.database import db
from partnerships.models import Partnership, TermKind
from partnerships.workflow import PartnershipStatus
from tasks.queries import tasks_of
from tasks.rules import TaskCode, TaskStatus
from tests.tasks.lives import LIVES, live
from tests.tasks.plain_rules import plain_statuses
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarStatus

MAY_2027 = datetime(2027, 5, 12, 10, 0, tzinfo=UTC)


@pytest.fixture
def cast(make, clock):
    """A partnership with a leader since March 2026, a deputy until then, and somebody who belongs elsewhere."""
    clock.move_to(MAY_2027)
    leader, former, stranger = make.user(), make.user(), make.user()
    partnership = make.partnership(led=False)
    make.term(partnership, leader, kind=TermKind.LEADER, starts_on=date(2026, 3, 1))
    make.term(partnership, former, ends_on=date(2026, 12, 31))
    organisations = [make.organisation(municipality=partnership.municipality) for _ in range(5)]
    return partnership, organisations, [leader, former, stranger]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
@given(life=LIVES)
def test_any_life_comes_to_the_same_statuses(cast, life):
    partnership, organisations, people = cast
    with core_clock.at(MAY_2027):
        live(partnership, life, organisations, people)

        found = tasks_of([partnership.id])[partnership.id]
        assert {str(code): str(status) for code, status in found.statuses.items()} == plain_statuses(
            partnership
        )
    db.session.rollback()


def test_every_status_of_every_task_occurs_in_these_lives(cast):
    """Else the test above could pass without having seen it."""
    partnership, organisations, people = cast
    seen = set()
    for life in _many_lives():
        with core_clock.at(MAY_2027):
            live(partnership, life, organisations, people)
            seen |= set(tasks_of([partnership.id])[partnership.id].statuses.items())
        db.session.rollback()

    assert {(code, status) for code in TaskCode for status in TaskStatus} - seen == set()


def _many_lives():
    found = []

    @settings(max_examples=300, database=None, derandomize=True)
    @given(life=LIVES)
    def collect(life):
        found.append(life)

    collect()
    return found


def test_one_question_answers_for_any_number_of_partnerships(make, count_queries):
    for _ in range(3):
        make.partnership()
    ids = list(db.session.scalars(select(Partnership.id)))
    tasks_of(ids[:1])

    with count_queries() as few:
        tasks_of(ids[:1])
    with count_queries() as many:
        found = tasks_of(ids)

    assert (few.count, many.count, set(found)) == (1, 1, set(ids)), str(many)


def test_nobody_asked_for_is_nobody_found(app):
    assert tasks_of([]) == {}


def test_a_partnership_is_counted_once_however_much_it_did(make, clock):
    partnership = make.partnership()
    other = make.partnership()

    found = tasks_of([partnership.id, other.id])

    assert sorted(found) == sorted([partnership.id, other.id])
    assert db.session.scalar(select(func.count()).select_from(Partnership)) == 2


def test_webinars_of_a_partnership_that_merged_count_where_it_goes_on(make, clock):
    """As its visits and its advice do: the attendances go along, and who led it then led it then."""
    leader = make.user()
    former = make.partnership(led=False)
    heir = make.partnership()
    make.term(former, leader, kind=TermKind.LEADER, ends_on=date(2026, 4, 14))
    former.status, former.closed_on, former.successor = PartnershipStatus.CLOSED, date(2026, 4, 15), heir

    webinar = Webinar(
        title="Webinar",
        starts_at=datetime(2026, 4, 10, 8, 0, tzinfo=UTC),
        minutes=60,
        status=WebinarStatus.HELD,
    )
    manual = AttendanceSource.MANUAL
    db.session.add(Attendance(webinar=webinar, municipality=heir.municipality, user=leader, source=manual))
    db.session.commit()

    assert tasks_of([heir.id])[heir.id].statuses[TaskCode.WEBINARS] is TaskStatus.DONE
