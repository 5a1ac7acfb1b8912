"""Signing in by a link in a real browser: on a narrow phone, without JavaScript, and when the mail app has a window of its own."""

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page, expect

from core.mail import OutboxMail
from tests.make import Make
from tests.support.browsers import axe_findings
from tests.support.reading import found

EMAIL = "ewa@gromada.example"

Tabs = Callable[..., Page]
Outbox = Callable[[], Sequence[OutboxMail]]


def is_in_order(page: Page, *, check: bool) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if check:  # axe is a script
        assert axe_findings(page) == []


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("dark", [True, False])
def test_a_person_on_a_phone_signs_in_without_a_password(
    tabs: Tabs, make: Make, outbox: Outbox, javascript: bool, dark: bool
):
    make.user("Ewa Nowak", email=EMAIL, password="wrona lubi zielony herbatnik")
    phone = tabs(javascript=javascript, width=320, dark=dark)
    phone.goto("/sign-in?next=/account")
    is_in_order(phone, check=javascript)

    phone.get_by_label("E-mail address").fill(EMAIL)
    phone.get_by_role("button", name="Send me a link instead").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    phone.get_by_text("The link opened somewhere else?").click()
    is_in_order(phone, check=javascript)

    link = found(r"(/sign-in/link/\S+)", outbox()[-1].body)
    mail_app = tabs(javascript=javascript, width=320, dark=dark)
    mail_app.goto(link)
    expect(mail_app.get_by_role("heading", level=1)).to_have_text("This is another browser")
    is_in_order(mail_app, check=javascript)

    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in as Ewa Nowak")
    is_in_order(phone, check=javascript)
    phone.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your account")


def test_a_hint_goes_in_place_and_the_keyboard_stays_where_it_was(tabs: Tabs, make: Make):
    page = tabs(as_=make.office(), width=390)
    page.goto("/office/board")
    is_in_order(page, check=True)

    page.get_by_role("button", name="Do not show this again").press("Enter")

    expect(page.get_by_text("What you see is what you take with you")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="The hint is put away.")).to_be_focused()
    is_in_order(page, check=True)
    page.reload()
    expect(page.get_by_text("What you see is what you take with you")).to_have_count(0)
