import re
from pathlib import Path

import pytest

import plans
from plans.checks import Purpose, check_content
from plans.columns import parse
from plans.definitions import PlanContent
from plans.finding_texts import describe, group_equal, group_findings
from plans.findings import Finding, FindingCode, Severity
from plans.reasons import REASONS
from tests.plans.templates import ANNUAL, CODE_LISTS, GENERAL, SETTINGS, changed, example_content

PRIORITY = GENERAL.sheet("needs").column("priority")
AREA = GENERAL.sheet("needs").column("need_area")


def unreadable(cell: str, raw: str) -> Finding:
    found = parse(PRIORITY, raw, CODE_LISTS).problem
    assert found is not None
    return found.finding(PRIORITY, sheet_key="needs", row_uid=cell, cell=cell)


def test_a_finding_says_where_what_what_instead_and_gives_an_example():
    text = describe(unreadable("E7", "7"), GENERAL, "en", code_lists=CODE_LISTS)

    assert (text.where, text.wrong, text.expected, text.example) == (
        "2_Diagnoza, E7, Priority (1–5)",
        "7 is too large.",
        "Enter: a whole number from 1 to 5.",
        "1",
    )


def test_columns_are_named_in_the_readers_language():
    assert describe(unreadable("E7", "7"), GENERAL, "pl").column == "Priorytet (1–5)"


def test_a_value_not_on_the_list_is_answered_with_the_list_and_the_nearest_value():
    problem = parse(AREA, "kadry", CODE_LISTS).problem
    assert problem is not None
    finding = problem.finding(AREA, sheet_key="needs", row_uid="r", cell="C5")

    text = describe(finding, GENERAL, "en", code_lists=CODE_LISTS)

    assert text.problem == "“kadry” is not on the list."
    assert text.expected.startswith("Choose one of: information and data, communication and collaboration, ")
    assert text.expected.endswith(" Perhaps you mean: kadra.")
    assert (
        describe(finding, GENERAL, "en").expected == "Choose a value from the list. Perhaps you mean: kadra."
    )


def test_equal_findings_are_told_once_with_all_their_cells():
    found = [
        unreadable("E5", "dużo"),
        unreadable("E6", "8"),
        unreadable("E7", "mało"),
        unreadable("E8", "dużo"),
        unreadable("E9", "9"),
    ]

    [sheet] = group_findings(found, GENERAL, "en")

    assert sheet.sheet == "2_Diagnoza"
    assert [(text.cells, text.problem) for text in sheet.findings] == [
        (("E5", "E7", "E8"), "“dużo, mało” is not a number."),
        (("E6", "E9"), "8, 9 is too large."),
    ]
    assert [len(group) for group in group_equal(found)] == [3, 2]


def test_findings_with_different_suggestions_are_told_apart():
    found = [unreadable("E5", "około 3"), unreadable("E6", "około 4")]

    assert len(group_equal(found)) == 2


def test_without_a_workbook_the_row_is_counted():
    plan = changed(example_content(GENERAL), "needs", priority=None)
    [finding] = check_content(plan, GENERAL, code_lists=CODE_LISTS, settings=SETTINGS)

    assert describe(finding, GENERAL, "en").where == "2_Diagnoza, row 1, Priority (1–5)"


def test_what_concerns_the_file_comes_first_and_then_the_sheets_in_order():
    found = [
        Finding(
            FindingCode.NO_RECOMMENDATION, Severity.WARNING, "no_recommendation", sheet_key="recommendations"
        ),
        unreadable("E5", "9"),
        Finding(
            FindingCode.OLD_TEMPLATE,
            Severity.WARNING,
            "older_template",
            params={"found": "1", "current": "2"},
        ),
    ]

    groups = group_findings(found, GENERAL, "en")

    assert [group.sheet for group in groups] == [None, "2_Diagnoza", "10_Rekomendacje"]
    assert groups[0].findings[0].problem == (
        "The workbook follows version 1 of the template. The current version is 2."
    )


def test_params_that_name_columns_and_sheets_are_put_in_words():
    total = Finding(
        FindingCode.SUM,
        Severity.ERROR,
        "part_above_total",
        sheet_key="trainings",
        column_key="women_actual",
        params={"part": "12500", "total": "10.5", "total_column": "participants_actual"},
    )
    broken = Finding(
        FindingCode.BROKEN_REFERENCE,
        Severity.ERROR,
        "broken_reference",
        sheet_key="goals",
        column_key="need_codes",
        params={"found": "N9", "refers_to": "needs"},
    )

    assert describe(total, ANNUAL, "pl").problem == (
        "12\u00a0500 is more than “Uczestnicy – ogółem”, which is 10,5."
    )
    assert describe(broken, GENERAL, "en").problem == "“N9” was not found on the sheet 2_Diagnoza."


def test_a_refused_cell_is_described_without_what_stood_in_it():
    column = GENERAL.sheet("partners").column("contact_email")
    problem = parse(column, "Jan Kowalski <jan>", CODE_LISTS).problem
    assert problem is not None

    text = describe(problem.finding(column, sheet_key="partners", cell="G5"), GENERAL, "en")

    assert text.problem == "What stands here cannot be taken over."
    assert "Jan" not in repr(text)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_becomes_whole_sentences(reason: str):
    text = REASONS[reason]
    names = set(re.findall(r"%\((\w+)\)s", f"{text.problem}{text.expected}")) - {"wanted"}
    finding = Finding(
        FindingCode.LOGIC,
        Severity.WARNING,
        reason,
        sheet_key="needs",
        column_key="priority",
        params=dict.fromkeys(names, "3"),
    )

    words = describe(finding, GENERAL, "en", code_lists=CODE_LISTS)

    for sentence in filter(None, (words.problem, words.expected)):
        assert "%" not in sentence
        assert sentence.endswith(".")


def test_every_reason_in_the_code_has_its_sentence():
    """A reason without a sentence would break the page that shows it."""
    made = re.compile(
        r"(?:Severity\.\w+|severity|unless_draft|OUT_OF_PERIOD),\s*\"(\w+)\""
        r"|(?:Unreadable|WrongFile|_warning|_out_of_period|_find|_repeated)\((?:place, )?\"(\w+)\""
        r"|reason = \"(\w+)\"|\"(far_\w+)\", planned"
    )
    sources = [path.read_text(encoding="utf-8") for path in Path(plans.__file__).parent.rglob("*.py")]
    used = {next(filter(None, found)) for source in sources for found in made.findall(source)}

    assert len(used) > 40
    assert used - set(REASONS) == set()


def test_every_finding_of_a_bad_plan_can_be_described():
    for definition in (GENERAL, ANNUAL):
        for plan in (PlanContent(), *_spoilt(definition)):
            found = check_content(
                plan,
                definition,
                code_lists=CODE_LISTS,
                settings=SETTINGS,
                purpose=Purpose.SUBMIT,
                period=[2026],
            )
            told = group_findings(found, definition, "pl", code_lists=CODE_LISTS)
            assert sum(len(text.findings) for group in told for text in group.findings) == len(found)


def _spoilt(definition):
    """The example plan with one cell at a time replaced by nonsense."""
    plan = example_content(definition)
    for sheet in definition.content_sheets:
        for column in sheet.columns:
            yield changed(plan, sheet.key, **{column.key: "Anna Nowak 501 234 567"})
            yield changed(plan, sheet.key, **{column.key: ["X1", "Y2"]})
            yield changed(plan, sheet.key, **{column.key: 10**9})
