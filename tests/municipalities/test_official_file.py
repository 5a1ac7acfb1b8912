from datetime import date

import pytest

from core.i18n import in_language
from municipalities.errors import UnusableFile
from municipalities.official_file import OfficialUnit, read_official_file
from tests.municipalities.register import HEADER, full_register, small_register

EVERYTHING = small_register().read()


@pytest.fixture(autouse=True)
def english(app):
    """Refusals are sentences, and sentences need a language."""


def refusal(content: bytes) -> str:
    with pytest.raises(UnusableFile) as refused:
        read_official_file(content)
    return str(refused.value)


def with_line(number: int, line: str) -> bytes:
    """The small file with this line in place of another; the header is line 1."""
    lines = small_register().csv().decode().split("\r\n")
    lines[number - 1] = line
    return "\r\n".join(lines).encode()


# --- What is read -------------------------------------------------------------------------------------------


def test_municipalities_are_read_with_their_counties_and_voivodeships():
    register = EVERYTHING

    assert register.state_on == date(2018, 1, 1)
    assert register.voivodeships == {
        "02": "dolnośląskie",
        "10": "łódzkie",
        "14": "mazowieckie",
        "24": "śląskie",
        "32": "zachodniopomorskie",
    }
    assert register.counties["0201"] == "bolesławiecki"
    assert register.units["320305"] == OfficialUnit("3203052", "Ostrowice", "drawski")


def test_parts_and_districts_are_no_municipalities():
    assert sorted(EVERYTHING.units) == [
        "020101", "020102", "020103", "020104", "022109", "106101", "146501", "246101", "320302", "320305", "320306",
    ]  # fmt: skip


def test_a_whole_country_is_read():
    register = full_register().read()

    assert (len(register.voivodeships), len(register.counties), len(register.units)) == (16, 380, 2477)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + small_register().csv(), id="a byte order mark"),
        pytest.param(small_register().csv(newline="\n"), id="ends of line of another system"),
        pytest.param(small_register().csv() + b"\r\n;;;;;;\r\n", id="empty lines at the end"),
        pytest.param(small_register().csv(header=HEADER.replace("NAZWA_DOD", "NAZDOD")), id="the other sixth column"),
        pytest.param(small_register().csv(header=HEADER.lower()), id="small letters in the header"),
        pytest.param(small_register().csv().replace(b"\r\n", b";\r\n"), id="a separator after the last value"),
        pytest.param(small_register().csv().replace(";Łódź;".encode(), ';"Łódź";'.encode()), id="quotation marks"),
        pytest.param(small_register().csv().replace("ó".encode(), "o\u0301".encode()), id="letters in two pieces"),
        pytest.param(small_register().csv().replace(b";", b" ; "), id="spaces around values"),
        pytest.param(small_register().xml(), id="XML"),
        pytest.param(small_register().xml(sixth="NAZDOD"), id="XML with the other sixth column"),
        pytest.param(small_register().xml(named_columns=True), id="XML of before 2016"),
        pytest.param(b"\xef\xbb\xbf" + small_register().xml(), id="XML with a byte order mark"),
        pytest.param(
            small_register().xml().decode().replace("UTF-8", "UTF-16").encode("utf-16"), id="XML in UTF-16"
        ),
        pytest.param(small_register().xml().replace(b"<POW></POW>", b"<POW>\n      </POW>"), id="XML with air"),
    ],
)  # fmt: skip
def test_every_shape_the_file_is_published_in_reads_the_same(content):
    assert read_official_file(content) == EVERYTHING


def test_lines_may_come_in_another_order():
    header, *lines = small_register().csv().decode().splitlines()

    register = read_official_file("\n".join([header, *reversed(lines)]).encode())

    assert (register.units, register.counties) == (EVERYTHING.units, EVERYTHING.counties)


