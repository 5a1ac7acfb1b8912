"""Phrases kept, found, used and put away; nothing personal in any of them."""

import pytest
from sqlalchemy import select

from core.audit import story_of
from core.database import db
from phrases.errors import NamesSomebody, NoSuchPlace, NothingToKeep, SameTitle
from phrases.models import Phrase, PhraseKind, PhraseUse
from phrases.queries import Origin, library, phrases_for
from phrases.services import (
    Wording,
    add_phrase,
    bring_back,
    change_phrase,
    count_uses,
    keep_words,
    put_away,
    shortened,
)

SOURCE = Wording(PhraseKind.REMARK, "Źródło", "Proszę dopisać źródło.", "needs")


def titles(offers) -> list[str]:
    return [one.title for one in offers if one.origin is not Origin.PROGRAMME]


# --- Whose they are ------------------------------------------------------------------------------------------


def test_everybody_has_their_own_and_those_that_the_office_shares(make):
    one, other, office = make.animator(), make.animator(), make.office()
    add_phrase(SOURCE, owner=one, actor=one)
    add_phrase(Wording(PhraseKind.REMARK, "Wspólna", "Dobrze."), owner=None, actor=office)
    db.session.commit()

    assert titles(library(one)) == ["Źródło", "Wspólna"]
    assert titles(library(other)) == titles(library(office)) == ["Wspólna"]


def test_those_for_another_text_or_part_are_not_offered(make):
    person = make.animator()
    add_phrase(SOURCE, owner=person, actor=person)
    add_phrase(Wording(PhraseKind.REMARK, "Wszędzie", "Dobrze."), owner=person, actor=person)
    add_phrase(Wording(PhraseKind.REPORT, "Przebieg", "Omówiono plan."), owner=person, actor=person)

    assert titles(phrases_for(person, PhraseKind.REMARK, "needs")) == ["Źródło", "Wszędzie"]
    assert titles(phrases_for(person, PhraseKind.REMARK, "goals")) == ["Wszędzie"]
    assert titles(phrases_for(person, PhraseKind.REPORT)) == ["Przebieg"]


def test_a_part_belongs_to_remarks_alone(make):
    person = make.animator()

    kept = add_phrase(Wording(PhraseKind.REPORT, "x", "y", "needs"), owner=person, actor=person)

    assert kept.place is None


# --- Most used first -----------------------------------------------------------------------------------------


def test_what_somebody_uses_most_comes_first_for_them(make):
    person, other = make.animator(), make.animator()
    for title in "ABC":
        add_phrase(Wording(PhraseKind.REMARK, title, f"Text {title}"), owner=None, actor=make.office())
    db.session.commit()
    by_title = {one.title: one.key for one in library(person)}
    for keys in ([by_title["C"]], [by_title["C"], by_title["B"]], ["good"], ["no such"]):
        count_uses(person, keys)

    first = [(one.title, one.times) for one in phrases_for(person, PhraseKind.REMARK)][:3]

    assert first == [("C", 2), ("B", 1), ("Well done", 1)]
    assert titles(phrases_for(other, PhraseKind.REMARK)) == ["A", "B", "C"]
    assert len(db.session.scalars(select(PhraseUse)).all()) == 3


def test_a_phrase_of_somebody_else_is_not_counted(make):
    person, other = make.animator(), make.animator()
    kept = add_phrase(SOURCE, owner=other, actor=other)

    count_uses(person, [kept.key])

    assert db.session.scalars(select(PhraseUse)).all() == []


# --- Found ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sought", ["zrodlo", "DOPISAĆ", "źródło proszę", "dopisac zrod"])
def test_words_are_found_without_accents_in_any_order(make, sought):
    person = make.animator()
    add_phrase(SOURCE, owner=person, actor=person)
    add_phrase(Wording(PhraseKind.REMARK, "Inna", "Coś innego"), owner=person, actor=person)

    assert titles(library(person, text=sought)) == ["Źródło"]


@pytest.mark.parametrize("sought", ["%", "_", "źródło cel"])
def test_what_no_phrase_says_is_not_found(make, sought):
    person = make.animator()
    add_phrase(SOURCE, owner=person, actor=person)

    found = titles(library(person, text=sought))

    assert found == ([] if "cel" in sought else ["Źródło"])


