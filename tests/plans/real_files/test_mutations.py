"""Workbooks changed at random: each is read or refused in a sentence, and in little memory."""

import resource
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from core.database import db
from core.workbooks.errors import UnreadableWorkbook
from core.workbooks.reader import GAP
from plans.definitions import PlanContent, TemplateDefinition
from plans.downloads import plan_workbook
from plans.finding_texts import describe
from plans.models import ImportStatus, PlanImport
from plans.services import proposals
from plans.workbooks.identity import Expected, WrongFile
from plans.workbooks.matching import with_known_rows
from plans.workbooks.merge import merge_reading
from plans.workbooks.order import Filling
from tests.plans.filled_plans import (
    ANNUAL,
    ANNUAL_CONTENT,
    ANNUAL_FILLING,
    CODE_LISTS,
    EXPECTED_ANNUAL,
    EXPECTED_GENERAL,
    GENERAL,
    GENERAL_CONTENT,
    REMARKS,
    read,
    written,
)
from tests.plans.real_files.mutations import mutated
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import send
from tests.support.figures import FIGURE

MANY, SOME = 300, 40
MOST_MEGABYTES = 150

Plan = tuple[bytes, TemplateDefinition, Expected, PlanContent]


def plans() -> Iterator[Plan]:
    general = written(Filling(GENERAL_CONTENT, remarks=REMARKS))
    yield general, GENERAL, EXPECTED_GENERAL, GENERAL_CONTENT
    yield written(ANNUAL_FILLING, definition=ANNUAL), ANNUAL, EXPECTED_ANNUAL, ANNUAL_CONTENT


def answer(plan: Plan, data: bytes) -> tuple[str, list[str]]:
    """What kind of answer a person gets, and what it says."""
    _data, definition, expected, content = plan
    try:
        reading = read(data, expected)
    except UnreadableWorkbook as refusal:
        return "gap" if refusal.detail.startswith(GAP) else "refused", [str(refusal)]
    except WrongFile as wrong:
        return "wrong", [describe(wrong.finding, definition, "en").wrong]
    known = with_known_rows(reading, merge_reading(content, reading), content)
    merge_reading(content, known)
    return "read", [describe(one, definition, "en", code_lists=CODE_LISTS).wrong for one in known.findings]


def test_each_of_300_is_read_or_refused_in_a_sentence_and_in_little_memory(record_property):
    both = list(plans())
    kinds: Counter[str] = Counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()

    for number in range(MANY):
        plan = both[number % 2]
        kind, sentences = answer(plan, mutated(plan[0], number))
        kinds[kind] += 1
        assert all(one.endswith((".", "?")) for one in sentences), sentences

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown <= MOST_MEGABYTES
    each = (time.process_time() - began) / MANY
    record_property(FIGURE, f"damaged workbooks: {MANY}, {1000 * each:.0f} ms of processor time each")
    assert kinds.keys() <= {"read", "refused", "wrong"}
    assert min(kinds["read"], kinds["refused"]) > MANY / 10, kinds


@pytest.mark.timeout(120)
def test_whatever_is_sent_the_plan_stays_and_a_page_answers(make, visit):
    version = make.general_plan()
    data = plan_workbook(version, language="pl", short=False).data
    before = version.rows
    visitor = visit(as_=leader_of(version))

    for number in range(SOME):
        upload = send(version, mutated(data, 10_000 + number))
        page = visitor.open(f"/uploads/{upload.id}")
        if upload.status is ImportStatus.REFUSED:
            assert str(upload.refusal_text) in " ".join(page.tree.text_content().split())
        else:
            proposals.change_of(upload)

    assert version.rows == before
    kinds = Counter(one.status for one in db.session.scalars(select(PlanImport)))
    assert kinds[ImportStatus.REFUSED] > 0
    assert kinds[ImportStatus.DISCARDED] > 0
