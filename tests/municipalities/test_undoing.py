"""An applied change is undone row by row for seven days, as long as nothing newer was built on it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from accounts.models import User
from core import audit
from core.database import db
from municipalities.change_errors import (
    NewerExists,
    TooLateToUndo,
)
from municipalities.models import MunicipalityChange
from municipalities.services.changing import (
    Part,
    apply_change,
    decide,
    discard,
    undo_change,
)
from municipalities.workflow import ChangeKind, ChangeStatus
from programme.models import Programme
from tests.municipalities.changes import (
    DRAWSKO,
    GROMADKA,
    IN_2019,
    OSTROWICE,
    ZLOCIENIEC,
    applied,
    drafted,
    known,
    register_rows,
    renamed,
)
from tests.municipalities.register import small_register, take_in, unit


@pytest.fixture(autouse=True)
def register(app, clock):
    """The small register of 2018, asked on one day."""
    take_in(small_register())


@pytest.fixture
def office(make) -> User:
    person: User = make.office()
    return person


@pytest.mark.parametrize(
    ("kind", "source", "targets"),
    [
        (ChangeKind.RENAME, {"new_name": "Osla"}, []),
        (ChangeKind.CODE, {"new_code": "0201033", "new_name": "Osla"}, []),
        (ChangeKind.ABOLISH, {}, [Part(new_code="0201052", new_name="Osla")]),
        (ChangeKind.SPLIT, {"goes_on": True}, [Part(new_code="0201052", new_name="Osla")]),
    ],
)
def test_undoing_leaves_the_register_as_it_was_row_by_row(office, kind, source, targets):
    before = register_rows()
    change = applied(kind, [Part(unit(GROMADKA), **source)], targets, on=IN_2019, actor=office)
    assert register_rows() != before

    undo_change(change, actor=office)
    db.session.commit()

    assert register_rows() == before
    assert change.status is ChangeStatus.UNDONE


def test_on_the_seventh_day_it_can_be_undone_and_on_the_eighth_not(office, clock):
    first = applied(ChangeKind.RENAME, renamed("Osla"), actor=office)
    second = applied(ChangeKind.RENAME, renamed("Złocieniec Nowy", ZLOCIENIEC), actor=office)

    clock.move_to(datetime(2026, 4, 22, 21, 0, tzinfo=UTC))
    undo_change(first, actor=office)
    clock.move_to(datetime(2026, 4, 23, 7, 0, tzinfo=UTC))
    with pytest.raises(TooLateToUndo) as refusal:
        undo_change(second, actor=office)

    assert str(refusal.value) == (
        "The change could be undone until 22 Apr 2026. Enter a new change that turns it round."
    )


def test_how_long_it_can_be_undone_is_a_number_of_the_programme(office, clock):
    db.session.scalars(select(Programme)).one().settings = {"municipality_undo_days": 0}
    db.session.commit()
    change = applied(ChangeKind.RENAME, renamed("Osla"), actor=office)

    clock.move_to(datetime(2026, 4, 16, 7, 0, tzinfo=UTC))
    with pytest.raises(TooLateToUndo):
        undo_change(change, actor=office)


def newer(change: MunicipalityChange, office: User) -> str:
    db.session.commit()
    before = register_rows()
    with pytest.raises(NewerExists) as refusal:
        undo_change(change, actor=office)
    db.session.rollback()
    assert register_rows() == before
    return str(refusal.value)


def test_a_later_change_keeps_the_earlier_one(office):
    change = applied(ChangeKind.RENAME, renamed("Osla"), on=IN_2019, actor=office)
    applied(ChangeKind.RENAME, renamed("Osla Dolna"), on=date(2021, 1, 1), actor=office)

    assert newer(change, office) == (
        "The change cannot be undone any more. A later change of the same municipality was applied: Change of name from "
        "1 Jan 2021."
    )


def test_a_plan_submitted_since_keeps_the_change(office, make):
    partnership = make.partnership("Razem", municipality=unit(GROMADKA))
    change = applied(ChangeKind.RENAME, renamed("Osla"), actor=office)
    make.general_plan(partnership=partnership)

    assert newer(change, office) == (
        "The change cannot be undone any more. Since then, General plan 2026–2028 of the partnership Razem: Started "
        "the plan, 15 Apr 2026."
    )


def test_what_happened_in_a_partnership_that_moved_keeps_the_change(office, make):
    partnership = make.partnership("Razem", municipality=unit(OSTROWICE))
    change = drafted(ChangeKind.ABOLISH, known(OSTROWICE), known(DRAWSKO), actor=office)
    decide(change, {"successor": f"move:{change.targets[0].id}"}, actor=office)
    apply_change(change, actor=office)
    make.member(partnership)
    audit.record(_Joined.JOINED, partnership, actor=office)

    assert newer(change, office).startswith(
        "The change cannot be undone any more. Since then in the partnership Razem: "
    )


class _Joined(audit.EventKind):
    JOINED = "tests.joined", "Something happened"


def test_a_partnership_in_a_municipality_that_began_keeps_the_change(office, make):
    new = Part(new_code="0201052", new_name="Osla")
    change = applied(ChangeKind.SPLIT, [Part(unit(GROMADKA), goes_on=True)], [new], actor=office)
    make.partnership(municipality=unit("0201052"), led=False, advised=False)

    assert newer(change, office) == (
        "The change cannot be undone any more. Records that it touched have been changed or added to since."
    )


def test_a_number_of_people_entered_since_stays_when_the_change_is_undone(office):
    change = applied(ChangeKind.RENAME, renamed("Osla"), actor=office)
    place = unit(GROMADKA)
    place.population, place.population_year = 5000, 2025
    db.session.commit()

    undo_change(change, actor=office)
    db.session.commit()

    found = unit(GROMADKA)
    assert (found.name, found.population) == ("Gromadka", 5000)


NEW = Part(new_code="0201052", new_name="Osla")


def began(office: User) -> MunicipalityChange:
    return applied(ChangeKind.ABOLISH, known(GROMADKA), [NEW], on=IN_2019, actor=office)


def test_changes_of_a_municipality_that_began_are_undone_one_by_one(office):
    """What the later one was about is no more then; its page says how it was called."""
    before = register_rows()
    first = began(office)
    second = applied(ChangeKind.RENAME, renamed("Osla Dolna", "0201052"), on=date(2020, 1, 1), actor=office)
    third = applied(ChangeKind.MERGE, known("0201052"), known(DRAWSKO), on=date(2021, 1, 1), actor=office)

    for change in (third, second, first):
        undo_change(change, actor=office)
        db.session.commit()

    assert register_rows() == before
    assert [(one.sources[0].label, one.outcome) for one in (second, third)] == [
        ("Osla (rural municipality, 0201052)", "Osla Dolna"),
        ("Osla (rural municipality, 0201052)", "Drawsko Pomorskie"),
    ]
    assert [one.targets[0].label for one in (first,)] == ["Osla (rural municipality, 0201052)"]


def test_a_code_set_free_and_given_to_another_municipality_keeps_the_change(office):
    first = applied(ChangeKind.ABOLISH, known(GROMADKA), known(DRAWSKO), on=IN_2019, actor=office)
    osla = Part(new_code=GROMADKA, new_name="Osla")
    second = applied(ChangeKind.ABOLISH, known(OSTROWICE), [osla], on=date(2020, 1, 1), actor=office)

    assert newer(first, office) == (
        "The change cannot be undone any more. The code 0201032 belongs to Osla (rural municipality, bolesławiecki county) "
        "by now. Undo the change that gave it away first."
    )

    undo_change(second, actor=office)
    db.session.commit()
    undo_change(first, actor=office)
    db.session.commit()
    assert first.status is ChangeStatus.UNDONE


def test_a_draft_about_a_municipality_that_began_is_discarded_first(office):
    first = began(office)
    draft = drafted(ChangeKind.RENAME, renamed("Osla Dolna", "0201052"), on=date(2027, 1, 1), actor=office)

    assert newer(first, office) == (
        "The change cannot be undone any more. A draft is about a municipality that began with it: Change of name from "
        "1 Jan 2027. Discard that draft, and it can be undone."
    )

    discard(draft, actor=office)
    undo_change(first, actor=office)
    db.session.commit()
    assert first.status is ChangeStatus.UNDONE
