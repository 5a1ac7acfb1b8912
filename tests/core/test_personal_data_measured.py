"""How well personal data are told from ordinary cells, measured on the labelled cells in tests/core/cells."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from core.personal_data import personal_kinds
from tests.core.cells import make
from tests.support.figures import FIGURE

CELLS = Path(__file__).parent / "cells"
Record = Callable[[str, object], None]


def cells(label: str) -> list[tuple[str, str]]:
    """(text, kind) of each."""
    with (CELLS / f"{label}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["kind"]) for row in csv.DictReader(file, delimiter=";")]


def is_found(text: str) -> bool:
    return any(True for _kind in personal_kinds(text))


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.2f} %)"


def test_personal_data_are_found_in_at_least_95_of_100_cells_and_every_pesel(record_property: Record):
    personal = cells("personal")
    found = Counter(kind for text, kind in personal if kind in set(personal_kinds(text)))
    all_of = Counter(kind for _text, kind in personal)

    for kind, count in all_of.items():
        record_property(FIGURE, f"personal data found, {kind}: {share(found[kind], count)}")
    record_property(FIGURE, f"personal data found, all: {share(found.total(), all_of.total())}")

    assert all_of.total() >= 300
    assert found["pesel"] == all_of["pesel"] > 0
    assert found.total() >= 0.95 * all_of.total()


def test_at_most_one_of_100_ordinary_cells_is_taken_for_personal_data(record_property: Record):
    ordinary = cells("ordinary")
    alarms = [text for text, _kind in ordinary if is_found(text)]

    record_property(FIGURE, f"ordinary cells taken for personal data: {share(len(alarms), len(ordinary))}")

    assert len(ordinary) >= 1000
    assert len(alarms) <= 0.01 * len(ordinary), alarms


@pytest.mark.parametrize("label", ["personal", "ordinary"])
def test_the_files_hold_what_is_written_in_the_sentences(label: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(make, "FOLDER", tmp_path)

    make.main()

    assert (tmp_path / f"{label}.csv").read_bytes() == (CELLS / f"{label}.csv").read_bytes()
