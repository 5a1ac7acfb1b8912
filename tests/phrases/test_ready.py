"""Ready phrases of the programme: its own file, what is refused in it, and which of them a place offers."""

from pathlib import Path

import pytest

from core.personal_data import personal_kinds
from phrases.models import PhraseKind
from phrases.queries import phrases_for
from phrases.ready import read_phrases
from plans.definition_files import load_definitions
from programme.data_files import ProfileFault
from programme.profile import load_profile

MOCARZE = load_profile("mocarze")
SHEETS = {sheet.key for one in load_definitions(MOCARZE.templates).values() for sheet in one.content_sheets}
WHOLE = """
[[phrases]]
key = "source"
sheets = ["needs"]
label = { pl = "Skąd?", en = "From where?" }
text = { pl = "Skąd to wiemy?", en = "How do we know this?" }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "phrases.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_programme_has_phrases_for_every_sheet_that_a_plan_needs():
    phrases = read_phrases(MOCARZE.folder / "phrases.toml", sheets=SHEETS)

    covered = {sheet for phrase in phrases for sheet in phrase.sheets}
    assert covered >= {"needs", "groups", "goals", "lines", "recommendations", "trainings"}
    assert any(not phrase.sheets for phrase in phrases)
    assert all(set(phrase.text.texts) == {"pl", "en"} for phrase in phrases)


def test_the_programme_has_words_for_every_kind_of_text():
    phrases = read_phrases(MOCARZE.folder / "phrases.toml", sheets=SHEETS)

    assert {phrase.kind for phrase in phrases} == set(PhraseKind)


def test_nobody_stands_in_the_phrases_of_the_programme():
    phrases = read_phrases(MOCARZE.folder / "phrases.toml", sheets=SHEETS)

    assert [
        kind for phrase in phrases for text in phrase.text.texts.values() for kind in personal_kinds(text)
    ] == []


def test_a_place_offers_the_phrases_of_its_sheet_before_the_general_ones(app, make):
    person = make.animator()

    on_needs = [bool(phrase.sheets) for phrase in phrases_for(person, PhraseKind.REMARK, "needs")]
    on_the_whole_plan = [phrase.sheets for phrase in phrases_for(person, PhraseKind.REMARK)]

    assert on_needs == sorted(on_needs, reverse=True)
    assert any(on_needs)
    assert set(on_the_whole_plan) == {frozenset()}


def test_a_phrase_is_read_with_its_texts(tmp_path: Path):
    (phrase,) = read_phrases(written(tmp_path, WHOLE), sheets={"needs"})

    assert (phrase.key, phrase.sheets) == ("source", frozenset({"needs"}))
    assert phrase.text.in_language("pl") == "Skąd to wiemy?"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (WHOLE + WHOLE, "phrase source is there twice"),
        (WHOLE.replace('"needs"', '"nedes"'), "no template has a sheet nedes"),
        (WHOLE.replace('sheets = ["needs"]', 'sheets = "needs"'), "sheets must be a list of texts"),
        (WHOLE.replace('key = "source"', 'kye = "source"'), "unknown key kye"),
        (WHOLE.replace(', en = "How do we know this?"', ""), "en is missing"),
        (WHOLE.replace("key =", 'kind = "poem"\nkey ='), "there is no kind poem"),
        (WHOLE.replace("Skąd to wiemy?", "a" * 401), "longer than 400 letters"),
        ("phrases = 1", "phrases must be a list of tables"),
    ],
)
def test_a_file_that_cannot_work_is_refused(tmp_path: Path, text: str, fault: str):
    with pytest.raises(ProfileFault, match=fault):
        read_phrases(written(tmp_path, text), sheets={"needs"})
