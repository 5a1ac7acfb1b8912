"""Reports as each platform writes them, in each language, with each kind of letters."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest
from openpyxl import Workbook

from config import ROOT
from core.workbooks.errors import UnreadableWorkbook
from programme.data_files import ProfileFault
from tests.webinars.attendance.platforms import WRITERS, written
from webinars.attendance.errors import NotAReport, ReportTooLarge, UnreadableReport
from webinars.attendance.reading import Report, read_report
from webinars.attendance.reading.mapping import FILE, Formats, load_formats, read_formats

DAY = date(2026, 5, 6)
PROFILE = ROOT / "profiles" / "mocarze"


def formats() -> Formats:
    return load_formats(PROFILE)


def read(data: bytes, near: date = DAY) -> Report:
    return read_report(data, formats(), near=near)


def people_of(report: Report) -> set[tuple[str, str | None, int]]:
    return {(one.name, one.email, one.spent.minutes) for one in report.people}


UTF_16_LE, UTF_16_BE = "utf-16-le", "utf-16-be"
ENCODED: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode("utf-8"),
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 with a mark": lambda text: text.encode("utf-16"),
    "UTF-16, the other order": lambda text: b"\xfe\xff" + text.encode(UTF_16_BE),
    "UTF-16 without a mark": lambda text: text.encode(UTF_16_LE),
    "Windows-1250": lambda text: text.replace("\u202f", " ").encode("cp1250"),
}
SEPARATORS = {"commas": ",", "semicolons": ";", "tabs": "\t"}


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("writer", WRITERS)
def test_a_report_is_read_whatever_its_letters_and_separators(writer, encoding, separator):
    text, people = WRITERS[writer](SEPARATORS[separator])

    report = read(ENCODED[encoding](text))

    assert (report.source.key, people_of(report)) == (writer.split()[0], people)


@pytest.mark.parametrize("writer", WRITERS)
def test_the_same_report_as_a_workbook_is_read_alike(writer):
    text, people = WRITERS[writer]("\t")
    workbook = Workbook()
    for number, row in enumerate(_lines(text), start=1):
        for column, cell in enumerate(row, start=1):
            if cell:
                workbook.active.cell(number, column, cell)

    report = read(_bytes(workbook))

    assert (report.source.key, people_of(report)) == (writer.split()[0], people)


def _lines(text: str) -> Iterable[list[str]]:
    return ([cell.strip('"') for cell in line.split("\t")] for line in text.split("\r\n"))


def _bytes(workbook: Workbook) -> bytes:
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_real_dates_and_times_of_a_workbook_are_understood():
    workbook = Workbook()
    workbook.create_sheet("Uczestnicy")
    workbook.active.append(["Nothing", "here"])
    sheet = workbook["Uczestnicy"]
    sheet.append(["Nick", "E-mail", "Data wejścia", "Data wyjścia", "Czas"])
    sheet.append(
        ["Ola Wróż", "ola@wies.example", datetime(2026, 5, 6, 10), datetime(2026, 5, 6, 10, 45), None]
    )
    sheet.append(["Jan Lis", "jan@wies.example", None, None, time(1, 5, 3)])
    sheet.append(["Iza Kos", "iza@wies.example", None, None, 32.4])

    assert people_of(read(_bytes(workbook))) == {
        ("Ola Wróż", "ola@wies.example", 45),
        ("Jan Lis", "jan@wies.example", 65),
        ("Iza Kos", "iza@wies.example", 32),
    }


# --- Lengths and dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "minutes"),
    [
        ("1h 5m 3s", 65), ("65", 65), ("01:05:03", 65), ("1:05", 65), ("65,4", 65), ("65.4 min", 65), ("1 hour 5 minutes", 65),
        ("1 godzina 5 minut", 65), ("3900s", 65), ("1,5 h", 90),
    ],
)  # fmt: skip
def test_lengths_are_read_as_people_and_programs_write_them(length, minutes):
    data = written([["Nick", "E-mail", "Czas"], ["Ola", "ola@wies.example", length]], "\t").encode()

    assert people_of(read(data)) == {("Ola", "ola@wies.example", minutes)}


def test_two_numbers_with_a_colon_are_what_the_platform_means_by_them():
    meet = written(
        [["Name", "Email", "Duration", "Time joined", "Time exited"], ["Ola", "", "32:14", "", ""]], ","
    )
    zoom = written([["Name (Original Name)", "User Email", "Duration (Minutes)"], ["Ola", "", "0:32"]], ",")

    assert [people_of(read(text.encode())) for text in (meet, zoom)] == [{("Ola", None, 32)}] * 2


@pytest.mark.parametrize(
    ("joined", "left", "near"),
    [
        ("06.05.2026 10:00", "06.05.2026 10:45", DAY), ("05/06/2026 10:00 AM", "05/06/2026 10:45 AM", DAY),
        ("06/05/2026 10:00", "06/05/2026 10:45", DAY), ("2026-05-06T10:00:00Z", "2026-05-06T10:45:00Z", DAY),
        ("May 06, 2026 10:00:00", "May 06, 2026 10:45:00", DAY), ("6 maja 2026, 10:00", "6 maja 2026, 10:45", DAY),
        ("5/13/26, 11:40:00 PM", "5/14/26, 12:25:00 AM", date(2026, 5, 13)),
        ("13.05.2026 23:40", "14.05.2026 00:25", date(2026, 5, 13)),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_order_that_fits_the_webinar(joined, left, near):
    rows = [["Nick", "E-mail", "Data wejścia", "Data wyjścia"], ["Ola", "ola@wies.example", joined, left]]

    report = read(written(rows, ";").encode(), near)

    assert (people_of(report), report.day) == ({("Ola", "ola@wies.example", 45)}, near)


def test_whoever_leaves_after_midnight_was_not_there_for_a_negative_time():
    rows = [["Name", "Email", "Time joined", "Time exited"], ["Ola", "", "11:50 PM", "12:20 AM"]]

    report = read(written(rows, ",").encode())

    assert (people_of(report), report.day) == ({("Ola", None, 30)}, None)


# --- Who belongs together --------------------------------------------------------------------------------


def test_the_last_day_of_all_has_no_next_one_and_breaks_nothing():
    rows = [
        ["Nick", "E-mail", "Data wejścia", "Data wyjścia"],
        ["Ola", "", "9999-12-31 23:00", "9999-12-31 22:00"],
    ]

    assert people_of(read(written(rows, ";").encode())) == {("Ola", None, 1380)}


def test_namesakes_with_addresses_stay_two_and_a_row_without_one_is_of_neither():
    rows = [
        ["Nick", "E-mail", "Czas"],
        ["Anna Nowak", "anna.n@a.example", "50"],
        ["Nowak Anna", "anowak@b.example", "20"],
        ["Anna Nowak", "", "5"],
        ["Anna Nowak", "", "7"],
    ]

    assert people_of(read(written(rows, ";").encode())) == {
        ("Anna Nowak", "anna.n@a.example", 50),
        ("Nowak Anna", "anowak@b.example", 20),
        ("Anna Nowak", None, 12),
    }


# --- What is no report -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", NotAReport),
        (b"\x00\x01\x02", UnreadableReport),
        ("Imię,Wiek\nOla,7\n".encode(), NotAReport),
        (b"Name,Email,Duration\n", NotAReport),
        (b"Name,Email,Duration\nOla,,none\n", NotAReport),
        (b"%PDF-1.7 \x81\x83", UnreadableReport),
        (b"PK\x03\x04broken", UnreadableWorkbook),
        (b'Name,Email,Duration\n"' + b"a" * 200_000 + b'",,5', UnreadableReport),
        (b"Name,Email,Duration\n" + b"Ola,,5\n" * 10_600, ReportTooLarge),
        (b"x" * (10 * 1024 * 1024 + 1), ReportTooLarge),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(data, refusal):
    with pytest.raises(refusal) as refused:
        read(data)

    assert str(refused.value)


# --- The mapping -----------------------------------------------------------------------------------------


def test_another_language_is_a_line_in_the_profile_and_no_code():
    text = (PROFILE / FILE).read_text(encoding="utf-8")
    spanish = re.sub(r"(?m)^(columns\.name = \[)", r'\1"Nombre", ', text)
    spanish = re.sub(r"(?m)^(columns\.length = \[)", r'\1"Duración", ', spanish)
    data = "Nombre;Duración\nOla;65\n".encode()

    with pytest.raises(NotAReport):
        read(data)
    assert people_of(read_report(data, read_formats(spanish, FILE), near=DAY)) == {("Ola", None, 65)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('times = "sessions"', 'times = "often"'),
        ('bare = "minutes"', 'bare = "days"'),
        ("columns.joined =", "columns.arrived ="),
        ('"nov", "dec"', '"nov"'),
        ('no = ["no"', 'no = [7, "no"'),
    ],
)
def test_a_mistake_in_the_mapping_is_found(before, after):
    text = (PROFILE / FILE).read_text(encoding="utf-8")
    assert before in text

    with pytest.raises(ProfileFault):
        read_formats(text.replace(before, after), FILE)


def test_the_day_of_a_report_is_the_one_most_people_joined_on():
    rows = [["Nick", "E-mail", "Data wejścia", "Data wyjścia"]] + [
        [f"Ola {number}", "", f"2026-04-{day} 10:00", f"2026-04-{day} 10:45"]
        for number, day in enumerate((14, 15, 15))
    ]

    assert read(written(rows, ";").encode()).day == datetime(2026, 4, 15, tzinfo=UTC).date()
