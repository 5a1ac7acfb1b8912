"""A volunteer's first quarter of an hour: from the invitation to a plan that lies with the animator."""

import re
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Locator, Page, Response

from accounts.queries import person_by_email
from core.database import db
from core.mail import OutboxMail
from core.text import fold
from municipalities.models import Municipality
from partnerships.queries import open_partnership_of
from plans.queries import current_versions
from plans.workflow import PlanStatus

MOST_LOADS, MOST_INPUTS = 15, 40
LEADER = "ewa.lis@gmina.example"
PASSWORD = "mgła siedem tramwaj łyżka"

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


class Volunteer:
    """A person at a browser. Every page that is loaded and everything that is put in is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.loads: list[str] = []
        self.inputs: list[str] = []
        self.typed: list[str] = []
        page.on("response", self._count)

    def _count(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if is_page and not 300 <= response.status < 400:
            self.loads.append(f"{response.status} {response.url}")

    def open(self, address: str) -> None:
        self.page.goto(address)

    def press(self, name: str) -> None:
        self._go(self.page.locator("main").get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        self._go(self.page.locator("main").get_by_role("link", name=name, exact=True).first)

    def _go(self, way_on: Locator) -> None:
        with self.page.expect_navigation():
            way_on.click()

    def type(self, **texts: str) -> None:
        for name, text in texts.items():
            self.page.locator(f"main [name='{name.replace('__', '-')}']").fill(text)
            self.inputs.append(name)
            self.typed.append(text)

    def choose(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").select_option(value)
            self.inputs.append(name)

    def tick(self, text: str) -> None:
        self.page.get_by_role("checkbox", name=re.compile(text)).check()
        self.inputs.append(text)

    def sees(self, *texts: str) -> None:
        body = self.page.locator("main").inner_text()
        assert [text for text in texts if text not in body] == [], body


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_invitation_to_the_animator_in_few_steps(
    tabs: Callable[..., Page], make, outbox, capsys, javascript
):
    municipality = make.municipality("Żółta Gęś", population=5200)
    address, animator = f"/partnerships/new/{municipality.id}", str(make.animator("Ola Maj").id)
    office = tabs(as_=make.office())
    db.session.commit()
    the_office_founds_a_partnership(office, address, animator)
    link, known = the_invitation(outbox()), what_is_known(municipality)
    db.session.commit()  # from here on the volunteer is alone with the application

    leader = Volunteer(tabs(javascript=javascript, width=390))
    leader.open(link)
    leader.type(password=PASSWORD, repeated=PASSWORD)
    leader.press("Open my account")

    leader.follow("Enter the day")
    leader.type(founded_on="2026-03-02")
    leader.press("Save")
    leader.follow("Go to the members")
    for name, kind in (("Szkoła Podstawowa im. Kopernika", "school"), ("OSP Gęś Dolna", "fire_brigade")):
        leader.follow("Add a member")
        leader.type(name=name)
        leader.choose(org_type=kind, role="trainer")
        leader.press("Add the member")
    leader.follow("Żółta Gęś")

    leader.follow("Start the plan")
    leader.follow("Small rural municipality")
    leader.tick("^Farmers need help")
    leader.tick("^farmers and their households")
    leader.tick("^Farm and work")
    leader.tick("^Once a week run a digital help point")
    leader.type(figure__health="64", size__seniors="1190", size__farmers="340", trainings__work__1="2")
    leader.press("Make the draft")
    leader.sees("The plan is complete", "Szkoła Podstawowa im. Kopernika", "Biblioteka Publiczna")
    leader.press("Submit for approval")
    leader.sees("Waiting for the animator")

    with capsys.disabled():
        print(f"\n{len(leader.loads)} page loads, {len(leader.inputs)} inputs")  # noqa: T201 - the figures this story is about
    assert len(leader.loads) <= MOST_LOADS, leader.loads
    assert len(leader.inputs) <= MOST_INPUTS, leader.inputs
    assert [text for text in leader.typed if fold(text) in known] == []
    the_plan_lies_with_the_animator(municipality)


def the_office_founds_a_partnership(page: Page, address: str, animator: str) -> None:
    """As the office does it: the leader is named with their organisation, the day is left to them."""
    page.goto(address)
    page.locator("[name=name]").fill("Cyfrowa Gęś")
    page.locator("[name=leader_name]").fill("Ewa Lis")
    page.locator("[name=leader_email]").fill(LEADER)
    page.locator("[name=organisation_name]").fill("Biblioteka Publiczna")
    page.locator("[name=org_type]").select_option("library")
    page.locator("[name=animator_id]").select_option(animator)
    with page.expect_navigation():
        page.get_by_role("button", name="Enter the partnership").click()


def the_invitation(mails: Sequence[OutboxMail]) -> str:
    """The path of the link in the mail; the leader reads English, as the rest of this story does."""
    [invitation] = [mail.body for mail in mails if mail.to_address == LEADER and "/invitation/" in mail.body]
    link = re.search(r"https?://[^/\s]+(/invitation/\S+)", invitation)
    invited = person_by_email(LEADER)
    assert link
    assert invited
    invited.language = "en"
    return link[1]


def what_is_known(municipality: Municipality) -> set[str]:
    """What the system had been told before; nobody shall type it again."""
    facts = {
        municipality.name, municipality.code, municipality.county.name, municipality.voivodeship.name, "Ewa Lis", LEADER,
        "Cyfrowa Gęś", "Biblioteka Publiczna", "Ola Maj", str(municipality.population), "2026", "2027", "2028",
        "2026–2028",
    }  # fmt: skip
    return {fold(fact) for fact in facts}


def the_plan_lies_with_the_animator(municipality: Municipality) -> None:
    db.session.expire_all()
    partnership = open_partnership_of(municipality)
    assert partnership is not None
    [version] = current_versions([partnership.id])
    about, [own, *_others] = version.rows.rows("metadata")[0].values, version.rows.rows("partners")
    assert version.status is PlanStatus.SUBMITTED
    assert {
        key: about.get(key) for key in ("municipality_name", "teryt", "leader_name", "leader_organisation")
    } == {
        "municipality_name": "Żółta Gęś",
        "teryt": municipality.code,
        "leader_name": "Ewa Lis",
        "leader_organisation": "Biblioteka Publiczna",
    }
    assert "farmers and their households" in str(about["summary"])
    assert own.values["org_name"] == "Biblioteka Publiczna"
    assert {row.values["lead_org_code"] for row in version.rows.rows("lines")} == {own.values["org_code"]}
