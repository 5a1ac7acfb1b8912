"""Everything that can be found against a plan can be put right on the page that shows it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from openpyxl import Workbook

from core import clock
from core.i18n import in_language
from plans.checks import Purpose, check_content
from plans.columns import parse
from plans.correction_inputs import CellInput, Inputs
from plans.correction_page import Corrections, Fix
from plans.definitions import PlanContent, TemplateDefinition
from plans.findings import Finding, FindingCode, Severity
from plans.reasons import REASONS
from plans.workbooks.merge import merge_reading
from plans.workbooks.order import Filling
from plans.workbooks.sheet_reading import Limits
from programme.code_lists import CodeList
from tests.plans.filled_plans import GENERAL_CONTENT, REMARKS, edited, read, written
from tests.plans.templates import ANNUAL, CODE_LISTS, GENERAL, SETTINGS, changed, example_content, with_row

REFUSED = "The file is refused as a whole: nothing of it was taken, so there is no cell to correct."
HARMLESS = "For information: it was passed over, and the page says that nothing needs doing."
LEFT_BEHIND = (
    "Of what is no part of the plan: it was not taken over, and the file that holds it was not kept."
)
MOVED = "For information: what a newer template version moved, and that nothing needs doing."
BESIDE_THE_PLAN = "An answer to a remark: given on the plan's page (tests/plans/test_offline_answers.py)."

NOT_IN_PLACE: Mapping[str, str] = {
    "wrong_template": REFUSED,
    "wrong_programme": REFUSED,
    "wrong_municipality": REFUSED,
    "wrong_plan": REFUSED,
    "not_recognised": REFUSED,
    "template_not_accepted": REFUSED,
    "retired_template": REFUSED,
    "newer_template": REFUSED,
    "column_renamed": MOVED,
    "column_new": MOVED,
    "value_replaced": MOVED,
    "unknown_column": HARMLESS,
    "unknown_sheet": HARMLESS,
    "personal_in_comment": LEFT_BEHIND,
    "personal_beside": LEFT_BEHIND,
    "personal_on_page": LEFT_BEHIND,
    "personal_in_sheet_name": LEFT_BEHIND,
    "personal_in_properties": LEFT_BEHIND,
    "no_general_plan": "For information: an annual plan may come first, and the page says that nothing needs doing.",
    "base_changed": "Of the whole plan: its page offers every difference to tick (tests/plans/test_taking_over.py).",
    "not_in_file": "Of a final file: what is approved is not corrected. Its page publishes it, or begins a new draft.",
    "merged_cells": "For information: each row got what the merged cell says, and the page shows it.",
    "not_worked_out": "Of a formula without its result: the plan keeps what it had (tests/plans/real_files).",
    "unknown_remark": BESIDE_THE_PLAN,
    "remark_settled": BESIDE_THE_PLAN,
    "answer_without_words": BESIDE_THE_PLAN,
}
"""Reason -> why there is nothing to put right where it is shown."""

GENERAL_PLAN, ANNUAL_PLAN = example_content(GENERAL), example_content(ANNUAL)


@dataclass(frozen=True)
class Shown:
    """What a check says about some plan, and what its page offers."""

    findings: list[Finding]
    corrections: Corrections

    def against(self) -> Iterator[tuple[Finding, Fix | None]]:
        for finding in self.findings:
            if finding.severity is not Severity.INFO:
                yield finding, self.corrections.of(finding)

    @property
    def names(self) -> set[str]:
        return {
            name for fix in self.corrections.fixes for name in (fix.place, *(one.name for one in fix.fields))
        }


def shown(
    findings: list[Finding],
    content: PlanContent,
    definition: TemplateDefinition = GENERAL,
    general: PlanContent | None = None,
) -> Shown:
    with in_language("en"):
        inputs = Inputs(content, definition, code_lists=CODE_LISTS, general=general)
        return Shown(findings, Corrections(findings, content, definition, inputs))


# --- Every way to find something -------------------------------------------------------------------------

TYPED: tuple[tuple[TemplateDefinition, str, str, str], ...] = (
    (GENERAL, "needs", "priority", "dużo"),
    (GENERAL, "needs", "priority", "2,5"),
    (GENERAL, "needs", "priority", "0"),
    (GENERAL, "needs", "priority", "9"),
    (GENERAL, "groups", "group_size", "1.234"),
    (GENERAL, "needs", "need_area", "kadry"),
    (GENERAL, "needs", "evidence", "a" * 30_000),
    (GENERAL, "needs", "need_code", "N1, N2"),
    (GENERAL, "needs", "need_text", "PESEL 44051401458"),
    (GENERAL, "metadata", "established_on", "kiedyś"),
    (GENERAL, "metadata", "established_on", "31.02.2026"),
    (GENERAL, "metadata", "established_on", "1.01.1066"),
    (GENERAL, "partners", "contact_email", "czytelnia"),
)


def of_cells() -> Iterator[Shown]:
    """As a workbook's cells are read."""
    for definition, sheet, key, text in TYPED:
        column = definition.sheet(sheet).column(key)
        problem = parse(column, text, CODE_LISTS).problem
        assert problem is not None, text
        finding = problem.finding(column, sheet_key=sheet, row_uid=f"{sheet}-1", cell="D5")
        yield shown([finding], example_content(definition), definition)


