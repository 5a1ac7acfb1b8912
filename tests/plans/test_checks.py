from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from core import clock
from plans.checks import Purpose, check_content, without_refused
from plans.definitions import PlanContent, PlanRow, Value
from plans.findings import Finding, FindingCode, Severity
from tests.plans.templates import (
    ANNUAL,
    CODE_LISTS,
    GENERAL,
    SETTINGS,
    changed,
    content,
    example_content,
    with_row,
)
from tests.support.growth import assert_in_proportion

GENERAL_PLAN = example_content(GENERAL)
ANNUAL_PLAN = example_content(ANNUAL)
YEARS = range(2026, 2029)


def check_general(plan: PlanContent, purpose: Purpose = Purpose.SUBMIT) -> list[Finding]:
    return check_content(
        plan, GENERAL, code_lists=CODE_LISTS, settings=SETTINGS, purpose=purpose, period=YEARS
    )


def check_annual(plan: PlanContent, general: PlanContent | None = GENERAL_PLAN) -> list[Finding]:
    return check_content(
        plan,
        ANNUAL,
        code_lists=CODE_LISTS,
        settings=SETTINGS,
        purpose=Purpose.SUBMIT,
        period=range(2026, 2027),
        general=general,
    )


def about(found: list[Finding], code: FindingCode) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (finding.reason, finding.sheet_key, finding.row_uid, finding.column_key)
        for finding in found
        if finding.code is code
    ]


def agreeing(plan: PlanContent) -> PlanContent:
    """An annual plan with the figures that the general one has for its year."""
    return changed(plan, "trainings", participants_planned=30, hours_planned="12", groups_planned=2)


# --- What has to be there ------------------------------------------------------------------------------


def test_a_complete_plan_has_nothing_to_correct():
    assert check_general(GENERAL_PLAN) == []
    assert check_annual(agreeing(ANNUAL_PLAN)) == []


def test_an_empty_plan_is_told_what_it_needs_sheet_by_sheet():
    found = check_general(PlanContent())

    assert [
        (finding.code.value[:3], finding.reason, finding.sheet_key, finding.column_key) for finding in found
    ] == [
        ("F05", "required", "metadata", "year_from"),
        ("F05", "required", "metadata", "year_to"),
        ("F05", "required", "metadata", "summary"),
        ("F05", "rows_missing", "needs", None),
        ("F05", "rows_missing", "groups", None),
        ("F05", "rows_missing", "goals", None),
        ("F05", "rows_missing", "lines", None),
        ("F10", "no_recommendation", "recommendations", None),
    ]
    assert {finding.severity for finding in found} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("sheet", "key"),
    [
        (sheet.key, column.key)
        for sheet in GENERAL.content_sheets
        for column in sheet.columns
        if column.required and not column.refers_to
    ],
)
def test_every_required_cell_is_missed(sheet: str, key: str):
    found = check_general(changed(GENERAL_PLAN, sheet, **{key: None}))

    assert about(found, FindingCode.REQUIRED) == [("required", sheet, f"{sheet}-1", key)]
    assert [finding.severity for finding in found if finding.code is FindingCode.REQUIRED] == [Severity.ERROR]


def test_an_empty_cell_of_a_draft_is_an_error_that_keeps_nothing_else_back():
    [finding] = check_general(changed(GENERAL_PLAN, "needs", evidence=None), Purpose.DRAFT)

    assert (finding.severity, finding.blocks_submit, finding.blocks_apply) == (Severity.ERROR, True, False)


def test_optional_cells_may_stay_empty():
    plan = GENERAL_PLAN
    for sheet in GENERAL.content_sheets:
        plan = changed(
            plan, sheet.key, **{column.key: None for column in sheet.columns if not column.is_core}
        )

    assert check_general(plan) == []


def test_sheets_seven_to_nine_and_the_partners_may_be_empty():
    optional = ("resources", "funding", "risks", "monitoring")
    plan = PlanContent({key: rows for key, rows in GENERAL_PLAN.sheets.items() if key not in optional})

    assert check_general(plan) == []


