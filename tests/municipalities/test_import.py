"""The register through the years: what an import leaves behind."""

from datetime import date
from threading import Thread

import pytest
from sqlalchemy import func, select

from core.audit import AuditEvent
from core.database import db
from municipalities.change_queries import drafts
from municipalities.errors import (
    ChangedMeanwhile,
    ImportRefused,
    OlderThanRegister,
    StillToCome,
    TooManyEnd,
)
from municipalities.models import (
    County,
    ImportKind,
    Municipality,
    MunicipalityCode,
    MunicipalityKind,
    MunicipalityName,
    RegisterImport,
    Voivodeship,
)
from municipalities.services.register import apply_import, plan_import
from municipalities.workflow import ChangeKind
from tests.municipalities.register import (
    FILE_HASH,
    RegisterFile,
    full_register,
    import_only,
    small_register,
    take_in,
    unit,
)

IN_2018, IN_2019, IN_2020 = date(2018, 1, 1), date(2019, 1, 1), date(2020, 1, 1)


@pytest.fixture(autouse=True)
def application(app):
    """Every test here needs the database."""


def codes(municipality: Municipality) -> list[tuple[str, date | None, date | None]]:
    return [(row.code, row.valid_from, row.valid_to) for row in municipality.codes]


def names(municipality: Municipality) -> list[tuple[str, date | None, date | None]]:
    return [(row.name, row.valid_from, row.valid_to) for row in municipality.names]


def everything() -> list[object]:
    """Every row of the register, to see whether anything changed."""
    tables = (
        Voivodeship,
        County,
        Municipality,
        MunicipalityCode,
        MunicipalityName,
        RegisterImport,
        AuditEvent,
    )
    return [tuple(row) for table in tables for row in db.session.execute(select(table.__table__))]


# --- The first file -----------------------------------------------------------------------------------------


def test_the_first_file_fills_the_register():
    take_in(small_register())

    found = unit("0201022")
    assert (found.name, found.kind, found.slug, found.code) == (
        "Bolesławiec", MunicipalityKind.RURAL, "boleslawiec", "0201022",
    )  # fmt: skip
    assert (found.county.name, found.voivodeship.name) == ("bolesławiecki", "dolnośląskie")
    assert (found.valid_from, found.valid_to, found.population) == (None, None, None)
    assert codes(found) == [("0201022", None, None)]
    assert names(found) == [("Bolesławiec", None, None)]
    assert db.session.scalar(select(func.count()).select_from(Municipality)) == 11


def test_an_import_is_remembered_with_its_counts_and_once_in_the_history(make):
    admin = make.admin()

    taken = take_in(small_register(), actor=admin)

    assert taken is not None
    counts = {"new": 11, "renamed": 0, "retyped": 0, "recoded": 0, "back": 0, "ended": 0, "unchanged": 0}
    assert (taken.kind, taken.state_on, taken.file_hash, taken.counts) == (
        ImportKind.UNITS, IN_2018, FILE_HASH, counts,
    )  # fmt: skip
    [event] = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "register.units_imported"))
    assert (event.actor_id, event.record_kind, event.record_id, event.data) == (
        admin.id, "register_import", taken.id, {"state_on": "2018-01-01", "counts": counts, "proposed": 0},
    )  # fmt: skip


def test_the_same_file_twice_leaves_everything_as_it_was():
    take_in(small_register())
    before = everything()

    taken = take_in(small_register())

    assert taken is None
    assert everything() == before


def test_a_newer_file_without_changes_moves_only_the_day_of_the_register():
    take_in(small_register())

    taken = take_in(small_register(IN_2019))

    assert taken is not None
    assert (taken.state_on, taken.counts["unchanged"]) == (IN_2019, 11)


# --- What the years bring -----------------------------------------------------------------------------------


def test_a_renamed_municipality_keeps_its_id_and_both_names():
    take_in(small_register())
    id_ = unit("0201032").id

    take_in(small_register(IN_2019).renamed("0201032", "Żółta Gromadka"))

    found = unit("0201032")
    assert (found.id, found.name, found.slug) == (id_, "Żółta Gromadka", "zolta-gromadka")
    assert names(found) == [
        ("Gromadka", None, date(2018, 12, 31)),
        ("Żółta Gromadka", IN_2019, None),
    ]
    assert codes(found) == [("0201032", None, None)]
    assert found.search_text == "zolta gromadka 0201032"


