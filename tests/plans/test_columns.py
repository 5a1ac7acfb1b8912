import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workbooks.raw import CellError, CellValue
from plans.columns import CellProblem, Parsed, display, editable_text, expected, parse
from plans.definitions import ColumnDefinition, ColumnType, Value
from plans.findings import Finding, FindingCode, Severity
from plans.values.text import clean_line, clean_lines
from tests.plans.templates import CODE_LISTS, EMAIL_COLUMN, GENERAL, column

TEXT = column(ColumnType.TEXT)
LONG_TEXT = column(ColumnType.LONG_TEXT)
WHOLE = column(ColumnType.WHOLE_NUMBER, minimum=Decimal(0), maximum=Decimal(1_000_000))
DECIMAL = column(ColumnType.DECIMAL)
MONEY = column(ColumnType.MONEY)
YEAR = column(ColumnType.YEAR, minimum=Decimal(2020), maximum=Decimal(2100))
DATE = column(ColumnType.DATE)
QUARTER = column(ColumnType.CHOICE, code_list="quarter")
YES_NO = column(ColumnType.CHOICE, code_list="yes_no")
AREA = column(ColumnType.CHOICE, code_list="need_area")
TYPES = column(ColumnType.CHOICES, code_list="organisation_type")
REFERENCE = column(ColumnType.REFERENCE, refers_to="goals")
REFERENCES = column(ColumnType.REFERENCES, refers_to="needs")
CODE = column(ColumnType.CODE)


def value(of: ColumnDefinition, raw: CellValue | None) -> Value | None:
    parsed = parse(of, raw, CODE_LISTS)
    assert parsed.problem is None
    return parsed.value


def problem(of: ColumnDefinition, raw: CellValue | CellError) -> CellProblem:
    parsed = parse(of, raw, CODE_LISTS)
    assert parsed.problem is not None
    assert parsed.value is None
    return parsed.problem


# --- Numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (Decimal(12), 12),
        (Decimal("12.0"), 12),
        ("12", 12),
        ("12.0", 12),
        ("12,00", 12),
        (" 1 200 ", 1200),
        ("1\u00a0200", 1200),
        ("1\u202f200", 1200),
        ("1\u2009200", 1200),
        ("1'200", 1200),
        ("100 000", 100_000),
        ("007", 7),
        ("+5", 5),
        ("１２", 12),
    ],
)
def test_whole_numbers_are_read_as_people_write_them(raw: CellValue, read: int):
    assert value(WHOLE, raw) == read


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("64,5", "64.5"),
        ("64.50", "64.5"),
        ("64,5 %", "64.5"),
        ("1.500", "1.5"),
        ("-3,25", "-3.25"),
        ("−3,25", "-3.25"),
        ("1.234.567,5", "1234567.5"),
        ("1,234,567.5", "1234567.5"),
        (Decimal("0.30000000000000004"), "0.3"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-999999"), "0"),
        (Decimal("-0.0"), "0"),
    ],
)
def test_decimals_are_stored_as_their_shortest_text(raw: CellValue, read: str):
    assert value(DECIMAL, raw) == read


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("1 200,50 zł", "1200.5"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("PLN 5 000", "5000"),
        ("500,- zł", "500"),
        ("1200,-", "1200"),
        ("5000 złotych", "5000"),
        (Decimal("10.005"), "10.01"),
        (Decimal("19.99"), "19.99"),
    ],
)
def test_amounts_are_stored_to_the_grosz(raw: CellValue, read: str):
    assert value(MONEY, raw) == read


@pytest.mark.parametrize(
    ("of", "raw", "reason", "suggestion"),
    [
        (WHOLE, "dużo", "number", None),
        (WHOLE, "około 120 osób", "number", "120"),
        (WHOLE, "3oo", "number", "300"),
        (WHOLE, "lO osób", "number", None),
        (WHOLE, "ok. l2O os.", "number", "120"),
        (WHOLE, "od 10 do 20", "number", None),
        (WHOLE, "1,5", "not_whole", None),
        (WHOLE, "1.500", "number_ambiguous", "1500"),
        (WHOLE, "-1", "too_small", None),
        (WHOLE, "1000001", "too_large", None),
        (WHOLE, True, "number", None),
        (WHOLE, date(2026, 1, 1), "number", None),
        (WHOLE, "1 2", "number", None),
        (MONEY, "5,123", "number_ambiguous", "5123"),
        (MONEY, "1.234.567.8", "number", None),
        (DECIMAL, Decimal("Infinity"), "number", None),
        (DECIMAL, Decimal("NaN"), "number", None),
        (DECIMAL, Decimal("1E+999999"), "number", None),
        (DECIMAL, "٣", "number", None),
        (YEAR, "26", "too_small", None),
        (YEAR, "2026/2027", "number", None),
    ],
)
def test_what_is_no_number_of_that_kind_says_why(
    of: ColumnDefinition, raw: CellValue, reason: str, suggestion: str
):
    found = problem(of, raw)

    assert (found.code, found.reason, found.suggestion) == (FindingCode.UNREADABLE, reason, suggestion)


