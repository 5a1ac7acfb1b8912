"""Long work in a browser: its page follows it by itself, fits every screen, and breaks no rule of accessibility."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core import clock
from core.database import db
from core.jobs import JobProcess
from core.long_work import LongState, LongWork, ask
from tests.make import Make
from tests.support.browsers import axe_findings
from tests.support.long_work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

Tabs = Callable[..., Page]


@pytest.fixture
def office(make: Make):
    person = make.office()
    person.language = "en"
    db.session.add(JobProcess(instance="one", started_at=clock.now(), seen_at=clock.now()))
    db.session.commit()
    return person


def under_way(office) -> LongWork:
    work = ask("archive.whole", about="one", actor=office, with_partnerships=False)
    work.state, work.done, work.total, work.note = LongState.RUNNING, 30, 120, "Files"
    work.owner, work.until = "somebody", clock.now()
    db.session.commit()
    return work


def test_the_bar_moves_by_itself_and_the_page_says_when_the_file_is_ready(tabs: Tabs, office, app):
    work = under_way(office)
    address = f"/work/{work.id}"
    page = tabs(as_=office)
    page.goto(address)
    expect(page.locator("progress")).to_have_attribute("value", "30")

    db.session.refresh(work)
    work.done = 60
    db.session.commit()
    expect(page.locator("progress")).to_have_js_property("value", 60, timeout=20_000)
    expect(page.locator("[data-how-far]")).to_have_text("60 of 120")
    expect(page.locator("[data-said]")).to_have_text("60 of 120")

    work_off(app)
    expect(page.get_by_role("heading", name="The file is ready")).to_be_visible(timeout=20_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Fetch the file").click()
    assert download.value.suggested_filename.startswith("gromada-")


def test_the_list_follows_what_is_under_way(tabs: Tabs, office, app):
    under_way(office)
    page = tabs(as_=office)
    page.goto("/office/exchange")
    expect(page.locator("progress")).to_be_visible()

    work_off(app)

    expect(page.get_by_role("link", name="Fetch the file")).to_be_visible(timeout=20_000)
    assert page.locator("[data-long-list]").count() == 0, "nothing is under way, so nobody asks any more"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_pages_fit_every_screen(tabs: Tabs, office, width: int):
    work = under_way(office)
    page = tabs(as_=office, width=width)
    for address in (f"/work/{work.id}", "/office/exchange", "/office/archive", "/office/board/files?whole=1"):
        page.goto(address)

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe_findings(page) == []