# --- What is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \r\n\r\n", "The file is empty."),
        (b"PK\x03\x04rest", "This is an archive or a workbook. Unpack it and give the CSV or XML file inside."),
        (b"%PDF-1.7 rest", "This is neither a CSV nor an XML file."),
        (b";" * (20 * 1024 * 1024 + 1), "The file is larger than 20 MB. That is not a file of the official register."),
        (HEADER.encode(), "The file holds no municipality (RODZ 1, 2 or 3)."),
        (small_register().without(*small_register().units).csv(),
         "The file holds no municipality (RODZ 1, 2 or 3)."),
        (b"code,name\r\n1,2",
         "Line 1: The columns are not named here: WOJ, POW, GMI, RODZ, NAZWA, STAN_NA, with semicolons between them."),
        (b"WOJ;POW;GMI;RODZ;NAZWA\n", "Line 1: Missing here: STAN_NA."),
        (b"WOJ;POW;WOJ;GMI;RODZ;NAZWA;STAN_NA\n", "Line 1: The column WOJ is there twice."),
        (b"TypKorekty;WojPrzed;PowPrzed\n", "Line 1: This is a file of changes. Take the full file of the register."),
        (small_register().csv().decode().encode("utf-16"),
         "Line 1: This is not UTF-8 text. Take the file as it was published, not saved again by another program."),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_refused_as_a_whole(content, sentence):
    assert refusal(content) == sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("02;01;02;2;Bolesławiec;gmina wiejska", "Line 5: 6 values, but 7 columns."),
        ("02;01;02;2;Bole;sławiec;gmina wiejska;2018-01-01", "Line 5: 8 values, but 7 columns."),
        ("2;1;2;2;Bolesławiec;gmina wiejska;2018-01-01",
         ("Line 5: WOJ is “2”, not two digits. A spreadsheet may have taken the zeros away: take the file as it was "
         "published.")),
        ("٠٢;01;02;2;Bolesławiec;gmina wiejska;2018-01-01",
         ("Line 5: WOJ is “٠٢”, not two digits. A spreadsheet may have taken the zeros away: take the file as it was "
         "published.")),
        ("02;01;02;;Bolesławiec;gmina wiejska;2018-01-01",
         "Line 5: POW, GMI and RODZ do not go together: one of them is missing."),
        ("02;;02;2;Bolesławiec;gmina wiejska;2018-01-01",
         "Line 5: POW, GMI and RODZ do not go together: one of them is missing."),
        ("02;01;;2;Bolesławiec;gmina wiejska;2018-01-01",
         "Line 5: POW, GMI and RODZ do not go together: one of them is missing."),
        ("02;01;02;7;Bolesławiec;gmina wiejska;2018-01-01", "Line 5: RODZ is “7”. Known are 1 to 5, 8 and 9."),
        ("02;01;02;2;;gmina wiejska;2018-01-01", "Line 5: NAZWA is “”, which is no name."),
        ("02;01;02;2;Bole\0sławiec;gmina wiejska;2018-01-01",
         "Line 5: NAZWA is “Bole\0sławiec”, which is no name."),
        (f"02;01;02;2;{'B' * 81};gmina wiejska;2018-01-01", f"Line 5: NAZWA is “{'B' * 40}”, which is no name."),
        ("02;01;02;2;Bolesławiec;gmina wiejska;01.01.2018",
         "Line 5: STAN_NA is “01.01.2018”, not a day such as 2026-01-01."),
        ("02;01;02;2;Bolesławiec;gmina wiejska;2018-02-30",
         "Line 5: STAN_NA is “2018-02-30”, not a day such as 2026-01-01."),
        ("02;01;02;2;Bolesławiec;gmina wiejska;0001-01-01",
         "Line 5: STAN_NA is “0001-01-01”, not a day such as 2026-01-01."),
        ("02;01;02;2;Bolesławiec;gmina wiejska;2019-01-01",
         "Line 5: Another STAN_NA than in the lines above. Are these two files in one?"),
        ("02;01;01;2;Bolesławiec;gmina wiejska;2018-01-01", "Line 5: The code 020101 is there twice."),
        ("02;01;;;bolesławiecki;powiat;2018-01-01", "Line 5: The code 0201 is there twice."),
        ("02;77;02;2;Bolesławiec;gmina wiejska;2018-01-01",
         "Line 5: The unit above it, 0277, is not in the file. The file is not whole."),
        ("77;77;;;nigdzie;powiat;2018-01-01",
         "Line 5: The unit above it, 77, is not in the file. The file is not whole."),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_by_its_number(line, sentence):
    assert refusal(with_line(5, line)) == sentence


def test_a_quotation_mark_that_never_ends_is_refused():
    sentence = refusal(with_line(5, '02;01;02;2;"Bolesławiec;gmina wiejska;2018-01-01'))

    assert sentence.endswith(
        ": The line cannot be read as a table. Look for a lone quotation mark in it or above."
    )


def test_a_text_in_an_old_encoding_is_refused_at_its_first_such_letter():
    assert refusal(small_register().csv().decode().encode("cp1250")) == (
        "Line 2: This is not UTF-8 text. Take the file as it was published, not saved again by another program."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (small_register().xml()[:1000], "The XML is broken or cut off here."),
        (small_register().xml().replace(b"<NAZWA>Gromadka</NAZWA>", b""),
         "Missing here: NAZWA."),
        (b"<zmiany>\n<zmiana><TypKorekty>M</TypKorekty></zmiana>\n</zmiany>",
         "This is a file of changes. Take the full file of the register."),
    ],
)  # fmt: skip
def test_broken_xml_is_refused_with_its_line(content, sentence):
    line, _, rest = refusal(content).partition(": ")

    assert line.startswith("Line ")
    assert int(line.removeprefix("Line ")) > 1
    assert rest == sentence


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE teryt [<!ENTITY a "Łódź">]>',
        '<!DOCTYPE teryt SYSTEM "http://127.0.0.1:9/teryt.dtd">',
        '<!DOCTYPE teryt [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_xml_that_refers_to_anything_is_not_read(declaration):
    content = small_register().xml().decode().replace("<teryt>", f"{declaration}<teryt>").encode()

    assert refusal(content) == "This XML holds what the official file never does. It was not read."


def test_xml_in_an_encoding_nobody_knows_is_refused():
    content = small_register().xml().replace(b'encoding="UTF-8"', b'encoding="klingon"')

    assert refusal(content) == "This XML holds what the official file never does. It was not read."


def test_a_unit_is_named_with_type_and_county():
    rural, city = EVERYTHING.units["020102"], EVERYTHING.units["106101"]

    with in_language("en"):
        assert rural.label == "Bolesławiec (rural municipality, bolesławiecki county)"
        assert city.label == "Łódź (urban municipality, Łódź, a city with county rights)"
