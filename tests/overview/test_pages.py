"""What the office sees: every number with its rows, a map that keys and screen readers can use, and few questions."""

from datetime import date, timedelta

import pytest

from animators.consultations.models import Channel
from core.database import db
from plans.workflow import PlanStatus
from progress.stages import Stage
from tests.overview.records import advised, met, noon, planned
from tests.overview.test_trend import attended

TODAY = date(2026, 4, 15)


def one_of_everything(make, *, led: bool = True) -> None:
    partnership = make.partnership(founded_on=date(2026, 1, 12), led=led)
    make.member(partnership)
    met(partnership, date(2026, 1, 20))
    advised(partnership, noon(date(2026, 1, 21)), Channel.VISIT)
    advised(partnership, noon(date(2026, 1, 22)))
    since = noon(date(2026, 1, 30))
    planned(partnership, PlanStatus.RETURNED, since, submitted_at=noon(date(2026, 1, 26))).decided_at = since
    attended(partnership, noon(date(2026, 1, 29)), 2)
    db.session.commit()


@pytest.fixture
def page(make, visit, office):
    one_of_everything(make)
    one_of_everything(make, led=False)
    return visit(as_=office).open("/office/overview")


def test_the_office_finds_the_overview_among_its_tools(make, visit, office):
    assert visit(as_=office).open("/office").follow("Overview").headings[0] == "Overview"


def test_an_empty_programme_has_an_overview_too(visit, office):
    page = visit(as_=office).open("/office/overview")

    assert "No partnership is at risk by any of these rules." in page.text
    assert page.text.count("Nothing to draw yet.") == 8


def test_stages_lead_to_the_board(page):
    rows = dict(tuple(row) for row in page.tables[0][1:])

    assert (rows[str(Stage.RETURNED.label)], rows[str(Stage.DRAFT.label)], rows["Together"]) == (
        "2",
        "0",
        "2",
    )
    board = page.visitor.open("/office/board", stage="returned")
    assert len(board.tree.xpath("//main//tbody/tr")) == 2


def test_every_number_of_a_region_leads_to_as_many_rows_of_the_board(page, make):
    partnership = make.partnership(municipality=make.municipality("Brody"))
    for _ in range(3):
        make.member(partnership)
    db.session.commit()
    table = page.visitor.open("/office/overview").tree.get_element_by_id("regions-table")
    links = table.xpath(".//tbody//td/a")

    assert [int(link.text_content()) for link in links] == [3, 1, 2]
    for link in links:
        board = page.visitor.open(link.get("href"))
        rows = board.tree.xpath("//table[contains(@class, 'board')]/tbody/tr")
        assert len(rows) == int(link.text_content()), link.get("href")


def test_every_number_of_a_week_leads_to_its_rows(page):
    table = page.tree.get_element_by_id("weeks-table")
    addresses = [link.get("href") for link in table.xpath(".//tbody//a")]

    assert addresses
    for address in addresses:
        rows = page.visitor.open(address)
        shown = next(link for link in table.xpath(".//tbody//a") if link.get("href") == address)
        assert sum(int(row[-1]) for row in rows.tables[0][1:]) == int(shown.text_content()), address


def test_every_link_of_the_page_answers(page):
    addresses = {link.get("href").split("#")[0] for link in page.tree.xpath("//main//a[@href]")} - {""}

    assert {address: page.visitor.client.get(address).status_code for address in addresses} == (
        dict.fromkeys(addresses, 200)
    )


def test_the_map_can_be_read_without_seeing_it(page):
    drawn = page.tree.xpath("//figure[contains(@class, 'region-map')]/svg")[0]
    named = page.tree.get_element_by_id(drawn.get("aria-labelledby"))
    said = page.tree.get_element_by_id(drawn.get("aria-describedby"))
    links = drawn.xpath(".//a[@href]")

    assert (drawn.get("role"), named.text_content()) == ("group", "Tasks done, by voivodeship")
    assert (
        said.text_content() == "2 of 14 in the whole country. The table below the map holds the same numbers."
    )
    assert page.tree.get_element_by_id(drawn.get("aria-details")).tag == "table"
    assert [link.get("aria-label") for link in links] == ["opolskie: 2 of 14 done (14 %), in 2 partnerships"]


