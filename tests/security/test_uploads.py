"""Files that somebody sends: whatever they are and are called, the plan stays as it is and nothing falls over."""

from collections.abc import Iterator

import pytest

from tests.core.workbooks.cases import Refused
from tests.core.workbooks.corpus import REFUSED
from tests.guards.matrix.deed import SPREADSHEET
from tests.guards.matrix.knowledge import may_know
from tests.guards.matrix.stage import Answer, Stage
from tests.support.forms import Upload

TWELVE = (
    "an encrypted workbook", "macros under another name", "a web page before the zip file", "4 GB declared",
    "200 MB of spaces", "2,500 members", "a billion laughs", "an entity in UTF-16 LE", "a file as entity",
    "a member above the package", "a DDE link", "a value in the far corner",
)  # fmt: skip
"""Of some 240 files that the reader is held to: those that hurt a naive one most."""

HOSTILE_NAMES = (
    "../../../etc/passwd.xlsx", "..\\..\\windows\\system.xlsx", "/etc/passwd", "C:\\plan.xlsx", "plan.xlsx\x00.exe",
    'plan".xlsx', "plan\r\nX-Evil: 1.xlsx", "plan;filename=evil.html", "<img src=x onerror=alert(1)>.xlsx", "", ".",
    "..", " ", "a" * 5000 + ".xlsx", "zażółć gęślą jaźń.xlsx", "plan\u202exslx.exe", "plan.xlsx.html", "CON", "%00.xlsx",
    "{{7*7}}.xlsx", "=cmd|' /C calc'!A0.xlsx",
)  # fmt: skip


def send(stage: Stage, file: Upload, *, who: str = "leader", to: str = "adraft draft") -> Answer:
    path = stage.address("plans.upload", **stage.world.record("version", to).values)
    return stage.ask(who, "POST", path, {"file": file})


def outcome(stage: Stage, answer: Answer, *, who: str = "leader") -> Answer:
    assert (answer.status, answer.location.startswith("/uploads/")) == (303, True)
    return stage.ask(who, "GET", answer.location)


def plans(stage: Stage) -> dict[str, str]:
    kept = ("plan", "plan_version", "plan_entry", "review_comment")
    return {table: found for table, found in stage.fingerprint().items() if table in kept}


@pytest.fixture
def in_order(stage: Stage) -> Iterator[None]:
    yield
    stage.restore()


@pytest.mark.usefixtures("in_order")
@pytest.mark.parametrize(
    "case", [case for case in REFUSED if case.name in TWELVE], ids=lambda case: case.name
)
def test_a_hostile_workbook_is_refused_in_a_sentence(stage, case: Refused):
    before = plans(stage)

    page = outcome(stage, send(stage, Upload(case.file(), "plan.xlsx", SPREADSHEET)))
    kept = stage.contents()["plan_import"][-1]

    assert plans(stage) == before
    assert (page.status, page.flaws) == (200, [])
    assert (kept["status"], kept["refusal"], kept["file_id"]) == ("refused", case.reason.value, None)
    assert kept["refusal_text"].split()[0] in page.text


def test_all_twelve_are_there():
    assert {case.name for case in REFUSED} >= set(TWELVE)


@pytest.mark.usefixtures("in_order")
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_is_only_a_name(stage, name):
    before = plans(stage)

    sent = send(stage, Upload(stage.world.workbooks["adraft"], name, SPREADSHEET))
    answers = [sent]
    if sent.status == 303:
        page = outcome(stage, sent)
        answers += [page, stage.ask("leader", "GET", f"{sent.location}/file.xlsx")]

    assert plans(stage) == before
    assert [answer.flaws for answer in answers] == [[]] * len(answers)
    assert {answer.headers.get("X-Evil") for answer in answers} == {None}
    assert sent.status in (303, 422)
    if sent.status == 303 and stage.contents()["plan_import"][-1]["status"] == "refused":
        assert (answers[1].flaws, answers[-1].status) == (
            [],
            303,
        )  # another kind by its name: nothing is kept
    elif sent.status == 303:
        disposition = answers[-1].headers["Content-Disposition"]
        assert disposition.startswith("attachment;")
        assert not {"/", "\\", "\r", "\n", "\x00"} & set(disposition)
        assert answers[-1].body == stage.world.workbooks["adraft"]


@pytest.mark.usefixtures("in_order")
@pytest.mark.parametrize(
    "media_type", ["text/html", "image/png", "application/x-msdownload", "", "a" * 300, "x\x00y"]
)
def test_what_a_browser_says_of_a_file_counts_for_nothing(stage, media_type):
    good = send(stage, Upload(stage.world.workbooks["adraft"], "plan.xlsx", media_type))
    page = send(stage, Upload(b"<html><script>alert(1)</script></html>", "plan.xlsx", media_type))
    file = stage.ask("leader", "GET", f"{good.location}/file.xlsx")

    assert [kept["status"] for kept in stage.contents()["plan_import"][-2:]] == ["checked", "refused"]
    assert file.headers["Content-Type"] == SPREADSHEET
    assert page.flaws == []


@pytest.mark.usefixtures("in_order")
def test_the_workbook_of_another_municipality_stays_strange(stage):
    before = plans(stage)

    sent = send(stage, Upload(stage.world.workbooks["bdraft"], "plan.xlsx", SPREADSHEET))
    page = outcome(stage, sent)
    again = stage.ask("leader", "GET", f"{sent.location}/file.xlsx")

    assert plans(stage) == before
    assert {secret for secret in page.secrets | again.secrets if not may_know("leader", secret)} == set()
    assert stage.contents()["plan_import"][-1]["status"] == "refused"


@pytest.mark.usefixtures("in_order")
def test_nothing_is_taken_from_a_refused_file(stage):
    sent = send(stage, Upload(stage.world.workbooks["bdraft"], "plan.xlsx", SPREADSHEET))
    before = plans(stage)

    applied = stage.ask("leader", "POST", f"{sent.location}/apply", {})

    assert applied.status == 409
    assert plans(stage) == before


@pytest.mark.usefixtures("in_order")
def test_a_form_without_a_file_asks_for_one(stage):
    path = stage.address("plans.upload", **stage.world.record("version", "adraft draft").values)

    answers = [
        stage.ask("leader", "POST", path, {}),
        stage.ask("leader", "POST", path, {"file": "a text"}),
        stage.ask("leader", "POST", path, {"file": Upload(b"", "plan.xlsx")}),
    ]

    assert [answer.status for answer in answers][:2] == [422, 422]
    assert [answer.flaws for answer in answers] == [[], [], []]
