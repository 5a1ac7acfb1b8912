"""Polish surnames are found in their cases, beside a first name or alone."""

import pytest

from office.erasures.surnames import NamedPerson

CASES = {
    "Żaneta Markerowa": "Markerowa Markerowej Markerową Markerowo",
    "Jan Kowalski": "Kowalskiego Kowalskiemu Kowalskim Kowalscy Kowalska Kowalskiej Kowalską Kowalskich",
    "Anna Nowak": "Nowaka Nowakowi Nowakiem Nowaku Nowakowie Nowaków Nowakową NOWAK",
    "Piotr Wróbel": "Wróbla Wróblowi Wróblem Wróblu Wróblowie Wrobla",
    "Adam Kozioł": "Kozła Kozłowi Kozłem",
    "Ewa Sikora": "Sikory Sikorze Sikorę Sikorą Sikorom",
    "Ola Mucha": "Muchy Musze Muchą Muchów",
    "Jan Noga": "Nogi Nodze Nogą",
    "Jan Gołąb": "Gołębia Gołębiowi Gołębiem",
    "Jan Kopeć": "Kopcia Kopciowi",
    "Iza Wajda": "Wajdy Wajdzie Wajdą",
    "Jan Matejko": "Matejki Matejce Matejkę",
    "Jan Lis": "Lisa Lisowi Lisem Lisie Lisów",
    "Ewa Zięba": "Zięby Ziębie Ziębą",
    "Ala Cichy": "Cichego Cichemu Cichym",
    "Jan Dudek": "Dudka Dudkowi Dudkiem",
    "Jan Batory": "Batorego",
    "Ala Szymańska": "Szymańskiej Szymanskiej Szymańską",
    "Jan Mróz": "Mroza Mrozem",
    "Ewa Nowak-Zielińska": "Zielińskiej Nowak",
}


@pytest.mark.parametrize("name", CASES)
def test_every_case_of_a_surname_is_found_and_looked_for(name):
    person = NamedPerson(name)
    for word in CASES[name].split():
        text = f"Pismo {word}, z maja"

        assert [text[one.start : one.end] for one in person.matches(text)] == [word]
        assert any(beginning in text for beginning in person.beginnings), (word, person.beginnings)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jan Lis", "Lista obecności, listy, Listopad, Liszki"),
        ("Żaneta Markerowa", "Marker, Markery, markerowa tablica"),
        ("Anna Nowak", "Nowe, nowak"),
        ("Anna", "Anna pisze do Anny"),
        ("Anna Nowak", "Jan Nowak, od Jana Nowaka, Nowak Ewa i Krzysztofowi Nowakowi"),
    ],
)
def test_other_words_and_small_letters_are_left(name, text):
    assert list(NamedPerson(name).matches(text)) == []


def test_a_first_name_beside_the_surname_goes_with_it():
    text = "Z Żanetą Markerową, do Markerowej Żanety i od p. Markerowej. Żaneta Inna zostaje."

    assert NamedPerson("Żaneta Markerowa").without(text, "X") == ("Z X, do X i od p. X. Żaneta Inna zostaje.")


def test_texts_within_lists_and_tables_are_replaced_as_well():
    value = {"note": ["pani Markerowej", 3], "key": "Markerowa"}

    assert NamedPerson("Żaneta Markerowa").without(value, "X") == {"note": ["pani X", 3], "key": "X"}
