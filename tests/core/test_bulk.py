"""Rows written at once are the rows that the mapper would have written."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from accounts.models import RoleGrant, User
from accounts.roles import Role
from core import bulk
from core.audit import AuditEvent
from core.bulk import insert_rows, take_ids
from core.database import db
from partnerships.models import AnimatorAssignment, AssignmentKind


def person(number: int) -> dict[str, object]:
    return {
        "id": number, "email": f"b{number}@gromada.example", "name": "Żaneta Łęcka", "search_text": "x", "sort_key": "y",
    }  # fmt: skip


def test_rows_written_at_once_read_as_those_of_the_mapper(make, clock):
    make.user()
    first, second = take_ids(User, 2)

    insert_rows(User, [person(first), person(second)])
    insert_rows(
        RoleGrant,
        [{"user_id": first, "role": Role.ANIMATOR, "starts_on": date(2026, 1, 2), "ends_on": None}],
    )
    insert_rows(
        AuditEvent,
        [{"event": "x.y", "actor_id": None, "record_kind": "user", "record_id": first, "data": {"a": ["ż"]}}],
    )
    db.session.commit()

    read = db.session.get(User, first)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == first)).one()
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "x.y")).one()
    assert (read.name, read.is_active, read.language, read.created_at) == (
        "Żaneta Łęcka",
        True,
        "pl",
        clock.now,
    )
    assert (grant.role, grant.starts_on, grant.ends_on) == (Role.ANIMATOR, date(2026, 1, 2), None)
    assert (event.data, event.at) == ({"a": ["ż"]}, clock.now)


def test_ids_taken_are_nobody_elses_afterwards(make):
    taken = take_ids(User, 3)
    insert_rows(User, [person(number) for number in taken])
    db.session.commit()

    later = make.user()

    assert later.id not in taken
    assert list(take_ids(User, 0)) == []


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_rows_of_more_than_one_statement_are_all_there(app, more):
    named_and_stamped = 7
    count = 3 * (bulk.MOST_VALUES // named_and_stamped) + more

    insert_rows(
        AuditEvent,
        [
            {
                "id": number, "event": "x.y", "actor_id": None, "record_kind": "user", "record_id": 7 * number,
                "data": {"at": number},
            }
            for number in range(1, count + 1)
        ],
    )  # fmt: skip
    db.session.commit()

    written = db.session.execute(
        select(AuditEvent.id, AuditEvent.record_id, AuditEvent.data).order_by(AuditEvent.id)
    ).all()
    assert written == [(number, 7 * number, {"at": number}) for number in range(1, count + 1)]


def test_days_that_overlap_within_one_statement_are_refused_with_all_others(make):
    """The check of each row sees the rows before it, also those of the same statement."""
    animator, municipality = make.animator(), make.municipality()
    db.session.commit()
    days = [date(2024, 1, 1) + timedelta(days=at) for at in range(2 * bulk.MOST_VALUES)]
    rows = [
        {
            "animator_id": animator.id, "municipality_id": municipality.id, "kind": AssignmentKind.MAIN,
            "starts_on": day, "ends_on": day,
        }
        for day in days
    ]  # fmt: skip

    with pytest.raises(IntegrityError), db.session.begin_nested():
        insert_rows(AnimatorAssignment, [*rows, rows[-2]])
    refused = db.session.scalar(select(func.count()).select_from(AnimatorAssignment))
    insert_rows(AnimatorAssignment, rows)

    assert refused == 0
    assert (
        db.session.scalars(select(AnimatorAssignment.starts_on).order_by(AnimatorAssignment.id)).all() == days
    )


def test_nothing_to_write_writes_nothing(app):
    insert_rows(User, [])

    assert db.session.scalars(select(User)).all() == []


ODD = [
    {
        "words": 'ą "quoted" \\ \n \u2028 \x00 </script>',
        "none": None,
        "yes": True,
        "deep": {"list": [1, -2.5, "3", [], {}]},
    },
    {1: "a number as a name", "big": 10**30},
    [],
    [{"one": "ż"}, None],
    {},
]


def test_data_written_at_once_is_the_text_that_json_makes(app):
    assert bulk._as_json(ODD) == [json.dumps(one) for one in ODD]


@pytest.mark.parametrize("data", [{"day": date(2026, 1, 2)}, {"deep": [{"person": object()}]}])
def test_data_that_json_cannot_say_is_refused(app, data):
    with pytest.raises(TypeError):
        bulk._as_json([data])
