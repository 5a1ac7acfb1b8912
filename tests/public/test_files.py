"""Published plans to take away, and what a shared link shows."""

import csv
from io import BytesIO, StringIO

import pytest
from PIL import Image

from municipalities.models import Municipality
from plans.workflow import PlanStatus
from tests.make import Make
from tests.plan_content import general_content, row
from tests.public.test_pages import PRIVATE, private_content
from tests.support.clients import OutsideClient
from tests.visit import Visits


@pytest.fixture
def place(make: Make) -> Municipality:
    partnership = make.partnership(municipality=make.municipality("Łąki", population=4321))
    version = make.general_plan(PlanStatus.PUBLISHED, partnership=partnership, content=private_content())
    return version.partnership.municipality


def lines_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    ("ending", "begins", "content_type"),
    [
        ("pdf", b"%PDF-1.7", "application/pdf"),
        ("csv", b"\xef\xbb\xbf", "text/csv; charset=utf-8"),
        ("xlsx", b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_each_file_comes_under_its_name_and_may_be_kept(
    client: OutsideClient, place: Municipality, ending: str, begins: bytes, content_type: str
):
    address = f"/pl/gminy/{place.address_name}/plan"

    answer = client.get(f"{address}.{ending}")
    same = client.get(f"{address}/wersje/1.{ending}")
    again = client.get(f"{address}.{ending}", headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.data.startswith(begins)
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Cache-Control"] == "public, no-cache"
    name = f"plan-ogolny-laki-{place.code}-2026-2028-w1.{ending}"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert same.status_code == 200
    assert (again.status_code, again.data) == (304, b"")


def test_the_public_page_leads_to_every_file(visit: Visits, place: Municipality):
    page = visit().open(f"/en/municipalities/{place.address_name}/plan")

    base = f"/en/municipalities/{place.address_name}/plan"
    menu = {link.text: link.get("href") for link in page.tree.xpath("//details[@class='take']//a")}
    assert {name: menu[name] for name in ("Document (PDF)", "Workbook (XLSX)", "Table (CSV)")} == {
        "Document (PDF)": f"{base}.pdf",
        "Workbook (XLSX)": f"{base}.xlsx",
        "Table (CSV)": f"{base}.csv",
    }
    assert f"{base}.csv?sheet=needs" in menu.values()


def test_the_long_table_has_a_line_for_each_value(client: OutsideClient, place: Municipality):
    lines = lines_of(client.get(f"/en/municipalities/{place.address_name}/plan.csv").data)

    assert lines[0] == [
        "Territorial code", "Municipality", "Plan years", "Version", "Sheet", "Row", "Column", "Value", "Key",
    ]  # fmt: skip
    values = {(line[5], line[8]): line[7] for line in lines[1:]}
    assert values["N1", "needs.need_text"] == "Seniorzy nie załatwiają spraw w internecie"
    assert values["K1", "lines.hours_y2"] == "24"
    assert {tuple(line[:4]) for line in lines[1:]} == {(place.code, "Łąki", "2026–2028", "1")}


def test_a_sheet_is_a_table_of_its_own(client: OutsideClient, place: Municipality):
    lines = lines_of(client.get(f"/pl/gminy/{place.address_name}/plan.csv?sheet=needs").data)

    assert lines[0][:2] == ["Kod", "Opis potrzeby"]
    assert [line[:2] for line in lines[1:]] == [
        ["N1", "Seniorzy nie załatwiają spraw w internecie"],
        ["N2", "Rolnicy nie składają wniosków przez internet"],
    ]


@pytest.mark.parametrize("sheet", ["nothing", "comments", "../needs", ""])
def test_a_sheet_that_a_plan_does_not_have_is_no_page(client: OutsideClient, place: Municipality, sheet: str):
    answer = client.get(f"/pl/gminy/{place.address_name}/plan.csv", query_string={"sheet": sheet})

    assert answer.status_code == 404


@pytest.mark.parametrize("question", ["", "?sheet=metadata", "?sheet=partners"])
def test_nothing_private_is_in_the_public_tables(client: OutsideClient, place: Municipality, question: str):
    text = client.get(f"/pl/gminy/{place.address_name}/plan.csv{question}").text

    assert [marker for marker in PRIVATE.values() if marker in text] == []


def test_a_text_like_a_formula_stays_a_text(client: OutsideClient, make: Make):
    usual = general_content(2026).rows("needs")
    first = row("row-n1-0001", **{**usual[0].values, "need_text": '=HYPERLINK("x")', "evidence": "+48 osób"})
    content = general_content(2026, needs=(first, usual[1]))
    version = make.general_plan(PlanStatus.PUBLISHED, content=content)
    base = f"/pl/gminy/{version.partnership.municipality.address_name}/plan.csv"

    long = [line[7] for line in lines_of(client.get(base).data)]
    short = lines_of(client.get(f"{base}?sheet=needs").data)[1]

    assert '\'=HYPERLINK("x")' in long
    assert '\'=HYPERLINK("x")' in short
    assert [text for text in (*long, *short) if text.startswith(("=", "+", "@"))] == []


def test_people_who_work_on_a_plan_take_their_own_copy(visit: Visits, make: Make):
    plan = make.general_plan(content=private_content())
    leader = visit(as_=plan.partnership.terms[0].user)

    page = leader.open(f"/plans/{plan.id}")

    assert page.links["Document (PDF)"] == f"/plans/{plan.id}/plan.pdf"
    assert leader.open(page.links["Document (PDF)"]).data.startswith(b"%PDF-1.7")
    table = leader.open(page.links["Table (CSV)"]).data.decode("utf-8-sig")
    assert [marker for marker in PRIVATE.values() if marker not in table] == []


# --- Shared links ----------------------------------------------------------------------------------------


def test_a_shared_link_says_what_it_leads_to(visit: Visits, place: Municipality):
    page = visit().open(f"/pl/gminy/{place.address_name}/plan")

    told = {
        str(meta.get("property") or meta.get("name")): str(meta.get("content"))
        for meta in page.tree.xpath("//meta[starts-with(@property, 'og:') or starts-with(@name, 'twitter:')]")
    }
    described = told.pop("og:description")
    assert "Łąki" in described
    assert "Łąki" in told.pop("og:image:alt")
    assert told == {
        "og:site_name": told["og:site_name"],
        "og:type": "website",
        "og:title": "Plan ogólny 2026–2028: Łąki",
        "og:url": f"http://localhost/pl/gminy/{place.address_name}/plan",
        "og:locale": "pl_PL",
        "og:locale:alternate": "en_GB",
        "og:image": f"http://localhost/pl/gminy/{place.address_name}/karta.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "twitter:card": "summary_large_image",
    }


def test_every_public_page_has_a_picture_of_the_size_it_says(
    client: OutsideClient, make: Make, place: Municipality
):
    planless = make.municipality("Ćmielów")

    for address in (
        "/en/card.png", "/pl/karta.png",
        f"/en/municipalities/{place.address_name}/card.png", f"/pl/gminy/{planless.address_name}/karta.png",
    ):  # fmt: skip
        answer = client.get(address)
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})

        assert Image.open(BytesIO(answer.data)).size == (1200, 630)
        assert answer.headers["Cache-Control"] == "public, max-age=86400"
        assert again.status_code == 304


def test_the_longest_name_still_gives_a_picture(client: OutsideClient, make: Make):
    place = make.municipality("Ż" * 120)

    answer = client.get(f"/pl/gminy/{place.address_name}/karta.png")

    assert Image.open(BytesIO(answer.data)).size == (1200, 630)