@pytest.mark.parametrize("status", ["planned", "confirmed", "running", "moved", "cancelled"])
def test_results_are_not_asked_for_before_a_training_took_place(status: str):
    plan = changed(
        agreeing(ANNUAL_PLAN),
        "trainings",
        status=status,
        held_on=None,
        participants_actual=None,
        hours_actual=None,
    )
    plan = changed(plan, "trainings", women_actual=None, seniors_actual=None, disability_actual=None)

    assert about(check_annual(plan), FindingCode.REQUIRED) == []


def test_a_training_that_took_place_needs_its_results():
    plan = changed(
        ANNUAL_PLAN, "trainings", status="done", held_on=None, participants_actual=None, hours_actual=None
    )

    assert about(check_annual(plan), FindingCode.REQUIRED) == [
        ("required_here", "trainings", "trainings-1", "held_on"),
        ("required_here", "trainings", "trainings-1", "participants_actual"),
        ("required_here", "trainings", "trainings-1", "hours_actual"),
    ]


def test_a_training_needs_a_line_or_a_goal():
    two_lines = with_row(GENERAL_PLAN, "lines", line_code="K2", line_title="Inny kierunek")
    only_goal = changed(agreeing(ANNUAL_PLAN), "trainings", line_code=None)
    neither = changed(only_goal, "trainings", goal_code=None)

    assert about(check_annual(only_goal, two_lines), FindingCode.REQUIRED) == []
    assert about(check_annual(neither, two_lines), FindingCode.REQUIRED) == [
        ("required_one_of", "trainings", "trainings-1", "line_code")
    ]


@pytest.mark.parametrize(
    ("purpose", "severity"), [(Purpose.DRAFT, Severity.WARNING), (Purpose.SUBMIT, Severity.ERROR)]
)
def test_a_plan_without_a_recommendation_may_be_a_draft_but_not_be_submitted(
    purpose: Purpose, severity: Severity
):
    plan = PlanContent({key: rows for key, rows in GENERAL_PLAN.sheets.items() if key != "recommendations"})

    [finding] = check_general(plan, purpose)

    assert (finding.code, finding.severity, finding.blocks_submit) == (
        FindingCode.NO_RECOMMENDATION,
        severity,
        True,
    )


# --- References ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "severity"), [(Purpose.DRAFT, Severity.WARNING), (Purpose.SUBMIT, Severity.ERROR)]
)
def test_a_code_that_points_to_nothing_warns_in_a_draft_and_stops_a_submission(
    purpose: Purpose, severity: Severity
):
    found = check_general(changed(GENERAL_PLAN, "lines", group_codes=["T1", "T9"]), purpose)

    assert found == [
        Finding(
            FindingCode.BROKEN_REFERENCE,
            severity,
            "broken_reference",
            sheet_key="lines",
            row_uid="lines-1",
            column_key="group_codes",
            params={"row": "1", "found": "T9", "refers_to": "groups"},
        )
    ]
    assert found[0].blocks_submit


def test_a_misspelt_text_is_answered_with_the_row_it_is_most_like():
    [finding] = check_general(changed(GENERAL_PLAN, "lines", group_codes=["seniorzi z malej wsi"]))

    assert (finding.reason, finding.suggestion) == ("broken_reference", "T1")


def test_codes_and_texts_are_resolved_before_they_are_judged():
    plan = changed(GENERAL_PLAN, "needs", need_code=None)
    plan = changed(plan, "goals", need_codes=["seniorzy nie potrafia umowic wizyty u lekarza przez internet"])

    assert check_general(plan) == []


def test_a_reference_into_an_empty_sheet_says_so():
    plan = PlanContent({key: rows for key, rows in GENERAL_PLAN.sheets.items() if key != "partners"})

    assert ("nothing_to_refer_to", "lines", "lines-1", "lead_org_code") in about(
        check_general(plan), FindingCode.BROKEN_REFERENCE
    )


def test_an_annual_plan_without_a_general_one_is_only_told_that_nothing_could_be_compared():
    assert check_annual(ANNUAL_PLAN, general=None) == [
        Finding(FindingCode.BROKEN_REFERENCE, Severity.INFO, "no_general_plan", sheet_key=sheet)
        for sheet in ("trainings", "other_actions")
    ]