@pytest.mark.parametrize("raw", ["2026", "2026 r.", "2026 rok", Decimal(2026)])
def test_a_year_may_carry_its_word(raw: CellValue):
    assert value(YEAR, raw) == 2026


# --- Dates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        date(2026, 12, 31),
        datetime(2026, 12, 31, 14, 30),
        Decimal(46387),
        "31.12.2026",
        "31. 12. 2026",
        "31.12.2026 r.",
        "2026-12-31",
        "2026-12-31 00:00:00",
        "2026-12-31T08:15",
        "31-12-2026",
        "31/12/2026",
        "31 12 2026",
        "31 grudnia 2026",
        "31 Grudnia 2026 r.",
        "31 grudzień 2026",
        "31 gru 2026",
        "31 XII 2026",
        "31 December 2026",
        "December 31, 2026",
    ],
)
def test_a_day_is_read_however_it_is_written(raw: CellValue):
    assert value(DATE, raw) == "2026-12-31"


@pytest.mark.parametrize(
    ("raw", "reason", "suggestion"),
    [
        ("wiosną", "date", None),
        ("maj 2026", "date", None),
        ("31 nonsensa 2026", "date", None),
        (Decimal(2026), "date", None),
        (True, "date", None),
        (time(8, 0), "date", None),
        ("31.12.26", "date", "31.12.2026"),
        ("30.02.2026", "date_impossible", None),
        ("12/31/2026", "date_impossible", "31.12.2026"),
        ("31.12.0026", "date_far", None),
        ("31.12.2206", "date_far", None),
    ],
)
def test_what_is_no_day_says_why(raw: CellValue, reason: str, suggestion: str | None):
    found = problem(DATE, raw)

    assert (found.code, found.reason, found.suggestion) == (FindingCode.UNREADABLE, reason, suggestion)


# --- Lists ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw", ["II", "ii", "Q2", "2", Decimal(2), Decimal("2.0"), "II kw.", "2 kwartał", "q2"]
)
def test_a_quarter_is_read_however_it_is_written(raw: CellValue):
    assert value(QUARTER, raw) == "q2"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("TAK", "yes"),
        ("T", "yes"),
        ("1", "yes"),
        (Decimal(1), "yes"),
        (True, "yes"),
        ("yes", "yes"),
        ("nie", "no"),
        ("N", "no"),
        (Decimal(0), "no"),
        (False, "no"),
    ],
)
def test_yes_and_no_are_read_however_they_are_written(raw: CellValue, code: str):
    assert value(YES_NO, raw) == code


@pytest.mark.parametrize(
    "raw",
    [
        "szkoła, klub seniora, UTW",
        "klub seniora, UTW; szkoła",
        "Klub seniora, UTW\nszkola",
        "school, senior club, school",
        "szkoła,klub seniora,UTW,",
        "senior_club; school",
    ],
)
def test_several_values_may_stand_in_a_cell_even_if_a_label_has_a_comma(raw: str):
    assert value(TYPES, raw) == ["school", "senior_club"]


def test_an_unknown_value_is_answered_with_the_nearest_one():
    assert problem(AREA, "bezpieczenstow") == CellProblem(
        FindingCode.NOT_IN_LIST, "not_in_list", {"found": "bezpieczenstow"}, "bezpieczeństwo"
    )


def test_of_several_values_only_the_unknown_one_is_named_and_all_are_suggested():
    assert problem(TYPES, "szkoła, bibloteka") == CellProblem(
        FindingCode.NOT_IN_LIST, "not_in_list", {"found": "bibloteka"}, "szkoła, biblioteka"
    )


