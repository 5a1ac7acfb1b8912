from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from flask import Flask

from core.i18n import _l, in_language, init_i18n
from core.labels import LabelledEnum
from core.sheets import Column, Problem, Reading, Sheet
from core.workbooks.errors import UnreadableWorkbook
from core.workbooks.kinds import day, member_of, moment, number, text, whole_number, yes_or_no
from core.workbooks.reader import read_workbook
from tests.support.spreadsheets import saved_by_libreoffice


class Size(LabelledEnum):
    SMALL = "small", _l("Small")
    LARGE = "large", _l("Large")


@dataclass(frozen=True)
class Room:
    name: str
    seats: int | None = None
    rent: Decimal | None = None
    free_from: date | None = None
    size: Size | None = None
    accessible: bool | None = None


ROOMS = Sheet(
    Room,
    {
        "name": Column("Name of the room", text(max_length=20), help="As on the door."),
        "seats": Column("Seats", whole_number(1, 400)),
        "rent": Column("Rent", number(0, 1000), required=False),
        "free_from": Column("Free from", day(), required=False),
        "size": Column("Size", member_of(Size), required=False),
        "accessible": Column("Accessible", yes_or_no(), required=False),
    },
    name="Rooms",
)


@pytest.fixture
def languages():
    app = Flask(__name__)
    init_i18n(app)
    with app.app_context():
        yield


