"""Changes of municipalities: what each kind does to the register, and what is refused with a sentence."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlalchemy import select

from accounts.models import User
from core import audit
from core.audit import AuditEvent
from core.database import Base, db
from core.errors import DomainError
from core.workflow import NotNow
from municipalities.change_errors import (
    BeforeTheRegister,
    CodeTaken,
    EarlierThanApplied,
    HasEnded,
    InACircle,
    IntoItself,
    NewerExists,
    NoChoice,
    NoSuchCode,
    NoSuchCounty,
    NothingChanges,
    NotYet,
    TooFew,
    TooLateToUndo,
    Undecided,
)
from municipalities.change_queries import change_by_id, drafts, successors_of
from municipalities.in_time import municipality_as_of, places_on
from municipalities.models import Municipality, MunicipalityChange, MunicipalityKind
from municipalities.queries import by_address
from municipalities.services.changing import (
    Part,
    apply_change,
    apply_those_that_touch_nothing,
    decide,
    discard,
    draft_change,
    edit_draft,
    undo_change,
)
from municipalities.workflow import CHANGE_WORKFLOW, ChangeAction, ChangeKind, ChangeStatus
from programme.models import Programme
from tests.municipalities.register import import_only, small_register, take_in, unit
from tests.partnerships.test_only_one import at_once

TODAY, IN_2019 = date(2026, 4, 15), date(2019, 1, 1)
OSTROWICE, DRAWSKO, ZLOCIENIEC, GROMADKA = "3203052", "3203023", "3203063", "0201032"


@pytest.fixture(autouse=True)
def register(app, clock):
    """The small register of 2018, asked on one day."""
    take_in(small_register())


@pytest.fixture
def office(make) -> User:
    person: User = make.office()
    return person


def drafted(kind: ChangeKind, sources, targets=(), *, on: date = TODAY, actor: User) -> MunicipalityChange:
    change = draft_change(
        kind,
        effective_on=on,
        legal_basis="Dz.U. 2018 poz. 1527",
        sources=sources,
        targets=targets,
        actor=actor,
    )
    db.session.commit()
    return change


def applied(kind: ChangeKind, sources, targets=(), *, on: date = TODAY, actor: User) -> MunicipalityChange:
    change = drafted(kind, sources, targets, on=on, actor=actor)
    apply_change(change, actor=actor)
    db.session.commit()
    return change


def known(*codes: str) -> list[Part]:
    return [Part(unit(code)) for code in codes]


def renamed(name: str, code: str = GROMADKA) -> list[Part]:
    return [Part(unit(code), new_name=name)]


def register_rows() -> list[object]:
    tables = ("municipality", "municipality_code", "municipality_name", "county")
    return [
        tuple(row)
        for name in tables
        for row in db.session.execute(
            select(Base.metadata.tables[name]).order_by(Base.metadata.tables[name].c.id)
        )
    ]


# --- Each kind -------------------------------------------------------------------------------------------------


def test_a_new_name_holds_from_its_day_and_the_old_address_leads_on(office):
    applied(ChangeKind.RENAME, renamed("Żółta Gromadka"), on=date(2020, 3, 1), actor=office)

    found = unit(GROMADKA)
    assert [(row.name, row.valid_from, row.valid_to) for row in found.names] == [
        ("Gromadka", None, date(2020, 2, 29)),
        ("Żółta Gromadka", date(2020, 3, 1), None),
    ]
    assert by_address("0201032-gromadka") == (found, False)
    assert by_address("0201032-zolta-gromadka") == (found, True)


def test_a_village_becomes_a_town(office):
    applied(ChangeKind.CODE, [Part(unit(GROMADKA), new_code="0201033")], on=IN_2019, actor=office)

    found = unit("0201033")
    assert (found.kind, found.code, unit(GROMADKA).id) == (MunicipalityKind.URBAN_RURAL, "0201033", found.id)


def test_two_merge_into_a_new_one(office):
    target = Part(new_code="0201052", new_name="Bolesławiec i Gromadka")
    applied(ChangeKind.MERGE, known("0201022", GROMADKA), [target], on=IN_2019, actor=office)

    new = unit("0201052")
    assert (new.name, new.valid_from, new.valid_to) == ("Bolesławiec i Gromadka", IN_2019, None)
    assert [unit(code).valid_to for code in ("0201022", GROMADKA)] == [date(2018, 12, 31)] * 2
    assert list(successors_of(unit(GROMADKA))) == [new]


def test_a_new_one_may_take_the_number_of_one_that_ends(office):
    target = Part(new_code="0201033", new_name="Gromadka Nowa")
    applied(ChangeKind.MERGE, known("0201022", GROMADKA), [target], on=IN_2019, actor=office)

    assert (unit("0201033").name, unit("020103").name) == ("Gromadka Nowa", "Gromadka Nowa")


def test_one_is_divided_and_goes_on(office):
    new = [Part(new_code="0201062", new_name="Osla")]
    applied(ChangeKind.SPLIT, [Part(unit(GROMADKA), goes_on=True)], new, on=IN_2019, actor=office)

    assert (unit(GROMADKA).valid_to, unit("0201062").valid_from) == (None, IN_2019)
    assert successors_of(unit(GROMADKA)) == []


def test_one_is_divided_and_nothing_is_left(office):
    new = [Part(new_code="0201062", new_name="Osla"), Part(new_code="0201072", new_name="Pasternik")]
    applied(ChangeKind.SPLIT, known(GROMADKA), new, on=IN_2019, actor=office)

    assert unit(GROMADKA).valid_to == date(2018, 12, 31)
    assert [one.name for one in successors_of(unit(GROMADKA))] == ["Osla", "Pasternik"]


def test_the_land_of_one_that_ended_is_followed_through_later_changes(office):
    applied(ChangeKind.ABOLISH, known(OSTROWICE), known(DRAWSKO, ZLOCIENIEC), on=IN_2019, actor=office)
    applied(ChangeKind.MERGE, known(DRAWSKO), known(ZLOCIENIEC), on=date(2021, 1, 1), actor=office)

    assert [one.name for one in successors_of(unit(OSTROWICE))] == ["Złocieniec"]


# --- Names in time ---------------------------------------------------------------------------------------------


def test_reports_before_the_day_keep_the_old_name_code_and_type(office):
    source = [Part(unit(GROMADKA), new_code="0201033", new_name="Gromadka Miasto")]
    applied(ChangeKind.CODE, source, on=IN_2019, actor=office)
    found = unit("0201033")

    before, after = (municipality_as_of(found, day) for day in (date(2018, 12, 31), IN_2019))

    assert (before.label, before.code) == ("Gromadka (rural municipality, bolesławiecki county)", "0201032")
    assert (after.label, after.code) == (
        "Gromadka Miasto (urban-rural municipality, bolesławiecki county)", "0201033",
    )  # fmt: skip
    assert places_on(date(2018, 12, 31))[found.id] == before
    assert places_on(IN_2019)[found.id] == after


def test_of_one_that_moved_to_another_county_the_county_of_the_day_is_named(office):
    take_in(small_register(IN_2019).having_county("0265", "Wałbrzych"))
    applied(ChangeKind.CODE, [Part(unit("0221091"), new_code="0265011")], on=IN_2019, actor=office)
    found = unit("0265011")

    assert municipality_as_of(found, date(2018, 6, 1)).county_label == "wałbrzyski county"
    assert municipality_as_of(found, IN_2019).county_label == "Wałbrzych, a city with county rights"
    assert places_on(date(2018, 6, 1), [found.id])[found.id].county == "wałbrzyski"


# --- What is refused -------------------------------------------------------------------------------------------


def refused(
    error: type[DomainError], kind: ChangeKind, sources, targets=(), *, on: date = TODAY, actor: User
) -> str:
    before = (register_rows(), len(drafts()))
    with pytest.raises(error) as refusal:
        applied(kind, sources, targets, on=on, actor=actor)
    db.session.rollback()
    assert (register_rows(), len(drafts())) in (before, (before[0], before[1] + 1))
    return str(refusal.value)


def test_a_municipality_does_not_merge_into_itself(office):
    assert refused(IntoItself, ChangeKind.MERGE, known(OSTROWICE, DRAWSKO), known(DRAWSKO), actor=office) == (
        "Drawsko Pomorskie cannot become part of itself. Name another municipality that takes its place."
    )


def test_mergers_do_not_go_in_a_circle(office):
    drafted(ChangeKind.MERGE, known(OSTROWICE), known(DRAWSKO), actor=office)
    drafted(ChangeKind.MERGE, known(DRAWSKO), known(ZLOCIENIEC), actor=office)

    assert refused(InACircle, ChangeKind.MERGE, known(ZLOCIENIEC), known(OSTROWICE), actor=office) == (
        "This would go in a circle: Ostrowice already becomes part of a municipality that ends here. "
        "Look at the other changes of both."
    )


def test_one_that_ended_takes_nobody_in_not_even_in_a_circle(office):
    applied(ChangeKind.MERGE, known(OSTROWICE), known(DRAWSKO), on=IN_2019, actor=office)

    assert "in a circle" in refused(
        InACircle, ChangeKind.MERGE, known(DRAWSKO), known(OSTROWICE), actor=office
    )
    assert refused(HasEnded, ChangeKind.MERGE, known(ZLOCIENIEC), known(OSTROWICE), actor=office) == (
        "Ostrowice ended on 31 Dec 2018: nothing can change in it or become part of it."
    )


def test_nothing_is_slipped_in_before_an_applied_change(office):
    applied(ChangeKind.RENAME, renamed("Gromadka Nowa"), on=date(2020, 1, 1), actor=office)

    sentence = "A change of Gromadka Nowa from 1 Jan 2020 is in the register already. An earlier one cannot be put before it."
    assert (
        refused(EarlierThanApplied, ChangeKind.RENAME, renamed("Osla"), on=IN_2019, actor=office) == sentence
    )


def test_nor_before_what_an_import_brought(office):
    take_in(small_register(IN_2019).having("3203072", "Nowa Wieś"))

    with pytest.raises(EarlierThanApplied):
        applied(ChangeKind.RENAME, renamed("Stara Wieś", "3203072"), on=date(2018, 6, 1), actor=office)


def test_a_change_to_come_is_a_draft_until_its_day(office, clock):
    change = drafted(ChangeKind.RENAME, renamed("Gromadka Nowa"), on=date(2026, 7, 1), actor=office)
    with pytest.raises(NotYet) as refusal:
        apply_change(change, actor=office)
    db.session.rollback()
    assert str(refusal.value) == "The change holds from 1 Jul 2026. It can be applied on that day or later."

    clock.move_to(datetime(2026, 7, 1, 10, 0, tzinfo=UTC))
    apply_change(change, actor=office)

    assert unit(GROMADKA).name == "Gromadka Nowa"


@pytest.mark.parametrize(
    ("error", "kind", "source", "targets"),
    [
        (NothingChanges, ChangeKind.RENAME, {"new_name": "Gromadka"}, []),
        (NothingChanges, ChangeKind.CODE, {"new_code": GROMADKA}, []),
        (NoSuchCode, ChangeKind.CODE, {"new_code": "0201034"}, []),
        (NoSuchCode, ChangeKind.CODE, {"new_code": "abc"}, []),
        (NoSuchCounty, ChangeKind.CODE, {"new_code": "9901011"}, []),
        (CodeTaken, ChangeKind.CODE, {"new_code": "0201042"}, []),
        (TooFew, ChangeKind.MERGE, {}, []),
        (TooFew, ChangeKind.MERGE, {}, [Part(new_code="0201052", new_name="Nowa")]),
        (TooFew, ChangeKind.SPLIT, {}, [Part(new_code="0201052", new_name="Nowa")]),
        (TooFew, ChangeKind.SPLIT, {"goes_on": True}, []),
    ],
)
def test_what_makes_no_sense_is_refused(office, error, kind, source, targets):
    refused(error, kind, [Part(unit(GROMADKA), **source)], targets, actor=office)


def test_before_there_were_codes_nothing_changes(office):
    assert refused(
        BeforeTheRegister, ChangeKind.RENAME, renamed("Osla"), on=date(1998, 5, 1), actor=office
    ) == "Municipalities with codes exist since 1 Jan 1999. Enter a later day."  # fmt: skip


def test_a_choice_that_is_none_is_refused(office, make):
    make.partnership(municipality=unit(OSTROWICE))
    change = drafted(ChangeKind.ABOLISH, known(OSTROWICE), known(DRAWSKO), actor=office)

    with pytest.raises(Undecided) as open_question:
        apply_change(change, actor=office)
    with pytest.raises(NoChoice):
        decide(change, {"successor": "partnership:999"}, actor=office)

    assert str(open_question.value) == "Decide first: What becomes of the partnership?"


# --- Undo ------------------------------------------------------------------------------------------------------


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
        "The change cannot be undone any more. A later change of the same municipality was applied: New name from "
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


# --- Two at once -----------------------------------------------------------------------------------------------


def of(change_id: int) -> MunicipalityChange:
    """As a page finds it: one that is gone is "not there any more"."""
    found = change_by_id(change_id)
    if found is None:
        raise NotNow
    return found


def test_of_two_who_apply_one_change_at_once_the_second_is_refused(app, office):
    change_id = drafted(ChangeKind.RENAME, renamed("Osla"), on=IN_2019, actor=office).id
    actor_id = office.id

    def apply() -> None:
        apply_change(of(change_id), actor=db.session.get_one(User, actor_id))

    assert at_once(app, apply, apply) == ["NotNow", "done"]
    assert [row.name for row in unit(GROMADKA).names] == ["Gromadka", "Osla"]


def test_of_two_changes_of_one_municipality_at_once_one_is_refused(app, office):
    into = [
        drafted(ChangeKind.ABOLISH, known(OSTROWICE), known(code), on=IN_2019, actor=office).id
        for code in (DRAWSKO, ZLOCIENIEC)
    ]
    actor_id = office.id

    def apply(change_id: int) -> None:
        apply_change(of(change_id), actor=db.session.get_one(User, actor_id))

    outcome = at_once(app, *(partial(apply, id_) for id_ in into))

    assert outcome == ["HasEnded", "done"]
    db.session.expire_all()
    assert len(successors_of(unit(OSTROWICE))) == 1


def test_of_two_who_undo_at_once_the_second_is_refused(app, office, clock):
    clock.release()  # both of them live today
    change_id = applied(ChangeKind.RENAME, renamed("Osla"), on=IN_2019, actor=office).id
    actor_id = office.id

    def undo() -> None:
        undo_change(of(change_id), actor=db.session.get_one(User, actor_id))

    assert at_once(app, undo, undo) == ["NotNow", "done"]
    assert unit(GROMADKA).name == "Gromadka"


def test_a_draft_discarded_meanwhile_cannot_be_applied(app, office):
    change = drafted(ChangeKind.RENAME, renamed("Osla"), actor=office)
    change_id, actor_id = change.id, office.id

    def apply() -> None:
        apply_change(of(change_id), actor=db.session.get_one(User, actor_id))

    def throw_away() -> None:
        discard(of(change_id), actor=db.session.get_one(User, actor_id))

    assert at_once(app, apply, throw_away) == ["NotNow", "done"]


# --- Drafts ----------------------------------------------------------------------------------------------------


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
