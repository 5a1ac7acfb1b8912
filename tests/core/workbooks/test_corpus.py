from collections.abc import Iterator

import pytest

from core.workbooks.errors import UnreadableWorkbook
from core.workbooks.raw import RawWorkbook
from core.workbooks.reader import GAP
from tests.core.workbooks.cases import Accepted, Refused
from tests.core.workbooks.confined import ConfinedReader
from tests.core.workbooks.corpus import ACCEPTED, REFUSED
from tests.core.workbooks.expected import expected_sheets

MOST_MEGABYTES = 150


@pytest.fixture(scope="module")
def reader() -> Iterator[ConfinedReader]:
    reader = ConfinedReader()
    yield reader
    reader.close()


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_an_odd_but_lawful_file_is_read_in_full(case: Accepted, reader: ConfinedReader):
    answer = reader.read(case.file())

    assert isinstance(answer.outcome, RawWorkbook), (answer.outcome, answer.outcome.detail)
    assert answer.outcome.sheets == expected_sheets(case.changed, case.more_sheets)
    assert answer.outcome.defined_names["kierunki"] == "'1_Metryka'!$B$1:$B$9"
    assert answer.growth <= MOST_MEGABYTES


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_hostile_or_damaged_file_is_refused_with_its_reason(case: Refused, reader: ConfinedReader):
    answer = reader.read(case.file())

    refusal = answer.outcome
    assert isinstance(refusal, UnreadableWorkbook)
    assert (refusal.reason, refusal.sheet, refusal.cell) == (case.reason, case.sheet, case.cell), (
        refusal.detail
    )
    assert not refusal.detail.startswith(GAP), refusal.detail
    assert (case.sheet or "") in str(refusal)
    assert (case.cell or "") in str(refusal)
    assert answer.growth <= MOST_MEGABYTES


def test_every_file_of_the_corpus_has_its_own_name():
    names = [case.name for case in ACCEPTED + REFUSED]

    assert len(names) == len(set(names))
    assert len(names) >= 200