def test_nothing_is_suggested_where_nothing_is_near():
    assert problem(TYPES, "szkoła, ???") == CellProblem(
        FindingCode.NOT_IN_LIST, "not_in_list", {"found": "???"}, None
    )


# --- References and codes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("N1, n2", ["N1", "N2"]),
        ("N1;N2", ["N1", "N2"]),
        ("N1\nN2\nN1", ["N1", "N2"]),
        ("N1 · Seniorzy, którzy boją się e-usług\nN2 · Rolnicy", ["N1", "N2"]),
        ("Seniorzy, którzy boją się e-usług; N2", ["Seniorzy, którzy boją się e-usług", "N2"]),
        ("Seniorzy, rolnicy", ["Seniorzy, rolnicy"]),
    ],
)
def test_references_are_cut_where_it_is_safe_without_knowing_the_rows(raw: str, read: list[str]):
    assert value(REFERENCES, raw) == read


@pytest.mark.parametrize(
    ("raw", "read"), [("c1", "C1"), ("C1 · Cel", "C1"), ("Nauczyć\n wszystkich", "Nauczyć wszystkich")]
)
def test_a_reference_is_a_code_or_a_text(raw: str, read: str):
    assert value(REFERENCE, raw) == read


@pytest.mark.parametrize(
    ("raw", "read"), [("n1", "N1"), (" N1 ", "N1"), (Decimal(3), "3"), ("Cel A", "Cel A")]
)
def test_a_code_is_short_and_upper_case(raw: CellValue, read: str):
    assert value(CODE, raw) == read


@pytest.mark.parametrize(
    ("raw", "reason"), [("N1, N2", "code"), ("N1 · tekst", "code"), ("potrzeba pierwsza", "too_long")]
)
def test_what_cannot_be_told_from_a_list_is_no_code(raw: str, reason: str):
    assert problem(CODE, raw).reason == reason


# --- Text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("  Żółta\tGęś \n druga ", "Żółta Gęś druga"),
        (unicodedata.normalize("NFD", "Żółta Gęś"), "Żółta Gęś"),
        ("po\u00adlic\u200bznik\u0007i\u202e", "policzniki"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("'=SUM(A1)", "=SUM(A1)"),
        ("''+48", "+48"),
        ("'90", "'90"),
        (Decimal("12.5"), "12,5"),
        (Decimal(12), "12"),
        (True, "tak"),
        (date(2026, 5, 1), "01.05.2026"),
        (datetime(2026, 5, 1, 8, 30), "01.05.2026 08:30"),
        (time(8, 5), "08:05"),
    ],
)
def test_text_is_stored_in_one_form(raw: CellValue, read: str):
    assert value(TEXT, raw) == read


def test_long_text_keeps_its_paragraphs():
    assert value(LONG_TEXT, " Raz \r\n\r\n\n\n dwa\u2028trzy  cztery ") == "Raz\n\ndwa\ntrzy cztery"


@pytest.mark.parametrize("of", [TEXT, LONG_TEXT, WHOLE, DATE, YES_NO, TYPES, REFERENCES, CODE, EMAIL_COLUMN])
@pytest.mark.parametrize("raw", [None, "", "  \n ", "\u00a0", "\u200b", "-", " – ", "—"])
def test_a_dash_or_a_blank_is_an_empty_cell(of: ColumnDefinition, raw: str | None):
    assert parse(of, raw, CODE_LISTS) == Parsed()


def test_a_text_that_does_not_fit_is_refused_with_both_lengths():
    of = column(ColumnType.TEXT, max_length=10)

    assert problem(of, "jedenaście!") == CellProblem(
        FindingCode.UNREADABLE, "too_long", {"maximum": "10", "length": "11"}, None
    )
    assert problem(of, "x" * 30_000).params == {"maximum": "10", "length": "30000"}


def test_an_error_of_a_formula_is_no_text():
    assert problem(TEXT, CellError("#REF!")) == CellProblem(
        FindingCode.UNREADABLE, "cell_error", {"found": "#REF!"}, None
    )
    assert problem(TEXT, CellError("Jan Kowalski")).params == {"found": "#ERROR!"}


@pytest.mark.parametrize(
    "raw", ["biblioteka@gmina.example", "mailto:biblioteka@GMINA.example", " biblioteka@gmina.example "]
)
def test_an_address_is_read_without_its_trimmings(raw: str):
    assert value(EMAIL_COLUMN, raw) == "biblioteka@gmina.example"


