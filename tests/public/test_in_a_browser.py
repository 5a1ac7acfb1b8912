"""Public pages in a real browser: on paper, while typing, and with the menu of files open."""

import pytest
from playwright.sync_api import expect

from plans.workflow import PlanStatus
from tests.make import Make
from tests.support.browsers import Tabs, axe_findings

pytestmark = pytest.mark.browser

SHOWN = "elements => elements.filter(one => one.checkVisibility()).length"
BRIGHTNESS = """
() => [document.documentElement, document.body].map(element => {
  const canvas = document.createElement("canvas").getContext("2d")
  canvas.fillStyle = getComputedStyle(element).getPropertyValue("--surface")
  canvas.fillRect(0, 0, 1, 1)
  return canvas.getImageData(0, 0, 1, 1).data[0]
})
"""


def test_a_plan_on_paper_is_light_and_holds_no_controls(tabs: Tabs, make: Make):
    plan = make.general_plan(PlanStatus.PUBLISHED)
    page = tabs(dark=True)
    page.goto(f"/en/municipalities/{plan.partnership.municipality.address_name}/plan")
    on_screen = page.evaluate(BRIGHTNESS)

    page.emulate_media(media="print")

    assert max(on_screen) < 80
    assert page.evaluate(BRIGHTNESS) == [255, 255]
    for control in ("nav a", "main form", "main button", ".take", ".contents"):
        assert page.locator(control).evaluate_all(SHOWN) == 0, control
    assert page.locator(".plan-row").evaluate_all(SHOWN) == page.locator(".plan-row").count() > 0


def test_the_list_follows_as_people_type_and_choose(tabs: Tabs, make: Make):
    for name, population in (("Łąki", 4_000), ("Zalesie", 12_000)):
        place = make.municipality(name, population=population)
        make.general_plan(PlanStatus.PUBLISHED, partnership=make.partnership(municipality=place))
    page = tabs(width=320)
    page.goto("/en/plans")

    page.get_by_text("More filters and order").click()
    page.get_by_label("Size").select_option("under 5,000 people")

    expect(page.locator(".plan-card h2")).to_have_text(["Łąki"])
    expect(page.locator(".chips a")).to_have_text(["Take away: under 5,000 people"])
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert axe_findings(page) == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_menu_of_files_opens_without_a_script(tabs: Tabs, make: Make, dark: bool):
    plan = make.general_plan(PlanStatus.PUBLISHED)
    page = tabs(javascript=False, width=320, dark=dark)
    page.goto(f"/en/municipalities/{plan.partnership.municipality.address_name}/plan")

    page.get_by_text("Take it with you").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Document (PDF)").click()

    assert started.value.suggested_filename.endswith("-2026-2028-v1.pdf")