# --- Period --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "reason", "suggestion"),
    [
        ((2026, 2029), "years_not_consecutive", "2028"),
        ((2028, 2026), "years_not_consecutive", "2030"),
        ((2027, 2029), "years_of_another_plan", "2026"),
    ],
)
def test_years_are_those_of_the_plan(years: tuple[int, int], reason: str, suggestion: str):
    found = check_general(changed(GENERAL_PLAN, "metadata", year_from=years[0], year_to=years[1]))

    assert [(finding.code, finding.severity, finding.reason, finding.suggestion) for finding in found] == [
        (FindingCode.OUT_OF_PERIOD, Severity.ERROR, reason, suggestion)
    ]


def test_without_a_known_period_the_years_only_have_to_follow_one_another():
    plan = changed(GENERAL_PLAN, "metadata", year_from=2030, year_to=2032)

    assert check_content(plan, GENERAL, code_lists=CODE_LISTS, settings=SETTINGS) == []


def test_dates_of_an_annual_plan_lie_in_its_year():
    plan = changed(
        ANNUAL_PLAN, "trainings", date_from="2025-12-30", date_to="2026-01-02", held_on="2027-01-01"
    )
    plan = changed(plan, "other_actions", date="2027-05-08")

    assert about(check_annual(plan), FindingCode.OUT_OF_PERIOD) == [
        ("date_outside", "trainings", "trainings-1", "held_on"),
        ("date_outside", "trainings", "trainings-1", "date_from"),
        ("date_outside", "other_actions", "other_actions-1", "date"),
    ]


def test_a_training_does_not_end_before_it_begins():
    plan = changed(ANNUAL_PLAN, "trainings", date_from="2026-05-21", date_to="2026-05-12")

    [finding] = [found for found in check_annual(plan) if found.code is FindingCode.OUT_OF_PERIOD]

    assert (finding.reason, finding.column_key) == ("dates_reversed", "date_to")
    assert finding.params == {"row": "1", "first": "21.05.2026", "found": "12.05.2026"}


def test_the_year_of_an_annual_plan_is_the_plans_own():
    assert about(
        check_annual(changed(ANNUAL_PLAN, "metadata", plan_year=2027)), FindingCode.OUT_OF_PERIOD
    ) == [("year_of_another_plan", "metadata", "metadata-1", "plan_year")]


# --- Figures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["women_actual", "seniors_actual", "disability_actual"])
def test_a_part_is_never_more_than_its_total(part: str):
    plan = changed(
        agreeing(ANNUAL_PLAN), "trainings", participants_actual=20, women_actual=20, seniors_actual=20
    )

    assert check_annual(plan) == []
    assert check_annual(changed(plan, "trainings", **{part: 21})) == [
        Finding(
            FindingCode.SUM,
            Severity.ERROR,
            "part_above_total",
            sheet_key="trainings",
            row_uid="trainings-1",
            column_key=part,
            params={"row": "1", "part": "21", "total": "20", "total_column": "participants_actual"},
        )
    ]


@pytest.mark.parametrize(
    ("hours", "is_far"), [("12", False), ("14.4", False), ("9.6", False), ("14.5", True), ("9.5", True)]
)
def test_a_year_may_differ_from_the_general_plan_by_a_fifth(hours: str, is_far: bool):
    found = check_annual(changed(agreeing(ANNUAL_PLAN), "trainings", hours_planned=hours))

    assert (
        about(found, FindingCode.FAR_FROM_GENERAL)
        == [("far_from_general_hours", "trainings", None, None)] * is_far
    )


def test_every_figure_of_a_year_is_compared_with_the_general_plan():
    plan = changed(ANNUAL_PLAN, "trainings", participants_planned=60, hours_planned="24", groups_planned=4)

    found = [finding for finding in check_annual(plan) if finding.code is FindingCode.FAR_FROM_GENERAL]

    assert [(finding.reason, finding.severity, dict(finding.params)) for finding in found] == [
        (reason, Severity.WARNING, {"planned": planned, "general": general, "percent": "100", "year": "2026"})
        for reason, planned, general in (
            ("far_from_general_trainings", "4", "2"),
            ("far_from_general_hours", "24", "12"),
            ("far_from_general_persons", "60", "30"),
        )
    ]


