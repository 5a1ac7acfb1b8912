import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.personal_data import (
    PersonalKind,
    is_full_name,
    is_pesel,
    is_private_mailbox,
    personal_kinds,
)
from tests.support.growth import assert_in_proportion

PEOPLE = "Jan Kowalski, Anna Nowak, Piotr Zieliński"


def kinds(text: str) -> list[PersonalKind]:
    return list(personal_kinds(text))


@pytest.mark.parametrize(
    "text",
    [
        "44051401458",
        "PESEL: 44051401458.",
        "440514 01458",
        "44 05 14 01458",
        "44-05-14-01458",
        "4405140\u200b1458",
        "４４０５１４０１４５８",
        "urodzony w 1944 (44051401458)",
        "02070803628",
        "02270812350",
    ],
)
def test_a_pesel_number_is_known_by_check_digit_and_birth_date(text: str):
    assert PersonalKind.PESEL in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "44051401459",  # wrong check digit
        "44131401459",  # thirteenth month
        "02023112349",  # 31 February
        "144051401458",  # twelve digits
        "4405140145",
    ],
)
def test_other_numbers_of_that_length_are_no_pesel(text: str):
    assert not is_pesel(text)
    assert PersonalKind.PESEL not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "501234567",
        "501 234 567",
        "501-234-567",
        "501.234.567",
        "+48 501 234 567",
        "+48501234567",
        "0048 501 234 567",
        "48501234567",
        "0501234567",
        "22 123 45 67",
        "(22) 123 45 67",
        "(022) 123-45-67",
        "tel. 123 45 67",
        "tel: 22 1234567",
        "telefon nr 22-123-45-67",
        "SMS 7123456",
        "+49 30 1234567",
        "zapisy: 501 234 567, 502 345 678",
    ],
)
def test_telephone_numbers_are_found_as_people_write_them(text: str):
    assert kinds(text) == [PersonalKind.PHONE]


@pytest.mark.parametrize(
    "text",
    [
        "500 000 000",
        "510 250 120 zł",
        "koszt 600 123 456 PLN",
        "REGON 510238391",
        "NIP 123-456-32-18",
        "KRS 0000123456",
        "konto 12 1140 2004 0000 3002 0135 5387",
        "uchwała nr XII/123/2026 z 12.05.2026",
        "2026-05-12 do 2027-05-12",
        "tel 2026-05-12",
        "telefony alarmowe 112, 998, 999",
        "lata 2026, 2027, 2028",
        "120 osób, 240 godzin, 3 500 zł",
        "ISBN 978-83-01-00000-1",
        "kod 06-500, TERYT 0699012",
    ],
)
def test_other_numbers_are_no_telephone_numbers(text: str):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "jan@wp.pl",
        "pisz: jadwiga.sowa@gmina.example!",
        "biblioteka.sowa@gmail.com",
        "jan (at) poczta.example",
        "jan[at]poczta.example",
        "ż.b@łódź.example",
    ],
)
def test_addresses_are_found(text: str):
    assert kinds(text) == [PersonalKind.EMAIL]


@pytest.mark.parametrize(
    "text",
    [
        "e-mail służbowy",
        "@szkola",
        "konta w serwisie X (@)",
        "nauka pisania @ w adresie",
        "pisz: biblioteka@gmina.example!",
        "zoltebrzozy@zoltebrzozy.example",
    ],
)
def test_talk_about_addresses_and_addresses_of_offices_are_no_private_address(text: str):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        PEOPLE,
        "Kowalski Jan\nNowak Anna\nZieliński Piotr",
        "1. jan kowalski 2. anna nowak 3. piotr zieliński",
        "Jan Kowalski i Anna Nowak oraz Piotr Zieliński",
        "KOWALSKI JAN; NOWAK ANNA; ZIELIŃSKI PIOTR",
        "Jan Kowalski (OSP), Anna Nowak-Lis (szkoła), dr Piotr Zieliński",
        "Uczestnicy: Jan Kowalski Anna Nowak Piotr Zieliński",
    ],
)
def test_a_list_of_people_is_recognised(text: str):
    assert kinds(text) == [PersonalKind.NAME_LIST]


@pytest.mark.parametrize(
    "text",
    [
        "Jan Kowalski",
        "Jan Kowalski, Anna Nowak",
        "Szkoła im. Jana Pawła II, Biblioteka im. Adama Mickiewicza, Dom Kultury im. Marii Dąbrowskiej",
        "Seniorzy, Młodzież, Rolnicy, Osoby z Niepełnosprawnościami",
        "Biblioteka Publiczna, Szkoła Podstawowa, Ochotnicza Straż Pożarna",
        "Komunikacja, Bezpieczeństwo, Tworzenie Treści",
        "Żółte Brzozy, Brzozy Małe, Nowa Wieś, Stara Wieś",
    ],
)
def test_two_names_patrons_and_places_are_no_list_of_people(text: str):
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("address", "is_private"), [("kgw@gmail.com", True), ("a@WP.PL", True), ("a@gmina.example", False)]
)
def test_mailboxes_of_private_providers_are_known(address: str, is_private: bool):
    assert is_private_mailbox(address) is is_private


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Jan Kowalski", True),
        ("mgr Anna Nowak-Lis", True),
        ("Kowalski Jan", True),
        ("jan kowalski", False),
        ("Jan", False),
        ("Dyrektor Biblioteki", False),
        ("Jan Kowalski, OSP Żółte Brzozy", False),
    ],
)
def test_a_cell_that_is_a_name_and_nothing_else_is_known(text: str, is_name: bool):
    assert is_full_name(text) is is_name


@given(st.text(max_size=500))
def test_no_text_makes_the_search_fail(text: str):
    assert set(kinds(text)) <= set(PersonalKind)


@pytest.mark.parametrize(
    "part", ["1 ", "a", "A", "Aa ", "1", "@", "a@", "1-", "a.a.", " ", "(1", "A-", "1.", "tel ", "+1", "Jan "]
)
def test_no_text_keeps_the_search_busy(part: str):
    text = part * 80_000

    assert_in_proportion(lambda size: lambda: kinds(text[:size]), least=10_000)
