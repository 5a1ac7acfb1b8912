"""Changes of municipalities: what each kind does to the register, and what is refused with a sentence."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from core.database import db
from core.errors import DomainError
from municipalities.change_errors import (
    BeforeTheRegister,
    CodeTaken,
    EarlierThanApplied,
    HasEnded,
    InACircle,
    IntoItself,
    NamedTwice,
    NoChoice,
    NoSuchCode,
    NoSuchCounty,
    NothingChanges,
    NotYet,
    TooFew,
    Undecided,
)
from municipalities.change_queries import drafts, successors_of
from municipalities.in_time import municipality_as_of, places_on
from municipalities.models import MunicipalityKind
from municipalities.queries import by_address
from municipalities.services.changing import (
    Part,
    apply_change,
    decide,
)
from municipalities.workflow import ChangeKind
from tests.municipalities.changes import (
    DRAWSKO,
    GROMADKA,
    IN_2019,
    OSTROWICE,
    TODAY,
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


@pytest.mark.parametrize(
    ("kind", "source", "targets", "name"),
    [
        (ChangeKind.MERGE, [OSTROWICE, OSTROWICE], [DRAWSKO], "Ostrowice"),
        (ChangeKind.ABOLISH, [OSTROWICE], [DRAWSKO, DRAWSKO], "Drawsko Pomorskie"),
    ],
)
def test_one_that_is_named_twice_is_refused(office, kind, source, targets, name):
    assert refused(NamedTwice, kind, known(*source), known(*targets), actor=office) == (
        f"{name} is named twice. Name each municipality once, and give each code once."
    )


def test_two_new_ones_do_not_share_their_digits(office):
    new = [Part(new_code="0201052", new_name="Nowa"), Part(new_code="0201053", new_name="Nowsza")]

    assert "Nowsza is named twice" in refused(
        NamedTwice, ChangeKind.SPLIT, known(GROMADKA), new, actor=office
    )


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
