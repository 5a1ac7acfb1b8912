from datetime import date

import pytest
from sqlalchemy import update

from core.database import db
from municipalities.models import Municipality
from tests.municipalities.register import full_register, small_register, take_in, unit

IN_2019 = date(2019, 1, 1)


@pytest.fixture
def register(app) -> None:
    take_in(small_register())


def names(page) -> list[str]:
    return [row[0] for row in page.tables[0][1:]] if page.tables else []


def test_everybody_who_is_signed_in_sees_the_register(visit, make, register):
    page = visit(as_=make.user()).open("/municipalities")

    assert page.headings[0] == "Municipalities"
    assert page.tables[0][:4] == [
        ["Name", "Type", "County", "Voivodeship", "Code", "Population"],
        ["Bielsko-Biała", "urban municipality", "Bielsko-Biała", "śląskie", "2461011", "–"],
        ["Bolesławiec", "urban municipality", "bolesławiecki", "dolnośląskie", "0201011", "–"],
        ["Bolesławiec", "rural municipality", "bolesławiecki", "dolnośląskie", "0201022", "–"],
    ]
    assert page.links["Municipalities"] == "/municipalities"


@pytest.mark.parametrize("address", ["/municipalities", "/municipalities/1"])
def test_others_are_asked_to_sign_in(client, register, address):
    response = client.get(address)

    assert (response.status_code, response.location.startswith("/sign-in?")) == (303, True)
    assert b"Boles" not in response.data


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "lodz"}, ["Łódź"]),
        ({"q": "0201"}, ["Bolesławiec", "Bolesławiec", "Gromadka", "Nowogrodziec"]),
        ({"voivodeship": "32"}, ["Drawsko Pomorskie", "Ostrowice", "Złocieniec"]),
        ({"voivodeship": "32", "kind": "rural"}, ["Ostrowice"]),
        ({"kind": "rural", "sort": "-name"}, ["Ostrowice", "Gromadka", "Bolesławiec"]),
        ({"voivodeship": "02", "sort": "code"}, ["Bolesławiec", "Bolesławiec", "Gromadka", "Nowogrodziec", "Wałbrzych"]),
        ({"voivodeship": "32", "kind": "none", "sort": "none", "page": "99"},
         ["Drawsko Pomorskie", "Ostrowice", "Złocieniec"]),
        ({"q": "nowhere"}, []),
        ({"q": "zlocieniec", "voivodeship": "99", "kind": "\x01", "sort": "\x01"}, ["Złocieniec"]),
        ({"q": "zlocieniec\x01", "voivodeship": "\x01"}, ["Złocieniec"]),
        ({"q": "z" * 10_000}, []),
    ],
)  # fmt: skip
def test_the_list_can_be_searched_narrowed_and_sorted(visit, make, register, asked, found):
    page = visit(as_=make.user()).open("/municipalities", **asked)

    assert names(page) == found


def test_what_was_typed_whole_stands_first_until_the_list_is_sorted(visit, make, app):
    take_in(small_register().having("1061022", "Aleksandrów Łódzki"))
    visitor = visit(as_=make.user())

    assert names(visitor.open("/municipalities", q="lodz")) == ["Łódź", "Aleksandrów Łódzki"]
    assert names(visitor.open("/municipalities", q="lodz", sort="name")) == ["Aleksandrów Łódzki", "Łódź"]


def test_the_filters_keep_what_was_asked(visit, make, register):
    visitor = visit(as_=make.user())

    page = visitor.open("/municipalities", sort="-name").submit(
        "Show", q="boles", voivodeship="02", kind="rural", expect=200
    )

    form = page.form("Show")
    assert dict(form.pairs()) == {"q": "boles", "voivodeship": "02", "kind": "rural", "sort": "-name"}
    assert names(page) == ["Bolesławiec"]


def test_nothing_found_says_what_to_try(visit, make, register):
    page = visit(as_=make.user()).open("/municipalities", q="nowhere")

    assert "No municipality like this" in page.headings
    assert page.links["Clear"] == "/municipalities"


