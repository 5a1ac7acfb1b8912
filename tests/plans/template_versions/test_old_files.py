"""A workbook and a draft of an older version: brought up with a list, or answered with a fresh workbook."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from core.clock import today
from core.database import db
from core.workbooks.reader import read_workbook
from plans.checking import draft_findings
from plans.comparing.page import Comparison
from plans.content import content_hash
from plans.definitions import PlanContent
from plans.downloads import fresh_workbook, plan_workbook
from plans.errors import ErrorsLeft
from plans.findings import Severity
from plans.models import ImportStatus, PlanImport, PlanTemplate, PlanVersion
from plans.services import flow, proposals, uploads
from plans.template_versions import services
from plans.template_versions.errors import FollowsNewest
from plans.template_versions.upgrading import bring_up, moves_of
from plans.templates import definition_of, known_template
from plans.workbooks.reading import read_plan_workbook
from plans.workflow import PlanStatus
from programme.queries import the_programme
from tests.plans.template_versions.second import full_content, publish_second
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import send
from tests.support.forms import Upload

FAR = date(2099, 1, 1)

MOVES = [
    ("column_gone", "7_Zasoby, What is missing"),
    ("column_renamed", "9_Ryzyka, What then"),
    ("column_new", "2_Diagnoza, Who was asked"),
]


def whole_file(version: PlanVersion, **cells: str) -> bytes:
    """The full workbook as downloaded now, with cells typed over: ``risks_response="…"`` in the first row."""
    book = load_workbook(BytesIO(plan_workbook(version, language="en", short=False).data))
    for place, text in cells.items():
        key, column = place.split("_", 1)
        page = book[{"risks": "9_Ryzyka", "needs": "2_Diagnoza"}[key]]
        at = next(cell.column for cell in page[4] if cell.value == column)
        row = next(n for n in range(5, 99) if str(page.cell(n, 1).value).startswith("row-"))
        page.cell(row, at).value = text
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def old_file(make, **cells: str) -> tuple[PlanVersion, bytes]:
    version = make.general_plan(content=full_content())
    return version, whole_file(version, **cells)


def values(content: PlanContent, sheet: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(one.values.get(column) for column in columns) for one in content.rows(sheet)]


def told(upload: PlanImport) -> list[tuple[str, str]]:
    names = {"column_gone", "column_renamed", "column_new"}
    return [(one.reason, one.params["column_en"]) for one in upload.findings if one.reason in names]


def test_an_old_file_that_is_accepted_is_brought_up_with_a_list_of_what_moved(make):
    version, data = old_file(make, risks_response="Szkolenia w ferie")
    publish_second(make.office(), accepted_until=FAR)

    upload = send(version, data)

    assert (upload.status, upload.template_version, upload.proposal_template) == (ImportStatus.CHECKED, 1, 2)
    assert upload.findings[0].reason == "older_template"
    assert told(upload) == MOVES
    lists = [
        (one.reason, one.severity, one.params["was_en"], one.params.get("after_en"))
        for one in upload.findings
        if one.reason.startswith("value_")
    ]
    assert lists == [
        ("value_replaced", Severity.INFO, "planned", "likely"),
        ("value_gone", Severity.WARNING, "potential", None),
    ]
    content = proposals.proposed(upload)
    assert values(content, "risks", "response", "reaction") == [(None, "Szkolenia w ferie")]
    assert values(content, "funding", "certainty") == [("likely",), (None,)]
    assert values(content, "resources", "gap", "location") == [(None, "Biblioteka")]
    assert version.template_version == 1


def test_the_list_stands_plainly_on_the_answer_page(make, visit):
    version, data = old_file(make)
    publish_second(make.office(), accepted_until=FAR)
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/upload")

    answer = page.submit("Check the workbook", file=Upload(data, "plan.xlsx", uploads.XLSX))

    for sentence in (
        "The workbook follows version 1 of the template. The current version is 2.",
        "“7_Zasoby, What is missing” is no longer part of the plan.",
        "“Response” is now called “9_Ryzyka, What then”. What was in it stands there.",
        "“2_Diagnoza, Who was asked” is new: what you know about it can be written there.",
        "“planned” is now “likely”.",
        "“potential” is no longer in the list, so it was left out.",
    ):
        assert sentence in answer.text


def test_applying_an_old_file_brings_the_draft_up(make):
    version, data = old_file(make, risks_response="Szkolenia w ferie")
    publish_second(make.office(), accepted_until=FAR)
    upload = send(version, data)

    uploads.apply_upload(upload, actor=leader_of(version))
    db.session.commit()

    assert (version.template_version, version.plan.template_version) == (2, 1)
    assert values(version.rows, "risks", "response", "reaction") == [(None, "Szkolenia w ferie")]


def test_an_old_file_and_a_draft_brought_up_meanwhile_still_merge_row_by_row(make):
    version, data = old_file(make, risks_response="Szkolenia w ferie")
    publish_second(make.office(), accepted_until=FAR)
    bring_up(version, actor=leader_of(version))
    db.session.commit()

    upload = send(version, data)

    assert (upload.open_conflicts, proposals.base_has_changed(upload)) == (0, False)
    [change] = proposals.change_of(upload).changed
    assert (change.column_key, change.before, change.after) == (
        "reaction",
        "Szkolenia zimą",
        "Szkolenia w ferie",
    )


def test_a_draft_is_brought_up_with_one_button_and_the_same_list(make, visit):
    version, data = old_file(make)
    publish_second(make.office(), accepted_until=FAR)
    upload = send(version, data)

    by_button = moves_of(version, 2)
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}")
    after = page.visitor.open(page.links["See what changes and bring the draft up"]).submit(
        "Bring the draft up"
    )

    assert [one.reason for one in by_button if one.reason.startswith("column_")] == [
        name for name, _ in told(upload)
    ]
    assert after.url == f"/plans/{version.id}"
    db.session.expire_all()
    assert version.template_version == 2
    assert values(version.rows, "risks", "reaction") == [("Szkolenia zimą",)]
    with pytest.raises(FollowsNewest):
        bring_up(version, actor=leader_of(version))


def test_new_checks_only_warn_plans_begun_before_until_the_day_that_was_set(make, clock):
    version, _data = old_file(make)
    strict_from = today() + timedelta(days=30)
    publish_second(make.office(), accepted_until=FAR, checks_from=strict_from)
    bring_up(version, actor=leader_of(version))
    begun_after = make.general_plan(partnership=make.partnership())

    soon = [one for one in draft_findings(version).findings if one.reason == "required_soon"]
    assert {(one.sheet_key, one.column_key, one.severity) for one in soon} == {
        ("needs", "asked_whom", Severity.WARNING)
    }
    assert [one.reason for one in draft_findings(begun_after).errors] == ["required", "required"]
    assert [one.reason for one in draft_findings(version).errors] == []

    clock.tick(days=30)

    assert {one.reason for one in draft_findings(version).errors} == {"required"}
    with pytest.raises(ErrorsLeft):
        flow.submit_plan(version, actor=leader_of(version))


def test_the_same_grace_counts_for_an_upload(make):
    version, data = old_file(make)
    publish_second(make.office(), accepted_until=FAR)

    upload = send(version, data)

    severities = {one.severity for one in upload.findings if one.column_key == "asked_whom"}
    assert severities == {Severity.WARNING}


def reread(data: bytes, version: PlanVersion) -> PlanContent:
    return read_plan_workbook(
        read_workbook(data),
        known_template,
        code_lists=the_programme().code_lists,
        expected=uploads.expected_of(version),
    ).content


def test_a_retired_version_is_answered_with_a_fresh_workbook_that_holds_what_the_file_says(make, visit):
    version, data = old_file(make, risks_response="Szkolenia w ferie", needs_evidence="Rozmowy na targu")
    before = version.rows
    publish_second(make.office(), accepted_until=today())
    retire_first(make)
    visitor = visit(as_=leader_of(version))

    answer = visitor.open(f"/plans/{version.id}/upload").submit(
        "Check the workbook", file=Upload(data, "plan.xlsx", uploads.XLSX)
    )

    assert "The workbook follows version 1 of the template, which is no longer accepted." in answer.text
    fresh = visitor.open(answer.links["Download the fresh workbook with what you wrote"]).data
    content = reread(fresh, version)
    assert values(content, "risks", "risk", "reaction") == [("Żniwa", "Szkolenia w ferie")]
    assert values(content, "needs", "evidence")[0] == ("Rozmowy na targu",)
    assert values(content, "funding", "funding_source", "certainty") == [
        ("municipal_budget", "likely"),
        ("municipal_budget", None),
    ]
    assert values(content, "lines", "line_title", "hours_y1") == values(
        before, "lines", "line_title", "hours_y1"
    )
    db.session.expire_all()
    assert (version.rows, version.template_version) == (before, 1)

    # It goes the usual way from here: read, applied, and the draft follows the version in force.
    upload = send(version, fresh)
    uploads.apply_upload(upload, actor=leader_of(version))
    assert (version.template_version, values(version.rows, "risks", "reaction")) == (
        2,
        [("Szkolenia w ferie",)],
    )


def retire_first(make) -> None:
    first = db.session.scalars(select(PlanTemplate).filter_by(kind="general", version=1)).one()
    services.retire(first, actor=make.office())
    db.session.commit()


def test_what_is_private_to_others_does_not_come_back_in_a_fresh_workbook(make):
    version, data = old_file(make, needs_evidence="PESEL 44051401359")
    publish_second(make.office(), accepted_until=today())
    retire_first(make)

    upload = send(version, data)

    assert upload.status is ImportStatus.REFUSED
    assert "44051401359" not in str(upload.proposal)


def test_a_version_newer_than_known_is_answered_with_what_could_be_read(make):
    version, data = old_file(make, risks_response="Szkolenia w ferie")
    book = load_workbook(BytesIO(data))
    page = book["Meta"]
    [at] = [cell for row in page.iter_rows() for cell in row if cell.value == "template_version"]
    value = next(cell for cell in page[at.row] if str(cell.value) == "1")
    value.value = "7"
    out = BytesIO()
    book.save(out)

    upload = send(version, out.getvalue())

    assert (upload.status, upload.refusal) == (ImportStatus.REFUSED, "newer_template")
    content = reread(fresh_workbook(upload, language="pl").data, version)
    assert values(content, "risks", "response") == [("Szkolenia w ferie",)]


def test_a_draft_whose_version_is_retired_goes_out_in_the_one_in_force(make):
    version = make.general_plan(content=full_content())
    publish_second(make.office(), accepted_until=today())
    retire_first(make)

    content = reread(plan_workbook(version, language="pl", short=False).data, version)

    assert values(content, "risks", "reaction") == [("Szkolenia zimą",)]


def test_what_is_published_keeps_its_template_and_its_hash_when_the_next_round_follows_another(make):
    version = make.general_plan(PlanStatus.PUBLISHED, content=full_content())
    publish_second(make.office(), accepted_until=FAR)

    draft = flow.start_new_round(version, actor=leader_of(version))
    bring_up(draft, actor=leader_of(version))
    db.session.commit()

    assert (version.template_version, draft.template_version) == (1, 2)
    assert content_hash(version.rows, definition_of(version)) == version.content_hash
    assert [one.column_key for one in Comparison.of(version, draft).change.difference.changed] == []
