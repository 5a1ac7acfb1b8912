from itertools import product
from pathlib import Path

import pytest

from plans.columns import parse
from plans.definition_files import load_definitions, parse_definition
from plans.definitions import Layout, PersonalData, PlanKind, TemplateDefinition
from programme.data_files import ProfileFault
from programme.profile import load_profile

MOCARZE = load_profile("mocarze")
DEFINITIONS = load_definitions(MOCARZE.templates, code_lists=MOCARZE.code_lists)
GENERAL = DEFINITIONS[PlanKind.GENERAL, 1]
ANNUAL = DEFINITIONS[PlanKind.ANNUAL, 1]
BOTH = [pytest.param(definition, id=definition.kind.value) for definition in (GENERAL, ANNUAL)]

SMALL = """
kind = "general"
code = "PLAN-TEST"
version = 1
title = { pl = "Plan", en = "Plan" }
help = { pl = "Pomoc", en = "Help" }

[[sheets]]
key = "needs"
name = "1_Potrzeby"
layout = "table"
code_column = "need_code"
code_prefix = "N"
text_column = "need_text"
title = { pl = "Potrzeby", en = "Needs" }
help = { pl = "Pomoc", en = "Help" }

[[sheets.columns]]
key = "need_code"
type = "code"
label = { pl = "Kod", en = "Code" }
help = { pl = "Pomoc", en = "Help" }
example = { pl = "N1", en = "N1" }

[[sheets.columns]]
key = "need_text"
type = "text"
required = true
max_length = 100
label = { pl = "Opis", en = "Text" }
help = { pl = "Pomoc", en = "Help" }
example = { pl = "potrzeba", en = "need" }
"""


def required(definition: TemplateDefinition) -> dict[str, list[str]]:
    return {
        sheet.key: [column.key for column in sheet.columns if column.required]
        for sheet in definition.content_sheets
    }


def test_the_general_template_has_its_sheets_in_order():
    assert [(sheet.name, sheet.key) for sheet in GENERAL.sheets] == [
        ("1_Metryka", "metadata"),
        ("2_Diagnoza", "needs"),
        ("3_Partnerzy", "partners"),
        ("4_Grupy_docelowe", "groups"),
        ("5_Cele_wskazniki", "goals"),
        ("6_Kierunki", "lines"),
        ("7_Zasoby", "resources"),
        ("8_Finansowanie", "funding"),
        ("9_Ryzyka", "risks"),
        ("9_Monitoring", "monitoring"),
        ("10_Rekomendacje", "recommendations"),
        ("11_Uwagi", "remarks"),
    ]
    assert (GENERAL.code, GENERAL.version) == ("PLAN-OGOLNY", 1)


def test_the_annual_template_has_its_sheets_in_order():
    assert [(sheet.name, sheet.key, sheet.layout) for sheet in ANNUAL.sheets] == [
        ("1_Metryka", "metadata", Layout.RECORD),
        ("2_Szkolenia", "trainings", Layout.TABLE),
        ("3_Inne_dzialania", "other_actions", Layout.TABLE),
        ("4_Podsumowanie", "summary", Layout.SUMMARY),
        ("5_Uwagi", "remarks", Layout.REMARKS),
    ]
    assert (ANNUAL.code, ANNUAL.version) == ("PLAN-ROCZNY", 1)


def test_a_volunteer_has_to_fill_in_only_the_lean_core():
    assert required(GENERAL) == {
        "metadata": ["year_from", "year_to", "summary"],
        "needs": ["need_text", "need_area", "evidence", "priority"],
        "partners": ["org_name"],
        "groups": ["group_name", "group_size", "target_level"],
        "goals": ["goal_text", "need_codes", "indicator", "target_y3"],
        "lines": [
            *(
                "line_title",
                "goal_code",
                "form",
                "group_codes",
                "trainings_y1",
                "trainings_y2",
                "trainings_y3",
            ),
            *("hours_y1", "hours_y2", "hours_y3", "lead_org_code"),
        ],
        "resources": ["resource_type"],
        "funding": ["funding_source"],
        "risks": ["risk"],
        "monitoring": ["monitoring_what"],
        "recommendations": ["rec_text", "rec_addressee"],
    }


