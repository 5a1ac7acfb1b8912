"""The overview of the twelve, every number of it counted by hand, and everybody at risk with the rule that says so."""

import pytest

from tests.make import Make
from tests.support.forms import spoken
from tests.visit import Page, Visits


@pytest.fixture
def page(visit: Visits, make: Make, twelve) -> Page:
    return visit(as_=make.office()).open("/office/overview")


def table(page: Page, key: str) -> list[list[str]]:
    return [
        [spoken(cell) for cell in row.xpath("./th|./td")]
        for row in page.tree.get_element_by_id(key).iter("tr")
    ]


def test_the_funnel(page):
    assert table(page, "stages-table") == [
        ["Stage of the plan", "Partnerships"],
        ["No plan yet", "3"],  # Borki, Frysztak whose plan is older than this system, Janów
        ["Draft", "2"],  # Anielin's new round, Hrubieszów
        ["Submitted", "1"],  # Dobre
        ["In review", "1"],  # Czarne
        ["Returned for changes", "1"],  # Elbląg
        ["Approved", "2"],  # Gać, Izbica
        ["Published", "1"],  # Kazanów
        ["Together", "11"],
    ]


def test_the_tasks_by_region(page):
    assert table(page, "regions-table") == [
        ["Voivodeship", "Partnerships", "Founding", "Meetings", "General plan", "Annual plans", "Visits", "Remote advice",
         "Webinars", "Everything settled"],
        # Czarne, Dobre, Gać, Kazanów: all founded; Dobre's meetings, Kazanów's plan; what Dobre was let off is not done
        ["lubuskie", "4", "4", "1", "1", "0", "0", "0", "0", "0"],
        # Anielin with all seven, Borki with none, Frysztak, Janów
        ["opolskie", "4", "3", "1", "2", "1", "1", "1", "1", "1"],
        # Elbląg with too few members, Hrubieszów, Izbica
        ["warmińsko-mazurskie", "3", "2", "0", "0", "0", "0", "0", "1", "0"],
        ["Together", "11", "9", "2", "3", "1", "1", "1", "2", "1"],
    ]  # fmt: skip


def test_the_map_says_the_same(page):
    """Whole per cent, never rounded up: 6 of 28 are 21.4, 10 of 28 are 35.7, 3 of 21 are 14.3."""
    labels = [
        link.get("aria-label") for link in page.tree.xpath("//figure[contains(@class, 'region-map')]/svg//a")
    ]

    assert sorted(labels) == [
        "lubuskie: 6 of 28 done (21 %), in 4 partnerships",
        "opolskie: 10 of 28 done (35 %), in 4 partnerships",
        "warmińsko-mazurskie: 3 of 21 done (14 %), in 3 partnerships",
    ]
    assert "19 of 77 in the whole country." in page.text


def test_the_review_times(page):
    """In working days: New Year, Epiphany and Christmas Eve are none.

    2026: Anielin and Elbląg from Monday 28 September to Friday 2 October, 4 each. 2027: Kazanów from 21 December to
    7 January, 9; Gać from 11 to 20 January, 7; Izbica from 25 January to 1 February, 5.
    """
    assert table(page, "reviews-table") == [
        ["Quarter", "Decisions", "Median", "Nine of ten within"],
        ["Quarter 1 of 2027", "3", "7", "9"],
        ["Quarter 4 of 2026", "2", "4", "4"],
        ["Quarter 3 of 2026", "0", "–", "–"],
        ["Quarter 2 of 2026", "0", "–", "–"],
        ["Quarter 1 of 2026", "0", "–", "–"],
    ]


def test_the_hours_and_the_reach_of_webinars(page):
    said = {
        spoken(part.xpath("./dt")[0]): spoken(part.xpath("./dd")[0])
        for part in page.tree.xpath("//dl[contains(@class, 'means')]/div")
    }

    assert (
        said
        == {
            "Visits planned": "20 h 5 visits",  # two of Anielin, one each of Gać, Hrubieszów, Kazanów, four hours each
            "Visits held": "8 h 10 min 4 visits",  # 240 and 250; Gać's and Hrubieszów's have no report and no minutes yet
            "Remote advice given": "1 h 35 min",  # 35 in Anielin, 15 and the disputed 45 in Gać
            "Hours left": "165 h 45 min of 177 h granted",  # 11 times 16 and one more; taken 515, 100 and 60 minutes
            "Webinars held": "3 1 to come",
            "Attendances of webinars": "3 from 3 municipalities",
            "Handbooks that arrived": "0 Nothing sent: 11",
        }
    )


