"""A sheet of a plan is written in the browser without a mouse, on the narrowest telephone, each row saved as one goes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.database import db
from plans.models import PlanVersion
from tests.plans.test_flow import leader_of
from tests.support.browsers import axe_findings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

TEXT, SOURCE = "Seniorzy boją się oszustw w sieci", "Rozmowy w klubie seniora"


def needs(version_id: int) -> list[dict[str, object]]:
    db.session.expire_all()
    version = db.session.get_one(PlanVersion, version_id)
    found: list[dict[str, object]] = [dict(row.values) for row in version.rows.rows("needs")]
    db.session.rollback()  # an open transaction would make the server wait
    return found


NAMES = """() => {
  const here = document.activeElement;
  return here.labels?.length ? [...here.labels].map((one) => one.textContent) : [here.textContent];
}"""
"""What the element that has the focus is called."""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until it is reached."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if any(" ".join(one.split()).startswith(name) for one in page.evaluate(NAMES)):
            return
    raise AssertionError(f"{name} is not reached by Tab")


def into_field(page: Page, name: str, words: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        is_field = page.evaluate("Boolean(document.activeElement.labels?.length)")
        if is_field and any(one.strip() == name for one in page.evaluate(NAMES)):
            page.keyboard.type(words)
            return
    raise AssertionError(f"the field {name} is not reached by Tab")


def go_by(page: Page, name: str) -> None:
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def is_no_wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("width", [320, 1280])
def test_rows_are_written_by_key_alone(tabs: Callable[..., Page], make, width):
    version = make.general_plan()
    version_id, before = version.id, len(needs(version.id))
    page = tabs(as_=leader_of(version))
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"/plans/{version_id}/edit/needs")
    assert (axe_findings(page), is_no_wider_than_the_screen(page)) == ([], True)

    # A new row: every field is reached by Tab, with its help beside it.
    go_by(page, "Add a row")
    assert (axe_findings(page), is_no_wider_than_the_screen(page)) == ([], True)
    into_field(page, "Need", TEXT)
    into_field(page, "Source", SOURCE)
    into_field(page, "Priority (1–5)", "2")
    go_by(page, "Save and add another row")

    # It is saved, and the next empty row is there.
    assert [one.get("need_text") for one in needs(version_id)[before:]] == [TEXT]
    expect(page.get_by_role("textbox", name="Need", exact=True)).to_have_value("")

    # Back in the list it is moved up by key.
    page.goto(f"/plans/{version_id}/edit/needs")
    go_by(page, "Move up: N")
    assert needs(version_id)[before - 1].get("need_text") != TEXT or before == 1
    assert is_no_wider_than_the_screen(page)