def test_a_year_needs_results_only_of_trainings_that_took_place():
    trainings = ANNUAL.sheet("trainings")

    assert [column.key for column in trainings.columns if column.required] == [
        *("title", "group_code", "form", "participants_planned", "hours_planned", "quarter", "status")
    ]
    assert trainings.column("line_code").required_unless == "goal_code"
    assert [column.key for column in trainings.columns if column.required_when == ("status", "done")] == [
        *("held_on", "participants_actual", "hours_actual")
    ]


def test_the_short_workbook_has_six_sheets():
    assert [sheet.name for sheet in GENERAL.sheets if sheet.in_short] == [
        *("1_Metryka", "2_Diagnoza", "4_Grupy_docelowe", "5_Cele_wskazniki", "6_Kierunki", "10_Rekomendacje")
    ]


def test_only_sheets_of_the_short_workbook_have_to_hold_rows():
    for definition in (GENERAL, ANNUAL):
        assert {sheet.key for sheet in definition.sheets if sheet.min_rows} == {
            sheet.key for sheet in definition.sheets if sheet.in_short
        }


@pytest.mark.parametrize("definition", BOTH)
def test_what_has_to_be_filled_in_stands_to_the_left(definition: TemplateDefinition):
    for sheet in definition.content_sheets:
        if sheet.layout is Layout.TABLE:
            core = [column.is_core or column.key == sheet.code_column for column in sheet.columns]
            assert core == sorted(core, reverse=True), sheet.key


@pytest.mark.parametrize("definition", BOTH)
def test_names_and_addresses_of_people_are_private(definition: TemplateDefinition):
    about_people = {
        column.key
        for sheet in definition.sheets
        for column in sheet.columns
        if column.personal_data is not PersonalData.NONE
    }
    private = {column.key for sheet in definition.sheets for column in sheet.columns if column.private}

    assert about_people == private
    assert private >= {"leader_name", "leader_email"}


@pytest.mark.parametrize("definition", BOTH)
def test_every_example_can_be_typed_as_it_stands(definition: TemplateDefinition):
    for sheet, language in product(definition.sheets, ("pl", "en")):
        for column in sheet.columns:
            parsed = parse(column, column.example.in_language(language), MOCARZE.code_lists, language)
            assert (parsed.problem, parsed.value is not None) == (None, True), f"{sheet.key}.{column.key}"


@pytest.mark.parametrize("definition", BOTH)
def test_examples_in_both_languages_mean_the_same_value_where_they_are_no_text(
    definition: TemplateDefinition,
):
    for sheet in definition.sheets:
        for column in sheet.columns:
            if column.code_list or column.maximum is not None:
                texts = (column.example.in_language(language) for language in ("pl", "en"))
                assert len({str(parse(column, text, MOCARZE.code_lists).value) for text in texts}) == 1, (
                    column.key
                )


@pytest.mark.parametrize("definition", BOTH)
def test_help_is_one_or_two_plain_sentences(definition: TemplateDefinition):
    for sheet in definition.sheets:
        for text in (text for column in sheet.columns for text in column.help.texts.values()):
            assert len(text) <= 130, text
            assert text[0].isupper() or text[0].isdigit(), text
            assert text.endswith((".", "?")), text


def test_an_annual_plan_points_at_rows_of_the_general_part():
    assert {key: sheet.code_prefix for key, sheet in ANNUAL.general_sheets.items()} == {
        "goals": "C",
        "lines": "K",
        "groups": "T",
        "partners": "P",
    }