def test_cancelled_trainings_count_for_nothing():
    plan = with_row(
        agreeing(ANNUAL_PLAN),
        "trainings",
        **{**agreeing(ANNUAL_PLAN).rows("trainings")[0].values, "status": "cancelled", "title": "x"},
    )

    assert about(check_annual(plan), FindingCode.FAR_FROM_GENERAL) == []


# --- What can hardly be meant --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "values", "reason", "column"),
    [
        ("goals", {"baseline": "300"}, "target_below_baseline", "target_y3"),
        ("lines", {f"trainings_y{year}": 0 for year in (1, 2, 3)}, "line_without_trainings", "trainings_y1"),
        ("lines", {"hours_y2": "0"}, "trainings_without_hours", "hours_y2"),
        ("lines", {"trainings_y3": 0}, "hours_without_trainings", "trainings_y3"),
        ("groups", {"persons_y2": 451}, "more_persons_than_group", "persons_y2"),
    ],
)
def test_what_can_hardly_be_meant_is_a_warning(
    sheet: str, values: dict[str, object], reason: str, column: str
):
    found = check_general(changed(GENERAL_PLAN, sheet, **values))

    assert (reason, sheet, f"{sheet}-1", column) in about(found, FindingCode.LOGIC)
    assert {finding.severity for finding in found} == {Severity.WARNING}


def test_a_need_that_no_goal_answers_is_pointed_out():
    plan = with_row(
        GENERAL_PLAN,
        "needs",
        need_code="N2",
        need_text="Brak łącza",
        need_area="hardware_network",
        evidence="rozmowy",
        priority=2,
    )

    assert about(check_general(plan), FindingCode.LOGIC) == [
        ("need_without_goal", "needs", "needs-2", "need_text")
    ]


def test_a_quarter_and_a_date_should_agree():
    found = check_annual(changed(agreeing(ANNUAL_PLAN), "trainings", quarter="q3"))

    assert about(found, FindingCode.LOGIC) == [
        ("quarter_of_another_date", "trainings", "trainings-1", "quarter")
    ]
    assert found[0].params == {"row": "1", "date": "12.05.2026"}


def test_nothing_is_held_on_a_day_that_is_still_to_come():
    plan = changed(agreeing(ANNUAL_PLAN), "trainings", status="done", held_on="2026-12-31")

    with clock.at(datetime(2026, 12, 30, 9, tzinfo=UTC)):
        the_day_before = about(check_annual(plan), FindingCode.LOGIC)
    with clock.at(datetime(2026, 12, 31, 9, tzinfo=UTC)):
        on_the_day = about(check_annual(plan), FindingCode.LOGIC)

    assert the_day_before == [("held_in_future", "trainings", "trainings-1", "held_on")]
    assert on_the_day == []


def test_a_training_with_a_result_is_one_that_took_place():
    plan = agreeing(ANNUAL_PLAN)
    result = {"held_on": "2026-05-12", "participants_actual": 3, "hours_actual": "2"}

    with clock.at(datetime(2026, 12, 31, 9, tzinfo=UTC)):
        found = {
            status: about(
                check_annual(changed(plan, "trainings", status=status, **result)), FindingCode.LOGIC
            )
            for status in ("planned", "running", "done", "cancelled")
        }

    warning = [("result_of_open_training", "trainings", "trainings-1", "held_on")]
    assert found == {"planned": warning, "running": [], "done": [], "cancelled": warning}


# --- Personal data -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("PESEL 44051401458", "pesel"),
        ("zapisy: 501 234 567", "phone"),
        ("zapisy: jan@wp.pl", "email"),
        ("Jan Kowalski, Anna Nowak, Piotr Zieliński", "name_list"),
    ],
)
def test_personal_data_in_a_plan_are_an_error_that_does_not_repeat_them(text: str, reason: str):
    found = check_general(changed(GENERAL_PLAN, "groups", recruitment=text))

    assert found == [
        Finding(
            FindingCode.PERSONAL_DATA,
            Severity.ERROR,
            reason,
            sheet_key="groups",
            row_uid="groups-1",
            column_key="recruitment",
            params={"row": "1"},
        )
    ]


