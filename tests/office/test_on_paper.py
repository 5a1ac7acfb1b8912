"""Board, overview and calendar as Chromium prints them on A4, from a page that was dark on the screen."""

from datetime import date

import pytest

from tests.make import Make
from tests.overview.records import met
from tests.support.browsers import Tabs
from tests.support.documents import text_of_pdf

MM = 96 / 25.4
SHEETS = {"/office/overview": (210, 14), "/office/board?column=population&column=tasks&column=leader&column=animator"
          "&column=stage&column=since&column=hours&column=contact&column=voivodeship": (297, 10), "/office/calendar": (297, 10)}  # fmt: skip
"""The width of the sheet and its margin, in millimetres."""
TOO_WIDE = """() => [...document.querySelectorAll('main *')]
  .filter(one => one.checkVisibility() && !one.closest('.ds-sr-only')
    && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(one => `${one.tagName} ${one.className.baseVal ?? one.className}`)"""
SHOWN = "selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).length"


@pytest.fixture
def country(make: Make) -> None:
    for name in ("Ćmielów-Zdrój nad Kamienną", "Brody"):
        partnership = make.partnership(municipality=make.municipality(name, population=12_345))
        met(partnership, date(2026, 4, 20), None)
        met(partnership, date(2026, 4, 2))


@pytest.mark.parametrize("path", SHEETS)
def test_nothing_is_cut_off_and_nothing_to_press_is_printed(
    tabs: Tabs, make: Make, clock, country, path: str
):
    width, margin = SHEETS[path]
    page = tabs(as_=make.office())
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": round((width - 2 * margin) * MM), "height": 1000})
    page.goto(path)

    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(SHOWN, "main button, main input, main select, .bulk, .page-actions") == 0
    assert page.evaluate("() => getComputedStyle(document.body).colorScheme") == "light"


def test_the_board_on_paper_holds_its_rows_and_says_what_it_was_narrowed_by(tabs: Tabs, make: Make, country):
    page = tabs(as_=make.office())
    page.goto("/office/board?task=T3_GENERAL_PLAN&q=brody")

    said = " ".join(text_of_pdf(page.pdf(format="A4", prefer_css_page_size=True)).split())

    assert "Brody rural municipality" in said
    assert "1–1 of 1" in said
    assert "Municipality, code or leader: brody." in said
    assert "Task: Write the general part with recommendations. How far this task is: Still open." in said


def test_the_overview_on_paper_holds_the_weeks_too(tabs: Tabs, make: Make, country):
    """What is folded on the screen is read on paper: the same numbers as the charts."""
    page = tabs(as_=make.office())
    page.goto("/office/overview")

    said = " ".join(text_of_pdf(page.pdf(format="A4", prefer_css_page_size=True)).split())

    assert "Week from" in said
    assert "Everything settled" in said
    assert "Press a voivodeship" not in said