def test_a_village_that_becomes_a_town_changes_type_and_code():
    take_in(small_register())
    id_ = unit("0201032").id

    take_in(small_register(IN_2019).recoded("0201032", "0201033"))

    found = unit("0201033")
    assert (found.id, found.kind, found.code) == (id_, MunicipalityKind.URBAN_RURAL, "0201033")
    assert codes(found) == [("0201032", None, date(2018, 12, 31)), ("0201033", IN_2019, None)]
    assert found.search_text == "gromadka 0201033 0201032"


def test_a_municipality_ends_on_the_day_before_the_file_and_is_never_deleted():
    take_in(small_register())

    take_in(small_register(IN_2019).without("3203052"))

    ostrowice = unit("3203052")
    assert ostrowice.valid_to == date(2018, 12, 31)
    assert codes(ostrowice) == [("3203052", None, date(2018, 12, 31))]
    assert names(ostrowice) == [("Ostrowice", None, date(2018, 12, 31))]
    assert [unit(code).valid_to for code in ("3203023", "3203063")] == [None, None]


def test_a_new_municipality_begins_with_the_file():
    take_in(small_register())

    take_in(small_register(IN_2019).having("3203072", "Nowa Wieś"))

    found = unit("3203072")
    assert (found.valid_from, codes(found), names(found)) == (
        IN_2019, [("3203072", IN_2019, None)], [("Nowa Wieś", IN_2019, None)],
    )  # fmt: skip


def test_a_merge_ends_one_and_widens_the_other():
    take_in(small_register())

    take_in(small_register(IN_2019).without("0201022").recoded("0201011", "0201013"))

    assert unit("0201022").valid_to == date(2018, 12, 31)
    assert (unit("0201013").id, unit("0201013").kind) == (unit("0201011").id, MunicipalityKind.URBAN_RURAL)


def city_with_rights(state_on: date = IN_2019) -> RegisterFile:
    return small_register(state_on).having_county("0265", "Wałbrzych").recoded("0221091", "0265011")


def test_county_rights_wait_for_a_decision_and_change_no_municipality_until_then():
    take_in(small_register())

    take_in(city_with_rights())

    [change] = drafts()
    assert (change.kind, change.decisions, change.effective_on) == (ChangeKind.CODE, {"same": None}, IN_2019)
    assert (unit("0221091").code, codes(unit("0221091"))) == ("0221091", [("0221091", None, None)])


def test_county_rights_move_the_municipality_to_its_new_code_and_county():
    take_in(small_register())
    id_ = unit("0221091").id

    take_in(city_with_rights(), ("0221091", "0265011"))

    found = unit("0265011")
    assert (found.id, found.county.name, found.county.valid_from) == (id_, "Wałbrzych", IN_2019)
    assert codes(found) == [("0221091", None, date(2018, 12, 31)), ("0265011", IN_2019, None)]
    assert names(found) == [("Wałbrzych", None, None)]
    assert unit("0221091").id == id_


def test_the_same_decision_may_be_given_again():
    take_in(small_register())
    take_in(city_with_rights(), ("0221091", "0265011"))
    before = everything()

    taken = take_in(city_with_rights(), ("0221091", "0265011"))

    assert (taken, everything() == before) == (None, True)


def test_a_municipality_that_ended_by_mistake_comes_back_with_a_gap_in_its_history():
    take_in(small_register())
    take_in(small_register(IN_2019).without("3203052"))

    take_in(small_register(IN_2020), ("3203052", "3203052"))

    found = unit("3203052")
    assert (found.valid_to, db.session.scalar(select(func.count()).select_from(Municipality))) == (None, 11)
    assert codes(found) == [("3203052", None, date(2018, 12, 31)), ("3203052", IN_2020, None)]
    assert names(found) == [("Ostrowice", None, date(2018, 12, 31)), ("Ostrowice", IN_2020, None)]


def test_six_digits_decide_even_where_a_known_name_stands_under_them():
    take_in(small_register())
    moved = small_register(IN_2019).without("3203052", "3203063").having("3203052", "Złocieniec")

    take_in(moved)

    assert (unit("3203052").name, unit("3203063").valid_to) == ("Złocieniec", date(2018, 12, 31))
    assert names(unit("3203052")) == [
        ("Ostrowice", None, date(2018, 12, 31)),
        ("Złocieniec", IN_2019, None),
    ]


def test_a_correction_of_the_same_day_keeps_every_address():
    take_in(small_register())
    take_in(small_register(IN_2019).renamed("0201032", "Gromatka"))

    take_in(small_register(IN_2019).renamed("0201032", "Gromadka Nowa"))

    assert names(unit("0201032")) == [
        ("Gromadka", None, date(2018, 12, 31)),
        ("Gromatka", IN_2019, IN_2019),
        ("Gromadka Nowa", IN_2019, None),
    ]


