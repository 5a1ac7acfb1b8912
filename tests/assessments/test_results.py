"""What a finished self-assessment says: by area, compared with before and with others."""

from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from assessments.documents import assessment_pdf
from assessments.queries import medians_elsewhere
from assessments.results import chart_of, result_of
from core.database import db
from municipalities.models import MunicipalityKind
from partnerships.workflow import PartnershipStatus
from tests.assessments.answering import AREAS, assessed
from tests.support.documents import text_of_pdf

STEPS = ("0", "1", "2", "4", "4")


def others(make, count: int, kind: MunicipalityKind = MunicipalityKind.RURAL):
    found = [make.partnership(municipality=make.municipality(kind=kind)) for _ in range(count)]
    for partnership, step in zip(found, STEPS, strict=False):
        assessed(partnership, safety=step)
    return found


def test_the_lowest_areas_come_first_and_what_nobody_knew_comes_last(partnership):
    assessment = assessed(partnership, safety="0", staff="1", content="unknown")

    result = result_of(assessment)

    assert [(one.code, one.score) for one in result.areas[:3]] == [
        ("safety", 0),
        ("staff", 25),
        ("information", 75),
    ]
    assert (result.areas[-1].code, result.areas[-1].score) == ("content", None)
    assert [one.code for one in result.areas if one.is_low] == ["safety", "staff"]
    assert [one.key for one in result.needs] == [
        "safety.fraud", "safety.children", "staff.trainers", "staff.public_staff"]  # fmt: skip


def test_a_bar_is_as_long_as_its_result_of_a_hundred(partnership):
    chart = chart_of(result_of(assessed(partnership, safety="1")))

    assert [(row.whole_label, row.sum) for row in chart.rows[:2]] == [
        ("safety", "25"),
        ("information and data", "75"),
    ]
    assert [bar.width for bar in chart.bars[:2]] == [25, 75]
    assert chart.said == "Lowest: safety with 25. Highest: digital exclusion with 75."


def test_it_is_compared_with_the_one_before_and_not_with_itself(partnership, clock):
    first = assessed(partnership, safety="1")
    clock.tick(days=300)
    second = assessed(partnership, safety="3", usual="2")

    compared = {one.code: (one.before, one.score, one.since_before) for one in result_of(second).areas}

    assert compared == {**dict.fromkeys(AREAS, (75, 50, -25)), "safety": (25, 75, 50)}
    assert result_of(first).before is None


def test_a_median_is_hidden_while_fewer_than_five_others_have_answered(make, partnership):
    mine = assessed(partnership, safety="3")
    others(make, 4)
    assert medians_elsewhere(partnership.municipality) == {}
    assert result_of(mine).is_compared is False

    assessed(make.partnership(), safety="4")

    assert medians_elsewhere(partnership.municipality)["safety"] == 50
    assert {one.code: one.elsewhere for one in result_of(mine).areas} == {
        **dict.fromkeys(AREAS, 75),
        "safety": 50,
    }


def test_an_area_that_fewer_than_five_could_answer_has_no_median(make, partnership):
    for number in range(5):
        assessed(make.partnership(), staff="unknown" if number == 0 else "2")

    known = medians_elsewhere(partnership.municipality)

    assert "staff" not in known
    assert set(known) == set(AREAS) - {"staff"}


def test_only_the_latest_of_open_partnerships_of_the_same_type_counts(make, partnership, clock):
    rural = others(make, 5)
    others(make, 3, MunicipalityKind.URBAN)
    clock.tick(days=100)
    assessed(rural[0], safety="4")
    assert medians_elsewhere(partnership.municipality)["safety"] == 100
    assert medians_elsewhere(make.municipality(kind=MunicipalityKind.URBAN)) == {}

    rural[0].status, rural[0].closed_on = PartnershipStatus.CLOSED, date(2026, 7, 1)
    db.session.commit()

    assert medians_elsewhere(partnership.municipality) == {}


def test_the_document_is_a_tagged_pdf_with_the_same_numbers(partnership):
    assessment = assessed(partnership, safety="1")

    data = assessment_pdf(assessment)

    words = text_of_pdf(data)
    assert data.startswith(b"%PDF-")
    catalogue: Any = PdfReader(BytesIO(data)).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "Areas, the lowest first" in words
    assert "safety 25" in words
