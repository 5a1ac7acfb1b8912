"""What tests rely on without thinking: nothing of one test is left in the next."""

from datetime import UTC, datetime

import pytest
from flask import request_finished
from flask_login import current_user
from sqlalchemy import func, select

from accounts.models import User
from core import clock as core_clock
from core.i18n import language


def people(db_session) -> int:
    return int(db_session.scalar(select(func.count(User.id))))


@pytest.mark.parametrize("time", ["first", "second"])
def test_every_test_starts_with_an_empty_programme(db_session, make, config, time):
    left_over = (people(db_session), list((config.data_dir / "files").iterdir()))

    make.user()
    (config.data_dir / "files" / "something").touch()

    assert left_over == (0, [])
    assert people(db_session) == 1


def test_texts_are_english_unless_a_test_says_otherwise(app):
    assert language() == "en"


def test_time_stands_still_until_it_is_moved(clock):
    first = core_clock.now()

    clock.tick(days=1, hours=2)

    assert first == datetime(2026, 4, 15, 10, 0, tzinfo=UTC)
    assert core_clock.now() == datetime(2026, 4, 16, 12, 0, tzinfo=UTC)


def test_queries_are_counted_without_the_bookkeeping(db_session, count_queries):
    with count_queries() as queries:
        people(db_session)
        people(db_session)
        db_session.commit()

    assert queries.count == 2


def test_a_request_sees_what_the_test_made_and_the_other_way_round(make, visit, db_session):
    person = make.user("Ewa Nowak")
    person.phone = "77 123 45 67"

    page = visit(as_=person).open("/health/live")

    assert page.status == 200
    db_session.refresh(person)
    assert person.phone == "77 123 45 67"


def test_two_visitors_are_two_people(app, make, visit):
    ewa, jan = visit(as_=make.user("Ewa Nowak")), visit(as_=make.user("Jan Lis"))
    seen = []

    with request_finished.connected_to(lambda *_, **__: seen.append(current_user.name), app):
        for visitor in (ewa, jan, ewa):
            visitor.open("/health/live")

    assert seen == ["Ewa Nowak", "Jan Lis", "Ewa Nowak"]
