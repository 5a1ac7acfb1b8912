from dataclasses import replace
from datetime import date

import pytest

from municipalities.changes import (
    AreaChange,
    Decisions,
    KnownRegister,
    KnownUnit,
    Match,
    RegisterChanges,
    compare,
)
from municipalities.errors import NotTheSame
from tests.municipalities.register import RegisterFile, small_register

BEFORE = small_register()


def known(file: RegisterFile, *, ended: frozenset[str] = frozenset()) -> KnownRegister:
    """The register as this file made it, with these codes ended since."""
    return KnownRegister(
        voivodeships=file.read().voivodeships,
        counties=file.read().counties,
        units=tuple(
            KnownUnit(
                id=number,
                code=unit.code,
                name=unit.name,
                county_name=unit.county_name,
                codes=frozenset({unit.code}),
                ended_on=date(2018, 12, 31) if unit.code in ended else None,
            )
            for number, unit in enumerate(file.read().units.values(), start=1)
        ),
    )


def changes(after: RegisterFile, *, before: KnownRegister | None = None, **decisions) -> RegisterChanges:
    return compare(before or known(BEFORE), after.read(), Decisions(**decisions))


def gist(found: RegisterChanges) -> dict[str, object]:
    """What is not empty, by codes."""
    everything = {
        "areas": [(change.code, change.before, change.after) for change in found.areas],
        "new": [unit.code for unit in found.new],
        "changed": [match.codes for match in found.changed],
        "ended": [unit.code for unit in found.ended],
        "proposals": [match.codes for match in found.proposals],
    }
    return {name: value for name, value in everything.items() if value}


def test_the_same_file_again_changes_nothing():
    found = changes(BEFORE.on(date(2019, 1, 1)))

    assert (found.is_empty, found.counts) == (
        True,
        {"new": 0, "renamed": 0, "retyped": 0, "recoded": 0, "back": 0, "ended": 0, "unchanged": 11},
    )


def test_of_an_empty_register_everything_is_new():
    found = changes(BEFORE, before=KnownRegister())

    assert found.is_first
    assert found.counts["new"] == 11
    assert len(found.areas) == 5 + 6


def test_a_name_may_change_under_the_same_code():
    found = changes(BEFORE.renamed("0201032", "Gromadka Wielka"))

    assert gist(found) == {"changed": [("0201032", "0201032")]}
    assert found.counts | {"unchanged": 0} == {
        "new": 0, "renamed": 1, "retyped": 0, "recoded": 0, "back": 0, "ended": 0, "unchanged": 0,
    }  # fmt: skip


def test_a_village_that_becomes_a_town_is_the_same_municipality_of_another_type():
    found = changes(BEFORE.recoded("0201032", "0201033"))

    assert gist(found) == {"changed": [("0201032", "0201033")]}
    [match] = found.changed
    assert (match.is_retyped, match.is_renamed, match.is_recoded) == (True, False, False)


def test_a_municipality_that_is_left_out_ends():
    assert gist(changes(BEFORE.without("3203052"))) == {"ended": ["3203052"]}


def test_a_new_name_is_a_new_municipality():
    found = changes(BEFORE.having("3203072", "Nowa Wieś"))

    assert gist(found) == {"new": ["3203072"]}


def test_a_merged_municipality_ends_and_the_other_stays_as_it_was():
    found = changes(BEFORE.without("0201022").recoded("0201011", "0201013"))

    assert gist(found) == {"changed": [("0201011", "0201013")], "ended": ["0201022"]}


# --- Proposals ----------------------------------------------------------------------------------------------

CITY_WITH_RIGHTS = BEFORE.having_county("0265", "Wałbrzych").recoded("0221091", "0265011")


def test_a_city_that_gets_county_rights_is_proposed_as_the_same_and_not_decided():
    found = changes(CITY_WITH_RIGHTS)

    assert gist(found) == {
        "areas": [("0265", None, "Wałbrzych")],
        "proposals": [("0221091", "0265011")],
    }
    assert found.counts["unchanged"] == 10


def test_a_proposal_that_a_person_takes_is_a_new_code():
    found = changes(CITY_WITH_RIGHTS, same=frozenset({("0221091", "0265011")}))

    assert gist(found) == {
        "areas": [("0265", None, "Wałbrzych")],
        "changed": [("0221091", "0265011")],
    }
    assert found.changed[0].is_recoded


def test_a_proposal_that_a_person_declines_is_an_end_and_a_beginning():
    found = changes(CITY_WITH_RIGHTS, different=frozenset({("0221091", "0265011")}))

    assert gist(found) == {
        "areas": [("0265", None, "Wałbrzych")],
        "new": ["0265011"],
        "ended": ["0221091"],
    }


def test_case_and_accents_of_a_name_do_not_hide_a_proposal():
    moved = BEFORE.having_county("0265", "Wałbrzych").without("0221091").having("0265011", "WALBRZYCH")

    assert gist(changes(moved))["proposals"] == [("0221091", "0265011")]


