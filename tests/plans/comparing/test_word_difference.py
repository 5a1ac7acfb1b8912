"""Two texts of one cell, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.comparing.word_difference import MOST_WORDS, Change, Piece, after_of, before_of, word_difference

SAME, OUT, IN = Change.SAME, Change.OUT, Change.IN


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.change, piece.text) for piece in word_difference(before, after)]


def test_only_the_words_that_changed_are_marked():
    before = "Seniorzy nie umieją założyć profilu zaufanego."
    after = "Seniorzy nie umieją samodzielnie założyć profilu zaufanego w urzędzie."

    assert told(before, after) == [
        (SAME, "Seniorzy nie umieją "), (IN, "samodzielnie "), (SAME, "założyć profilu zaufanego"), (IN, " w urzędzie"),
        (SAME, "."),
    ]  # fmt: skip


def test_neighbouring_words_are_one_change():
    assert told("jeden dwa trzy cztery pięć", "jeden DWA TRZY cztery pięć") == [
        (SAME, "jeden "), (OUT, "dwa trzy"), (IN, "DWA TRZY"), (SAME, " cztery pięć"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("100", "120", [(OUT, "100"), (IN, "120")]),
        ("", "nowe", [(IN, "nowe")]),
        ("stare", "", [(OUT, "stare")]),
        ("to samo", "to samo", [(SAME, "to samo")]),
        ("", "", []),
        ("ala ma kota", "pies", [(OUT, "ala ma kota"), (IN, "pies")]),
    ],
)
def test_what_is_not_one_text_any_more_is_shown_whole(before, after, expected):
    assert told(before, after) == expected


def test_very_long_texts_are_not_compared_word_by_word():
    before, after = "słowo " * MOST_WORDS, "słowo " * MOST_WORDS + "jeszcze"

    assert [change for change, _text in told(before, after)] == [OUT, IN]


@given(st.text(alphabet="ab ąę.\n", max_size=60), st.text(alphabet="ab ąę.\n", max_size=60))
def test_all_of_either_text_is_in_it(before, after):
    pieces = word_difference(before, after)

    assert joined(before_of(pieces)) == before
    assert joined(after_of(pieces)) == after


def joined(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)
