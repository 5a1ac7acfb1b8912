"""After a municipality was renamed, what was published and reported before keeps the name of then."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from core.clock import today
from core.database import db
from municipalities.services.changing import Part, apply_change, draft_change
from municipalities.workflow import ChangeKind
from plans.documents.plan_pdf import document
from plans.downloads import file_name
from plans.page import plan_page
from plans.services.flow import start_new_round
from plans.workflow import PlanStatus

RENAMED_ON = date(2026, 6, 1)
BEFORE, AFTER = "2026-05-31", "2026-06-01"


@pytest.fixture
def plan(make, clock):
    """Published in April; in June the municipality gets another name."""
    place = make.municipality("Stara Wieś", code="1601012")
    version = make.general_plan(
        PlanStatus.PUBLISHED, partnership=make.partnership("Razem", municipality=place)
    )
    clock.move_to(datetime(2026, 6, 2, 10, 0, tzinfo=UTC))
    office = make.office()
    change = draft_change(
        ChangeKind.RENAME, effective_on=RENAMED_ON, legal_basis=None, sources=[Part(place, new_name="Nowa Wieś")],
        actor=office,
    )  # fmt: skip
    apply_change(change, actor=office)
    db.session.commit()
    return version


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_its_public_page_keeps_the_name_and_says_the_one_of_today(plan, visit):
    page = visit().open("/en/municipalities/1601012-stara-wies/plan")

    assert page.url == "/en/municipalities/1601012-nowa-wies/plan"
    assert page.headings[0] == "General plan 2026–2028: Stara Wieś"
    assert "The municipality is called Nowa Wieś today." in page.text


def test_its_pdf_keeps_the_name(plan):
    made = document(plan, plan_page(plan, public=True), address=None)

    assert made["title"] == "General plan 2026–2028: Stara Wieś"
    assert file_name(plan, "en", "pdf") == "general-plan-stara-wies-1601012-2026-2028-v1.pdf"


def test_its_csv_keeps_the_name(plan, visit):
    data = visit().open("/en/municipalities/1601012-nowa-wies/plan.csv").data

    assert rows_of(data)[1][:2] == ["1601012", "Stara Wieś"]


def test_what_is_worked_on_after_that_day_has_the_new_name(plan):
    draft = start_new_round(plan, actor=plan.partnership.leader(today()))
    db.session.commit()

    assert document(draft, plan_page(draft), address=None)["title"] == "General plan 2026–2028: Nowa Wieś"


@pytest.mark.parametrize(
    ("day", "name"), [(BEFORE, "Stara Wieś"), (AFTER, "Nowa Wieś"), ("nonsense", "Nowa Wieś")]
)
def test_the_board_is_exported_with_the_names_of_a_day(plan, make, visit, day, name):
    data = visit(as_=make.office()).open("/office/board.csv", as_of=day).data

    assert [row[:2] for row in rows_of(data)[1:]] == [["1601012", name]]


def test_the_board_offers_the_names_of_an_earlier_day(plan, make, visit):
    page = visit(as_=make.office()).open("/office/board", q="razem")

    sent = page.submit("CSV", as_of=BEFORE, expect=200)

    assert sent.url == f"/office/board.csv?q=razem&as_of={BEFORE}"
