"""Merging loses nothing, whatever two people did to one plan at the same time."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.definitions import PlanContent, PlanRow
from plans.merging.threeway import CellConflict, Merge, OrderConflict, RowConflict, Taken, merge

SHEET = "needs"


def content(**rows: Mapping[str, Any]) -> PlanContent:
    return PlanContent({SHEET: tuple(PlanRow(uid, values) for uid, values in rows.items())} if rows else {})


def values(merged: Merge) -> dict[str, dict[str, Any]]:
    return {row.row_uid: dict(row.values) for row in merged.content.rows(SHEET)}


BASE = content(
    a={"text": "Seniors ask for banking", "priority": 1}, b={"text": "Cables"}, c={"text": "Teachers"}
)


def test_changes_of_different_cells_of_one_row_both_stay():
    ours = content(
        a={"text": "Seniors ask for e-banking", "priority": 1}, b={"text": "Cables"}, c={"text": "Teachers"}
    )
    theirs = content(
        a={"text": "Seniors ask for banking", "priority": 2}, b={"text": "Cables"}, c={"text": "Teachers"}
    )

    merged = merge(BASE, ours, theirs)

    assert merged.is_clean
    assert values(merged)["a"] == {"text": "Seniors ask for e-banking", "priority": 2}


def test_one_cell_changed_on_both_sides_is_shown_with_all_three_values():
    ours = content(a={"text": "Ours", "priority": 1}, b={"text": "Cables"}, c={"text": "Teachers"})
    theirs = content(a={"text": "Theirs", "priority": 3}, b={"text": "Cables"}, c={"text": "Teachers"})

    merged = merge(BASE, ours, theirs)

    assert merged.conflicts == (
        CellConflict(SHEET, "a", "text", "Seniors ask for banking", "Ours", "Theirs"),
    )
    assert values(merged)["a"] == {"text": "Ours", "priority": 3}


@pytest.mark.parametrize(("chosen", "text"), [(Taken.OURS, "Ours"), (Taken.THEIRS, "Theirs")])
def test_what_was_chosen_is_no_conflict_any_more(chosen, text):
    ours, theirs = content(a={"text": "Ours"}), content(a={"text": "Theirs"})

    merged = merge(content(a={"text": "Base"}), ours, theirs, {"needs.a.text": chosen})

    assert merged.is_clean
    assert values(merged) == {"a": {"text": text}}


def test_a_row_taken_out_here_and_changed_there_is_a_conflict_too():
    ours = content(b={"text": "Cables"}, c={"text": "Teachers"})
    theirs = content(a={"text": "Changed", "priority": 1}, b={"text": "Cables"}, c={"text": "Teachers"})

    merged = merge(BASE, ours, theirs)

    changed = PlanRow("a", {"text": "Changed", "priority": 1})
    assert merged.conflicts == (RowConflict(SHEET, "a", BASE.rows(SHEET)[0], None, changed),)
    assert list(values(merged)) == ["b", "c"]
    assert list(values(merge(BASE, ours, theirs, {"needs.a": Taken.THEIRS}))) == ["a", "b", "c"]


def test_a_row_that_only_one_side_touched_goes_as_that_side_says():
    ours = content(a={"text": "Seniors ask for banking", "priority": 1}, b={"text": "Cables"})
    theirs = content(a={"text": "Seniors ask for banking", "priority": 1}, c={"text": "Teachers"})

    assert list(values(merge(BASE, ours, theirs))) == ["a"]


def test_new_rows_of_both_sides_stand_behind_the_row_they_were_put_behind():
    rows = {row.row_uid: row.values for row in BASE.rows(SHEET)}
    ours = content(a=rows["a"], x={"text": "Ours, behind a"}, b=rows["b"], c=rows["c"])
    theirs = content(a=rows["a"], b=rows["b"], c=rows["c"], y={"text": "Theirs, at the end"})

    assert list(values(merge(BASE, ours, theirs))) == ["a", "x", "b", "c", "y"]


def test_an_order_that_one_side_changed_is_taken():
    rows = {row.row_uid: row.values for row in BASE.rows(SHEET)}
    moved = content(c=rows["c"], a=rows["a"], b=rows["b"])

    assert list(values(merge(BASE, moved, BASE))) == list(values(merge(BASE, BASE, moved))) == ["c", "a", "b"]


def test_two_different_orders_are_to_be_chosen_from():
    rows = {row.row_uid: row.values for row in BASE.rows(SHEET)}
    ours = content(c=rows["c"], a=rows["a"], b=rows["b"])
    theirs = content(b=rows["b"], a=rows["a"], c=rows["c"])

    merged = merge(BASE, ours, theirs)

    assert merged.conflicts == (OrderConflict(SHEET, ("c", "a", "b"), ("b", "a", "c")),)
    assert list(values(merged)) == ["c", "a", "b"]
    assert list(values(merge(BASE, ours, theirs, {SHEET: Taken.THEIRS}))) == ["b", "a", "c"]


def test_letters_written_in_two_ways_are_the_same_letters():
    ours = content(a={"text": "Żółta Gęś", "priority": 1}, b={"text": "Cables"}, c={"text": "Teachers"})
    theirs = content(
        a={"text": "Z\u0307o\u0301łta Ge\u0328s\u0301", "priority": 1},
        b={"text": "Cables"},
        c={"text": "Teachers"},
    )

    assert merge(BASE, ours, theirs).is_clean


# --- For any two people ---------------------------------------------------------------------------------

COLUMNS = ("text", "priority", "codes")
VALUES = st.one_of(
    st.none(), st.sampled_from(["one", "two", "Łódź"]), st.integers(1, 3), st.just(["N1", "N2"])
)
ROWS = st.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, VALUES)).map(
    lambda row: {key: value for key, value in row.items() if value is not None} or {"text": "filled"}
)


@st.composite
def sides(draw) -> tuple[PlanContent, PlanContent, PlanContent]:
    base = draw(st.dictionaries(st.sampled_from("abcdef"), ROWS, max_size=6))
    return content(**base), draw(edited(base, "pqr")), draw(edited(base, "xyz"))


@st.composite
def edited(draw, base: Mapping[str, Any], new: str) -> PlanContent:
    """Some cells changed, some rows taken out, some put in anywhere, perhaps in another order."""
    rows = {uid: dict(row) for uid, row in base.items() if draw(st.integers(0, 5))}
    for row in rows.values():
        for column in draw(st.sets(st.sampled_from(COLUMNS), max_size=2)):
            value = draw(VALUES)
            row.pop(column, None)
            if value is not None:
                row[column] = value
        if not row:
            row["text"] = "left"
    rows |= draw(st.dictionaries(st.sampled_from(new), ROWS, max_size=2))
    order = draw(st.permutations(list(rows))) if draw(st.booleans()) else list(rows)
    return content(**{uid: rows[uid] for uid in order})


def mirrored(merged: Merge) -> Merge:
    return Merge(
        merged.content,
        tuple(replace(one, ours=one.theirs, theirs=one.ours) for one in merged.cells),
        tuple(replace(one, ours=one.theirs, theirs=one.ours) for one in merged.rows),
        tuple(replace(one, ours=one.theirs, theirs=one.ours) for one in merged.orders),
    )


def by_name(merged: Merge) -> dict[str, Any]:
    return {one.name: one for one in merged.conflicts}


@given(sides())
def test_the_other_way_round_the_same_comes_out(three):
    base, ours, theirs = three

    one, other = merge(base, ours, theirs), merge(base, theirs, ours)

    assert by_name(one) == by_name(mirrored(other))
    settled = dict.fromkeys(by_name(one), Taken.THEIRS)
    settled_back = dict.fromkeys(by_name(one), Taken.OURS)
    assert merge(base, ours, theirs, settled).content == merge(base, theirs, ours, settled_back).content


@given(sides())
def test_no_edit_that_conflicts_with_none_is_lost(three):
    base, ours, theirs = three
    merged = merge(base, ours, theirs)
    was, here, there, now = (
        {row.row_uid: row.values for row in one.rows(SHEET)} for one in (base, ours, theirs, merged.content)
    )
    in_conflict = by_name(merged)

    for mine, other in ((here, there), (there, here)):
        for uid, row in mine.items():
            if f"{SHEET}.{uid}" in in_conflict:
                continue
            for column in COLUMNS:
                before, after = was.get(uid, {}).get(column), row.get(column)
                if before != after and f"{SHEET}.{uid}.{column}" not in in_conflict:
                    assert now.get(uid, {}).get(column) == after
        for uid in was.keys() - mine.keys():
            untouched = uid not in other or other[uid] == was[uid]
            assert (uid not in now) if untouched else (f"{SHEET}.{uid}" in in_conflict)


@given(sides())
def test_applied_twice_it_changes_nothing(three):
    base, ours, theirs = three
    settled = dict.fromkeys(by_name(merge(base, ours, theirs)), Taken.THEIRS)
    once = merge(base, ours, theirs, settled).content

    again = merge(theirs, once, theirs)

    assert again.is_clean
    assert again.content == once


@given(sides())
def test_who_changed_nothing_stands_in_nobodys_way(three):
    base, ours, _theirs = three

    assert (
        merge(base, ours, base).content == merge(base, base, ours).content == merge(ours, ours, ours).content
    )
    assert merge(base, ours, base).is_clean


@given(sides())
def test_the_same_done_by_both_is_done_once(three):
    base, ours, _theirs = three

    merged = merge(base, ours, ours)

    assert merged.is_clean
    assert merged.content == ours
