"""What goes out comes back: through our own files, through LibreOffice, through either language."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.i18n import _, in_language
from plans.columns import parse
from plans.content import difference
from plans.definitions import (
    ColumnDefinition,
    ColumnType,
    Layout,
    PlanContent,
    PlanRow,
    Value,
)
from plans.workbooks.identity import Expected
from plans.workbooks.merge import merge_reading
from plans.workbooks.order import Filling
from tests.plans.filled_plans import (
    ANNUAL,
    ANNUAL_FILLING,
    CODE_LISTS,
    EXPECTED_ANNUAL,
    EXPECTED_GENERAL,
    GENERAL,
    GENERAL_FILLING,
    read,
    written,
)

SOFFICE = shutil.which("soffice")
SAVED_BY_LIBREOFFICE = Path(__file__).parent / "files" / "plan-saved-by-libreoffice.xlsx"
"""``written()`` opened and saved by LibreOffice 7.4, for machines that have none."""

PLANS = {
    "general": (GENERAL, GENERAL_FILLING, EXPECTED_GENERAL),
    "annual": (ANNUAL, ANNUAL_FILLING, EXPECTED_ANNUAL),
}
LANGUAGES = ("pl", "en")
KINDS: dict[str, dict[str, bool]] = {"full": {}, "short": {"short": True}, "public": {"public": True}}


def comes_back(data: bytes, filling: Filling, expected: Expected) -> None:
    reading = read(data, expected)

    assert reading.findings == ()
    assert merge_reading(filling.content, reading) == filling.content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("plan", PLANS)
def test_an_export_changes_nothing_when_it_is_read_again(plan, kind, language):
    definition, filling, expected = PLANS[plan]

    data = written(filling, definition=definition, language=language, **KINDS[kind])

    comes_back(data, filling, expected)


def test_the_full_workbook_holds_the_whole_plan():
    for definition, filling, expected in PLANS.values():
        merged = merge_reading(PlanContent(), read(written(filling, definition=definition), expected))

        change = difference(PlanContent(), merged, definition)
        assert merged == filling.content
        assert len(change.added) == sum(len(rows) for rows in filling.content.sheets.values())


# --- LibreOffice ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory):
    """Every workbook opened and saved by LibreOffice, in one go: it takes seconds to start."""
    if SOFFICE is None:
        pytest.skip(
            "LibreOffice is not installed: apt-get install libreoffice-calc. The saved file is tested instead."
        )
    folder = tmp_path_factory.mktemp("libreoffice")
    for plan, (definition, filling, _expected) in PLANS.items():
        for kind, options in KINDS.items():
            for language in LANGUAGES:
                data = written(filling, definition=definition, language=language, **options)
                (folder / f"{plan}-{kind}-{language}.xlsx").write_bytes(data)
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "saved")),
            *sorted(str(path) for path in folder.glob("*.xlsx")),
        ],
        check=True,
        capture_output=True,
        timeout=100,
    )
    return folder / "saved"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("plan", PLANS)
def test_libreoffice_changes_nothing(plan, kind, language, saved_by_libreoffice):
    _definition, filling, expected = PLANS[plan]

    comes_back((saved_by_libreoffice / f"{plan}-{kind}-{language}.xlsx").read_bytes(), filling, expected)


def test_libreoffice_keeps_the_lists(saved_by_libreoffice):
    workbook = openpyxl.load_workbook(saved_by_libreoffice / "general-full-pl.xlsx")

    lists = {
        (sheet.title, str(rule.sqref).split(":")[0]): rule.formula1
        for sheet in workbook
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists["2_Diagnoza", "D5"] == "list_need_area"
    assert lists["5_Cele_wskazniki", "D5"] == "codes_needs"
    assert set(lists.values()) <= set(workbook.defined_names)


def test_libreoffice_works_out_the_totals(saved_by_libreoffice):
    workbook = openpyxl.load_workbook(saved_by_libreoffice / "annual-full-pl.xlsx", data_only=True)
    rows = {
        row[0].value: [cell.value for cell in row[2:9]]
        for row in workbook["4_Podsumowanie"].iter_rows(min_row=5)
    }

    # of eight trainings with 1 to 8 participants one was cancelled: the fifth, in quarter II
    with in_language("pl"):
        assert rows[_("All together")] == [7, 0, 31, 0, 17.5, 0, 703.5]
    assert rows["II"] == [1, 0, 1, 0, 2.5, 0, 100.5]
    assert rows["Seniorzy 60+"] == [7, 0, 31, 0, 17.5, 0, 703.5]


def test_a_file_saved_by_libreoffice_is_read():
    comes_back(SAVED_BY_LIBREOFFICE.read_bytes(), GENERAL_FILLING, EXPECTED_GENERAL)


# --- Any content ----------------------------------------------------------------------------------------

TEXTS = st.text(
    st.one_of(
        st.sampled_from("aąćęłńóśźżAZ 019=+-@'\"<>&;,._x\n\t\r·–\u00a0\u0301\u200b🐄"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


def raw_values(column: ColumnDefinition) -> st.SearchStrategy[Any]:
    """What somebody might type into a cell of this column."""
    lowest, highest = column.minimum or 0, min(column.maximum or 10**9, 10**9)
    codes = st.integers(1, 30).map("P{}".format)
    choices = st.sampled_from(CODE_LISTS[column.code_list].codes) if column.code_list else codes
    strategies: dict[ColumnType, st.SearchStrategy[Any]] = {
        ColumnType.WHOLE_NUMBER: st.decimals(lowest, highest, places=0),
        ColumnType.YEAR: st.decimals(lowest, highest, places=0),
        ColumnType.DECIMAL: st.decimals(lowest, highest, places=3),
        ColumnType.MONEY: st.decimals(lowest, highest, places=2),
        ColumnType.DATE: st.dates(),
        ColumnType.CHOICE: choices,
        ColumnType.CHOICES: st.lists(choices, min_size=1, max_size=3).map("; ".join),
        ColumnType.REFERENCE: codes | TEXTS,
        ColumnType.REFERENCES: st.lists(codes, min_size=1, max_size=3).map("; ".join) | TEXTS,
        ColumnType.CODE: st.integers(1, 999).map("N{}".format),
        ColumnType.EMAIL: st.emails(),
    }
    return strategies.get(column.type, TEXTS)


@st.composite
def contents(draw: st.DrawFn, plan: str) -> PlanContent:
    """Any content the application could have stored, made of what people could have typed."""
    sheets = {}
    for sheet in PLANS[plan][0].content_sheets:
        is_record = sheet.layout is Layout.RECORD
        uids = [sheet.key] if is_record else [f"{number:012x}" for number in range(draw(st.integers(0, 2)))]
        rows = [PlanRow(uid, draw(row_values(sheet.columns))) for uid in uids]
        if any(row.values for row in rows):
            sheets[sheet.key] = tuple(row for row in rows if row.values)
    return PlanContent(sheets)


@st.composite
def row_values(draw: st.DrawFn, columns: tuple[ColumnDefinition, ...]) -> dict[str, Value]:
    values = {}
    for position in sorted(draw(st.sets(st.integers(0, len(columns) - 1), max_size=6))):
        column = columns[position]
        value = parse(column, draw(raw_values(column)), CODE_LISTS).value
        if value is not None and value != []:
            values[column.key] = value
    return values


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=st.data(),
    plan=st.sampled_from(list(PLANS)),
    language=st.sampled_from(LANGUAGES),
    short=st.booleans(),
)
def test_any_content_comes_back(data, plan, language, short):
    definition, _filling, expected = PLANS[plan]
    content = data.draw(contents(plan))

    workbook = written(Filling(content), definition=definition, language=language, short=short)

    assert merge_reading(content, read(workbook, expected)) == content
    with ZipFile(BytesIO(workbook)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sum(b"<f>" in sheet for sheet in sheets) == (plan == "annual" and not short)