def without(plan: PlanContent, *sheets: str) -> PlanContent:
    return PlanContent({key: rows for key, rows in plan.sheets.items() if key not in sheets})


def repeated(plan: PlanContent, sheet: str, **values: Any) -> PlanContent:
    return with_row(plan, sheet, **{**plan.rows(sheet)[0].values, **values})


def named(plan: PlanContent) -> PlanContent:
    for name in ("Jan Kowalski", "Anna Nowak", "Piotr Zieliński"):
        plan = with_row(plan, "monitoring", monitoring_what=f"sprawa {name[0]}", monitoring_who=name)
    return plan


SPOILT_GENERAL: tuple[PlanContent, ...] = (
    PlanContent(),
    changed(GENERAL_PLAN, "needs", need_text=None),
    changed(GENERAL_PLAN, "goals", need_codes=["N9"]),
    without(GENERAL_PLAN, "partners"),
    without(GENERAL_PLAN, "goals", "recommendations"),
    without(GENERAL_PLAN, "needs"),
    changed(without(GENERAL_PLAN, "partners"), "lines", lead_org_code=None),
    repeated(GENERAL_PLAN, "risks"),
    repeated(GENERAL_PLAN, "monitoring"),
    repeated(GENERAL_PLAN, "needs", need_code="N2"),
    repeated(GENERAL_PLAN, "needs", need_text="Inna"),
    changed(GENERAL_PLAN, "metadata", year_to=2031),
    changed(GENERAL_PLAN, "metadata", year_from=2027, year_to=2029),
    changed(GENERAL_PLAN, "goals", baseline="300"),
    changed(GENERAL_PLAN, "lines", trainings_y1=0, trainings_y2=0, trainings_y3=0),
    changed(GENERAL_PLAN, "lines", hours_y2="0"),
    changed(GENERAL_PLAN, "lines", trainings_y3=0),
    changed(GENERAL_PLAN, "groups", persons_y2=451),
    changed(GENERAL_PLAN, "groups", recruitment="zapisy: 501 234 567"),
    changed(GENERAL_PLAN, "groups", recruitment="zapisy: jan@wp.pl"),
    changed(GENERAL_PLAN, "monitoring", monitoring_who="Anna Nowak"),
    changed(GENERAL_PLAN, "partners", contact_email="kgw@gmail.com"),
    named(GENERAL_PLAN),
)
SPOILT_ANNUAL: tuple[PlanContent, ...] = (
    PlanContent(),
    changed(ANNUAL_PLAN, "metadata", plan_year=2031),
    changed(ANNUAL_PLAN, "trainings", status="done", held_on=None),
    changed(ANNUAL_PLAN, "trainings", line_code="K9"),
    changed(ANNUAL_PLAN, "trainings", date_from="2031-05-12"),
    changed(ANNUAL_PLAN, "trainings", date_from="2026-05-12", date_to="2026-05-11"),
    changed(ANNUAL_PLAN, "trainings", participants_actual=3, women_actual=4),
    changed(ANNUAL_PLAN, "trainings", quarter="q3"),
    changed(ANNUAL_PLAN, "trainings", status="planned", participants_actual=3),
    changed(ANNUAL_PLAN, "trainings", participants_planned=900, hours_planned="900", groups_planned=40),
)