def test_codes_of_rows_begin_with_the_letters_of_the_handbook():
    assert {sheet.key: sheet.code_prefix for sheet in GENERAL.sheets if sheet.code_prefix} == {
        "needs": "N",
        "partners": "P",
        "groups": "T",
        "goals": "C",
        "lines": "K",
        "recommendations": "R",
    }


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("version = 1", 'version = "1"', "version must be a whole number"),
        ('layout = "table"', 'layout = "tabel"', "layout must be one of record, table, summary, remarks"),
        ("required = true", "requierd = true", "sheet needs, column need_text: unknown key requierd"),
        ("required = true", "required = 1", "required must be true or false"),
        (
            'label = { pl = "Kod", en = "Code" }',
            'label = { pl = "Kod" }',
            "column need_code, label: en is missing",
        ),
        (
            'label = { pl = "Kod", en = "Code" }',
            'label = { pl = "Kod", en = " " }',
            "label: en must be a text",
        ),
        ('label = { pl = "Kod", en = "Code" }', 'label = "Kod"', "label: must be a table"),
        (
            'label = { pl = "Kod", en = "Code" }',
            'label = { pl = "K", en = "C", de = "K" }',
            "label: unknown key de",
        ),
        ("max_length = 100", "minimum = 1", "only numbers have a minimum and a maximum"),
        ("max_length = 100", 'code_list = "form"', "a choice needs its code_list, and nothing else has one"),
        ("max_length = 100", 'refers_to = "needs"', "a reference needs refers_to, and nothing else has one"),
        ("max_length = 100", 'personal_data = "person_name"', "personal data must be private"),
        ("max_length = 100", 'required_unless = "need_code"', "required in one way only"),
        ('type = "text"', 'type = "date"', "only texts have a max_length"),
        ('type = "code"', 'type = "email"', "an e-mail column is an office_contact"),
        ('key = "need_text"', 'key = "need_code"', "column need_code is there twice"),
        ('key = "need_text"', 'key = "row_uid"', "there is no column need_text"),
        ('text_column = "need_text"', 'text_column = "text"', "there is no column text"),
        ('code_prefix = "N"', "", "code_column and code_prefix belong together"),
        ('title = { pl = "Plan", en = "Plan" }', "", "title: must be a table"),
        ("[[sheets]]", "[[sheets]", "PLAN: "),
        (
            'help = { pl = "Pomoc", en = "Help" }',
            'help = { pl = "Pomoc", en = "Help" }\nrenamed_keys = { "needs.text" = "needs.words" }',
            "renamed to needs.words, which is not here",
        ),
    ],
)
def test_a_mistake_in_a_template_is_named(before: str, after: str, fault: str):
    assert before in SMALL

    with pytest.raises(ProfileFault, match=fault):
        parse_definition(SMALL.replace(before, after, 1), name="PLAN")


@pytest.mark.parametrize(
    ("column", "fault"),
    [
        ('type = "reference"\nrefers_to = "goals"', "pointer refers to goals, which has no codes"),
        ('type = "choice"\ncode_list = "colours"', "pointer wants the list colours"),
    ],
)
def test_a_column_that_points_nowhere_is_refused(tmp_path: Path, column: str, fault: str):
    text = f"""{SMALL}
[[sheets.columns]]
key = "pointer"
{column}
label = {{ pl = "a", en = "a" }}
help = {{ pl = "a", en = "a" }}
example = {{ pl = "a", en = "a" }}
"""
    (tmp_path / "general-1.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ProfileFault, match=fault):
        load_definitions(tmp_path, code_lists=["form"])


def test_one_version_of_a_template_stands_in_one_file(tmp_path: Path):
    for name in ("general-1.toml", "general-one.toml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")

    with pytest.raises(ProfileFault, match="general version 1 is there twice"):
        load_definitions(tmp_path)


def test_an_annual_template_names_sheets_that_the_general_one_has(tmp_path: Path):
    annual = SMALL.replace('kind = "general"', 'kind = "annual"').replace(
        "[[sheets]]",
        '[general_sheets]\nneeds = { code_column = "code", code_prefix = "N", text_column = "need_text" }\n\n[[sheets]]',
    )
    (tmp_path / "general-1.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "annual-1.toml").write_text(annual, encoding="utf-8")

    with pytest.raises(ProfileFault, match="no general template has such a sheet needs"):
        load_definitions(tmp_path)