@pytest.mark.parametrize("raw", ["biblioteka", "a@b", "a@b.example, c@d.example", "Jan <jan@gmina.example>"])
def test_a_wrong_address_is_not_repeated_in_its_problem(raw: str):
    assert problem(EMAIL_COLUMN, raw) == CellProblem(FindingCode.UNREADABLE, "email_address", {}, None)


# --- Personal data -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "raw", "reason"),
    [
        (TEXT, "PESEL 44051401458", "pesel"),
        (TEXT, Decimal(44051401458), "pesel"),
        (WHOLE, Decimal(44051401458), "pesel"),
        (DECIMAL, "44051401458", "pesel"),
        (DECIMAL, Decimal(2070803628), "pesel"),
        (EMAIL_COLUMN, "44051401458", "pesel"),
        (AREA, "tel. 501 234 567", "phone"),
        (REFERENCES, "jan.kowalski@poczta.example", "email"),
        (LONG_TEXT, "Jan Kowalski, Anna Nowak, Piotr Zieliński", "name_list"),
        (DATE, "ur. 44051401458", "pesel"),
    ],
)
def test_personal_data_are_refused_and_leave_no_trace(of: ColumnDefinition, raw: CellValue, reason: str):
    assert problem(of, raw) == CellProblem(FindingCode.PERSONAL_DATA, reason, {}, None)


def test_a_valid_number_is_not_taken_for_a_telephone_number():
    assert value(DECIMAL, "501234567") == "501234567"


def test_a_problem_becomes_a_finding_about_its_cell():
    of = GENERAL.sheet("needs").column("priority")

    finding = problem(of, "7").finding(of, sheet_key="needs", row_uid="r1", cell="E7")

    assert finding == Finding(
        FindingCode.UNREADABLE,
        Severity.ERROR,
        "too_large",
        sheet_key="needs",
        cell="E7",
        row_uid="r1",
        column_key="priority",
        params={"found": "7", "maximum": "5"},
    )


# --- Showing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "stored", "polish", "english"),
    [
        (MONEY, "12500.5", "12\u00a0500,50\u00a0zł", "12\u00a0500.50\u00a0zł"),
        (MONEY, "1200", "1200,00\u00a0zł", "1200.00\u00a0zł"),
        (WHOLE, 100000, "100\u00a0000", "100\u00a0000"),
        (DECIMAL, "-64.5", "-64,5", "-64.5"),
        (YEAR, 2026, "2026", "2026"),
        (DATE, "2026-05-01", "01.05.2026", "01.05.2026"),
        (TYPES, ["school", "senior_club"], "szkoła, klub seniora, UTW", "school, senior club"),
        (QUARTER, "q2", "II", "Q2"),
        (REFERENCES, ["N1", "N2"], "N1, N2", "N1, N2"),
        (REFERENCES, ["N1", "Seniorzy, rolnicy"], "N1; Seniorzy, rolnicy", "N1; Seniorzy, rolnicy"),
        (TEXT, "Gęś", "Gęś", "Gęś"),
        (TEXT, None, "", ""),
        (MONEY, "dużo", "dużo", "dużo"),
        (DATE, "wiosną", "wiosną", "wiosną"),
    ],
)
def test_values_are_shown_as_people_write_them(
    of: ColumnDefinition, stored: Value, polish: str, english: str
):
    assert display(of, stored, CODE_LISTS, "pl") == polish
    assert display(of, stored, CODE_LISTS, "en") == english


def test_a_number_to_be_typed_over_has_no_spaces_and_no_currency():
    assert editable_text(MONEY, "12500.5", CODE_LISTS, "pl") == "12500,5"
    assert editable_text(WHOLE, 100000, CODE_LISTS, "en") == "100000"


@pytest.mark.parametrize(
    ("of", "half_a_sentence"),
    [
        (WHOLE, "a whole number from 0 to 1\u00a0000\u00a0000"),
        (YEAR, "a year from 2020 to 2100"),
        (DECIMAL, "a number"),
        (column(ColumnType.MONEY, minimum=Decimal(0)), "an amount in zlotys, at least 0"),
        (column(ColumnType.DECIMAL, maximum=Decimal(1)), "a number, at most 1"),
        (QUARTER, "one of: Q1, Q2, Q3, Q4"),
        (column(ColumnType.CHOICES, code_list="yes_no"), "one or more of: yes, no"),
        (column(ColumnType.TEXT, max_length=60), "a text of at most 60 characters"),
        (DATE, "a date: day, month, year"),
        (REFERENCES, "codes of rows, separated by commas"),
    ],
)
def test_a_column_says_what_it_wants(of: ColumnDefinition, half_a_sentence: str):
    assert expected(of, CODE_LISTS, "en") == half_a_sentence


