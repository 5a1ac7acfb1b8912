import pytest

from core.text import clean, fold, slug, sort_key, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łódź", "lodz"),
        ("ŻÓŁTA GĘŚ", "zolta ges"),
        ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("Škofja Loka", "skofja loka"),
        ("Malmö, Ærø, Straße", "malmo, aero, strasse"),
        ("  Bielsko-Biała ", "bielsko-biala"),
        ("", ""),
    ],
)
def test_a_search_sees_neither_case_nor_accents(written, folded):
    assert fold(written) == folded


def test_letters_in_one_piece_and_in_two_are_the_same():
    in_two_pieces = "Z\u0307o\u0301łta"

    assert (clean(in_two_pieces), fold(in_two_pieces)) == ("Żółta", "zolta")


def test_words_are_what_stands_between_signs():
    assert words("Bielsko-Biała (miasto), 24.61-01_1") == [
        "bielsko",
        "biala",
        "miasto",
        "24",
        "61",
        "01",
        "1",
    ]


def test_names_sort_by_the_polish_alphabet():
    in_order = [
        "Aleksandrów", "Ałtuchów", "Ądry", "Biała", "Biała Podlaska", "Białaczów", "Celestynów",
        "Ćmielów", "Dąbie", "Dęblin", "Długołęka", "Ełk", "Lądek", "Lublin", "Łabowa", "Łódź", "Nysa", "Ńowo",
        "Oława", "Ósemka", "Sanok", "Sępólno", "Szczecin", "Śrem", "Zamość", "Złotów", "Źródła", "Żary", "żółty",
    ]  # fmt: skip

    keys = [sort_key(name) for name in in_order]
    assert keys == sorted(set(keys))


def test_numbers_sort_before_letters_and_foreign_letters_beside_their_like():
    assert sorted(["Elbląg", "École", "2 Maja", "Ezop"], key=sort_key) == [
        "2 Maja",
        "École",
        "Elbląg",
        "Ezop",
    ]


@pytest.mark.parametrize(
    ("name", "in_address"),
    [("Bielsko-Biała", "bielsko-biala"), ("Łódź (miasto)", "lodz-miasto"), ("–", "")],
)
def test_a_name_in_an_address_has_plain_letters_only(name, in_address):
    assert slug(name) == in_address
