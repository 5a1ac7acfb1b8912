"""A general and an annual plan with something of everything, and the way of their workbooks out and back."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from core.workbooks.reader import read_workbook
from plans.definition_files import load_definition
from plans.definitions import PlanContent, PlanRow, TemplateDefinition
from plans.workbooks.identity import Expected
from plans.workbooks.order import Filling, Remark, WorkbookIdentity
from plans.workbooks.reading import PlanReading, read_plan_workbook
from plans.workbooks.writer import write_plan_workbook
from programme.code_lists import load_code_lists

PROFILE = Path(__file__).parents[2] / "profiles" / "mocarze"

CODE_LISTS = load_code_lists(PROFILE / "code-lists.csv")
GENERAL = load_definition(PROFILE / "templates" / "general-1.toml")
ANNUAL = load_definition(PROFILE / "templates" / "annual-1.toml")

GENERAL_CONTENT = PlanContent(
    {
        "metadata": (
            PlanRow(
                "metadata",
                {
                    "municipality_name": "Żółta Gęś",
                    "teryt": "0699012",
                    "established_on": "2026-03-16",
                    "year_from": 2026,
                    "year_to": 2028,
                    "leader_name": "Barbara Wymyślona",
                    "leader_email": "wymyslona@zolta-ges.example",
                    "summary": "Przez trzy lata nauczymy 300 osób.\nSzkolenia poprowadzą biblioteka i szkoła.",
                },
            ),
        ),
        "needs": (
            PlanRow(
                "a1b2c3d4e5f6",
                {
                    "need_code": "N1",
                    "need_text": '=HYPERLINK("http://zle.example";"kliknij")',
                    "need_area": "information",
                    "evidence": "+ankieta, 82 osoby",
                    "priority": 1,
                    "measure": "-osoby bez internetu",
                    "measure_value": "64.5",
                    "evidence_year": 2025,
                    "at_risk": "yes",
                },
            ),
            PlanRow(
                "123456789012",
                {
                    "need_code": "N2",
                    "need_text": "@Rodzice nie znają zagrożeń 🐄 _x0041_\nani nie wiedzą, komu je zgłosić",
                    "need_area": "safety",
                    "evidence": "1-3",
                    "priority": 2,
                },
            ),
        ),
        "partners": (
            PlanRow(
                "aa0000000001",
                {
                    "org_code": "P1",
                    "org_name": "Biblioteka Publiczna",
                    "org_type": "library",
                    "partner_role": "leader",
                    "contribution": ["room", "equipment"],
                    "contact_email": "czytelnia@zolta-ges.example",
                    "joined_on": "2026-03-16",
                },
            ),
            PlanRow(
                "aa0000000002", {"org_code": "P2", "org_name": "Klub seniora, UTW", "org_type": "senior_club"}
            ),
        ),
        "groups": (
            PlanRow(
                "bb0000000001",
                {
                    "group_code": "T1",
                    "group_name": "Seniorzy 60+",
                    "group_size": 240,
                    "target_level": "basic",
                },
            ),
        ),
        "goals": (
            PlanRow(
                "cc0000000001",
                {
                    "goal_code": "C1",
                    "goal_text": "Seniorzy załatwiają sprawy zdrowotne",
                    "need_codes": ["N1", "N2"],
                    "indicator": "osoby z kontem pacjenta",
                    "target_y3": "120",
                },
            ),
        ),
        "lines": (
            PlanRow(
                "dd0000000001",
                {
                    "line_code": "K1",
                    "line_title": "E-zdrowie",
                    "goal_code": "C1",
                    "form": "on_site",
                    "group_codes": ["T1"],
                    "trainings_y1": 4,
                    "trainings_y2": 6,
                    "trainings_y3": 6,
                    "hours_y1": "24",
                    "hours_y2": "36",
                    "hours_y3": "36.5",
                    "lead_org_code": "P1",
                    "partner_org_codes": ["P1", "P2"],
                },
            ),
        ),
        "funding": (
            PlanRow("ff0000000001", {"funding_source": "municipal_budget", "amount_y1": "1234567.89"}),
        ),
        "recommendations": (
            PlanRow(
                "ee0000000001",
                {"rec_code": "R1", "rec_text": "Udostępnić świetlice", "rec_addressee": "mayor"},
            ),
        ),
    }
)

ANNUAL_CONTENT = PlanContent(
    {
        "metadata": (
            PlanRow("metadata", {"municipality_name": "Żółta Gęś", "teryt": "0699012", "plan_year": 2026}),
        ),
        "trainings": tuple(
            PlanRow(
                f"t{number:011}",
                {
                    "title": f"Konto pacjenta {number}",
                    "line_code": "K1",
                    "group_code": "T1",
                    "form": "on_site",
                    "participants_planned": number,
                    "hours_planned": "2.5",
                    "quarter": f"q{number % 4 + 1}",
                    "status": "cancelled" if number == 5 else "planned",
                    "cost_planned": "100.5",
                },
            )
            for number in range(1, 9)
        ),
    }
)
REFERENCES = {
    "lines": {"K1": "E-zdrowie dla seniorów; kurs, część 1"},
    "groups": {"T1": "Seniorzy 60+"},
    "goals": {"C1": "Seniorzy załatwiają sprawy zdrowotne"},
    "partners": {"P1": "Biblioteka Publiczna"},
}
REMARKS = (
    Remark("u-1", "=Proszę dopisać źródło.", "needs", "123456789012", "evidence", "animator", 1, "open"),
    Remark("u-2", "Streszczenie jest za krótkie.", "metadata", "metadata", "summary", "animator", 1, "open"),
    Remark("u-3", "Brakuje drugiego celu.", "goals", author_role="animator", state="open"),
)

PLAN_UID = "4f2a9c1b77de"
EXPECTED_GENERAL = Expected(GENERAL.code, GENERAL.version, frozenset({"0699012"}), "mocarze", PLAN_UID)
EXPECTED_ANNUAL = Expected(ANNUAL.code, ANNUAL.version, frozenset({"0699012"}), "mocarze", PLAN_UID)

GENERAL_FILLING = Filling(GENERAL_CONTENT)
ANNUAL_FILLING = Filling(ANNUAL_CONTENT, references=REFERENCES)


def known_template(code: str, version: int) -> TemplateDefinition | None:
    return {(GENERAL.code, 1): GENERAL, (ANNUAL.code, 1): ANNUAL}.get((code, version))


def identity(
    definition: TemplateDefinition = GENERAL, language: str = "pl", **changes: Any
) -> WorkbookIdentity:
    known: dict[str, Any] = {
        "template_code": definition.code,
        "template_version": definition.version,
        "plan_uid": PLAN_UID,
        "municipality_code": "0699012",
        "programme": "mocarze",
        "base_version": 3,
        "base_hash": "ab" * 32,
        "language": language,
    }
    return WorkbookIdentity(**(known | changes))


def written(
    filling: Filling = GENERAL_FILLING,
    *,
    definition: TemplateDefinition = GENERAL,
    language: str = "pl",
    **options: Any,
) -> bytes:
    return write_plan_workbook(
        definition, filling, identity=identity(definition, language), code_lists=CODE_LISTS, **options
    )


def read(data: bytes, expected: Expected = EXPECTED_GENERAL, **options: Any) -> PlanReading:
    return read_plan_workbook(
        read_workbook(data), known_template, code_lists=CODE_LISTS, expected=expected, **options
    )


def edited(data: bytes, edit: Callable[[openpyxl.Workbook], object]) -> bytes:
    """The workbook as somebody saves it after changing something."""
    workbook = openpyxl.load_workbook(BytesIO(data))
    edit(workbook)
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))