def test_counties_are_renamed_and_end_with_the_file():
    take_in(small_register())
    without_county = (
        small_register(IN_2019).having_county("0201", "bolecki").having_county("0265", "Wałbrzych")
    )
    without_county = without_county.recoded("0221091", "0265011")
    del without_county.counties["0221"]

    take_in(without_county, ("0221091", "0265011"))

    known = {
        county.code: (county.name, county.valid_from, county.valid_to)
        for county in db.session.scalars(select(County).where(County.code.in_(["0201", "0221", "0265"])))
    }
    assert known == {
        "0201": ("bolecki", None, None),
        "0221": ("wałbrzyski", None, date(2018, 12, 31)),
        "0265": ("Wałbrzych", IN_2019, None),
    }


# --- What is refused ----------------------------------------------------------------------------------------


def test_an_older_file_than_the_register_is_refused():
    take_in(small_register(IN_2019))

    with pytest.raises(OlderThanRegister) as refused:
        plan_import(small_register(IN_2018).read())

    assert str(refused.value) == (
        "The file is of 1 Jan 2018, but the register is already that of 1 Jan 2019. Import a newer file."
    )


def test_a_file_of_a_day_still_to_come_is_refused(clock):
    with pytest.raises(StillToCome) as refused:
        plan_import(small_register(date(2026, 4, 16)).read())

    assert (str(refused.value), clock.now.date()) == (
        "The file is of 16 Apr 2026, which is still to come. Import it from that day on.",
        date(2026, 4, 15),
    )


def test_a_file_that_would_end_too_many_is_refused():
    take_in(small_register())
    before = everything()

    with pytest.raises(TooManyEnd) as refused:
        take_in(small_register(IN_2019).without("3203052"), allow_ending=2)
    db.session.rollback()

    assert str(refused.value) == (
        "1 of 11 municipalities would end, more than 2 %: the file may be cut off or of one region only. If they "
        "really end, allow 10 % (as a command: --allow-ending 10)."
    )
    assert everything() == before


@pytest.mark.parametrize(("ending", "is_refused"), [(49, False), (50, True)])
def test_two_per_cent_may_end(ending, is_refused):
    register = full_register(IN_2018)
    take_in(register)
    fewer = register.on(IN_2019).without(*sorted(register.units)[:ending])

    changes = plan_import(fewer.read())

    assert (ending / 2477 > 0.02, len(changes.ended)) == (is_refused, ending)
    if is_refused:
        with pytest.raises(TooManyEnd):
            apply_import(changes, file_hash=FILE_HASH, actor=None)
    else:
        assert apply_import(changes, file_hash=FILE_HASH, actor=None) is not None


def test_a_second_import_that_was_faster_wins_whole():
    stale = plan_import(small_register(IN_2019).read())
    take_in(small_register())
    before = everything()

    with pytest.raises(ChangedMeanwhile) as refused:
        apply_import(stale, file_hash=FILE_HASH, actor=None)
    db.session.rollback()

    assert isinstance(refused.value, ImportRefused)
    assert everything() == before


def test_of_two_imports_at_once_the_second_waits_and_finds_nothing_left_to_do(app):
    take_in(small_register())
    file = small_register(IN_2019).renamed("0201032", "Gromadka Nowa")
    changes = plan_import(file.read())
    others: list[RegisterImport | None] = []

    def import_too() -> None:
        with app.app_context():
            others.append(take_in(file))
            db.session.remove()

    second = Thread(target=import_too)
    second.start()
    second.join(timeout=0.5)
    assert (second.is_alive(), others) == (True, [])
    apply_import(changes, file_hash=FILE_HASH, actor=None)
    db.session.commit()
    second.join(timeout=20)

    assert others == [None]
    assert [name for name, *_ in names(unit("0201032"))] == ["Gromadka", "Gromadka Nowa"]


def test_a_whole_country_may_change_in_one_file():
    """Every municipality renamed at once: far more than a year brings, and more than one query may name."""
    register = full_register(IN_2018)
    take_in(register)
    renamed = register.on(IN_2019)
    for code, old in register.units.items():
        renamed = renamed.renamed(code, f"{old.name} Nowa")

    taken = import_only(renamed)

    assert taken is not None
    assert (taken.remembered.counts["renamed"], len(taken.proposed)) == (2477, 2477)