def workbook(*rows: list[object], name: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def saved_by_openpyxl(data: bytes) -> bytes:
    target = BytesIO()
    openpyxl.load_workbook(BytesIO(data)).save(target)
    return target.getvalue()


HEADER: list[object] = ["Name of the room", "Seats", "Rent", "Free from", "Size", "Accessible"]


def test_every_row_is_read_with_its_types():
    reading = ROOMS.read(
        workbook(
            HEADER,
            ["Library", 12, 10.5, date(2027, 3, 15), "Small", "yes"],
            [" School ", "1 20", "1 000,00", "15.03.2027", "LARGE", "no"],
        )
    )

    assert reading == Reading(
        rows=[
            Room("Library", 12, Decimal("10.5"), date(2027, 3, 15), Size.SMALL, True),
            Room("School", 120, Decimal("1000.00"), date(2027, 3, 15), Size.LARGE, False),
        ],
        problems=[],
        numbers=[2, 3],
        ignored=[],
    )


def test_every_wrong_cell_is_named_with_what_belongs_there():
    reading = ROOMS.read(
        workbook(
            HEADER, ["Library", 12], ["", "lots", "-1", "31.02.2027", "medium", "maybe"], ["School", 500]
        )
    )

    assert reading.rows == [Room("Library", 12)]
    assert reading.problems == [
        Problem("A3", "Enter 1 to 20 characters"),
        Problem("B3", "Enter a whole number from 1 to 400"),
        Problem("C3", "Enter a number from 0 to 1000"),
        Problem("D3", "Enter a date, for example 15.03.2027"),
        Problem("E3", "Choose one of: Small; Large"),
        Problem("F3", "Choose one of: yes; no"),
        Problem("B4", "Enter a whole number from 1 to 400"),
    ]


def test_columns_may_be_moved_and_rows_may_stand_above_the_header():
    reading = ROOMS.read(
        workbook(["Our rooms"], [], ["Notes", "Seats *", "name of the room"], ["old", 12, "Library"])
    )

    assert reading.rows == [Room("Library", 12)]
    assert reading.numbers == [4]
    assert reading.ignored == ["Notes"]


def test_a_missing_column_is_named():
    reading = ROOMS.read(workbook(["Name of the room", "Rent"], ["Library", 5]))

    assert reading.rows == []
    assert reading.problems == [Problem("A1", "The column “Seats” is missing")]


def test_a_sheet_without_headings_is_not_guessed_at():
    reading = ROOMS.read(workbook(["Library", 12]))

    assert reading.rows == []
    assert reading.problems == [Problem("A1", "The row of headings is missing. Take it from the template.")]


def test_what_is_no_workbook_is_refused():
    with pytest.raises(UnreadableWorkbook):
        ROOMS.read(b"Name;Seats")


def test_an_export_reads_back_as_it_was():
    rooms = [
        Room("=1+1", 12, Decimal("10.5"), date(2027, 3, 15), Size.SMALL, True),
        Room("#N/A", 1, None, None, None, None),
        Room("Żółta Gęś _x0041_", 400, Decimal(0), None, Size.LARGE, False),
    ]

    assert ROOMS.read(ROOMS.workbook(rooms)).rows == rooms


def test_an_export_holds_no_formula():
    data = ROOMS.workbook(
        [Room(start + "cmd|' /C calc'!A0", 1) for start in ("=", "+", "-", "@", "\t", "\r")]
    )

    with ZipFile(BytesIO(data)) as archive:
        assert "<f" not in archive.read("xl/worksheets/sheet1.xml").decode()


SPACED = [" ahead", "behind ", "a  gap", "two\nlines", "a\ttab", "\u00a0hard", "plain words"]


@pytest.mark.parametrize("program", ["none", "openpyxl", "LibreOffice"])
def test_spaces_of_an_export_survive_every_program(program, tmp_path):
    data = ROOMS.workbook([Room(text, 1) for text in SPACED])
    if program == "openpyxl":
        data = saved_by_openpyxl(data)
    elif program == "LibreOffice":
        (tmp_path / "rooms.xlsx").write_bytes(data)
        saved = saved_by_libreoffice(tmp_path / "rooms.xlsx", tmp_path)
        if saved is None:
            pytest.skip("LibreOffice is not installed")
        data = saved

    rows = read_workbook(data).sheets[0].rows

    assert [row.value(1) for row in rows[1:]] == SPACED


def test_an_export_asks_to_keep_spaces_only_where_they_could_get_lost():
    data = ROOMS.workbook([Room(text, 1) for text in SPACED])

    with ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count('xml:space="preserve"') == len(SPACED) - 1


def test_the_same_export_has_the_same_bytes():
    rooms = [Room("Library", 12, free_from=date(2027, 3, 15))]

    assert ROOMS.workbook(rooms) == ROOMS.workbook(iter(rooms))


def test_the_blank_sheet_offers_help_and_lists():
    book = openpyxl.load_workbook(BytesIO(ROOMS.blank()))

    sheet = book["Rooms"]
    assert [cell.value for cell in sheet[1]] == [
        "Name of the room *",
        "Seats *",
        "Rent",
        "Free from",
        "Size",
        "Accessible",
    ]
    rules = {
        str(rule.sqref): (rule.type, rule.formula1, rule.prompt)
        for rule in sheet.data_validations.dataValidation
    }
    assert rules == {
        "A2:A10001": (None, None, "As on the door."),
        "B2:B10001": (None, None, "Enter a whole number from 1 to 400"),
        "C2:C10001": (None, None, "Enter a number from 0 to 1000"),
        "D2:D10001": (None, None, "Enter a date, for example 15.03.2027"),
        "E2:E10001": ("list", "list_5", "Choose one of: Small; Large"),
        "F2:F10001": ("list", "list_6", "Choose one of: yes; no"),
    }
    assert book.defined_names["list_5"].attr_text == "'Lists'!$E$2:$E$3"
    assert [cell.value for cell in book["Lists"]["E"]] == ["Size", "Small", "Large"]


def test_a_filled_in_blank_is_read(tmp_path):
    book = openpyxl.load_workbook(BytesIO(ROOMS.blank()))
    for column, value in enumerate(["Library", 12, None, None, "Large"], start=1):
        book["Rooms"].cell(2, column).value = value
    book.save(tmp_path / "rooms.xlsx")

    assert ROOMS.read((tmp_path / "rooms.xlsx").read_bytes()).rows == [Room("Library", 12, size=Size.LARGE)]


def test_csv_opens_in_excel_and_holds_no_formula(languages):
    rooms = [
        Room("=1+1", 12, Decimal("10.50"), date(2027, 3, 15)),
        Room(" @x;y", -2),
        Room("+48 22 000 00 00", 1),
    ]

    with in_language("en"):
        text = b"".join(ROOMS.csv(rooms)).decode()

    assert text == (
        "\ufeffName of the room;Seats;Rent;Free from;Size;Accessible\r\n"
        "'=1+1;12;10.5;2027-03-15;;\r\n"
        '"\' @x;y";-2;;;;\r\n'
        "'+48 22 000 00 00;1;;;;\r\n"
    )


def test_csv_in_polish_has_a_decimal_comma(languages):
    with in_language("pl"):
        text = b"".join(ROOMS.csv([Room("Żółta Gęś", 1, Decimal("10.50"))])).decode("utf-8-sig")

    assert text.splitlines()[1] == "Żółta Gęś;1;10,5;;;"


def test_a_long_csv_comes_in_pieces():
    pieces = list(ROOMS.csv(Room(str(number), 1) for number in range(1200)))

    assert len(pieces) == 3
    assert len(b"".join(pieces).splitlines()) == 1201


def test_moments_are_exported_in_local_time():
    log: Sheet[dict[str, datetime]] = Sheet(dict, {"at": Column("At", moment(), value=lambda row: row["at"])})

    data = log.workbook([{"at": datetime(2026, 7, 1, 10, 0, tzinfo=UTC)}])

    book = openpyxl.load_workbook(BytesIO(data))
    assert book.worksheets[0]["A2"].value == datetime(2026, 7, 1, 12, 0)
