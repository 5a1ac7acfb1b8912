"""The main job, as people do it in a browser: from a downloaded template to a public plan on the office's board."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from core.database import db
from plans.models import PlanVersion
from tests.support.browsers import axe_findings
from tests.support.spreadsheets import Rows, fill_in

RECORD = {"summary": "Przez trzy lata nauczymy 150 osób załatwiać sprawy w internecie."}
LINE = {f"{what}_y{year}": amount for what, amount in (("trainings", 2), ("hours", 16)) for year in (1, 2, 3)}


def rows_with(priority: str | int) -> Rows:
    return {
        "2_Diagnoza": [
            {"need_text": "Seniorzy nie umawiają wizyt przez internet", "need_area": "digital exclusion",
             "evidence": "Ankieta biblioteki, 82 osoby", "priority": priority},
        ],
        "4_Grupy_docelowe": [{"group_name": "Osoby 60+", "group_size": 400, "target_level": "podstawowy"}],
        "5_Cele_wskazniki": [
            {"goal_text": "Seniorzy sami umawiają wizyty", "need_codes": "N1", "indicator": "osoby z kontem pacjenta",
             "target_y3": "150"},
        ],
        "6_Kierunki": [
            {"line_title": "E-zdrowie bez kolejki", "goal_code": "C1", "form": "stacjonarna", "group_codes": "T1",
             "lead_org_code": "P1", **LINE},
        ],
        "10_Rekomendacje": [{"rec_text": "Udostępnić salę w każdą środę", "rec_addressee": "mayor"}],
    }  # fmt: skip


class Story:
    """A browser window in somebody's hands; every page it comes to is checked for accessibility."""

    def __init__(self, page: Page, *, check: bool) -> None:
        self.page = page
        self.check = check

    def open(self, address: str) -> "Story":
        self.page.goto(address)
        return self.arrived()

    def press(self, name: str) -> "Story":
        self.page.get_by_role("button", name=name, exact=True).first.click()
        return self.arrived()

    def follow(self, name: str) -> "Story":
        self.page.get_by_role("link", name=name, exact=True).first.click()
        return self.arrived()

    def arrived(self) -> "Story":
        self.page.wait_for_load_state()
        if self.check:
            assert (self.page.url, axe_findings(self.page)) == (self.page.url, [])
        return self

    def sees(self, *texts: str) -> "Story":
        body = self.page.locator("main").inner_text()
        assert [text for text in texts if text not in body] == [], body
        return self

    def download(self, name: str) -> bytes:
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=name, exact=True).first.click()
        return Path(coming.value.path()).read_bytes()

    def upload(self, data: bytes, folder: Path) -> "Story":
        path = folder / "plan.xlsx"
        path.write_bytes(data)
        self.page.locator("input[type=file]").first.set_input_files(path)
        # A script sends it and goes on once it is checked: the button alone ends no page.
        with self.page.expect_navigation(url="**/uploads/*"):
            self.page.get_by_role("button", name="Check the workbook", exact=True).first.click()
        return self.arrived()


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_plan_goes_from_template_to_publication(tabs: Callable[..., Page], make, tmp_path, javascript):
    leader = make.user("Anna Wrona", email="anna@gromada.example", password="a long enough password")
    animator, office = make.animator("Marta Lis"), make.office()
    municipality = make.municipality("Żółta Gęś")
    partnership = make.partnership(municipality=municipality, leader=leader, animator=animator)
    make.member(
        partnership, make.organisation("Biblioteka Publiczna", municipality=municipality), role="leader"
    )
    for name in ("Szkoła Podstawowa", "Koło Gospodyń"):
        make.member(partnership, make.organisation(name, municipality=municipality))
    partnership_id, place = partnership.id, municipality.address_name

    def window(person: object = None) -> Story:
        return Story(tabs(as_=person, javascript=javascript), check=javascript)

    # The leader signs in, starts the plan and downloads the prefilled template.
    author = window().open("/sign-in")
    author.page.get_by_label("E-mail").fill("anna@gromada.example")
    author.page.get_by_label("Password").fill("a long enough password")
    author.press("Sign in")
    author.open(f"/partnerships/{partnership_id}").follow("Start the plan").press("Start empty")
    template = author.sees("Biblioteka Publiczna").download("Short workbook")

    # One cell is wrong: the upload says which, and what is expected there.
    author.upload(fill_in(template, record=RECORD, rows=rows_with("dużo"), folder=tmp_path), tmp_path)
    author.sees("2_Diagnoza", "F6", "Priority")
    author.follow("Upload a corrected file").upload(
        fill_in(template, record=RECORD, rows=rows_with(1), folder=tmp_path), tmp_path
    )
    author.sees("Ready to apply").press("Apply to the plan")
    author.sees("E-zdrowie bez kolejki").press("Submit for approval").sees("Submitted")

    # The animator returns it with a remark beside a row.
    reviewer = window(animator).open("/reviews").follow("Żółta Gęś").press("Start the review")
    reviewer.page.locator("#section-goals").get_by_role("link", name="Seniorzy sami").first.click()
    reviewer.page.get_by_role("textbox", name="Remark").fill("Ile osób ma konto dziś?")
    reviewer.arrived().press("Save the remark").page.get_by_text("One remark not sent yet").wait_for()
    reviewer.sees("Ile osób ma konto dziś?")
    reviewer.follow("Decide").press("Return the plan").sees("Returned for changes")

    # The leader answers in a new version and submits it again.
    author.open(author.page.url).press("Start the changes").sees("Ile osób ma konto dziś?")
    author.page.get_by_role("link", name="Answer").first.click()
    author.page.get_by_label("Changed", exact=True).check()
    author.page.get_by_role("textbox", name="Answer").fill("Dziś 12 osób, dopisaliśmy w planie.")
    author.press("Save the answer").press("Submit for approval").sees("round 1", "Submitted")

    # The animator approves, the leader publishes.
    reviewer.open("/reviews").follow("Żółta Gęś").press("Start the review").sees("Dziś 12 osób")
    reviewer.follow("Decide")
    for check in reviewer.page.get_by_role("checkbox").all():
        check.check()
    reviewer.press("Approve the plan").sees("Approved")
    author.open(author.page.url).follow("Publish").press("Publish the plan").sees("Published")

    # Anybody reads it, without names of people; the office sees where the municipality stands.
    reader = (
        window().open(f"/en/municipalities/{place}/plan").sees("E-zdrowie bez kolejki", "Udostępnić salę")
    )
    assert "Anna Wrona" not in reader.page.content()
    board = window(office).open("/office/board?q=zolta")
    board.sees("Żółta Gęś", "Anna Wrona", "Marta Lis", "Published")
    published = db.session.query(PlanVersion).filter_by(status="published").one()
    assert (published.number, published.round, published.returns) == (2, 2, 1)