# --- What is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "PESEL 44051401359",
        "Proszę dzwonić: 601 234 567",
        "Pisz na ola@gmina.example",
        "Byli: Anna Nowak, Jan Kowalski, Ewa Lis, Piotr Zając",
    ],
)
def test_nobody_is_named_in_a_phrase(make, words):
    person = make.animator()
    kept = add_phrase(SOURCE, owner=person, actor=person)

    for deed in (
        lambda: add_phrase(Wording(PhraseKind.REMARK, "Nowa", words), owner=person, actor=person),
        lambda: add_phrase(Wording(PhraseKind.REMARK, words[:80], "Dobrze"), owner=person, actor=person),
        lambda: change_phrase(kept, Wording(PhraseKind.REMARK, "Nowa", words), actor=person),
        lambda: keep_words(words, PhraseKind.REMARK, actor=person),
    ):
        with pytest.raises(NamesSomebody, match="leave that out"):
            deed()
    assert [one.text for one in db.session.scalars(select(Phrase))] == [SOURCE.text]


def test_one_title_is_there_once_for_each_owner(make):
    one, other, office = make.animator(), make.animator(), make.office()
    for owner in (one, other, None):
        add_phrase(SOURCE, owner=owner, actor=owner or office)

    for owner in (one, None):
        with pytest.raises(SameTitle):
            add_phrase(SOURCE, owner=owner, actor=owner or office)


def test_a_phrase_says_something_about_a_part_there_is(make):
    person = make.animator()

    with pytest.raises(NothingToKeep):
        add_phrase(Wording(PhraseKind.REMARK, "Title", " "), owner=person, actor=person)
    with pytest.raises(NoSuchPlace):
        add_phrase(Wording(PhraseKind.REMARK, "Title", "x", "nowhere"), owner=person, actor=person)


# --- Put away, brought back ----------------------------------------------------------------------------------


def test_what_is_put_away_is_offered_no_more_and_comes_back(make):
    person = make.animator()
    kept = add_phrase(SOURCE, owner=person, actor=person)

    put_away(kept, actor=person)
    assert titles(library(person)) == []
    bring_back(kept, actor=person)

    assert titles(library(person)) == ["Źródło"]
    assert [event.event for event, _words in story_of(kept)] == [
        "phrase.brought_back", "phrase.put_away", "phrase.added",
    ]  # fmt: skip


def test_a_title_taken_meanwhile_keeps_the_old_phrase_away(make):
    person = make.animator()
    kept = add_phrase(SOURCE, owner=person, actor=person)
    put_away(kept, actor=person)
    add_phrase(SOURCE, owner=person, actor=person)

    with pytest.raises(SameTitle):
        bring_back(kept, actor=person)


def test_the_history_holds_old_and_new_words_apart_from_the_facts(make):
    person = make.animator()
    kept = add_phrase(SOURCE, owner=person, actor=person)
    change_phrase(kept, Wording(PhraseKind.REMARK, "Skąd?", "Skąd to wiemy?", "needs"), actor=person)
    change_phrase(kept, Wording(PhraseKind.REMARK, "Skąd?", "Skąd to wiemy?", "needs"), actor=person)

    (changed, words), _added = story_of(kept)
    assert changed.data == {
        "before": {"kind": "remark", "title": "Źródło", "place": "needs"},
        "after": {"kind": "remark", "title": "Skąd?", "place": "needs"},
    }
    assert words == {"before": {"text": SOURCE.text}, "after": {"text": "Skąd to wiemy?"}}


# --- What was just written ------------------------------------------------------------------------------------


def test_words_just_written_are_kept_once_under_their_beginning(make):
    person = make.animator()
    text = "Proszę dopisać źródło danych, rok i liczbę osób, których to dotyczy w gminie."

    kept = keep_words(text, PhraseKind.REMARK, place="needs", actor=person)
    again = keep_words(text, PhraseKind.REMARK, place="needs", actor=person)
    other = keep_words(f"{text}\nDziękuję.", PhraseKind.REMARK, place="no sheet", actor=person)

    assert (kept.title, kept.text, kept.place) == (shortened(text), text, "needs")
    assert kept.title == "Proszę dopisać źródło danych, rok i liczbę osób, których to…"
    assert again is None
    assert (other.title, other.place) == (f"{kept.title} (2)", None)
