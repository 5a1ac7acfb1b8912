"""Drafts: proposed by an official file or entered, changed, discarded, applied together; and their history."""

from datetime import date

import pytest
from sqlalchemy import select

from accounts.models import User
from core.audit import AuditEvent
from core.database import db
from core.workflow import NotNow
from municipalities.change_queries import drafts, successors_of
from municipalities.models import Municipality
from municipalities.services.changing import (
    apply_change,
    apply_those_that_touch_nothing,
    decide,
    discard,
    edit_draft,
    undo_change,
)
from municipalities.workflow import CHANGE_WORKFLOW, ChangeAction, ChangeKind, ChangeStatus
from tests.municipalities.changes import (
    DRAWSKO,
    GROMADKA,
    IN_2019,
    OSTROWICE,
    TODAY,
    applied,
    drafted,
    known,
    renamed,
)
from tests.municipalities.register import import_only, small_register, take_in, unit


@pytest.fixture(autouse=True)
def register(app, clock):
    """The small register of 2018, asked on one day."""
    take_in(small_register())


@pytest.fixture
def office(make) -> User:
    person: User = make.office()
    return person


@pytest.mark.parametrize("status", list(ChangeStatus))
def test_the_workflow_holds_for_every_verb(office, status):
    change = drafted(ChangeKind.RENAME, renamed("Osla"), actor=office)
    if status is not ChangeStatus.DRAFT:
        apply_change(change, actor=office)
    if status is ChangeStatus.UNDONE:
        undo_change(change, actor=office)
    db.session.commit()
    verbs = {
        ChangeAction.EDIT: lambda: edit_draft(
            change, effective_on=TODAY, legal_basis=None, sources=renamed("Osla Dolna"), actor=office
        ),
        ChangeAction.APPLY: lambda: apply_change(change, actor=office),
        ChangeAction.UNDO: lambda: undo_change(change, actor=office),
        ChangeAction.DISCARD: lambda: discard(change, actor=office),
    }

    for action, verb in verbs.items():
        if not CHANGE_WORKFLOW.allows(action, status):
            with pytest.raises(NotNow):
                verb()
            db.session.rollback()


def test_a_pair_that_is_not_the_same_becomes_an_end_and_a_beginning(office):
    file = small_register(IN_2019).having_county("0265", "Wałbrzych").recoded("0221091", "0265011")
    import_only(file)
    [change] = drafts()

    decide(change, {"same": "no"}, actor=office)
    apply_change(change, actor=office)
    db.session.commit()

    old, new = unit("0221091"), unit("0265011")
    assert (change.kind, old.valid_to, new.valid_from) == (ChangeKind.ABOLISH, date(2018, 12, 31), IN_2019)
    assert list(successors_of(old)) == [new]
    assert import_only(file) is None


def test_several_that_end_and_one_that_begins_in_a_county_are_proposed_as_a_merger():
    file = small_register(IN_2019).without("0201022", GROMADKA).having("0201052", "Bolesławiec Wieś")

    taken = import_only(file)

    assert [
        (one.kind, [unit.name for unit in one.sources], [unit.name for unit in one.targets])
        for one in taken.proposed
    ] == [(ChangeKind.MERGE, ["Bolesławiec", "Gromadka"], ["Bolesławiec Wieś"])]


def test_one_that_ends_and_several_that_begin_in_a_county_are_proposed_as_a_division():
    file = small_register(IN_2019).without(GROMADKA).having("0201052", "Osla").having("0201062", "Pasternik")

    taken = import_only(file)

    assert [(one.kind, [unit.name for unit in one.targets]) for one in taken.proposed] == [
        (ChangeKind.SPLIT, ["Osla", "Pasternik"])
    ]


def test_the_same_file_again_proposes_nothing_twice(office):
    file = small_register(IN_2019).without(OSTROWICE).renamed(GROMADKA, "Osla")
    import_only(file)

    assert import_only(file) is None
    assert len(drafts()) == 2


def test_those_that_touch_nobody_are_applied_at_once_and_the_others_wait(make, office):
    make.assignment(unit(OSTROWICE), make.animator())
    import_only(small_register(IN_2019).without(OSTROWICE).renamed(GROMADKA, "Osla"))

    found = apply_those_that_touch_nothing(actor=office)

    assert [change.sources[0].municipality.name for change in found] == ["Osla"]
    assert [change.sources[0].name for change in drafts()] == ["Ostrowice"]


def test_every_step_is_in_the_history_with_what_was_before_and_after(office):
    change = drafted(ChangeKind.RENAME, renamed("Osla"), actor=office)
    edit_draft(change, effective_on=IN_2019, legal_basis="Ustawa", sources=renamed("Osla"), actor=office)
    apply_change(change, actor=office)
    undo_change(change, actor=office)
    db.session.commit()

    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.record_kind == "municipality_change").order_by(AuditEvent.id)
    ).all()
    assert [(event.event, event.actor_id) for event in events] == [
        (f"municipality_change.{what}", office.id) for what in ("drafted", "edited", "applied", "undone")
    ]
    assert (events[1].data["before"]["effective_on"], events[1].data["after"]["effective_on"]) == (
        "2026-04-15", "2019-01-01",
    )  # fmt: skip


def test_a_municipality_object_is_never_deleted_by_an_end(office):
    count = len(db.session.scalars(select(Municipality)).all())

    applied(ChangeKind.ABOLISH, known(OSTROWICE), known(DRAWSKO), on=IN_2019, actor=office)

    assert len(db.session.scalars(select(Municipality)).all()) == count