def checked(
    plan: PlanContent,
    definition: TemplateDefinition = GENERAL,
    general: PlanContent | None = None,
    code_lists: Mapping[str, CodeList] = CODE_LISTS,
) -> Shown:
    years = range(2026, 2029) if definition.kind is GENERAL.kind else range(2026, 2027)
    findings = check_content(
        plan,
        definition,
        code_lists=code_lists,
        settings=SETTINGS,
        purpose=Purpose.SUBMIT,
        period=years,
        general=general,
    )
    return shown(findings, plan, definition, general)


def with_optional_needs() -> TemplateDefinition:
    """As in a template whose goals need not name any need."""
    goals = GENERAL.sheet("goals")
    columns = tuple(replace(one, required=one.required and one.key != "need_codes") for one in goals.columns)
    sheets = tuple(replace(one, columns=columns) if one.key == "goals" else one for one in GENERAL.sheets)
    return replace(GENERAL, sheets=sheets)


def all_retired(name: str) -> Mapping[str, CodeList]:
    """Nothing of a list is offered any more."""
    listed = CODE_LISTS[name]
    since = date(2026, 1, 1)
    return {
        **CODE_LISTS,
        name: replace(listed, choices=tuple(replace(one, retired_on=since) for one in listed.choices)),
    }


def of_contents() -> Iterator[Shown]:
    """As a plan is checked, whichever way it came in."""
    yield from map(checked, SPOILT_GENERAL)
    yield from (checked(plan, ANNUAL, GENERAL_PLAN) for plan in SPOILT_ANNUAL)
    with clock.at(datetime(2026, 6, 1, 9, tzinfo=UTC)):
        too_early = checked(changed(ANNUAL_PLAN, "trainings", status="done", held_on="2026-12-31"), ANNUAL)
    yield too_early
    neither = changed(ANNUAL_PLAN, "trainings", line_code=None, goal_code=None)
    yield checked(neither, ANNUAL, repeated(GENERAL_PLAN, "lines", line_code="K2"))
    yield checked(ANNUAL_PLAN, ANNUAL)
    yield checked(GENERAL_PLAN, code_lists=all_retired("form"))
    yield checked(ANNUAL_PLAN, ANNUAL, without(GENERAL_PLAN, "lines", "goals", "groups"))
    two_goals = repeated(GENERAL_PLAN, "goals", goal_code="C2", goal_text="Drugi", need_codes=None)
    yield checked(changed(two_goals, "goals", need_codes=None), with_optional_needs())
    yield checked(
        with_row(GENERAL_PLAN, "needs", need_code="N2", need_text="Brak łącza", need_area="safety", evidence="x", priority=2)
    )  # fmt: skip


def without_headings(book: Workbook) -> None:
    book["2_Diagnoza"].delete_rows(1, 4)


def with_a_row_far_below(book: Workbook) -> None:
    book["2_Diagnoza"]["C207"] = "za daleko"


def with_a_copied_row(book: Workbook) -> None:
    for column in range(1, 7):
        book["2_Diagnoza"].cell(7, column).value = book["2_Diagnoza"].cell(6, column).value


def with_a_second_column(book: Workbook) -> None:
    book["2_Diagnoza"]["Z4"], book["2_Diagnoza"]["Z5"] = "evidence", "drugie źródło"


def with_a_formula_that_failed(book: Workbook) -> None:
    cell = book["2_Diagnoza"]["F5"]
    cell.value, cell.data_type = "#REF!", "e"


def with_sheets_and_columns_of_ones_own(book: Workbook) -> None:
    book.create_sheet("Notatki")["A1"] = "moje"
    book["2_Diagnoza"]["Z3"], book["2_Diagnoza"]["Z5"] = "Moja kolumna", "moje"


