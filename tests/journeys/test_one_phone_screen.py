"""Each home fits one phone screen before scrolling: what stands, what is next and who waits on whom."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page as BrowserPage

from core.database import db
from plans.models import PlanVersion
from plans.workflow import PlanStatus
from tests.support.browsers import axe_findings

PHONES = [(390, 844), (360, 740)]
LONG_NAME = "Czarna Dąbrówka-Święciechowa Wielkopolska"
USUAL_LONG_NAME = "Kalwaria Zebrzydowska"
LANGUAGES = ["pl", "en"]

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def bottom(page: BrowserPage, selector: str) -> float:
    """Where the lowest of these ends, from the top of the page."""
    boxes = [found.bounding_box() for found in page.locator(selector).all()]
    assert boxes
    return max(box["y"] + box["height"] for box in boxes if box)


def late(version: PlanVersion) -> None:
    version.status_since = version.submitted_at = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    db.session.commit()


def fits(page: BrowserPage, selectors: list[str]) -> None:
    """On every phone all of them end above the fold, and nothing is wider than the screen."""
    for width, height in PHONES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/home")
        ends = {selector: bottom(page, selector) for selector in selectors}
        assert {selector: end for selector, end in ends.items() if end > height} == {}, (width, height)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe_findings(page) == []


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.IN_REVIEW])
def test_a_leader_sees_the_standing_the_next_step_and_who_waits_on_whom(make, tabs, language, status):
    leader = make.user("Ewa Lis-Kowalczewska")
    leader.language = language
    municipality = make.municipality(LONG_NAME)
    partnership = make.partnership(
        f"Partnerstwo na rzecz edukacji cyfrowej w gminie {LONG_NAME}",
        municipality=municipality,
        leader=leader,
    )
    make.general_plan(status, partnership=partnership)

    page = tabs(as_=leader)

    fits(page, [".standing-name", ".stage-line-now", ".next-step .ds-button", ".next-step-due"])


def test_an_animator_sees_the_first_three_reviews(make, tabs, language):
    animator = make.animator("Ola Maj")
    animator.language = language
    for number in range(5):
        partnership = make.partnership(
            municipality=make.municipality(f"{USUAL_LONG_NAME} {number}"), animator=animator
        )
        make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)

    page = tabs(as_=animator)

    fits(page, ["tbody tr:nth-child(-n+3)", ".line-first .ds-button"])


def test_the_office_sees_the_counts_of_all_reasons(make, tabs, language):
    office = make.office("Biuro")
    office.language = language
    make.partnership(led=False)
    make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(advised=False))
    for status in (PlanStatus.SUBMITTED, PlanStatus.APPROVED, PlanStatus.RETURNED):
        partnership = make.partnership(municipality=make.municipality(f"{LONG_NAME} {status.value}"))
        late(make.general_plan(status, partnership=partnership))

    page = tabs(as_=office)

    fits(page, [".reason", ".next-step .ds-button"])
