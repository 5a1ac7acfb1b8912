"""The board in a browser: by key, on a phone, without breaking a rule of accessibility."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from core.database import db
from office.letters.models import LetterDelivery
from plans.workflow import PlanStatus
from tests.make import Make
from tests.support.browsers import axe_findings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

Tabs = Callable[..., Page]


@pytest.fixture
def office(make: Make):
    for name in ("Brody", "Łąki", "Żary"):
        make.general_plan(
            PlanStatus.SUBMITTED, partnership=make.partnership(municipality=make.municipality(name))
        )
    return make.office()


def test_rows_are_walked_ticked_and_written_to_by_key(tabs: Tabs, office):
    page = tabs(as_=office)
    page.goto("/office/board")

    for key in ("ArrowDown", "x", "ArrowDown", "ArrowDown", "x", "ArrowUp"):
        page.keyboard.press(key)

    ticked = "[...document.querySelectorAll('.tick input:checked')].map((one) => one.closest('tr').querySelector('a').textContent)"
    assert page.evaluate(ticked) == ["Brody", "Żary"]
    assert page.evaluate("document.activeElement.textContent") == "Łąki"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/partnerships/" in page.url


def test_typing_in_a_field_ticks_nothing(tabs: Tabs, office):
    page = tabs(as_=office)
    page.goto("/office/board")

    page.fill("#q", "")
    page.focus("#q")
    page.keyboard.press("x")

    assert page.input_value("#q") == "x"
    assert page.evaluate("document.querySelectorAll('.tick input:checked').length") == 0


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_board_and_a_letter_fit_every_screen(tabs: Tabs, office, width: int):
    page = tabs(as_=office, width=width)
    page.goto("/office/board?settled_to=7")
    board = page.evaluate("document.documentElement.scrollWidth")
    findings = axe_findings(page)

    page.goto("/office/board/write?whole=1")
    page.fill("#subject", "About {{municipality}}")
    page.fill("#body", "Good morning {{leader}},\n\n{{missing}}")
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").first.click()
    letter = page.evaluate("document.documentElement.scrollWidth")

    assert (board, letter) == (width, width)
    assert (findings, axe_findings(page)) == ([], [])
    assert db.session.query(LetterDelivery).count() == 3


def test_without_a_script_ticked_rows_are_chosen_all_the_same(tabs: Tabs, office):
    page = tabs(as_=office, javascript=False)
    page.goto("/office/board")

    page.locator(".tick input").nth(1).check()
    with page.expect_navigation():
        page.locator(".bulk button").first.click()

    assert page.url.count("id=") == 1
    assert "/office/board/write" in page.url
