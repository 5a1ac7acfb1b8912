"""The README leads into the demonstration: every link of it opens what it says, for whom it says."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from accounts.queries import person_by_email
from config import ROOT
from core.workbooks.reader import read_workbook

SERVER = "http://127.0.0.1:8000"
LINKS = dict(re.findall(rf"\[([^\]]+)\]\({SERVER}(/[^)]*)\)", (ROOT / "README.md").read_text()))


def test_the_readme_has_a_link_on_every_line_of_its_table():
    table = re.search(r"^\| today .*\n(?:^\|.*\n)+", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert table is not None
    lines = table.group().splitlines()[2:]
    assert [line for line in lines if SERVER not in line] == []
    assert len(lines) >= 3


@pytest.fixture
def answer(visit_demo):
    """What somebody gets who follows a link of the README and signs in as it proposes."""

    def follow(name):
        parts = urlsplit(LINKS[name])
        asked = parse_qs(parts.query)
        if parts.path != "/sign-in":
            return visit_demo().client.get(LINKS[name])
        visitor = visit_demo(as_=person_by_email(asked["account"][0]))
        return visitor.client.get(asked["next"][0], follow_redirects=True)

    return follow


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("where a new plan begins", "Rejowiec Fabryczny"),
        ("five findings", "31.06"),
        ("a review in its second round", "wersja 2"),
        ("a published plan", "Drohiczyn"),
        ("what is stuck", "Co utknęło"),
    ],
)
def test_a_page_of_the_readme_shows_what_it_promises(answer, name, says):
    response = answer(name)

    assert (response.status_code, says in response.text) == (200, True)


@pytest.mark.parametrize("name", ["a prefilled workbook", "the coloured cells"])
def test_a_workbook_of_the_readme_holds_what_is_known(answer, name):
    response = answer(name)

    sheets = read_workbook(response.data).sheets
    assert "1_Metryka" in {sheet.name for sheet in sheets}


def test_the_document_of_the_readme_is_one(answer):
    assert answer("as PDF").data.startswith(b"%PDF-")