# --- Round trips ---------------------------------------------------------------------------------------

LANGUAGES = st.sampled_from(["pl", "en"])
LETTERS = st.characters(exclude_categories=["Nd", "No", "Nl"], exclude_characters="@")


def reads_back(of: ColumnDefinition, stored: Value, shown_in: str, read_in: str) -> None:
    for text in (display(of, stored, CODE_LISTS, shown_in), editable_text(of, stored, CODE_LISTS, shown_in)):
        assert parse(of, text, CODE_LISTS, read_in) == Parsed(stored)


@given(st.integers(0, 1_000_000), LANGUAGES, LANGUAGES)
def test_a_whole_number_reads_back(number: int, shown_in: str, read_in: str):
    reads_back(WHOLE, number, shown_in, read_in)


@given(st.integers(2020, 2100), LANGUAGES, LANGUAGES)
def test_a_year_reads_back(year: int, shown_in: str, read_in: str):
    reads_back(YEAR, year, shown_in, read_in)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6), LANGUAGES, LANGUAGES)
def test_a_decimal_reads_back(number: Decimal, shown_in: str, read_in: str):
    stored = value(DECIMAL, number)

    assert stored is not None
    reads_back(DECIMAL, stored, shown_in, read_in)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), LANGUAGES, LANGUAGES)
def test_an_amount_reads_back(amount: Decimal, shown_in: str, read_in: str):
    stored = value(MONEY, amount)

    assert stored is not None
    reads_back(MONEY, stored, shown_in, read_in)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), LANGUAGES, LANGUAGES)
def test_a_day_reads_back(day: date, shown_in: str, read_in: str):
    reads_back(DATE, day.isoformat(), shown_in, read_in)


@given(st.data(), st.sampled_from(sorted(CODE_LISTS)), LANGUAGES, LANGUAGES)
def test_a_choice_and_several_choices_read_back(data: st.DataObject, key: str, shown_in: str, read_in: str):
    codes = CODE_LISTS[key].codes
    chosen = data.draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))

    reads_back(column(ColumnType.CHOICE, code_list=key), chosen[0], shown_in, read_in)
    reads_back(column(ColumnType.CHOICES, code_list=key), sorted(chosen, key=codes.index), shown_in, read_in)


@given(st.lists(st.from_regex(r"[A-ZŁŻ]{1,3}[0-9]{1,4}", fullmatch=True), min_size=1, unique=True), LANGUAGES)
def test_references_and_codes_read_back(codes: list[str], language: str):
    reads_back(REFERENCES, codes, language, language)
    reads_back(REFERENCE, codes[0], language, language)
    reads_back(CODE, codes[0], language, language)


@given(st.text(LETTERS, max_size=300), LANGUAGES, LANGUAGES)
def test_text_reads_back_whatever_it_is_made_of(text: str, shown_in: str, read_in: str):
    for of in (TEXT, LONG_TEXT):
        stored = parse(of, text, CODE_LISTS, shown_in).value
        if stored is not None:
            reads_back(of, stored, shown_in, read_in)


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str):
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(
    st.sampled_from(
        [
            TEXT,
            LONG_TEXT,
            WHOLE,
            DECIMAL,
            MONEY,
            YEAR,
            DATE,
            AREA,
            TYPES,
            REFERENCE,
            REFERENCES,
            CODE,
            EMAIL_COLUMN,
        ]
    ),
    st.one_of(st.text(), st.decimals(), st.booleans(), st.dates(), st.datetimes(), st.times()),
)
def test_no_cell_makes_the_reader_fail(of: ColumnDefinition, raw: CellValue):
    parsed = parse(of, raw, CODE_LISTS)

    assert parsed.value is None or parsed.problem is None
    if parsed.value is not None:
        text = str(parsed.value)
        assert text == unicodedata.normalize("NFC", text)
        assert "\x00" not in text
