import shutil
import subprocess
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import Workbook

from core.workbooks.errors import Reason, UnreadableWorkbook
from core.workbooks.limits import Limits
from core.workbooks.raw import NOT_WORKED_OUT, RawRow, RawSheet, RawWorkbook
from core.workbooks.reader import GAP, read_workbook
from tests.core.workbooks.expected import expected_sheets
from tests.core.workbooks.parts import SHEET, base_parts

BY_LIBREOFFICE = Path(__file__).parent / "libreoffice.xlsx"
"""The base workbook, opened and saved as .xlsx by LibreOffice 7.4."""

SOFFICE = shutil.which("soffice")
BASE = base_parts()
BASE_FILE = BASE.zipped()


def test_a_workbook_is_read_as_it_stands():
    workbook = read_workbook(BASE_FILE)

    assert workbook == RawWorkbook(expected_sheets(), {"kierunki": "'1_Metryka'!$B$1:$B$9"})


@pytest.mark.parametrize("by", ["as it was saved", *(["as it is saved here"] if SOFFICE else [])])
def test_what_libreoffice_saves_is_read_the_same(by: str, tmp_path: Path):
    here = by == "as it is saved here"
    workbook = read_workbook(
        saved_by_libreoffice(BASE_FILE, tmp_path) if here else BY_LIBREOFFICE.read_bytes()
    )

    assert workbook == RawWorkbook(expected_sheets(), {"kierunki": "1_Metryka!$B$1:$B$9"})


def saved_by_libreoffice(data: bytes, folder: Path) -> bytes:
    source, target = folder / "base.xlsx", folder / "saved"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(target),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    return (target / "base.xlsx").read_bytes()


def test_what_openpyxl_writes_is_read_the_same():
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Dane"
    sheet.append(
        ["Zażółć", 1, 0.1, True, date(2026, 4, 1), datetime(2026, 4, 1, 8, 30), time(8, 30), None, " "]
    )
    sheet["A3"] = "=1+1"
    workbook.create_sheet("Ukryty").sheet_state = "hidden"
    target = BytesIO()
    workbook.save(target)

    assert read_workbook(target.getvalue()).sheets == (
        RawSheet(
            "Dane",
            False,
            (
                RawRow(
                    1,
                    {
                        1: "Zażółć",
                        2: Decimal(1),
                        3: Decimal("0.1"),
                        4: True,
                        5: date(2026, 4, 1),
                        6: datetime(2026, 4, 1, 8, 30),
                        7: time(8, 30),
                    },
                ),
                RawRow(3, {1: NOT_WORKED_OUT}),
            ),
        ),
        RawSheet("Ukryty", True, ()),
    )


def test_a_register_may_be_longer_than_a_plan():
    parts = base_parts().more_rows(
        "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(21, 10_001))
    )

    with pytest.raises(UnreadableWorkbook) as refused:
        read_workbook(parts.zipped())
    workbook = read_workbook(parts.zipped(), limits=Limits(rows=10_000))

    assert (refused.value.reason, refused.value.cell) == (Reason.TOO_MANY_ROWS, "A2101")
    assert workbook.sheets[1].rows[-1] == RawRow(10_000, {1: Decimal(1)})


def test_the_limit_of_size_is_the_callers():
    with pytest.raises(UnreadableWorkbook, match="The file is larger than 0 MB"):
        read_workbook(BASE_FILE, limits=Limits(file_bytes=1_000))


def test_only_one_kind_of_error_ever_comes_out():
    with pytest.raises(UnreadableWorkbook) as refused:
        read_workbook(cast(bytes, object()))

    assert refused.value.reason == Reason.DAMAGED
    assert refused.value.detail == f"{GAP}: TypeError"


def refusal_of(data: bytes) -> UnreadableWorkbook | None:
    try:
        read_workbook(data)
    except UnreadableWorkbook as refusal:
        return refusal
    return None


def needs_no_guard(data: bytes) -> bool:
    """Read, or refused for a reason the reader knows."""
    refusal = refusal_of(data)
    return refusal is None or not refusal.detail.startswith(GAP)


changes = some.lists(
    some.tuples(some.integers(0, 2**20), some.binary(min_size=0, max_size=6), some.integers(0, 6)),
    min_size=1,
    max_size=6,
)


def mutated(data: bytes, edits: list[tuple[int, bytes, int]]) -> bytes:
    for at, content, length in edits:
        start = at % (len(data) + 1)
        data = data[:start] + content + data[start + length :]
    return data


@settings(max_examples=250, deadline=None)
@given(edits=changes)
def test_no_change_of_bytes_gets_past_the_reader(edits):
    assert needs_no_guard(mutated(BASE_FILE, edits))


@settings(max_examples=250, deadline=None)
@given(part=some.sampled_from(sorted(BASE)), edits=changes)
def test_no_change_of_a_part_gets_past_the_reader(part, edits):
    parts = base_parts()
    parts[part] = mutated(parts[part], edits)

    assert needs_no_guard(parts.zipped())


words = some.sampled_from(
    ["-1", "0", "99999999999999999999", "NaN", "", "r", "s", "A1", "XFD1048576", "_x0000_", "\ud7ff", "d"]
)


@settings(max_examples=250, deadline=None)
@given(number=some.integers(0, 600), word=words)
def test_no_value_of_an_attribute_gets_past_the_reader(number, word):
    pieces = base_parts()[SHEET].decode().split('"')
    pieces[number % (len(pieces) // 2) * 2 + 1] = word
    parts = base_parts()
    parts[SHEET] = '"'.join(pieces).encode()

    assert needs_no_guard(parts.zipped())


@pytest.mark.parametrize(
    "name", ["lista.xlsx", "LISTA.XLSX", "szablon.xltx", "lista", "Plan wersja 1.2", ".pdf", ""]
)
def test_a_workbook_is_read_that_is_called_one_or_lost_its_ending(name):
    assert read_workbook(BASE_FILE, name=name).sheets == expected_sheets()


@pytest.mark.parametrize(("name", "ending"), [("a.pdf", ".pdf"), ("a.ODS ", ".ods"), ("a.xlsx.exe", ".exe")])
def test_a_workbook_that_is_called_something_else_is_refused_with_what_to_do(name, ending):
    with pytest.raises(
        UnreadableWorkbook, match=f"its name ends in {ending}. Give it a name that"
    ) as refused:
        read_workbook(BASE_FILE, name=name)

    assert refused.value.reason is Reason.OTHER_NAME


def test_nothing_but_padding_stands_behind_a_workbook():
    assert read_workbook(BASE_FILE + b"\0" * 512).sheets == expected_sheets()
    with pytest.raises(UnreadableWorkbook) as refused:
        read_workbook(BASE_FILE + b"<script>alert(1)</script>")

    assert refused.value.reason is Reason.DAMAGED