def test_a_column_of_names_is_a_list_of_people_even_with_one_in_each_row():
    plan = GENERAL_PLAN
    for name in ("Jan Kowalski", "Anna Nowak", "Piotr Zieliński"):
        plan = with_row(plan, "monitoring", monitoring_what=f"sprawa {name[0]}", monitoring_who=name)

    found = check_general(plan)

    assert about(found, FindingCode.PERSONAL_DATA) == [
        ("name_list", "monitoring", f"monitoring-{number}", "monitoring_who") for number in (2, 3, 4)
    ]
    kept = without_refused(plan, found, before=GENERAL_PLAN)
    assert [row.values.get("monitoring_who") for row in kept.rows("monitoring")] == [
        "biblioteka",
        None,
        None,
        None,
    ]
    assert kept.rows("needs") == plan.rows("needs")


def test_a_single_name_and_a_private_mailbox_are_only_pointed_out():
    plan = changed(GENERAL_PLAN, "monitoring", monitoring_who="Anna Nowak")
    plan = changed(plan, "partners", contact_email="kgw@gmail.com")

    found = check_general(plan)

    assert [(finding.reason, finding.severity) for finding in found] == [
        ("private_mailbox", Severity.WARNING),
        ("person_name", Severity.WARNING),
    ]
    assert without_refused(plan, found, before=GENERAL_PLAN) is plan


# --- Repeated rows -------------------------------------------------------------------------------------


def test_a_row_that_says_the_same_as_another_is_pointed_out():
    plan = with_row(GENERAL_PLAN, "risks", **GENERAL_PLAN.rows("risks")[0].values)
    plan = with_row(plan, "recommendations", **{**plan.rows("recommendations")[0].values, "rec_code": "R2"})

    found = check_general(plan)

    assert [
        (finding.code, finding.severity, finding.reason, finding.row_uid, dict(finding.params))
        for finding in found
    ] == [
        (FindingCode.DUPLICATE, Severity.WARNING, "row_repeated", uid, {"row": "2", "first": "1"})
        for uid in ("risks-2", "recommendations-2")
    ]


def test_two_rows_do_not_go_by_one_code():
    plan = with_row(
        GENERAL_PLAN,
        "needs",
        need_code="n1",
        need_text="Inna",
        need_area="staff",
        evidence="rozmowy",
        priority=3,
    )

    assert ("code_repeated", "needs", "needs-2", "need_code") in about(
        check_general(plan), FindingCode.DUPLICATE
    )


# --- The whole -----------------------------------------------------------------------------------------


def test_findings_come_in_the_order_one_reads():
    plan = changed(GENERAL_PLAN, "recommendations", rec_text=None)
    plan = changed(changed(plan, "needs", priority=None, need_text=None), "metadata", summary=None)

    assert [(finding.sheet_key, finding.column_key) for finding in check_general(plan)] == [
        ("metadata", "summary"),
        ("needs", "need_text"),
        ("needs", "priority"),
        ("recommendations", "rec_text"),
    ]


def test_a_plan_of_an_older_template_is_checked_without_its_missing_columns():
    rows: dict[str, list[dict[str, Value]]] = {sheet.key: [{}] for sheet in GENERAL.content_sheets}

    assert about(check_general(content(rows)), FindingCode.LOGIC) == []


def annual_plan(rows: int) -> PlanContent:
    row = agreeing(ANNUAL_PLAN).rows("trainings")[0].values
    trainings = tuple(
        PlanRow(str(number), {**row, "title": f"Szkolenie numer {number}"}) for number in range(rows)
    )
    return PlanContent({**ANNUAL_PLAN.sheets, "trainings": trainings})


def test_a_plan_of_two_thousand_rows_takes_no_longer_for_each_than_a_short_one():
    def checking(rows: int) -> Callable[[], object]:
        plan = annual_plan(rows)
        return lambda: check_annual(plan)

    assert {finding.code for finding in check_annual(annual_plan(2000))} == {FindingCode.FAR_FROM_GENERAL}
    assert_in_proportion(checking, least=250)
