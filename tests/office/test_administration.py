"""Everything that is administered has a page under one heading, and what is changed there stands in the history."""

import pytest
from flask import current_app

from core.i18n import in_language
from office.tool_groups import PLACES, ToolGroup
from tests.visit import Page

ADMINISTERED = {
    "The programme": "Its name, funding statement, logos, dates, numbers and lists.",
    "People": "Accounts, roles and invitations.",
    "Plan templates": "publish a new one",
    "Texts of the papers": "What agreements, declarations, lists and minutes say",
    "Imports and exports": "fetch what took long to make",
    "Records from files": "The whole register in and out",
    "Mails": "What waits, what failed or came back",
    "What runs by itself": "when each ran last and how it ended",
    "History of everything": "Who did what, who opened or exported what",
    "How long data is kept": "requests for erasure",
    "End of the programme": "read-only",
}
OF_ADMINISTRATORS = (
    "The programme", "People", "Plan templates", "What runs by itself", "History of everything", "How long data is kept",
)  # fmt: skip


def tools_below(page: Page, heading: str) -> dict[str, str]:
    """Label -> sentence of what stands there."""
    items = page.tree.xpath(f"//section[h2[normalize-space()='{heading}']]//li")
    return {
        item.xpath("string(.//h3)").strip(): " ".join(item.xpath("string(.//p)").split()) for item in items
    }


def test_the_office_finds_all_of_it_under_one_heading(make, visit):
    page = visit(as_=make.office()).open("/office")

    found = tools_below(page, "Administration")

    assert list(found) == list(ADMINISTERED)
    assert [label for label, words in ADMINISTERED.items() if words not in found[label]] == []


def test_whoever_only_administers_finds_what_is_theirs_and_no_heading_without_anything(make, visit):
    page = visit(as_=make.admin()).open("/office")

    assert set(tools_below(page, "Administration")) >= set(OF_ADMINISTRATORS)
    for group in page.tree.xpath("//section[.//ul[@class='tools']]"):
        assert group.xpath(".//li"), group.xpath("string(h2)")
    assert "Work cards" not in page.text


@pytest.mark.parametrize("label", ADMINISTERED)
def test_each_of_them_opens(make, visit, label):
    page = visit(as_=make.office()).open("/office").follow(label)

    assert page.status == 200
    assert page.headings[0]


def test_every_tool_of_the_office_has_its_place(app):
    tools = {tool.endpoint for tool in current_app.extensions["gromada_office"]}
    placed = [endpoint for endpoints in PLACES.values() for endpoint in endpoints]

    assert (set(placed), len(placed)) == (tools, len(tools))
    with in_language("en"):
        assert [str(group.label) for group in ToolGroup][-1] == "Administration"


@pytest.mark.parametrize(
    ("address", "button", "fields", "event"),
    [
        ("/office/programme/words", "Save", {"contact_phone": "+48 111 111 111"}, "Changed the programme's words and dates"),
        ("/office/programme/numbers/plans", "Save", {"review_working_days": "7"}, "Changed numbers of the programme"),
        ("/office/programme/numbers/partnerships", "Save", {"min_members": "4"}, "Changed numbers of the programme"),
        ("/office/programme/lists/level", "Add the entry", {"pl": "nowy", "en": "new"}, "Changed a list of the programme"),
        ("/office/programme/lists/level/basic/retire", "Retire the entry", {}, "Retired an entry of a list"),
        ("/people/invite", "Send the invitation", {"name": "Jan Nowy", "email": "jan@nowy.example", "role": "office"}, "Invited"),
    ],
)  # fmt: skip
def test_what_is_changed_is_found_in_the_history_with_who_did_it(make, visit, address, button, fields, event):
    visitor = visit(as_=make.office("Olga Office"))

    visitor.open(address).submit(button, expect=303, **fields)

    page = visitor.open("/office/history", person="Olga Office")
    assert ("Olga Office" in page.text, event in page.text) == (True, True)
