"""Logging a call with one hand: in a real browser, on a telephone, with a connection that comes and goes."""

import time
from collections.abc import Callable
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from accounts.models import User
from animators.consultations.models import Consultation
from core.database import db
from partnerships.models import Partnership
from tests.make import Make
from tests.support.browsers import axe_findings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

Tabs = Callable[..., Page]
NOTE = "Żółta gęś: daty w formatce"


def town(make: Make, name: str = "Ostrowice") -> Partnership:
    return make.partnership(animator=make.animator("Anna Nowak"), municipality=make.municipality(name))


def adviser(partnership: Partnership) -> User:
    return partnership.assignments[0].animator


def entries() -> list[tuple[int | None, str | None]]:
    found = db.session.scalars(select(Consultation).order_by(Consultation.id)).all()
    said = [(one.actual_minutes, one.summary) for one in found]
    db.session.rollback()  # an open transaction would make the server wait
    return said


def kept(page: Page) -> list[str]:
    names = page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('gromada-kept'))")
    return list(names)


def tap(page: Page, text: str) -> None:
    kind: Literal["radio", "checkbox"] = "radio" if text.endswith(" min") else "checkbox"
    page.get_by_role(kind, name=text, exact=True).click()


def write_a_note(page: Page) -> None:
    page.get_by_text("Another day, or a note").click()
    page.get_by_label("Note").fill(NOTE)


