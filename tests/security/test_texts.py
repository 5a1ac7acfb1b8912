"""Whatever somebody types stays a text: in pages, in files, in mails, in searches, in headers."""

import csv
import io
import re
import zipfile

import pytest

from tests.guards.matrix.attempts import attempts_of
from tests.guards.matrix.people import VISITOR

SEARCHES = (
    "' OR '1'='1", "'; DROP TABLE partnership; --", '" OR 1=1 --', "%", "_", "\\", "%%%", "' UNION SELECT 1",
    "{{7*7}}", "${7*7}", "<script>alert(1)</script>", "ą" * 500, "1" * 2000, "*", "\N{RIGHT-TO-LEFT OVERRIDE}",
)  # fmt: skip
LISTS = (
    "/people",
    "/partnerships",
    "/partnerships/new",
    "/municipalities",
    "/office/board",
    "/en/plans",
    "/pl/plany",
)

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "\t=1+1")


def test_texts_that_could_do_something_are_on_the_pages(stage):
    """The world is full of them, and every test that opens a page looks whether they came alive: there must be some."""
    asleep = {
        attempt.endpoint
        for who in ("leader", "animator", "office")
        for attempt in attempts_of(stage, who)
        if attempt.method == "GET" and attempt.expected == "allowed"
        if "&lt;img src=x onerror=alert(1)&gt;{{7*7}}" in attempt.made(stage).text
    }

    assert asleep >= {
        "progress.home", "progress.partnership", "partnerships.index", "partnerships.members", "partnerships.edit",
        "partnerships.change_member", "partnerships.end_term", "people.index", "people.show", "accounts.profile",
        "office.board", "plans.show", "plans.waiting", "plans.answer", "plans.remark", "plans.upload_outcome",
    }  # fmt: skip


def test_developers_see_mails_with_such_texts_and_nothing_comes_alive(stage):
    outbox = stage.ask(VISITOR, "GET", "/dev/outbox")
    numbers = sorted({int(found) for found in re.findall(r"/dev/outbox/(\d+)", outbox.text)})

    mails = [stage.ask(VISITOR, "GET", f"/dev/outbox/{number}") for number in numbers]

    assert outbox.flaws == []
    assert [mail.flaws for mail in mails] == [[]] * len(numbers)
    assert any("&lt;img src=x" in mail.text for mail in mails)


def test_nothing_typed_becomes_a_header_of_a_mail(stage):
    stage.restore()
    fields = {
        "name": "Ewa\r\nBcc: all@evil.example",
        "email": "ewa@gromada.example",
        "role": "animator",
        "language": "en",
    }

    stage.ask("office", "POST", "/people/invite", fields)
    mails = [mail for mail in stage.contents()["outbox_mail"] if mail["to_address"] == "ewa@gromada.example"]
    stage.restore()

    assert len(mails) == 1
    assert not re.search(r"[\r\n]", mails[0]["to_name"] + mails[0]["subject"] + mails[0]["to_address"])


@pytest.mark.parametrize(
    "address", ["a@b.example,c@evil.example", "a@b.example\r\nBcc: c@evil.example", "<a@b.example>"]
)
def test_an_address_is_one_address(stage, address):
    answer = stage.ask(
        "office", "POST", "/people/invite",
        {"name": "Ewa", "email": address, "role": "animator", "language": "en"},
    )  # fmt: skip
    changed = [mail for mail in stage.contents()["outbox_mail"] if "evil" in mail["to_address"]]
    stage.restore()

    assert answer.status == 422
    assert changed == []


@pytest.mark.parametrize("page", LISTS)
def test_a_search_is_only_a_search(stage, page):
    before = stage.fingerprint()

    for words in SEARCHES:
        answer = stage.ask("office", "GET", page, query_string={"q": words})

        assert answer.flaws == []
        assert answer.status == 200
        assert "<script>alert" not in answer.text
    assert stage.fingerprint() == before


@pytest.mark.parametrize("page", LISTS)
def test_a_sign_that_no_database_keeps_is_refused(stage, page):
    answers = [stage.ask("office", "GET", f"{page}?{name}=%00") for name in ("q", "sort", "page", "stage")]

    assert [(answer.status, answer.flaws) for answer in answers] == [(400, [])] * 4


def test_signs_that_stand_for_anything_stand_for_themselves(stage):
    everybody = stage.ask("office", "GET", "/people").secrets

    found = stage.ask("office", "GET", "/people", query_string={"q": "%"}).secrets

    assert len(everybody) > 10
    assert found == {"office"}


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_an_export_is_a_formula(stage, formula):
    profile = {"name": formula, "phone": "", "notification_email": "", "language": "en"}
    edit = stage.address("partnerships.edit", **stage.world.record("partnership", "adraft").values)
    stage.ask("leader", "POST", "/account", profile)
    stage.ask("leader", "POST", edit, {"name": formula, "founded_on": "2026-03-01"})

    table = stage.ask("office", "GET", "/office/board.csv")
    workbook = stage.ask("office", "GET", "/office/board.xlsx")
    stage.restore()

    cells = [
        cell for row in csv.reader(io.StringIO(table.body.decode("utf-8-sig")), delimiter=";") for cell in row
    ]
    assert any(formula.strip() in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert formulas_in(workbook.body) == []


def formulas_in(workbook: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        sheets = [
            file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")
        ]
    return [found for sheet in sheets for found in re.findall(r"<f[ >].*?</f>", sheet)]


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "https:evil.example", "/%0d%0aX-Evil:1", "javascript:alert(1)"],
)
def test_no_link_leads_elsewhere(stage, wanted):
    visitor = stage.ask(VISITOR, "GET", "/language/en", query_string={"next": wanted})
    person = stage.ask("leader", "POST", f"/language/en?next={wanted}", {})
    signed_in = stage.ask("leader", "GET", "/sign-in", query_string={"next": wanted})
    stage.restore()

    assert [answer.status for answer in (visitor, person, signed_in)] == [303, 303, 303]
    assert [answer.flaws for answer in (visitor, person, signed_in)] == [[], [], []]
    assert {answer.headers.get("X-Evil") for answer in (visitor, person, signed_in)} == {None}


def test_a_page_asked_for_at_another_host_names_ours_alone(stage):
    evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}

    answers = [
        stage.ask(who, "GET", path, headers=evil)
        for who, path in ((VISITOR, "/"), (VISITOR, "/en/"), (VISITOR, "/people"), ("leader", "/home"))
    ]

    assert [answer for answer in answers if "evil.example" in answer.text + answer.location] == []
