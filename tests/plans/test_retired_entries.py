"""An entry of a list that the office has retired: offered for nothing new, kept and understood where it stands."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core import clock
from core.database import db
from plans.checking import draft_findings
from plans.columns import expected
from plans.downloads import plan_workbook
from plans.finding_texts import describe
from plans.services import proposals, uploads
from plans.templates import definition_of
from plans.workflow import PlanStatus
from programme import list_changes
from programme.queries import the_programme
from tests.plan_content import annual_content, general_content, row
from tests.plans.started_plans import options_of, the_plan, values
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import cell_of, filled, send


@pytest.fixture
def retire(make, clock):
    def retired(key: str, code: str, *, days: int = 0) -> None:
        list_changes.retire(key, code, on=a_day(days), actor=make.admin())
        db.session.commit()

    return retired


def a_day(ahead: int):
    return clock.today() + timedelta(days=ahead)


def offered_in_workbook(version, name: str) -> list[str]:
    """What the drop-down of that name shows."""
    book = load_workbook(BytesIO(plan_workbook(version, language="en", short=False).data))
    sheet, cells = book.defined_names[name].attr_text.rsplit("!", 1)
    return [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]]


def retired_choices(version) -> list[tuple[str | None, str, str]]:
    found = [one for one in draft_findings(version).findings if one.reason == "retired_choice"]
    told = [(one, describe(one, definition_of(version), "en")) for one in found]
    return [(one.row_uid, str(one.severity), words.problem) for one, words in told]


def test_a_new_workbook_does_not_offer_it_and_the_plan_keeps_it(make, retire):
    version = make.general_plan()
    before = offered_in_workbook(version, "list_form")

    retire("form", "on_site")

    assert before == ["on site", "online", "blended", "individual"]
    assert offered_in_workbook(version, "list_form") == ["online", "blended", "individual"]
    upload = send(version, filled(version))
    assert proposals.change_of(upload).is_empty
    assert the_programme().code_lists["form"].label("on_site", "en") == "on site"


def test_until_its_day_it_is_offered_as_before_and_then_no_more(make, retire, clock):
    version = make.general_plan()

    retire("form", "on_site", days=3)

    assert (offered_in_workbook(version, "list_form")[0], retired_choices(version)) == ("on site", [])
    clock.tick(days=3)
    assert offered_in_workbook(version, "list_form") == ["online", "blended", "individual"]
    assert len(retired_choices(version)) == 1


def test_a_draft_that_has_it_is_warned_and_can_be_submitted(make, retire):
    version = make.general_plan()
    retire("form", "on_site")

    day = f"{clock.today():%d.%m.%Y}"
    assert retired_choices(version) == [
        ("row-k1-0001", "warning", f"“on site” has not been offered since {day}.")
    ]
    assert draft_findings(version).errors == []


def test_each_entry_of_a_cell_with_several_is_told_apart(make, retire):
    partner = {**general_content(2026).rows("partners")[0].values, "contribution": ["room", "staff", "money"]}
    version = make.general_plan(content=general_content(2026, partners=(row("row-p1-0001", **partner),)))
    retire("contribution", "room")
    retire("contribution", "money")

    day = f"{clock.today():%d.%m.%Y}"
    assert retired_choices(version) == [
        ("row-p1-0001", "warning", f"“room” has not been offered since {day}."),
        ("row-p1-0001", "warning", f"“money” has not been offered since {day}."),
    ]


def test_an_upload_that_writes_it_anew_is_taken_with_a_warning_at_its_cell(make, retire):
    version = make.general_plan()
    cell = cell_of(version, "6_Kierunki", "form", "row-k1-0001")
    retire("form", "online")

    upload = send(version, filled(version, **{f"lines_{cell}": "online"}))

    told = [(one.reason, str(one.severity), one.params["was_en"]) for one in upload.findings]
    assert ("retired_choice", "warning", "online") in told
    (change,) = proposals.change_of(upload).changed
    assert (change.column_key, change.after) == ("form", "online")
    uploads.apply_upload(upload, actor=leader_of(version))
    assert [one.values["form"] for one in version.rows.rows("lines")] == ["online"]


def test_what_is_expected_and_suggested_names_only_what_is_offered(make, retire):
    version = make.general_plan()
    column = definition_of(version).sheet("lines").column("form")
    retire("form", "blended")

    lists = the_programme().code_lists
    assert expected(column, lists, "en") == "one of: on site, online, individual"
    assert lists["form"].nearest("blende", "en") is None
    assert lists["form"].find("mieszana") == "blended"


def test_a_cell_that_has_it_may_keep_it_and_no_other_cell_may_choose_it(make, retire, visit):
    lines = general_content(2026).rows("lines")
    other = row(
        "row-k2-0001", **{**lines[0].values, "line_code": "K2", "line_title": "Kino", "form": "online"}
    )
    version = make.general_plan(content=general_content(2026, lines=(*lines, other)))
    retire("form", "on_site")

    leader = visit(as_=leader_of(version))
    offered = [
        leader.open(f"/plans/{version.id}/edit/lines/{uid}").tree.xpath(
            "//select[contains(@name, '.form')]/option[@value != '']/@value"
        )
        for uid in ("row-k1-0001", "row-k2-0001", "+")
    ]

    left = ["online", "blended", "individual"]
    assert offered == [["on_site", *left], left, left]


def test_a_published_plan_reads_as_before(make, retire, visit):
    version = make.general_plan(PlanStatus.PUBLISHED)
    address = f"/plans/{version.id}"
    before = visit(as_=leader_of(version)).open(address).text

    retire("form", "on_site")

    after = visit(as_=leader_of(version)).open(address).text
    assert ("on site" in before, after) == (True, before)


def test_rows_taken_over_come_without_it(make, retire, visit):
    version = make.annual_plan(content=annual_content(2026, trainings=()))
    retire("form", "on_site")
    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/edit/trainings").follow("Take rows over")
    (offer,) = page.tree.xpath("//input[@name='take']/@value")

    page.submit("Add what is ticked", take=[offer])

    db.session.expire_all()
    (training,) = version.rows.rows("trainings")
    assert ("form" in training.values, training.values["title"]) == (False, "E-urząd bez kolejek")


def test_a_draft_made_from_an_example_leaves_such_a_cell_to_its_author(leader, partnership, retire):
    retire("form", "on_site")
    retire("life_area", "health")

    page = leader.open(f"{options_of(partnership)}/small-rural").submit(
        "Make the draft", lines=["health", "finance"], needs=["health", "fraud"]
    )

    version = the_plan(partnership)
    assert values(version.rows, "lines", "life_area", "form") == [(None, None), ("finance", None)]
    reasons = {(one.reason, one.column_key) for one in draft_findings(version).errors}
    assert reasons == {("required", "form")}
    assert page.status == 200


def test_the_totals_of_a_year_count_it_where_it_is_used_and_name_it_nowhere_else(make, retire):
    usual = annual_content(2026).rows("trainings")[0].values
    training = row("row-s1-0001", **{**usual, "life_area": "health"})
    version = make.annual_plan(content=annual_content(2026, trainings=(training,)))
    retire("life_area", "health")
    retire("life_area", "finance")

    book = load_workbook(BytesIO(plan_workbook(version, language="en", short=False).data))

    named = {cell.value for line in book["4_Podsumowanie"].iter_rows() for cell in line}
    assert {"health", "finance", "education"} & named == {"health", "education"}
