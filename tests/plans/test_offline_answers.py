"""Remarks that travel in the workbook, and their answers typed offline that come back."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import current_app
from openpyxl import Workbook, load_workbook

from core.database import db
from core.i18n import in_language
from core.storage import StoredFile
from plans.coloured import coloured_upload
from plans.downloads import plan_workbook
from plans.errors import AnswersToChoose
from plans.models import AnswerKind, CommentState, PlanImport, PlanVersion, ReviewComment
from plans.queries import comments_of
from plans.services import flow, review, uploads
from plans.services.offline_answers import Kept, answers_in, choose_answers
from plans.workflow import PlanStatus
from tests.make import Make
from tests.plans.test_flow import animator_of, leader_of
from tests.plans.test_uploads import send
from tests.support.forms import Upload
from tests.support.spreadsheets import saved_by_libreoffice
from tests.visit import Visits

REMARKS, KEYS_ROW = "11_Uwagi", 4
PHONE = "601 734 895"
PLACES = {
    "evidence": {"sheet": "needs", "row_uid": "row-n1-0001", "column_key": "evidence"},
    "row": {"sheet": "lines", "row_uid": "row-k1-0001"},
    "sheet": {"sheet": "goals"},
    "plan": {},
}


@pytest.fixture
def draft(make: Make) -> PlanVersion:
    """A returned plan that its leader has begun to change: remarks on a cell, a row, a sheet and the whole plan."""
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    for text, place in PLACES.items():
        make.comment(plan, f"About the {text}", **place)
    review.return_plan(plan, note="", actor=animator_of(plan))
    version: PlanVersion = flow.revise_plan(plan, actor=leader_of(plan))
    db.session.commit()
    return version


def remark(version: PlanVersion, text: str = "evidence") -> ReviewComment:
    db.session.expire_all()
    return next(one for one in comments_of(version) if one.text == f"About the {text}")


def workbook_of(version: PlanVersion, *, short: bool = True, language: str = "en") -> bytes:
    return plan_workbook(version, language=language, short=short, comments=comments_of(version)).data


def changed(data: bytes, edit: Callable[[Workbook], object]) -> bytes:
    workbook = load_workbook(BytesIO(data))
    edit(workbook)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def answered(data: bytes, uid: str, on: str = REMARKS, /, **typed: str) -> bytes:
    """The workbook with something typed in the row of one remark, as ``answer="…"``."""

    def edit(workbook: Workbook) -> None:
        sheet = workbook[on]
        columns = {cell.value: number for number, cell in enumerate(sheet[KEYS_ROW], start=1)}
        row = next(cells[0].row for cells in sheet.iter_rows(min_row=5) if cells[0].value == uid)
        for key, text in typed.items():
            sheet.cell(row, columns[key], text)

    return changed(data, edit)


def outcome(upload: PlanImport) -> list[tuple[str, str, str, bool]]:
    return [(one.comment.text, one.kind.value, one.answer, one.is_disputed) for one in answers_in(upload)]


# --- Out ---------------------------------------------------------------------------------------------------


def test_every_remark_stands_at_its_place_and_on_the_sheet_of_remarks(draft: PlanVersion):
    workbook = load_workbook(BytesIO(workbook_of(draft)))

    rows = [[cell.value for cell in cells] for cells in workbook[REMARKS].iter_rows(min_row=5)]
    assert [(row[1], row[3], row[4:7]) for row in rows] == [
        ("2_Diagnoza", "About the evidence", ["animator", 1, "open"]),
        ("6_Kierunki", "About the row", ["animator", 1, "open"]),
        ("5_Cele_wskazniki", "About the sheet", ["animator", 1, "open"]),
        (None, "About the plan", ["animator", 1, "open"]),
    ]
    notes = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in workbook
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.comment
    }
    assert notes == {
        ("Instrukcja", "A1"): "animator, round 1, open\nAbout the plan",
        ("2_Diagnoza", rows[0][2]): "animator, round 1, open\nAbout the evidence",
        ("6_Kierunki", rows[1][2]): "animator, round 1, open\nAbout the row",
        ("5_Cele_wskazniki", "B1"): "animator, round 1, open\nAbout the sheet",
    }
    assert workbook["2_Diagnoza"][str(rows[0][2])].value == "Ankieta biblioteki, 64 odpowiedzi"


def test_the_download_of_an_author_carries_the_remarks_and_one_not_sent_stays_its_animators(
    visit: Visits, make: Make, draft: PlanVersion
):
    waiting = make.general_plan(
        PlanStatus.IN_REVIEW, partnership=make.partnership("Druga", leader=make.user())
    )
    make.comment(waiting, "Not sent yet")

    taken = visit(as_=leader_of(draft)).client.get(f"/plans/{draft.id}/workbook.xlsx").data

    assert REMARKS in load_workbook(BytesIO(taken)).sheetnames
    assert REMARKS not in load_workbook(BytesIO(workbook_of(waiting))).sheetnames


# --- And back ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("program", ["openpyxl", "libreoffice"])
@pytest.mark.parametrize("short", [True, False])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_workbook_with_remarks_comes_back_without_a_difference(
    draft: PlanVersion, tmp_path: Path, program: str, short: bool, language: str
):
    one = remark(draft)
    review.answer_comment(
        one, answer=f"Zażółć\ngęślą, tel. {PHONE}", kind=AnswerKind.CHANGED, actor=leader_of(draft)
    )
    data = workbook_of(draft, short=short, language=language)

    if program == "libreoffice":
        (tmp_path / "plan.xlsx").write_bytes(data)
        data = saved_by_libreoffice(tmp_path / "plan.xlsx", tmp_path) or pytest.skip(
            "LibreOffice is not installed"
        )
    upload = send(draft, changed(data, lambda _workbook: None) if program == "openpyxl" else data)

    assert (outcome(upload), [one.reason for one in upload.findings]) == ([], [])
    assert upload.file is not None


@pytest.mark.parametrize("program", ["openpyxl", "libreoffice"])
def test_an_answer_typed_offline_comes_back(draft: PlanVersion, tmp_path: Path, program: str):
    data = answered(
        workbook_of(draft, language="pl"),
        remark(draft).uid,
        answer_kind="poprawiono",
        answer="Dopisano źródło",
    )
    if program == "libreoffice":
        (tmp_path / "plan.xlsx").write_bytes(data)
        data = saved_by_libreoffice(tmp_path / "plan.xlsx", tmp_path) or pytest.skip(
            "LibreOffice is not installed"
        )

    upload = send(draft, data)

    assert outcome(upload) == [("About the evidence", "changed", "Dopisano źródło", False)]
    assert remark(draft).state is CommentState.OPEN  # nothing before it is applied
    uploads.apply_upload(upload, actor=leader_of(draft))
    db.session.commit()
    one = remark(draft)
    assert (one.state, one.answer_kind, one.answer) == (
        CommentState.ANSWERED,
        AnswerKind.CHANGED,
        "Dopisano źródło",
    )


def test_without_a_word_whether_the_plan_tells(draft: PlanVersion):
    data = answered(workbook_of(draft), remark(draft).uid, answer="We asked again")
    data = answered(data, remark(draft, "row").uid, answer="It is right")
    evidence = load_workbook(BytesIO(data))[REMARKS]["C5"].value

    upload = send(
        draft, changed(data, lambda book: book["2_Diagnoza"].__setitem__(evidence, "Ankieta z czerwca"))
    )

    assert [line[1:3] for line in outcome(upload)] == [
        ("changed", "We asked again"), ("not_changed", "It is right"),
    ]  # fmt: skip


def test_what_cannot_be_taken_is_said(draft: PlanVersion):
    settled = remark(draft, "sheet")
    settled.state = CommentState.RESOLVED
    db.session.commit()
    data = workbook_of(draft)
    data = answered(data, settled.uid, answer="Too late")
    data = answered(data, remark(draft, "row").uid, answer_kind="not changed")
    data = changed(data, lambda book: book[REMARKS].__setitem__("A5", "u-unknown"))
    data = answered(data, "u-unknown", answer="To nobody")

    upload = send(draft, data)

    assert [(one.reason, one.cell, one.params["remark"]) for one in upload.findings] == [
        ("unknown_remark", "A5", "u-unknown"),
        ("answer_without_words", "A6", remark(draft, "row").uid),
        ("remark_settled", "A7", settled.uid),
    ]
    assert outcome(upload) == []


def test_chosen_from_the_list_without_words_it_says_that_it_was_changed(draft: PlanVersion):
    upload = send(draft, answered(workbook_of(draft), remark(draft).uid, answer_kind="changed"))

    uploads.apply_upload(upload, actor=leader_of(draft))
    db.session.commit()

    one = remark(draft)
    assert (one.state, one.answer_kind, one.answer) == (CommentState.ANSWERED, AnswerKind.CHANGED, "")


# --- Answered online meanwhile -------------------------------------------------------------------------------


def disputed(draft: PlanVersion) -> PlanImport:
    data = answered(workbook_of(draft), remark(draft).uid, answer_kind="changed", answer="From the workbook")
    review.answer_comment(
        remark(draft), answer="Typed online", kind=AnswerKind.NOT_CHANGED, actor=leader_of(draft)
    )
    db.session.commit()
    return send(draft, data)


@pytest.mark.parametrize(
    ("kept", "kind", "answer"),
    [
        (Kept.ONLINE, AnswerKind.NOT_CHANGED, "Typed online"),
        (Kept.FILE, AnswerKind.CHANGED, "From the workbook"),
        (Kept.BOTH, AnswerKind.CHANGED, "Typed online\n\nFrom the workbook"),
    ],
)
def test_two_answers_to_one_remark_are_chosen_from_before_anything_is_applied(
    draft: PlanVersion, kept: Kept, kind: AnswerKind, answer: str
):
    upload, leader = disputed(draft), leader_of(draft)

    with pytest.raises(AnswersToChoose):
        uploads.apply_upload(upload, actor=leader)
    db.session.rollback()
    left = choose_answers(upload, {remark(draft).uid: kept}, actor=leader)
    uploads.apply_upload(upload, actor=leader)
    db.session.commit()

    one = remark(draft)
    assert (left, one.answer_kind, one.answer) == (0, kind, answer)


def test_a_choice_holds_only_for_the_answer_it_was_made_about(draft: PlanVersion):
    upload, leader = disputed(draft), leader_of(draft)
    choose_answers(upload, {remark(draft).uid: Kept.FILE}, actor=leader)
    db.session.commit()

    review.answer_comment(remark(draft), answer="Typed again", kind=AnswerKind.CHANGED, actor=leader)

    with pytest.raises(AnswersToChoose):
        uploads.apply_upload(upload, actor=leader)


def test_an_answer_changed_online_stays_where_the_workbook_says_what_it_began_with(draft: PlanVersion):
    leader = leader_of(draft)
    review.answer_comment(remark(draft), answer="The first", kind=AnswerKind.CHANGED, actor=leader)
    data = workbook_of(draft)
    review.answer_comment(remark(draft), answer="The second", kind=AnswerKind.CHANGED, actor=leader)

    assert outcome(send(draft, data)) == []
    later = send(draft, answered(workbook_of(draft), remark(draft).uid, answer="The third"))
    assert outcome(later) == [("About the evidence", "changed", "The third", False)]


def test_both_answers_are_shown_and_one_is_chosen_on_the_page(draft: PlanVersion, visit: Visits):
    upload, uid = disputed(draft), remark(draft).uid
    page = visit(as_=leader_of(draft)).open(f"/uploads/{upload.id}")

    assert page.headings[1] == "One answer to choose"
    said = " ".join(page.tree.get_element_by_id("answers").text_content().split())
    assert [words in said for words in ("Typed online", "From the workbook", "Keep both")] == [True] * 3
    after = page.submit("Save what I chose", **{f"answer.{uid}": "both"})  # type: ignore[arg-type]  # a name with a dot comes only this way
    after.submit("Apply to the plan")

    assert remark(draft).answer == "Typed online\n\nFrom the workbook"


def test_an_upload_with_nothing_but_answers_can_be_applied(draft: PlanVersion, visit: Visits):
    data = answered(workbook_of(draft), remark(draft).uid, answer_kind="changed", answer="<b>June</b>")
    page = visit(as_=leader_of(draft)).open(f"/plans/{draft.id}/upload")

    shown = page.submit("Check the workbook", file=Upload(data, "plan.xlsx", uploads.XLSX))
    assert (shown.headings[1], "<b>June</b>" in shown.text) == ("Ready to apply", True)
    shown.submit("Apply to the plan")

    assert remark(draft).answer == "<b>June</b>"


# --- Personal data -------------------------------------------------------------------------------------------


def test_personal_data_in_an_answer_are_refused_as_in_a_cell(
    draft: PlanVersion, caplog: pytest.LogCaptureFixture
):
    uid = remark(draft).uid
    data = answered(workbook_of(draft), uid, answer_kind="changed", answer=f"Proszę dzwonić: {PHONE}")
    data = answered(data, remark(draft, "row").uid, answer_kind="changed", answer="Corrected")

    upload = send(draft, data)

    assert [(one.reason, one.row_uid, one.column_key) for one in upload.findings] == [
        ("phone", uid, "answer")
    ]
    assert [line[2] for line in outcome(upload)] == ["Corrected"]
    assert (upload.file, db.session.query(StoredFile).count()) == (None, 0)
    folder = current_app.config["GROMADA"].data_dir
    assert not [path for path in folder.rglob("*") if path.is_file() and PHONE.encode() in path.read_bytes()]
    assert PHONE not in caplog.text


def test_the_workbook_that_is_given_back_has_the_other_answers_and_the_refused_one_empty(draft: PlanVersion):
    data = answered(workbook_of(draft), remark(draft).uid, answer=f"Proszę dzwonić: {PHONE}")
    data = answered(data, remark(draft, "row").uid, answer_kind="changed", answer="Corrected")
    upload = send(draft, data)

    with in_language("en"):
        back = coloured_upload(upload, [one.as_finding for one in upload.findings], language="en").data

    sheet = load_workbook(BytesIO(back))[REMARKS]
    assert [(row[0].value, row[8].value) for row in sheet.iter_rows(min_row=5, max_row=6)] == [
        (remark(draft).uid, None), (remark(draft, "row").uid, "Corrected"),
    ]  # fmt: skip
    assert "telephone" in sheet["I5"].comment.text
    again = send(draft, answered(back, remark(draft).uid, answer="See the survey"))
    assert [line[2] for line in outcome(again)] == ["See the survey", "Corrected"]


def test_a_number_in_the_remark_itself_is_not_the_leaders(make: Make):
    plan = make.general_plan(PlanStatus.IN_REVIEW)
    make.comment(plan, f"Please call me:\n{PHONE}", sheet="needs", row_uid="row-n1-0001")
    review.return_plan(plan, note="", actor=animator_of(plan))
    draft = flow.revise_plan(plan, actor=leader_of(plan))
    db.session.commit()

    upload = send(draft, workbook_of(draft))

    assert ([one.reason for one in upload.findings], upload.file is not None) == ([], True)
