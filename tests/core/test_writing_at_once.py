"""A change written past the unit of work is the change that it would have written."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm.exc import StaleDataError

from core.database import db, know, table_of, write_at_once
from plans.models import PlanVersion


def stored(version_id: int) -> tuple[object, ...]:
    table = table_of(PlanVersion)
    columns = (table.c.decision_note, table.c.row_version, table.c.updated_at)
    return tuple(db.session.connection().execute(select(*columns).where(table.c.id == version_id)).one())


def test_it_is_written_counted_and_known_without_being_asked_for(make, clock, count_queries):
    version = make.general_plan()
    before = version.row_version
    clock.tick(days=1)

    with count_queries() as queries:
        write_at_once(version, decision_note="As it is")
        assert (version.decision_note, version.row_version, version.updated_at) == (
            "As it is",
            before + 1,
            clock.now,
        )
        db.session.commit()

    assert queries.count == 1, "one UPDATE, and nothing more at the end"
    assert stored(version.id) == ("As it is", before + 1, clock.now)


def test_whoever_was_slower_is_refused_and_changes_nothing(make):
    version = make.general_plan()
    seen = version.row_version
    table = table_of(PlanVersion)
    db.session.connection().execute(
        update(table).where(table.c.id == version.id).values(decision_note="Quicker", row_version=seen + 1)
    )

    with pytest.raises(StaleDataError):
        write_at_once(version, decision_note="Slower")

    assert stored(version.id)[:2] == ("Quicker", seen + 1)
    assert (version.decision_note, version.row_version) == (None, seen)


def test_what_a_record_knows_already_stays(make):
    other, version = make.general_plan().plan, make.general_plan()
    plan = version.plan

    know(version, plan=other)

    assert version.plan is plan
