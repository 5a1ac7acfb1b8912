import pickle

import pytest

from core.workbooks.errors import SENTENCES, Reason, UnreadableWorkbook


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_that_says_what_to_do(reason: Reason):
    sentence = str(UnreadableWorkbook(reason, limit=5))

    assert len(sentence.split(". ")) >= 2
    assert "%" not in sentence
    assert reason in SENTENCES


def test_a_refusal_names_sheet_and_cell():
    refusal = UnreadableWorkbook(Reason.TEXT_TOO_LONG, sheet="100% „x”", cell="C6", limit=32767)

    assert str(refusal) == (
        "Sheet “100% „x””, cell C6: The text is longer than 32767 characters. "
        "Shorten it and upload the file again."
    )
    assert str(refusal.message) == str(refusal)


def test_a_refusal_without_cell_names_the_sheet():
    assert str(UnreadableWorkbook(Reason.ENTITIES, sheet="Plan")).startswith(
        "Sheet “Plan”: The file contains XML"
    )


def test_a_refusal_crosses_between_processes():
    refusal = UnreadableWorkbook(Reason.TOO_MANY_ROWS, sheet="Plan", cell="A9", limit=8, detail="rows")

    copy = pickle.loads(pickle.dumps(refusal))  # noqa: S301  (its own bytes, made one line above)

    assert (copy.reason, copy.sheet, copy.cell, copy.limit, copy.detail) == (
        Reason.TOO_MANY_ROWS,
        "Plan",
        "A9",
        8,
        "rows",
    )
    assert str(copy) == str(refusal)
