"""Writing a plan in the browser, row by row: alone, beside somebody else, and with what must not be written."""

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from plans.models import PlanVersion
from plans.workflow import PlanStatus
from tests.plan_content import annual_content, general_content, row
from tests.plans.test_flow import leader_of

N1, N2 = "row-n1-0001", "row-n2-0001"
TEXT, EVIDENCE, PRIORITY = f"needs.{N1}.need_text", f"needs.{N1}.evidence", f"needs.{N1}.priority"


def needs(version: PlanVersion) -> dict[str, dict[str, object]]:
    db.session.expire_all()
    return {need.row_uid: dict(need.values) for need in version.rows.rows("needs")}


def row_form(visit, version, uid=N1, sheet="needs"):
    return visit(as_=leader_of(version)).open(f"/plans/{version.id}/edit/{sheet}/{uid}")


def sheet_of(visit, version, sheet="needs"):
    return visit(as_=leader_of(version)).open(f"/plans/{version.id}/edit/{sheet}")


# --- One person --------------------------------------------------------------------------------------------


def test_a_sheet_is_a_list_of_its_rows_with_what_each_still_lacks(make, visit):
    half = row(N2, need_code="N2", need_text="Rolnicy nie składają wniosków", need_area="information")
    version = make.general_plan(
        content=general_content(2026, needs=(general_content(2026).rows("needs")[0], half))
    )

    page = sheet_of(visit, version)

    lines = [
        " ".join(line.text_content().split())
        for line in page.tree.xpath("//li[contains(@class, 'edit-row')]")
    ]
    moves = [f"Move up: {name} Move down: {name}" for name in (
        "N1 Seniorzy nie załatwiają spraw w internecie", "N2 Rolnicy nie składają wniosków")]  # fmt: skip
    assert lines == [
        f"N1 Seniorzy nie załatwiają spraw w internecie {moves[0]}",
        f"N2 Rolnicy nie składają wniosków Still empty: Source, Priority (1–5) {moves[1]}",
    ]


def test_a_row_is_a_form_with_its_required_columns_first_and_help_from_the_template(make, visit):
    version = make.general_plan()

    page = row_form(visit, version)

    labels = page.tree.xpath("//form[contains(@class, 'edit-form')]/div[@class='fix-fields']//label/text()")
    assert labels == ["Need", "Area", "Source", "Priority (1–5)"]
    assert "Say in one sentence what residents have difficulty with. For example:" in page.text
    assert page.tree.xpath("//details[@class='edit-more']/summary/text()") == ["6 more columns, 1 filled in"]


def test_what_is_typed_in_a_row_is_saved_and_the_rest_of_it_stays(make, visit):
    version = make.general_plan()
    before = needs(version)

    page = row_form(visit, version).submit("Save", **{TEXT: "Seniorzy boją się oszustw", PRIORITY: "4"})

    assert needs(version) == {
        **before,
        N1: {**before[N1], "need_text": "Seniorzy boją się oszustw", "priority": 4},
    }
    assert "Saved." in page.text
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "plan.written")).one()
    assert event.data == {
        "number": 1, "sheet": "needs", "row": N1, "done": "changed", "cells": ["needs.need_text", "needs.priority"],
    }  # fmt: skip


def test_a_form_saved_without_a_change_changes_nothing(make, visit):
    version = make.general_plan()
    state = version.row_version

    for sheet in ("metadata", "needs", "groups", "goals", "lines", "partners", "recommendations"):
        uid = version.rows.rows(sheet)[0].row_uid
        page = row_form(visit, version, uid, sheet).submit("Save")
        assert "Nothing was changed, so nothing was saved." in page.text

    db.session.expire_all()
    assert version.row_version == state


def test_from_row_to_row_and_on_to_a_new_one(make, visit):
    version = make.general_plan()

    second = row_form(visit, version).submit("Save and open the next row", **{PRIORITY: "3"})
    new = second.submit("Save and add another row")
    new.submit(
        "Save", **{"needs.+.need_text": "Młodzież nie zna e-usług", "needs.+.need_area": "information"}
    )

    assert second.title.startswith("N2 Rolnicy")
    assert [need.get("need_code") for need in needs(version).values()] == ["N1", "N2", "N3"]


def test_the_sheet_with_one_record_is_its_form(make, visit):
    version = make.general_plan()

    page = sheet_of(visit, version, "metadata").submit(
        "Save", **{"metadata.metadata.summary": "Krótko i jasno"}
    )

    assert "Saved." in page.text
    db.session.expire_all()
    assert version.rows.rows("metadata")[0].values["summary"] == "Krótko i jasno"


def test_every_sheet_of_both_kinds_of_plan_can_be_written(make, visit):
    counts = []
    for version in (make.general_plan(), make.annual_plan()):
        leader = visit(as_=leader_of(version))
        links = leader.open(f"/plans/{version.id}/edit/metadata").tree.xpath(
            "//nav[@aria-label='Sheets of the plan']//a/@href"
        )
        for address in links[1:]:
            leader.open(address)
            leader.open(f"{address}/+")
        counts.append(len(links))

    assert counts == [11, 3]


