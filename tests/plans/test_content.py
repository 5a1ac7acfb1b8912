import json
import unicodedata
from hashlib import sha256

import pytest

from plans.content import (
    CellChange,
    Difference,
    RowChange,
    canonical_form,
    content_hash,
    difference,
    fingerprint,
)
from plans.definitions import PlanContent, PlanRow
from tests.plans.templates import ANNUAL, GENERAL, changed, content, example_content, with_row

PLAN = example_content(GENERAL)


# --- One form, one hash --------------------------------------------------------------------------------


def test_the_canonical_form_is_stable_text():
    plan = content(
        {"needs": [{"priority": 1, "need_text": "Gęś"}], "risks": [{"risk": "deszcz", "impact": 2}]}
    )

    assert canonical_form(plan, GENERAL) == (
        '{"sheets":{"needs":[{"need_text":"Gęś","priority":1}],"risks":[{"impact":2,"risk":"deszcz"}]},'
        '"template":"PLAN-OGOLNY"}'
    )
    assert content_hash(plan, GENERAL) == sha256(canonical_form(plan, GENERAL).encode()).hexdigest()


def test_names_and_addresses_of_people_are_no_part_of_it():
    form = json.loads(canonical_form(PLAN, GENERAL))

    private = {column.key for sheet in GENERAL.sheets for column in sheet.columns if column.private}
    kept = {key for rows in form["sheets"].values() for row in rows for key in row}
    assert private
    assert private & kept == set()
    for key in ("leader_name", "leader_email", "authors"):
        assert content_hash(changed(PLAN, "metadata", **{key: "x"}), GENERAL) == content_hash(PLAN, GENERAL)


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(
            changed(
                PLAN,
                "needs",
                need_text=unicodedata.normalize("NFD", str(PLAN.rows("needs")[0].values["need_text"])),
            ),
            id="letters",
        ),
        pytest.param(
            PlanContent(
                {key: tuple(PlanRow("x", row.values) for row in rows) for key, rows in PLAN.sheets.items()}
            ),
            id="ids",
        ),
        pytest.param(PlanContent(dict(reversed(list(PLAN.sheets.items())))), id="order of sheets"),
        pytest.param(
            PlanContent({**PLAN.sheets, "unknown": (PlanRow("x", {"a": "b"}),)}), id="unknown sheet"
        ),
        pytest.param(with_row(PLAN, "needs"), id="empty row"),
        pytest.param(
            changed(PLAN, "goals", digcomp_areas=PLAN.rows("goals")[0].values["digcomp_areas"], colour="red"),
            id="unknown column",
        ),
    ],
)
def test_what_says_nothing_does_not_change_the_hash(same: PlanContent):
    assert content_hash(same, GENERAL) == content_hash(PLAN, GENERAL)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(changed(PLAN, "needs", priority=2), id="one digit"),
        pytest.param(changed(PLAN, "needs", at_risk=None), id="emptied cell"),
        pytest.param(with_row(PLAN, "risks", risk="deszcz"), id="another row"),
        pytest.param(
            PlanContent({key: rows for key, rows in PLAN.sheets.items() if key != "risks"}), id="sheet gone"
        ),
    ],
)
def test_anything_a_reader_could_see_changes_the_hash(other: PlanContent):
    assert content_hash(other, GENERAL) != content_hash(PLAN, GENERAL)


def test_the_order_of_rows_counts():
    rows = [{"risk": "deszcz"}, {"risk": "śnieg"}]

    assert content_hash(content({"risks": rows}), GENERAL) != content_hash(
        content({"risks": rows[::-1]}), GENERAL
    )


def test_two_kinds_of_plan_never_have_one_hash():
    plan = content({"metadata": [{"municipality_name": "Żółte Brzozy"}]})

    assert content_hash(plan, GENERAL) != content_hash(plan, ANNUAL)


def test_a_fingerprint_knows_about_private_columns_and_ids_too():
    assert fingerprint(PLAN) == fingerprint(PlanContent(dict(reversed(list(PLAN.sheets.items())))))
    assert fingerprint(changed(PLAN, "metadata", leader_name="x")) != fingerprint(PLAN)
    renamed = PlanContent({**PLAN.sheets, "risks": (PlanRow("other", PLAN.rows("risks")[0].values),)})
    assert fingerprint(renamed) != fingerprint(PLAN)


# --- Differences ---------------------------------------------------------------------------------------


def test_equal_plans_do_not_differ():
    assert difference(PLAN, PLAN, GENERAL) == Difference()
    assert difference(PLAN, PLAN, GENERAL).is_empty


def test_rows_and_cells_are_compared_by_their_ids():
    before = content({"risks": [{"risk": "deszcz", "impact": 1}, {"risk": "śnieg"}, {"risk": "wiatr"}]})
    after = PlanContent(
        {
            "risks": (
                PlanRow("risks-1", {"risk": "deszcz", "impact": 2, "likelihood": 3}),
                PlanRow("risks-3", {"risk": "wiatr"}),
                PlanRow("new", {"risk": "mróz"}),
            )
        }
    )

    found = difference(before, after, GENERAL)

    assert found == Difference(
        added=(RowChange("risks", PlanRow("new", {"risk": "mróz"})),),
        removed=(RowChange("risks", PlanRow("risks-2", {"risk": "śnieg"})),),
        changed=(
            CellChange("risks", "risks-1", "likelihood", None, 3),
            CellChange("risks", "risks-1", "impact", 1, 2),
        ),
    )
    assert not found.is_empty
    assert found.sheet_keys == {"risks"}
    assert found.changed_rows == {("risks", "risks-1")}


def test_another_order_is_a_difference_as_it_is_for_the_hash():
    before = content({"risks": [{"risk": "deszcz"}, {"risk": "śnieg"}]})
    after = PlanContent({"risks": before.rows("risks")[::-1]})

    assert difference(before, after, GENERAL) == Difference(reordered=("risks",))


def test_a_row_that_lost_its_id_but_not_its_words_is_the_same_row():
    after = PlanContent({**PLAN.sheets, "risks": (PlanRow("new", PLAN.rows("risks")[0].values),)})

    assert difference(PLAN, after, GENERAL).is_empty


def test_private_columns_are_compared_among_the_authors_and_left_out_in_public():
    after = changed(PLAN, "metadata", leader_name="Ktoś Inny")

    assert [change.column_key for change in difference(PLAN, after, GENERAL).changed] == ["leader_name"]
    assert difference(PLAN, after, GENERAL, public=True).is_empty


def test_the_same_letters_composed_differently_are_no_difference():
    text = str(PLAN.rows("needs")[0].values["need_text"])

    assert difference(
        PLAN, changed(PLAN, "needs", need_text=unicodedata.normalize("NFD", text)), GENERAL
    ).is_empty


@pytest.mark.parametrize("sheet", [sheet.key for sheet in GENERAL.content_sheets])
def test_a_published_file_that_differs_in_one_cell_is_found_out(sheet: str):
    public = [column for column in GENERAL.sheet(sheet).columns if not column.private]
    for column in public:
        after = changed(PLAN, sheet, **{column.key: None})
        found = difference(PLAN, after, GENERAL, public=True)
        assert [change.column_key for change in found.changed] == [column.key]
        assert content_hash(after, GENERAL) != content_hash(PLAN, GENERAL)