def cut_off(page: Page) -> None:
    def drop(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("internetdisconnected")
        else:
            route.fallback()

    page.route("**/*", drop)


@pytest.mark.parametrize("width", [320, 390])
def test_from_the_home_a_call_is_logged_with_four_taps(tabs: Tabs, make: Make, width: int):
    animator = adviser(town(make))
    page = tabs(as_=animator, width=width, height=720)
    page.goto("/home")
    began = time.monotonic()

    page.get_by_role("link", name="Log advice").click()
    tap(page, "15 min")
    tap(page, "general part of the plan")
    page.get_by_role("button", name="Log it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Logged")
    expect(page.get_by_text("15 min for Ostrowice; 7 h 45 min left.")).to_be_visible()
    assert time.monotonic() - began < 20
    assert entries() == [(15, None)]


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_is_wider_than_the_telephone_and_every_tap_is_large_enough(
    tabs: Tabs, make: Make, width: int
):
    partnership = town(make)
    partnership.terms[0].user.phone = "77 123 45 67"
    for number in range(7):
        make.partnership(
            animator=adviser(partnership), municipality=make.municipality(f"Bardzo Długa Nazwa {number}")
        )
    page = tabs(as_=adviser(partnership), width=width, height=720)
    for path in ("/advice", "/advice/log", "/advice/outside", f"/advice/call/{partnership.id}"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        heights = page.evaluate("[...document.querySelectorAll('.pick')].map((one) => one.offsetHeight)")
        assert all(height >= 44 for height in heights), path
        assert axe_findings(page) == []


def test_it_is_logged_without_a_mouse(tabs: Tabs, make: Make):
    page = tabs(as_=adviser(town(make)))
    page.goto("/advice/log")

    expect(page.locator("#municipality input").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # 10 minutes
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first topic
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Logged")
    assert entries() == [(15, None)]


def test_what_the_pot_will_hold_is_said_before_it_is_saved(tabs: Tabs, make: Make):
    partnership = town(make)
    page = tabs(as_=adviser(partnership), width=390, height=800)
    page.goto("/advice/log")

    tap(page, "60 min")
    expect(page.locator("#hours-forecast")).to_contain_text("7 h of 8 h will be left")
    page.get_by_label("Another length in minutes").fill("8:30")
    expect(page.locator("#hours-forecast")).to_contain_text("The other 30 min stand apart")
    expect(page.get_by_label("Why more time was needed")).to_be_visible()
    assert axe_findings(page) == []


def test_a_failing_send_says_so_and_keeps_everything_and_the_next_makes_one_entry(tabs: Tabs, make: Make):
    page = tabs(as_=adviser(town(make)), width=390, height=800)
    page.goto("/advice/log")
    tap(page, "30 min")
    tap(page, "general part of the plan")
    write_a_note(page)
    cut_off(page)

    page.get_by_role("button", name="Log it").click()

    expect(page.get_by_role("heading", name="It was not sent")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value(NOTE)
    assert axe_findings(page) == []
    assert (len(kept(page)), entries()) == (1, [])

    page.unroute("**/*")
    page.reload()
    expect(page.get_by_text("What you typed here before is here again.")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value(NOTE)
    assert page.locator("#quick input:checked").input_value() == "30"
    page.get_by_role("button", name="Log it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Logged")
    assert (kept(page), entries()) == ([], [(30, NOTE)])


def test_when_only_the_answer_is_lost_sending_again_is_still_one_entry(tabs: Tabs, make: Make):
    page = tabs(as_=adviser(town(make)), width=390, height=800)
    page.goto("/advice/log")
    tap(page, "30 min")
    tap(page, "general part of the plan")

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.fallback()

    page.route("**/advice/log", lose_the_answer)
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_role("heading", name="It was not sent")).to_be_visible()
    assert entries() == [(30, None)]
    page.unroute("**/advice/log")
    page.reload()
    page.get_by_role("button", name="Log it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Logged")
    assert entries() == [(30, None)]


def test_pressed_twice_it_is_sent_once(tabs: Tabs, make: Make):
    page = tabs(as_=adviser(town(make)))
    page.goto("/advice/log")
    tap(page, "30 min")
    tap(page, "general part of the plan")

    page.get_by_role("button", name="Log it").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("Logged")
    assert entries() == [(30, None)]


def test_what_is_wrong_is_shown_and_a_corrected_form_goes_out(tabs: Tabs, make: Make):
    page = tabs(as_=adviser(town(make)))
    page.goto("/advice/log")
    tap(page, "30 min")

    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_role("heading", name="Something needs correcting")).to_be_visible()
    assert page.locator("#quick input:checked").input_value() == "30"
    tap(page, "general part of the plan")
    page.get_by_role("button", name="Log it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Logged")
    assert (kept(page), entries()) == ([], [(30, None)])


def test_signing_out_forgets_it_in_every_window(tabs: Tabs, make: Make):
    page = tabs(as_=adviser(town(make)))
    page.goto("/advice/log")
    write_a_note(page)
    other = page.context.new_page()
    other.goto("/advice/log")
    write_a_note(other)
    assert (len(kept(page)), len(kept(other))) == (1, 1)

    page.locator("details.person summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "/advice" not in address)

    assert (kept(page), kept(other)) == ([], [])


def test_nobody_else_in_this_window_sees_it_and_nothing_outlives_it(tabs: Tabs, make: Make):
    page = tabs(as_=adviser(town(make)))
    page.goto("/advice/log")
    write_a_note(page)
    assert page.evaluate("Object.keys(localStorage).length") == 0
    stranger = tabs(as_=adviser(town(make, "Brzeg")))
    stranger.goto("/advice")
    page.context.clear_cookies()
    page.context.add_cookies([{**cookie} for cookie in stranger.context.cookies()])  # type: ignore[typeddict-item]  # as they come out they go in

    page.goto("/advice/log")

    expect(page.get_by_role("heading", level=1)).to_have_text("Log advice")
    assert kept(page) == []
    assert NOTE not in page.content()


def test_after_a_call_the_page_offers_to_log_it_with_the_minutes(tabs: Tabs, make: Make):
    partnership = town(make)
    partnership.terms[0].user.phone = "77 123 45 67"
    page = tabs(as_=adviser(partnership), width=390, height=800)
    page.clock.install()
    page.goto(f"/advice/call/{partnership.id}")
    page.evaluate(
        "document.addEventListener('click', (event) => event.target.closest('a[data-call]') && event.preventDefault())"
    )

    page.get_by_role("link", name="77 123 45 67").click()
    page.clock.fast_forward("11:00")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    offer = page.get_by_role("link", name="Log this call: 15 min")
    expect(offer).to_be_visible()
    offer.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Log advice")
    assert urlsplit(page.url).query.endswith("channel=phone&minutes=15")
    assert page.locator("#quick input:checked").input_value() == "15"
    again = tabs(as_=adviser(partnership), width=390, height=800)  # where the clock goes on
    again.goto(page.url)
    tap(again, "general part of the plan")
    again.get_by_role("button", name="Log it").click()
    expect(again.get_by_role("heading", level=1)).to_have_text("Logged")


def test_without_a_script_it_is_logged_all_the_same(tabs: Tabs, make: Make):
    page = tabs(as_=adviser(town(make)), javascript=False, width=390, height=800)
    page.goto("/advice/log")
    tap(page, "20 min")
    tap(page, "general part of the plan")
    page.get_by_role("button", name="Log it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Logged")
    assert entries() == [(20, None)]
