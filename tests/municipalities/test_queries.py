from datetime import date

import pytest

from core.database import db
from municipalities.models import MunicipalityKind
from municipalities.queries import (
    IN_ORDER,
    by_address,
    municipalities,
    municipality_by_code,
    municipality_by_id,
    namesakes,
    register_is_of,
    search,
    voivodeships,
)
from municipalities.search import LONGEST, search_text
from tests.municipalities.register import small_register, take_in, unit

IN_2019 = date(2019, 1, 1)


@pytest.fixture(autouse=True)
def register(app):
    """The small register, and a year in which much happened."""
    take_in(small_register())
    take_in(
        small_register(IN_2019)
        .without("3203052")
        .renamed("0201032", "Żółta Gromadka")
        .recoded("0201043", "0201041")
        .having("1061022", "Włodzimierz")
        .having_county("0265", "Wałbrzych")
        .recoded("0221091", "0265011"),
        ("0221091", "0265011"),
    )


def found(text: str, **narrowed) -> list[str]:
    return [municipality.code for municipality in search(text, **narrowed)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("lodz", ["1061011"]),
        ("ŁÓDŹ", ["1061011"]),
        ("bielsko-biala", ["2461011"]),
        ("biała", ["2461011"]),
        ("biala bielsko", ["2461011"]),
        ("zolta", ["0201032"]),
        ("gromadka", ["0201032"]),
        ("boleslawiec", ["0201011", "0201022"]),
        ("boles", ["0201011", "0201022"]),
        ("slawiec", []),
        ("020101", ["0201011"]),
        ("0201011", ["0201011"]),
        ("02 01 01 1", ["0201011"]),
        ("0201", ["0201011", "0201022", "0201041", "0201032"]),
        ("0221091", ["0265011"]),
        ("0201043", ["0201041"]),
        ("ostrowice", []),
        ("100%", []),
        ("_", []),
    ],
)  # fmt: skip
def test_a_search_finds_names_old_names_and_codes_without_accents(text, codes):
    assert found(text) == codes


def test_ended_ones_are_found_when_asked_for():
    assert found("ostrowice", with_ended=True) == ["3203052"]


def test_the_whole_name_comes_first():
    take_in(
        small_register(date(2020, 1, 1))
        .without("3203052", "0221091")
        .having_county("0265", "Wałbrzych")
        .having("0265011", "Wałbrzych")
        .having("1061022", "Włodzimierz")
        .having("0201062", "Aleksandrów Łódzki Łódź"),
    )

    assert found("łódź") == ["1061011", "0201062"]


def test_a_search_may_stay_in_one_voivodeship_and_gives_no_more_than_asked():
    assert found("", voivodeship="02", limit=2) == ["0201011", "0201022"]


@pytest.mark.parametrize(
    ("narrowed", "codes"),
    [
        ({"voivodeship": "32"}, ["3203023", "3203063"]),
        ({"voivodeship": "32", "with_ended": True}, ["3203023", "3203052", "3203063"]),
        ({"kind": MunicipalityKind.RURAL}, ["0201022", "1061022", "0201032"]),
        ({"kind": MunicipalityKind.URBAN, "voivodeship": "02"}, ["0201011", "0201041", "0265011"]),
        ({"voivodeship": "99"}, []),
    ],
)
def test_the_register_can_be_narrowed(narrowed, codes):
    rows = db.session.scalars(municipalities(**narrowed).order_by(*IN_ORDER))

    assert [municipality.code for municipality in rows] == codes


def test_lists_follow_the_polish_alphabet():
    rows = db.session.scalars(municipalities(with_ended=True).order_by(*IN_ORDER))

    assert [municipality.name for municipality in rows] == [
        "Bielsko-Biała", "Bolesławiec", "Bolesławiec", "Drawsko Pomorskie", "Łódź", "Nowogrodziec", "Ostrowice",
        "Wałbrzych", "Warszawa", "Włodzimierz", "Złocieniec", "Żółta Gromadka",
    ]  # fmt: skip
    assert [area.name for area in voivodeships()] == [
        "dolnośląskie", "łódzkie", "mazowieckie", "śląskie", "zachodniopomorskie",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("0265011", "Wałbrzych"),
        ("0221091", "Wałbrzych"),
        ("026501", "Wałbrzych"),
        ("0201043", "Nowogrodziec"),
        ("3203052", "Ostrowice"),
        ("9999999", None),
        ("0265", None),
        ("0265012", None),
        ("", None),
        ("٠٢٦٥٠١١", None),
    ],
)
def test_a_code_of_today_or_before_leads_to_its_municipality(code, name):
    municipality = municipality_by_code(code)

    assert (municipality and municipality.name) == name


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("0265011-walbrzych", ("Wałbrzych", True)),
        ("0221091-walbrzych", ("Wałbrzych", False)),
        ("0201032-gromadka", ("Żółta Gromadka", False)),
        ("0201032-zolta-gromadka", ("Żółta Gromadka", True)),
        ("0201043-nowogrodziec", ("Nowogrodziec", False)),
        ("0201032", ("Żółta Gromadka", False)),
        ("0201032-anything", ("Żółta Gromadka", False)),
        ("3203052-ostrowice", ("Ostrowice", True)),
        ("9999999-nowhere", None),
        ("zolta-gromadka", None),
        ("0201032/zolta", None),
    ],
)
def test_an_old_address_leads_on_to_the_one_of_today(address, answer):
    found = by_address(address)

    assert (found and (found[0].name, found[1])) == answer


def test_a_code_that_two_had_in_turn_is_told_apart_by_the_name(make):
    first = unit("3203052")
    later = make.municipality("Nowe Ostrowice", code="3203052", county=first.county)

    answers = {
        address: by_address(address)
        for address in ("3203052-ostrowice", "3203052-nowe-ostrowice", "3203052-neither")
    }

    assert answers == {
        "3203052-ostrowice": (first, True),
        "3203052-nowe-ostrowice": (later, True),
        "3203052-neither": (later, False),
    }


def test_a_municipality_is_loaded_with_all_its_page_shows(count_queries):
    id_ = unit("0265011").id
    db.session.expire_all()

    with count_queries() as queries:
        municipality = municipality_by_id(id_)
        assert municipality is not None
        shown = (
            municipality.label,
            municipality.voivodeship.name,
            len(municipality.codes),
            len(municipality.names),
        )

    assert shown == (
        "Wałbrzych (urban municipality, Wałbrzych, a city with county rights)",
        "dolnośląskie",
        2,
        1,
    )
    assert queries.count == 3, str(queries)


def test_an_unknown_municipality_is_none():
    assert municipality_by_id(999_999) is None


def test_namesakes_are_others_of_exactly_this_name():
    town = unit("0201011")

    assert [other.label for other in namesakes(town)] == [
        "Bolesławiec (rural municipality, bolesławiecki county)"
    ]
    assert list(namesakes(unit("1061011"))) == []


def test_the_register_is_of_the_newest_file():
    assert register_is_of() == IN_2019


def test_a_very_long_history_is_cut_at_a_word():
    text = search_text([f"Nazwa{number}" for number in range(100)], ["0201011"])

    assert len(text) <= LONGEST
    assert text.split(" ") == ["nazwa0", "0201011", *(f"nazwa{number}" for number in range(1, 50))]
