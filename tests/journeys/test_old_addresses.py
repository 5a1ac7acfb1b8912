"""Public addresses are for ever: after Ostrowice ended, every one of them still leads somewhere sensible."""

from datetime import date

import pytest

from core.database import db
from municipalities.services.changing import Part, apply_change, decide, edit_draft
from partnerships.models import Partnership
from partnerships.workflow import PartnershipStatus
from tests.municipalities.ostrowice import DRAWSKO, IN_2019, LAW, OSTROWICE, Drawsko, unit

TODAY = date(2026, 4, 15)


@pytest.fixture
def drawsko(make, clock) -> Drawsko:
    return Drawsko(make)


def where(client, address: str) -> tuple[int, str | None]:
    response = client.get(address)
    return response.status_code, response.headers.get("Location")


OLD = "/en/municipalities/3203042-ostrowice"
NEW = "/en/municipalities/3203023-drawsko-pomorskie"


def test_where_land_was_divided_the_old_page_stays_and_names_who_has_it(drawsko, visit):
    drawsko.merged()

    page = visit().open(OLD)

    assert "This municipality ended on 31 Dec 2018" in page.text
    assert "Its land belongs today to:" in page.text
    assert page.links["Drawsko Pomorskie (urban-rural municipality, drawski county)"] == NEW
    assert page.links["Złocieniec (urban-rural municipality, drawski county)"] == (
        "/en/municipalities/3203063-zlocieniec"
    )


def test_its_published_plan_keeps_its_address_with_a_banner(drawsko, visit):
    drawsko.merged()

    for address in (f"{OLD}/plan", f"{OLD}/plan/versions/1"):
        page = visit().open(address)
        assert page.url == address
        assert page.headings[:2] == [
            "General plan 2026–2028: Ostrowice",
            "This municipality ended on 31 Dec 2018",
        ]
    assert (
        visit()
        .open(f"{OLD}/plan.csv")
        .data.decode("utf-8-sig")
        .splitlines()[1]
        .startswith("3203042;Ostrowice;2026–2028;1;")
    )


def test_where_one_has_all_of_it_every_old_address_leads_on(drawsko, client, visit):
    change = drawsko.divided()
    edit_draft(
        change, effective_on=IN_2019, legal_basis=LAW, sources=[Part(unit(OSTROWICE))],
        targets=[Part(unit(DRAWSKO))], actor=drawsko.office,
    )  # fmt: skip
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.other_leader.id)}, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()

    assert where(client, OLD) == (301, NEW)
    assert where(client, f"{OLD}/plan") == (301, f"{NEW}/plan")
    assert where(client, f"{OLD}/plan.pdf") == (301, f"{NEW}/plan.pdf")
    assert where(client, f"{OLD}/card.png") == (301, f"{NEW}/card.png")
    assert visit().open(f"{OLD}/plan/versions/1").headings[0] == "General plan 2026–2028: Ostrowice"
    assert where(client, f"{OLD}/plan/versions/7") == (404, None)


def test_a_plan_of_a_partnership_that_moved_is_read_at_its_new_place(drawsko, client, make, visit):
    change = drawsko.divided()
    decide(change, {"successor": f"move:{change.targets[1].id}"}, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()

    moved = db.session.get_one(Partnership, drawsko.ostrowice.id)
    assert (moved.municipality.name, moved.status, moved.leader(TODAY).name) == (
        "Złocieniec", PartnershipStatus.ACTIVE, "Ewa Ostrowska",
    )  # fmt: skip
    page = visit().open("/en/municipalities/3203063-zlocieniec/plan")
    assert page.headings[0] == "General plan 2026–2028: Złocieniec"
    assert where(client, f"{OLD}/plan") == (301, OLD)


def test_after_undoing_the_public_page_is_as_before(drawsko, visit):
    change = drawsko.merged()

    drawsko.undo(change)

    page = visit().open(f"{OLD}/plan")
    assert (page.url, "ended" in page.text) == (f"{OLD}/plan", False)


def test_the_list_of_published_plans_no_longer_counts_what_merged(drawsko, visit):
    before = visit().open("/en/plans")
    drawsko.merged()

    after = visit().open("/en/plans")

    assert ("Ostrowice" in before.text, "Ostrowice" in after.text) == (True, False)
