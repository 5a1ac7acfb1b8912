import unicodedata
from pathlib import Path

import pytest

from programme.code_lists import CodeList, load_code_lists
from programme.data_files import ProfileFault
from programme.profile import PROFILES

LISTS = load_code_lists(PROFILES / "mocarze" / "code-lists.csv")

ORDERED_LISTS = [pytest.param(found, id=key) for key, found in LISTS.items()]


@pytest.mark.parametrize("found", ORDERED_LISTS)
def test_every_label_of_every_language_leads_back_to_its_code(found: CodeList):
    for language in ("pl", "en"):
        assert [found.find(label) for label in found.labels(language)] == list(found.codes)


@pytest.mark.parametrize("found", ORDERED_LISTS)
def test_every_code_and_every_other_spelling_is_found(found: CodeList):
    for choice in found.choices:
        assert {found.find(text) for text in choice.spellings} == {choice.code}


@pytest.mark.parametrize(
    ("list_key", "typed", "code"),
    [
        ("need_area", "  ROZWIĄZYWANIE   problemow ", "problem_solving"),
        ("need_area", unicodedata.normalize("NFD", "bezpieczeństwo"), "safety"),
        ("organisation_type", "Klub seniora ,UTW", "senior_club"),
        ("organisation_type", "OSP", "fire_brigade"),
        ("recommendation_addressee", "wójt/burmistrz/prezydent", "mayor"),
        ("recommendation_horizon", "1–3 lata", "three_years"),
        ("yes_no", "T", "yes"),
        ("yes_no", "NIE", "no"),
        ("yes_no", "0", "no"),
        ("quarter", "II kw.", "q2"),
        ("quarter", "kw. IV", "q4"),
        ("quarter", "Q3", "q3"),
        ("quarter", "1", "q1"),
        ("training_status", "zaplanowane", "planned"),
        ("level", "średni (3-4)", "intermediate"),
    ],
)
def test_spellings_people_use_are_understood(list_key: str, typed: str, code: str):
    assert LISTS[list_key].find(typed) == code


@pytest.mark.parametrize("typed", ["", " ", "bezp", "safety!?x", "informacje i dane, bezpieczeństwo"])
def test_what_is_no_value_is_not_guessed(typed: str):
    assert LISTS["need_area"].find(typed) is None


@pytest.mark.parametrize(
    ("list_key", "typed", "nearest"),
    [
        ("need_area", "bezpieczenstow", "bezpieczeństwo"),
        ("organisation_type", "szkła", "szkoła"),
        ("form", "stacjonarnia", "stacjonarna"),
        ("form", "xyz", None),
        ("quarter", "V", None),
    ],
)
def test_the_nearest_label_is_suggested_if_one_is_near(list_key: str, typed: str, nearest: str | None):
    assert LISTS[list_key].nearest(typed, "pl") == nearest


def test_a_suggestion_is_in_the_readers_language_whatever_was_typed():
    assert LISTS["need_area"].nearest("bezpieczenstow", "en") == "safety"


def test_a_code_that_is_gone_is_shown_as_it_is():
    assert LISTS["form"].label("by_post", "pl") == "by_post"
    assert LISTS["form"].position("by_post") == len(LISTS["form"].choices)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "list,code,pl,en,also\nform,online,online,,\n",
            "codes.csv, line 2: list, code and every label are needed",
        ),
        ("list,code,pl,en,also\nform,online,online\n", "codes.csv, line 2: not as many values as columns"),
        (
            "list,code,pl,en,also\nform,a,jeden,one,\nform,b,dwa,two,JEDEN\n",
            "form: 'JEDEN' stands for two codes",
        ),
        ("list,code,pl,en,also\nform,a,jeden,one,\nform,a,dwa,two,\n", "form: a code stands there twice"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(tmp_path: Path, text: str, fault: str):
    path = tmp_path / "codes.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ProfileFault, match=fault):
        load_code_lists(path)