def test_a_name_in_another_voivodeship_is_no_proposal():
    assert gist(changes(BEFORE.recoded("3203052", "2461022"))) == {"new": ["2461022"], "ended": ["3203052"]}


def test_of_twins_each_is_proposed_for_the_one_of_its_type():
    moved = BEFORE.having_county("0230", "nowy").recoded("0201011", "0230011").recoded("0201022", "0230022")

    assert gist(changes(moved))["proposals"] == [("0201011", "0230011"), ("0201022", "0230022")]


def test_another_type_is_proposed_where_there_is_none_of_the_same():
    moved = BEFORE.having_county("0230", "nowy").recoded("3203052", "3203083")

    assert gist(changes(moved))["proposals"] == [("3203052", "3203083")]


def test_two_new_ones_of_one_name_are_both_proposed():
    split = BEFORE.without("3203052").having("3203072", "Ostrowice").having("3203082", "Ostrowice")

    assert gist(changes(split)) == {"proposals": [("3203052", "3203072"), ("3203052", "3203082")]}


def test_a_unit_that_ended_earlier_may_come_back():
    before = known(BEFORE, ended=frozenset({"3203052"}))

    found = changes(BEFORE, before=before)

    assert gist(found) == {"proposals": [("3203052", "3203052")]}


def test_a_unit_that_comes_back_by_decision_is_neither_new_nor_recoded():
    before = known(BEFORE, ended=frozenset({"3203052"}))

    found = changes(BEFORE, before=before, same=frozenset({("3203052", "3203052")}))

    assert gist(found) == {"changed": [("3203052", "3203052")]}
    assert (found.changed[0].is_back, found.changed[0].is_recoded) == (True, False)
    assert found.counts == {
        "new": 0, "renamed": 0, "retyped": 0, "recoded": 0, "back": 1, "ended": 0, "unchanged": 10,
    }  # fmt: skip


def test_a_decision_may_join_what_was_not_proposed():
    renamed_and_moved = BEFORE.without("3203052").having("3203072", "Nowe Ostrowice")

    found = changes(renamed_and_moved, same=frozenset({("3203052", "3203072")}))

    assert gist(found) == {"changed": [("3203052", "3203072")]}
    assert (found.changed[0].is_renamed, found.changed[0].is_recoded) == (True, True)


def test_a_decision_that_was_carried_out_before_is_left_alone():
    after = known(CITY_WITH_RIGHTS)
    joined = replace(
        after,
        units=tuple(
            replace(unit, codes=unit.codes | {"0221091"}) if unit.code == "0265011" else unit
            for unit in after.units
        ),
    )

    assert changes(CITY_WITH_RIGHTS, before=joined, same=frozenset({("0221091", "0265011")})).is_empty


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ({("9999999", "0265011")},
         "9999999=0265011 cannot be taken as the same: no municipality with the first code ends with this file"),
        ({("0201011", "0265011")},
         "0201011=0265011 cannot be taken as the same: no municipality with the first code ends with this file"),
        ({("0221091", "9999999")},
         "0221091=9999999 cannot be taken as the same: no municipality with the second code is new in this file"),
        ({("0221091", "0201011")},
         "0221091=0201011 cannot be taken as the same: no municipality with the second code is new in this file"),
        ({("0221091", "0265011"), ("3203052", "0265011")},
         "3203052=0265011 cannot be taken as the same: no municipality with the second code is new in this file"),
    ],
)  # fmt: skip
def test_a_decision_that_does_not_fit_is_refused(app, pairs, sentence):
    with pytest.raises(NotTheSame) as refused:
        changes(CITY_WITH_RIGHTS.without("3203052"), same=frozenset(pairs))

    assert str(refused.value) == sentence


# --- Counties and voivodeships ------------------------------------------------------------------------------


def test_counties_are_renamed_end_and_begin():
    after = replace(
        BEFORE.having_county("0230", "nowy").having_county("0201", "bolecki").without("0221091"),
        counties={
            code: name
            for code, name in BEFORE.having_county("0230", "nowy")
            .having_county("0201", "bolecki")
            .counties.items()
            if code != "0221"
        },
    )

    assert changes(after).areas == (
        AreaChange("0201", "bolesławiecki", "bolecki"),
        AreaChange("0221", "wałbrzyski", None),
        AreaChange("0230", None, "nowy"),
    )


def test_a_voivodeship_that_is_left_out_stays():
    one_region = replace(
        BEFORE.without("1061011"),
        voivodeships={code: name for code, name in BEFORE.voivodeships.items() if code != "10"},
        counties={code: name for code, name in BEFORE.counties.items() if code != "1061"},
        parts=[],
    )

    assert gist(changes(one_region)) == {"areas": [("1061", "Łódź", None)], "ended": ["1061011"]}


def test_a_match_says_what_differs(app):
    unit = BEFORE.read().units["320305"]
    match = Match(KnownUnit(1, "3203052", "Ostrowice", "drawski"), unit)

    assert match.is_change is False
    assert match.known.label == unit.label == "Ostrowice (rural municipality, drawski county)"