def with_a_telephone_among_the_answers(book: Workbook) -> None:
    sheet = book["11_Uwagi"]
    keys = {cell.value: at for at, cell in enumerate(sheet[4], start=1)}
    sheet.cell(5, keys["answer"]).value = "PESEL 44051401458"


WITH_REMARKS = Filling(GENERAL_CONTENT, remarks=REMARKS)
EDITS: tuple[Callable[[Workbook], None], ...] = (
    without_headings, with_a_row_far_below, with_a_copied_row, with_a_second_column, with_a_formula_that_failed,
    with_sheets_and_columns_of_ones_own, with_a_telephone_among_the_answers,
)  # fmt: skip


def of_files() -> Iterator[Shown]:
    """As a workbook is read."""
    for edit in EDITS:
        reading = read(edited(written(WITH_REMARKS), edit))
        yield shown(list(reading.findings), merge_reading(GENERAL_CONTENT, reading))
    reading = read(written(), limits=Limits(rows=1))
    yield shown(list(reading.findings), merge_reading(GENERAL_CONTENT, reading))
    yield shown([*_of_an_older_template()], GENERAL_CONTENT)


def _of_an_older_template() -> Iterator[Finding]:
    old, seen = FindingCode.OLD_TEMPLATE, Severity.WARNING
    yield Finding(old, seen, "older_template", params={"found": "1", "current": "2"})
    yield Finding(old, seen, "column_gone", params={"column": "needs.measure"})
    yield Finding(old, seen, "column_gone", params={"column": "needs.at_risk"})
    [need] = [row.row_uid for row in GENERAL_CONTENT.rows("needs")[:1]]
    yield Finding(old, seen, "value_gone", "needs", "D5", need, "need_area", {"was": "Kadra"})
    yield Finding(old, seen, "value_unfit", "needs", "E5", need, "evidence_year")
    yield Finding(FindingCode.REQUIRED, seen, "required_soon", "needs", "F5", need, "measure")
    yield Finding(FindingCode.REQUIRED, seen, "rows_missing_soon", "risks", params={"rows": "1"})


@cache
def everything() -> tuple[Shown, ...]:
    return (*of_cells(), *of_contents(), *of_files())


# --- What is offered -------------------------------------------------------------------------------------


def test_every_reason_is_put_right_on_the_page_or_there_is_a_reason_why_not():
    put_right = {finding.reason for one in everything() for finding, fix in one.against() if fix and fix.keys}

    assert put_right & NOT_IN_PLACE.keys() == set()
    assert put_right | NOT_IN_PLACE.keys() == REASONS.keys()


def test_every_single_finding_has_its_own_input_or_leads_to_it():
    for one in everything():
        for finding, fix in one.against():
            assert fix is not None, finding
            assert fix.keys or fix.elsewhere, finding
            assert {other.name for other in fix.elsewhere} <= one.names, finding


def test_no_two_inputs_and_no_two_buttons_of_a_page_go_by_one_name():
    for one in everything():
        fixes = one.corrections.fixes
        names = [field.name for fix in fixes for field in fix.fields]
        buttons = [
            button.key for fix in fixes for button in fix.buttons if not button.key.startswith("remove")
        ]
        assert len(names) == len(set(names))
        assert len(buttons) == len(set(buttons))


def test_what_is_only_for_information_asks_for_nothing():
    told = [finding for one in everything() for finding in one.findings if finding.severity is Severity.INFO]

    assert {finding.reason for finding in told} == {"unknown_sheet", "unknown_column", "no_general_plan"}
    with in_language("en"):
        assert {str(REASONS[finding.reason].expected) for finding in told} == {"Nothing needs doing."}


def as_a_browser_sends(one: CellInput) -> list[str]:
    offered = {option.value for option in one.options}
    return [value for value in one.values if not offered or value in offered]


@pytest.mark.parametrize("plan", SPOILT_GENERAL)
def test_a_form_sent_back_as_it_is_shown_changes_nothing_unless_all_is_saved(plan: PlanContent):
    corrections = checked(plan).corrections
    sent = {one.name: as_a_browser_sends(one) for fix in corrections.fixes for one in fix.fields}

    assert corrections.chosen(sent, "typed") == {}
