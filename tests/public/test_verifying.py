"""Anybody may check whether a file of a plan says what was published."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.database import db
from plans.downloads import plan_workbook
from plans.models import PlanVersion
from plans.services import flow, own_plan, review
from plans.workflow import PlanStatus
from tests.plans.final_files import NEEDS, Edit, put
from tests.plans.test_flow import animator_of, leader_of
from tests.visit import Upload

FORM = "Check the file"


@pytest.fixture
def published(make) -> PlanVersion:
    version: PlanVersion = make.general_plan(PlanStatus.PUBLISHED)
    return version


def workbook(version: PlanVersion, *edits: Edit, language: str = "pl") -> bytes:
    book = load_workbook(BytesIO(plan_workbook(version, language=language, short=False, public=True).data))
    for edit in edits:
        edit(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def checked(visit, data: bytes, name: str = "plan.xlsx"):
    return (
        visit()
        .open("/en/check-a-file")
        .submit(FORM, expect=200, file=Upload(data, name, "application/octet-stream"))
    )


def pdf_of(visit, version: PlanVersion, language: str = "pl") -> bytes:
    place = version.partnership.municipality.address_name
    words = {"pl": f"/pl/gminy/{place}/plan.pdf", "en": f"/en/municipalities/{place}/plan.pdf"}
    data: bytes = visit().open(words[language]).data
    return data


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_published_workbook_is_the_published_content(visit, published, language):
    assert "Yes: this is the published content" in checked(visit, workbook(published, language=language)).text


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_published_pdf_is_the_published_content(visit, published, language):
    page = checked(visit, pdf_of(visit, published, language), "plan.pdf")

    assert "Yes: this is the published content" in page.text
    assert published.content_hash in page.text


def test_one_digit_different_is_found_and_shown(visit, published):
    page = checked(visit, workbook(published, put(NEEDS, "row-n1-0001", "priority", 2)))

    assert "No: this file says something else" in page.text
    assert [one.text_content() for one in page.tree.xpath("//del | //ins")] == ["1", "2"]


def test_a_pdf_with_the_mark_and_other_words_is_not_it(visit, published):
    data = pdf_of(visit, published)
    other = pdf_with(f"Plan. Fingerprint {published.content_hash}")

    assert data != other
    assert "No: this file says something else" in checked(visit, other, "plan.pdf").text


def test_a_sheet_that_is_gone_leaves_it_open(visit, published):
    page = checked(visit, workbook(published, lambda book: book.remove(book["6_Kierunki"])))

    assert "This cannot be told" in page.text


def test_of_a_plan_that_is_not_public_nothing_is_told(make, visit):
    draft = make.general_plan(PlanStatus.APPROVED)
    data = plan_workbook(draft, language="pl", short=False).data

    page = checked(visit, data)

    assert "This file names no plan published here" in page.text
    assert draft.partnership.municipality.name not in page.text


def test_of_a_plan_of_a_year_nothing_is_told_even_where_its_approval_is_asked_for(make, visit):
    make.programme.settings = {"annual_plan_requires_approval": True}
    year = make.annual_plan()
    leader, animator = leader_of(year), animator_of(year)
    flow.submit_plan(year, actor=leader)
    review.start_review(year, actor=animator)
    review.approve_plan(year, checks=set(review.ApprovalCheck), note="", actor=animator)
    own_plan.put_in_use(year, actor=leader)
    db.session.commit()
    book = load_workbook(BytesIO(plan_workbook(year, language="pl", short=False).data))
    book["2_Szkolenia"].delete_rows(5, 100)
    out = BytesIO()
    book.save(out)

    page = checked(visit, out.getvalue())

    assert "This file names no plan published here" in page.text
    assert year.partnership.municipality.name not in page.text


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"%PDF-1.7 nothing", "plan.pdf"), (b"PK\x03\x04", "plan.xlsx"), (b"words", "plan.txt")],
)
def test_what_cannot_be_read_gets_a_sentence(visit, data, name):
    assert "This file could not be read" in checked(visit, data, name).text


def test_nothing_is_kept_of_it(visit, published, count_queries):
    with count_queries() as queries:
        checked(visit, workbook(published))

    writes = [one for one in queries.statements if one.split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert [one.split()[2] for one in writes] == ["sign_in_attempt"]


def pdf_with(text: str) -> bytes:
    """The smallest PDF that holds one line."""
    stream = f"BT /F1 8 Tf 20 100 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
