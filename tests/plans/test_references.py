import pytest

from plans.definitions import PlanContent
from plans.references import fill_codes, reference_targets, resolve_references
from tests.plans.templates import ANNUAL, GENERAL, changed, content, example_content, with_row

NEEDS = [
    {"need_code": "N1", "need_text": "Seniorzy, rolnicy i inni boją się e-usług"},
    {"need_code": "N2", "need_text": "Brak łącza; brak sprzętu"},
    {"need_code": "X7", "need_text": "Młodzież"},
]


def codes(plan: PlanContent, sheet: str, key: str) -> list[object]:
    return [row.values.get(key) for row in plan.rows(sheet)]


# --- Codes ---------------------------------------------------------------------------------------------


def test_rows_without_a_code_get_one_by_their_position():
    plan = fill_codes(content({"needs": [{"need_text": "a"}, {"need_text": "b"}]}), GENERAL)

    assert codes(plan, "needs", "need_code") == ["N1", "N2"]


def test_a_code_that_is_taken_is_passed_over():
    plan = content(
        {"needs": [{"need_code": "N2"}, {"need_text": "b"}, {"need_text": "c"}, {"need_code": "N3"}]}
    )

    assert codes(fill_codes(plan, GENERAL), "needs", "need_code") == ["N2", "N4", "N5", "N3"]


def test_somebody_who_numbers_the_rows_means_the_codes():
    plan = content({"goals": [{"goal_code": "2"}, {"goal_text": "b"}, {"goal_code": "Cel A"}]})

    assert codes(fill_codes(plan, GENERAL), "goals", "goal_code") == ["C2", "C3", "Cel A"]


def test_filling_codes_twice_changes_nothing_more():
    plan = fill_codes(content({"needs": [{"need_text": "a"}, {"need_code": "N1"}]}), GENERAL)

    assert fill_codes(plan, GENERAL) == plan


# --- References ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["N1"], ["N1"]),
        (["N2", "N1"], ["N1", "N2"]),
        (["n 1"], ["N1"]),
        (["N-01"], ["N1"]),
        (["1", "2"], ["N1", "N2"]),
        (["1, 2"], ["N1", "N2"]),
        (["N1 i N2"], ["N1", "N2"]),
        (["N1 oraz x7"], ["N1", "X7"]),
        (["N1/N2"], ["N1", "N2"]),
        (["N1 N2"], ["N1", "N2"]),
        (["N1 – Seniorzy, rolnicy"], ["N1"]),
        (["N1: cokolwiek"], ["N1"]),
        (["seniorzy, rolnicy i inni boja sie e-uslug"], ["N1"]),
        (["Brak łącza", "brak sprzętu"], ["N2"]),
        (["Młodzież, Seniorzy, rolnicy i inni boją się e-usług"], ["N1", "X7"]),
        (["Młodzież", "N1"], ["N1", "X7"]),
    ],
)
def test_needs_are_told_from_codes_numbers_and_texts(written: list[str], meant: list[str]):
    plan = content({"needs": NEEDS, "goals": [{"goal_text": "cel", "need_codes": written}]})

    assert codes(resolve_references(plan, GENERAL), "goals", "need_codes") == [meant]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (["N9"], ["N9"]),
        (["N1", "N9"], ["N1", "N9"]),
        (["Dzieci, Młodzież, Dorośli"], ["X7", "Dzieci", "Dorośli"]),
    ],
)
def test_what_points_nowhere_stays_as_it_was_written(written: list[str], kept: list[str]):
    plan = content({"needs": NEEDS, "goals": [{"goal_text": "cel", "need_codes": written}]})

    assert codes(resolve_references(plan, GENERAL), "goals", "need_codes") == [kept]


def test_an_empty_reference_means_the_only_row_there_is():
    plan = content(
        {
            "needs": [{"need_code": "N1", "need_text": "a"}],
            "partners": [{"org_code": "P1", "org_name": "Biblioteka"}],
            "goals": [{"goal_code": "C1", "goal_text": "cel"}],
            "lines": [{"line_title": "kierunek"}],
        }
    )

    resolved = resolve_references(plan, GENERAL)

    assert resolved.rows("goals")[0].values["need_codes"] == ["N1"]
    assert resolved.rows("lines")[0].values == {
        "line_title": "kierunek",
        "goal_code": "C1",
        "lead_org_code": "P1",
    }


def test_an_optional_reference_may_stay_empty():
    plan = content({"partners": [{"org_name": "Biblioteka"}], "risks": [{"risk": "deszcz"}]})

    assert resolve_references(plan, GENERAL).rows("risks") == plan.rows("risks")


def test_with_two_rows_an_empty_reference_stays_empty():
    plan = content({"needs": NEEDS[:2], "goals": [{"goal_text": "cel"}]})

    assert resolve_references(plan, GENERAL).rows("goals") == plan.rows("goals")


def test_a_text_reference_finds_a_row_that_has_no_code_yet():
    plan = fill_codes(
        content(
            {"goals": [{"goal_text": "Cel A"}, {"goal_text": "Cel B"}], "lines": [{"goal_code": "cel b"}]}
        ),
        GENERAL,
    )

    assert codes(resolve_references(plan, GENERAL), "lines", "goal_code") == ["C2"]


def test_an_annual_plan_points_into_its_general_plan():
    general = example_content(GENERAL)
    annual = content(
        {"trainings": [{"title": "a", "line_code": "K1 · E-zdrowie", "group_code": "seniorzy z malych wsi"}]}
    )

    row = resolve_references(annual, ANNUAL, general).rows("trainings")[0]

    assert row.values == {"title": "a", "line_code": "K1", "group_code": "T1"}


def test_a_training_with_a_goal_needs_no_line():
    general = example_content(GENERAL)
    annual = content({"trainings": [{"title": "a", "goal_code": "C1"}, {"title": "b"}]})

    assert codes(resolve_references(annual, ANNUAL, general), "trainings", "line_code") == [None, "K1"]


def test_without_a_general_plan_references_stay_as_they_are():
    annual = content({"trainings": [{"title": "a", "line_code": "E-zdrowie"}]})

    assert resolve_references(annual, ANNUAL) == annual
    assert reference_targets(annual, ANNUAL) == {}


def test_a_complete_plan_resolves_to_itself():
    plan = example_content(GENERAL)

    assert resolve_references(plan, GENERAL) == plan


def test_of_two_rows_with_one_text_the_first_is_meant():
    plan = with_row(example_content(GENERAL), "needs", need_code="N2", need_text="Ta sama")
    plan = with_row(plan, "needs", need_code="N3", need_text="ta sama")

    assert codes(
        resolve_references(changed(plan, "goals", need_codes=["TA SAMA"]), GENERAL), "goals", "need_codes"
    ) == [["N2"]]


def test_the_row_most_like_a_text_is_known():
    targets = reference_targets(content({"needs": NEEDS, "goals": [{}]}), GENERAL)["needs"]

    assert targets.nearest("mlodziez szkolna") == "X7"
    assert targets.nearest("qqq") is None