def test_an_empty_register_says_how_it_is_filled(visit, make):
    page = visit(as_=make.user()).open("/municipalities")

    assert "The register is still empty" in page.headings
    assert page.tables == []


def test_ended_municipalities_are_shown_on_request_and_marked(visit, make, register):
    take_in(small_register(IN_2019).without("3203052"))
    visitor = visit(as_=make.user())

    assert names(visitor.open("/municipalities", q="ostrowice")) == []
    assert names(visitor.open("/municipalities", q="ostrowice", ended="1")) == ["Ostrowice ended"]


def test_a_whole_country_comes_in_pages_of_fifty(visit, make, app):
    take_in(full_register())
    visitor = visit(as_=make.user())

    first, last = visitor.open("/municipalities"), visitor.open("/municipalities", page=50)

    assert (len(names(first)), len(names(last))) == (50, 27)
    assert "1–50 of 2" in first.text
    assert first.links["50"] == "/municipalities?page=50"


def test_the_list_asks_the_database_the_same_for_one_and_for_fifty(visit, make, count_queries, app):
    visitor = visit(as_=make.user())
    take_in(small_register())
    with count_queries() as one:
        assert len(names(visitor.open("/municipalities", q="gromadka"))) == 1
    take_in(full_register())
    with count_queries() as fifty:
        assert len(names(visitor.open("/municipalities"))) == 50

    assert (one.count, str(fifty)) == (fifty.count, str(fifty))


def test_a_municipality_shows_its_names_and_codes_in_time(visit, make, register):
    town = small_register(IN_2019).recoded("0201032", "0201033")
    take_in(town)
    found = unit("0201033")
    take_in(town.on(date(2020, 1, 1)).renamed("0201033", "Żółta Gromadka"))
    db.session.execute(update(Municipality).values(population=5300, population_year=2024))

    page = visit(as_=make.user()).open(f"/municipalities/{found.id}")

    assert page.headings[:3] == ["Żółta Gromadka", "Names in time", "Codes in time"]
    assert page.tables == [
        [
            ["Name", "From", "To"],
            ["Gromadka", "before the register began", "31 Dec 2019"],
            ["Żółta Gromadka", "1 Jan 2020", "today"],
        ],
        [
            ["Code", "From", "To"],
            ["0201032", "before the register began", "31 Dec 2018"],
            ["0201033", "1 Jan 2019", "today"],
        ],
    ]
    assert "urban-rural municipality, bolesławiecki county" in page.text
    assert "Population 5,300 (2024)" in page.text
    assert "dolnośląskie" in page.text


def test_a_municipality_names_its_namesakes(visit, make, register):
    town, country = unit("0201011"), unit("0201022")

    page = visit(as_=make.user()).open(f"/municipalities/{town.id}")

    label = "Bolesławiec (rural municipality, bolesławiecki county)"
    assert page.links[label] == f"/municipalities/{country.id}"


def test_an_ended_municipality_says_so(visit, make, register):
    take_in(small_register(IN_2019).without("3203052"))
    ostrowice = unit("3203052")

    page = visit(as_=make.user()).open(f"/municipalities/{ostrowice.id}")

    assert "This municipality ended on 31 Dec 2018. What was recorded about it is kept." in page.text


@pytest.mark.parametrize("address", ["/municipalities/999999", "/municipalities/99999999999999999999"])
def test_an_unknown_municipality_is_not_there(visit, make, register, address):
    page = visit(as_=make.user()).open(address, expect=404)

    assert page.headings[0] == "There is no such page"


def test_names_are_shown_as_text(visit, make, app):
    take_in(small_register().having("3203072", "<img src=x onerror=alert(1)> {{7*7}}"))

    page = visit(as_=make.user()).open("/municipalities", voivodeship="32")

    assert "<img src=x onerror=alert(1)> {{7*7}}" in names(page)
    assert "<img src=x" not in page.html