def test_a_copy_gets_an_id_and_a_code_of_its_own_and_stands_behind_its_model(make, visit):
    version = make.general_plan()

    page = row_form(visit, version).follow("Copy this row")
    page.submit("Save", **{"needs.+.need_text": "Seniorzy nie mają sprzętu"})

    found = list(needs(version).values())
    assert [one["need_code"] for one in found] == ["N1", "N3", "N2"]
    assert found[1] == {**found[0], "need_code": "N3", "need_text": "Seniorzy nie mają sprzętu"}


def test_rows_are_moved_by_a_button(make, visit):
    version = make.general_plan()

    sheet_of(visit, version).submit("Move down: N1 Seniorzy nie załatwiają spraw w internecie")

    assert list(needs(version)) == [N2, N1]


def test_a_removed_row_can_be_put_back_where_it_was(make, visit):
    version = make.general_plan()
    before = needs(version)

    page = row_form(visit, version).submit("Remove this row")
    gone = list(needs(version))
    after = page.submit("Put it back")

    assert gone == [N2]
    assert needs(version) == before
    assert list(needs(version)) == [N1, N2]
    assert "The row is back." in after.text


def test_a_row_put_back_takes_another_code_if_its_own_is_taken(make, visit):
    version = make.general_plan()
    page = row_form(visit, version, N2).submit("Remove this row")
    row_form(visit, version, "+").submit("Save", **{"needs.+.need_text": "Nowa"})

    page.submit("Put it back")

    assert [need["need_code"] for need in needs(version).values()] == ["N1", "N3", "N2"]


def test_an_empty_new_row_is_no_row(make, visit):
    version = make.general_plan()

    page = row_form(visit, version, "+").submit("Save")

    assert "Nothing was changed, so nothing was saved." in page.text
    assert list(needs(version)) == [N1, N2]


def test_a_wrong_cell_is_told_at_its_field_and_nothing_typed_is_lost(make, visit):
    version = make.general_plan()
    before = needs(version)

    page = row_form(visit, version).submit("Save", expect=422, **{TEXT: "Inny opis", PRIORITY: "dużo"})

    assert "“dużo” is not a number." in page.text
    form = page.form("Save")
    assert (form.values[TEXT], form.values[PRIORITY]) == ("Inny opis", "dużo")
    assert needs(version) == before


def test_personal_data_are_refused_in_the_cell_and_nowhere_kept(make, visit, caplog):
    version = make.general_plan()
    before = needs(version)

    page = row_form(visit, version).submit(
        "Save", expect=422, **{TEXT: "Inny opis", EVIDENCE: "Jan, PESEL 44051401359"}
    )

    assert "A PESEL number stands here" in page.text
    assert page.form("Save").values[TEXT] == "Inny opis"
    assert "44051401359" not in page.html + caplog.text
    assert needs(version) == before


def test_markup_stays_text(make, visit):
    version = make.general_plan()
    attack = "<script>alert(1)</script>\"'>"

    page = row_form(visit, version).submit("Save", **{TEXT: attack})
    form = row_form(visit, version)

    assert "<script>alert" not in page.html + form.html
    assert form.form("Save").values[TEXT] == attack


# --- Who may ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "status", [PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW, PlanStatus.APPROVED, PlanStatus.PUBLISHED]
)
def test_a_version_that_was_handed_over_is_not_written_any_more(make, visit, status):
    version = make.general_plan(status)
    leader = visit(as_=leader_of(version))

    for address in ("needs", f"needs/{N1}", "needs/+", "metadata"):
        assert leader.open(f"/plans/{version.id}/edit/{address}").url.endswith(f"/plans/{version.id}")


def test_a_form_left_open_until_the_plan_was_handed_over_says_so_and_keeps_what_was_typed(make, visit):
    version = make.general_plan()
    leader = visit(as_=leader_of(version))
    page = leader.open(f"/plans/{version.id}/edit/needs/{N1}")
    leader.open(f"/plans/{version.id}").submit("Submit for approval")

    after = page.submit("Save", expect=422, **{TEXT: "Za późno"})

    assert "This version has been handed over and no longer changes." in after.text
    assert after.form("Save").values[TEXT] == "Za późno"


def test_an_animator_and_a_stranger_write_nothing(make, visit):
    version = make.general_plan()
    stranger = leader_of(make.general_plan())

    visit(as_=stranger).open(f"/plans/{version.id}/edit/needs", expect=404)
    visit(as_=make.office()).open(f"/plans/{version.id}/edit/needs", expect=403)
    visit(as_=leader_of(version)).open(f"/plans/{version.id}/edit/needs/nobody", expect=404)
    visit(as_=leader_of(version)).open(f"/plans/{version.id}/edit/nothing", expect=404)


def test_pages_of_long_sheets_take_as_many_queries_as_short_ones(make, visit, count_queries):
    counts = []
    for many in (1, 30):
        training = annual_content(2026).rows("trainings")[0].values
        rows = tuple(row(f"row-s{number}", **training) for number in range(many))
        version = make.annual_plan(content=annual_content(2026, trainings=rows))
        leader = visit(as_=leader_of(version))
        for address in ("trainings", "trainings/row-s0", "trainings/+"):
            db.session.expire_all()
            with count_queries() as queries:
                leader.open(f"/plans/{version.id}/edit/{address}")
            counts.append(queries.count)

    assert counts[:3] == counts[3:]
    assert max(counts) <= 12