def test_the_map_shows_one_task_when_asked(page):
    shown = page.follow("Remote advice")

    assert "opolskie: 2 of 2 done (100 %), in 2 partnerships" in shown.html
    assert shown.url == "/office/overview?task=remote"


@pytest.mark.parametrize("asked", ["nothing", "", "T1_FOUND", "<script>"])
def test_a_task_nobody_knows_is_all_of_them(page, asked):
    odd = page.visitor.open("/office/overview", task=asked)

    assert "Tasks done, by voivodeship" in odd.text
    assert "<script>" not in odd.html


def test_rules_stand_with_their_numbers_and_lead_to_their_list(page):
    links = page.links

    assert links["1 Nobody leads the partnership"] == "/office/overview/risks?reason=leaderless"
    assert links["2 No contact"] == "/office/overview/risks?reason=no_contact"
    silent = page.visitor.open("/office/overview/risks", reason="no_contact")
    assert len(silent.tables[0]) - 1 == 2
    assert (
        "For more than 60 days there was no visit, no call, no meeting and no plan handed over."
        in silent.text
    )


def test_the_list_says_what_is_so_since_when_and_who_can_act(make, visit, office):
    leader = make.user("Anna Wilk")
    partnership = make.partnership(municipality=make.municipality("Brody"), leader=leader)
    met(partnership, TODAY - timedelta(days=2))
    planned(partnership, PlanStatus.APPROVED, noon(date(2026, 3, 20)))
    db.session.commit()

    row = visit(as_=office).open("/office/overview/risks").tables[0][1]

    assert row[0].startswith("Brody rural municipality")
    assert row[1:] == [
        "Approved and still not public The plan was approved on 20 Mar 2026 and is not public. See the plan: Brody",
        "20 Mar 2026 26 days",
        "Anna Wilk Leader",
    ]


def test_the_list_is_narrowed_to_a_region(make, visit, office):
    lubuskie = make.voivodeship("lubuskie", code="08")
    there = make.municipality("Brody", county=make.county("żarski", voivodeship=lubuskie))
    make.partnership(municipality=there, led=False)
    make.partnership(municipality=make.municipality("Łąki"), led=False)

    page = visit(as_=office).open("/office/overview/risks", voivodeship=lubuskie.id, reason="leaderless")

    assert [row[0].split()[0] for row in page.tables[0][1:]] == ["Brody"]
    assert "Nobody leads the partnership 1" in page.text


@pytest.mark.parametrize(
    "asked", [{"voivodeship": "99999"}, {"voivodeship": "x"}, {"reason": "boredom"}, {"page": "-7"}]
)
def test_what_makes_no_sense_narrows_nothing(page, asked):
    assert len(page.visitor.open("/office/overview/risks", **asked).tables[0]) - 1 == 5


def test_hours_webinars_and_handbooks_are_those_of_their_pages(page):
    words = page.text

    assert "Visits held 1 h 2 visits" in words
    assert "Remote advice given 1 h" in words
    assert "Attendances of webinars 4 from 2 municipalities" in words
    assert "Webinars held 2" in words


def test_few_questions_however_many_partnerships(page, make, count_queries):
    with count_queries() as few:
        page.visitor.open("/office/overview")
    for number in range(4):
        one_of_everything(make, led=number % 2 == 0)
    with count_queries() as many:
        page.visitor.open("/office/overview")

    assert few.count == many.count < 30, str(many)


def test_the_list_of_those_at_risk_asks_as_little_for_many(page, make, count_queries):
    with count_queries() as few:
        page.visitor.open("/office/overview/risks")
    for _ in range(4):
        one_of_everything(make, led=False)
    with count_queries() as many:
        page.visitor.open("/office/overview/risks")

    assert few.count == many.count < 15, str(many)


@pytest.mark.parametrize("role", ["leader", "animator", "admin"])
def test_nobody_else_opens_it(make, visit, role):
    person = {"leader": make.user, "animator": make.animator, "admin": make.admin}[role]()

    visit(as_=person).open("/office/overview", expect=403)


def test_it_reads_in_polish(page, office):
    office.language = "pl"
    db.session.commit()

    assert page.visitor.open("/office/overview").tree.get("lang") == "pl"