AT_RISK = [
    ("Frysztak", "Nobody leads the partnership", "12 Jan 2026 394 days", "Programme office"),
    ("Frysztak", "No contact", "12 Jan 2026 394 days", "Programme office"),  # nobody advises it either
    ("Janów", "No contact", "12 Jan 2026 394 days", "Ewa Bąk Animator"),
    ("Elbląg", "No contact", "28 Sep 2026 135 days", "Programme office"),
    ("Elbląg", "Returned, and nothing since", "2 Oct 2026 131 days", "Edward Żak Leader"),
    ("Anielin", "No contact", "2 Dec 2026 70 days", "Ewa Bąk Animator"),
    ("Czarne", "The review is late", "30 Dec 2026 42 days", "Ewa Bąk Animator"),
    ("Czarne", "Nobody leads the partnership", "1 Jan 2027 40 days", "Programme office"),
    ("Gać", "Approved and still not public", "20 Jan 2027 21 days", "Grażyna Ćwik Leader"),
    ("Borki", "Visits are missing shortly before the end", "3 Feb 2027 7 days", "Programme office"),
    ("Czarne", "Visits are missing shortly before the end", "3 Feb 2027 7 days", "Ewa Bąk Animator"),
    ("Elbląg", "Visits are missing shortly before the end", "3 Feb 2027 7 days", "Programme office"),
    ("Frysztak", "Visits are missing shortly before the end", "3 Feb 2027 7 days", "Programme office"),
    ("Gać", "Visits are missing shortly before the end", "3 Feb 2027 7 days", "Jan Łoś Animator"),
    ("Hrubieszów", "Visits are missing shortly before the end", "3 Feb 2027 7 days", "Jan Łoś Animator"),
    ("Izbica", "Visits are missing shortly before the end", "3 Feb 2027 7 days", "Jan Łoś Animator"),
    ("Janów", "Visits are missing shortly before the end", "3 Feb 2027 7 days", "Ewa Bąk Animator"),
    ("Kazanów", "Visits are missing shortly before the end", "3 Feb 2027 7 days", "Ewa Bąk Animator"),
    ("Borki", "Nobody leads the partnership", "10 Feb 2027 today", "Programme office"),
]
"""The longest first. Dobre alone is nowhere; Izbica's plan was approved nine days ago, which is no risk yet."""


def test_everybody_at_risk_with_the_rule_that_put_each_there(page):
    listed = page.visitor.open("/office/overview/risks")

    read = []
    for row in listed.tree.xpath("//main//table/tbody/tr"):
        place, what, since, who = row.xpath("./*")
        rule = what.xpath(".//*[contains(@class, 'ds-tag')]")[0]
        read.append((place.xpath("./a")[0].text_content(), spoken(rule), spoken(since), spoken(who)))
    assert read == AT_RISK


def test_the_rules_with_their_numbers_on_the_overview(page):
    rules = [spoken(one) for one in page.tree.xpath("//ul[@class='risk-rules']/li")]

    assert rules == [
        "3 Nobody leads the partnership Nobody is its leader today.",
        (
            "9 Visits are missing shortly before the end The programme ends on 31 Mar 2027. From 3 Feb 2027 on every visit "
            "has to be held, unless the task was waived."
        ),
        "1 The review is late A plan was handed over, and 10 working days went by without a decision.",
        "1 Approved and still not public Its plan was approved more than 14 days ago and is not public.",
        "1 Returned, and nothing since Its plan was returned more than 30 days ago, and no new version was begun.",
        "4 No contact For more than 60 days there was no visit, no call, no meeting and no plan handed over.",
    ]
