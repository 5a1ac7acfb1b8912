"""A workbook is dropped on the page, put right there with the keyboard alone, and sent with one button."""

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.database import db
from plans.models import PlanVersion
from plans.workflow import PlanStatus
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import cell_of, filled
from tests.support.browsers import axe_findings

DROP = """([data, name]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const input = document.querySelector("form[data-drop] input[type=file]");
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  input.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}"""
"""What a browser does when somebody lets go of a file above the field."""


def drop(page: Page, data: bytes, name: str) -> None:
    page.evaluate(DROP, [base64.b64encode(data).decode(), name])


def with_two_faults(version: PlanVersion) -> bytes:
    priority = cell_of(version, "2_Diagnoza", "priority", "row-n1-0001")
    area = cell_of(version, "2_Diagnoza", "need_area", "row-n2-0001")
    return filled(version, **{f"needs_{priority}": "dużo", f"needs_{area}": "wykluczenie cyfrowee"})


@pytest.mark.browser
@pytest.mark.timeout(120)
def test_a_dropped_workbook_is_put_right_by_keyboard_and_sent(tabs: Callable[..., Page], make):
    version = make.general_plan()
    version_id, data = version.id, with_two_faults(version)
    page = tabs(as_=leader_of(version))
    page.goto(f"/plans/{version_id}")

    # A file of the wrong kind is told before it is sent.
    drop(page, b"a;b", "plan.csv")
    expect(page.get_by_text("This is not an .xlsx file.")).to_be_visible()

    # The right one is checked at once.
    drop(page, data, "plan.xlsx")
    page.wait_for_url("**/uploads/*")
    expect(page.get_by_role("heading", name="2 things to correct")).to_be_visible()
    assert axe_findings(page) == []

    # Enter saves one answer and leads to the next; nothing else of the page is lost.
    page.get_by_label("Priority").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="One thing to correct")).to_be_visible()
    expect(page.get_by_label("Area")).to_be_focused()
    assert axe_findings(page) == []

    # The suggested value is there already: Tab to its button.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ready to apply")).to_be_visible()
    assert axe_findings(page) == []
    page.get_by_role("button", name="Apply and send to the animator").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("the animator has it now")).to_be_visible()
    db.session.expire_all()
    sent = db.session.get_one(PlanVersion, version_id)
    needs = [need.values for need in sent.rows.rows("needs")]
    assert (sent.status, needs[0]["priority"], needs[1]["need_area"]) == (
        PlanStatus.SUBMITTED, 3, "exclusion",
    )  # fmt: skip
