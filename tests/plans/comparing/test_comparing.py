"""Any two versions of a plan beside each other."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import TextBlock

from core.database import db
from core.workbooks.palette import DANGER_SOFT, GREEN_SOFT
from plans.definitions import PlanContent
from plans.models import PlanVersion
from plans.services import flow, writing
from plans.workflow import PlanStatus
from tests.plan_content import row
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import change_need

NEW = row(
    "row-n3-0001", need_code="N3", need_text="=Brak sprzętu", need_area="exclusion", evidence="x", priority=3
)


@pytest.fixture
def draft(make) -> PlanVersion:
    """A second version: one need with another text, one gone, one new."""
    published = make.general_plan(PlanStatus.PUBLISHED)
    version: PlanVersion = flow.start_new_round(published, actor=leader_of(published))
    first = version.rows.rows("needs")[0]
    writing.replace_rows(version, PlanContent({**version.rows.sheets, "needs": (first, NEW)}))
    change_need(version, f"{first.values['need_text']} samodzielnie")
    db.session.commit()
    return version


def page_of(visit, version: PlanVersion, query: str = "", expect: int = 200):
    return visit(as_=leader_of(version)).open(f"/plans/{version.id}/compare{query}", expect=expect)


def test_new_changed_and_removed_rows_are_shown_word_by_word(visit, draft):
    page = page_of(visit, draft)

    assert [one.text_content() for one in page.tree.xpath("//ins")][:1] == [" samodzielnie"]
    rows = [
        " ".join(one.text_content().split()) for one in page.tree.xpath("//li[contains(@class,'change')]")
    ]
    assert [one.split()[0] for one in rows if one.split()[0] in {"Changes", "New", "Removed"}] == [
        "Changes",
        "New",
        "Removed",
    ]


def test_side_by_side_each_version_has_its_column(visit, draft):
    page = page_of(visit, draft, "?view=side&with=1")

    heads = [one.text_content() for one in page.tree.xpath("(//table)[1]//thead//th")]
    assert heads == ["Column", "Version 1", "Version 2"]
    assert not page.tree.xpath("(//table)[1]//tr/td[1]//ins")


def test_the_workbook_says_the_same_and_holds_no_formula(visit, draft):
    answer = visit(as_=leader_of(draft)).open(f"/plans/{draft.id}/compare.xlsx?with=1").response

    sheet = load_workbook(BytesIO(answer.data)).active
    lines = [[str(cell.value or "") for cell in line] for line in sheet.iter_rows(min_row=2)]
    assert {line[1] for line in lines} == {"Changes", "New", "Removed"}
    changed = next(line for line in lines if line[1] == "Changes")
    assert changed[6] == f"{changed[5]} samodzielnie"
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_the_workbook_has_the_changed_words_of_a_long_text_in_colours(visit, draft):
    answer = visit(as_=leader_of(draft)).open(f"/plans/{draft.id}/compare.xlsx?with=1").response

    sheet = load_workbook(BytesIO(answer.data), rich_text=True).active
    row = next(line for line in sheet.iter_rows(min_row=2) if "samodzielnie" in str(line[6].value))
    pieces = [(str(one), isinstance(one, TextBlock) and bool(one.font.b)) for one in row[6].value]
    assert [text.strip() for text, is_marked in pieces if is_marked] == ["samodzielnie"]
    assert len([text for text, is_marked in pieces if not is_marked]) >= 1
    assert row[6].fill.fgColor.rgb[-6:] == GREEN_SOFT[-6:]
    out = next(line for line in sheet.iter_rows(min_row=2) if line[1].value == "Removed")
    assert {cell.fill.fgColor.rgb[-6:] for cell in (out[5],) if cell.value} <= {DANGER_SOFT[-6:]}


@pytest.mark.parametrize(
    "query", ["?with=7", "?with=0", "?with=-1", "?with=%C5%81", "?with=99999999999999999999"]
)
def test_a_version_that_is_not_there_is_not_found(visit, draft, query):
    page_of(visit, draft, query, expect=404)


def test_one_version_alone_has_nothing_to_be_compared_with(make, visit):
    version = make.general_plan()

    assert "nothing to compare" in page_of(visit, version).text


def test_an_animator_compares_only_what_was_handed_over(make, visit, draft):
    animator = draft.partnership.animator(draft.created_at.date())
    published = draft.base_version

    visit(as_=animator).open(f"/plans/{published.id}/compare?with=2", expect=404)
