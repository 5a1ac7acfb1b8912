import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from municipalities.errors import UnusableFile
from municipalities.models import ImportKind, RegisterImport
from municipalities.population_file import PopulationLine, read_population_file
from municipalities.services.population import PopulationCounts, import_population
from tests.municipalities.register import FILE_HASH, small_register, take_in, unit

HEADER = "code;population;year\r\n"


@pytest.fixture(autouse=True)
def register(app):
    take_in(small_register())


def take_in_figures(*lines: str) -> PopulationCounts:
    content = (HEADER + "\r\n".join(lines)).encode()
    counts = import_population(read_population_file(content), file_hash=FILE_HASH, actor=None)
    db.session.commit()
    return counts


def population(code: str) -> tuple[int | None, int | None]:
    found = unit(code)
    return found.population, found.population_year


def refusal(content: bytes) -> str:
    with pytest.raises(UnusableFile) as refused:
        import_population(read_population_file(content), file_hash=FILE_HASH, actor=None)
    db.session.rollback()
    return str(refused.value)


def test_figures_are_kept_with_their_year():
    counts = take_in_figures("0201011;38280;2024", "1061011;645693;2024")

    assert counts == PopulationCounts(changed=2, same=0, newer_known=0)
    assert (population("0201011"), population("0201022")) == ((38280, 2024), (None, None))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(HEADER.encode() + b"0201011;38280;2024\r\n", id="as described"),
        pytest.param(b"\xef\xbb\xbf" + HEADER.encode() + b"0201011;38280;2024", id="with a byte order mark"),
        pytest.param(b"Year;Name;Code;Population\n2024;x;0201011;38280\n", id="other columns and order"),
        pytest.param(HEADER.encode() + b"020101;38280;2024\n", id="six digits"),
        pytest.param(HEADER.encode() + b"0201011;38 280;2024\n", id="a space between thousands"),
        pytest.param(
            HEADER.encode() + "0201011;38\u00a0280;2024\n".encode(), id="a space that does not break"
        ),
    ],
)
def test_the_ways_to_write_a_figure_read_the_same(content):
    assert read_population_file(content) == [PopulationLine(2, content_code(content), 38280, 2024)]


def content_code(content: bytes) -> str:
    return "0201011" if b"0201011" in content else "020101"


def test_sums_and_parts_are_left_out():
    content = (
        HEADER
        + "0000000;37000000;2024\n0200000;2900000;2024\n0201000;88000;2024\n"
        + "0201043;15000;2024\n0201044;11000;2024\n0201045;4000;2024\n1465028;120000;2024\n"
    )

    assert [line.code for line in read_population_file(content.encode())] == ["0201043"]


def test_a_second_time_nothing_changes():
    take_in_figures("0201011;38280;2024")

    counts = take_in_figures("0201011;38280;2024")

    assert counts == PopulationCounts(changed=0, same=1, newer_known=0)
    assert (
        len(
            db.session.scalars(
                select(RegisterImport).where(RegisterImport.kind == ImportKind.POPULATION)
            ).all()
        )
        == 1
    )


def test_an_older_year_never_replaces_a_newer_one():
    take_in_figures("0201011;38280;2024")

    counts = take_in_figures("0201011;39000;2020", "0201022;15000;2020")

    assert counts == PopulationCounts(changed=1, same=0, newer_known=1)
    assert (population("0201011"), population("0201022")) == ((38280, 2024), (15000, 2020))


def test_of_several_years_in_one_file_the_newest_counts():
    take_in_figures("0201011;38280;2024", "0201011;39000;2020", "0201011;38500;2023")

    assert population("0201011") == (38280, 2024)


def test_a_figure_under_an_old_code_finds_the_municipality():
    after = small_register().having_county("0265", "Wałbrzych").recoded("0221091", "0265011")
    take_in(after, ("0221091", "0265011"))

    take_in_figures("0221091;103000;2024")

    assert population("0265011") == (103000, 2024)


def test_a_type_that_changed_meanwhile_does_not_matter():
    take_in_figures("0201033;5300;2024")

    assert population("0201032") == (5300, 2024)


def test_an_import_stands_once_in_the_history(make):
    office = make.office()
    lines = [PopulationLine(2, "0201011", 38280, 2024)]

    import_population(lines, file_hash=FILE_HASH, actor=office)

    db.session.flush()
    [event] = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "register.population_imported"))
    assert (event.actor_id, event.record_kind, event.data) == (
        office.id,
        "register_import",
        {"newest_year": 2024, "counts": {"changed": 1, "same": 0, "newer_known": 0}},
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (HEADER.encode(), "The file holds no municipality."),
        (b"0201011;38280;2024\n",
         "Line 1: The columns are not named here: CODE, POPULATION, YEAR, with semicolons between them."),
        (b"code,population,year\n0201011,38280,2024\n",
         "Line 1: The columns are not named here: CODE, POPULATION, YEAR, with semicolons between them."),
        (b"code;population\n0201011;38280\n", "Line 1: Missing here: YEAR."),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_refused(content, sentence):
    assert refusal(content) == sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("201011;38280;2024", "Line 3: No municipality has or had the code 201011."),
        ("20101;38280;2024", "Line 3: The code is “20101”, not six or seven digits."),
        ("9901011;38280;2024", "Line 3: No municipality has or had the code 9901011."),
        ("0201011;-5;2024", "Line 3: The population is “-5”, not a whole number of people."),
        ("0201011;38,28;2024", "Line 3: The population is “38,28”, not a whole number of people."),
        ("0201011;;2024", "Line 3: The population is “”, not a whole number of people."),
        ("0201011;10000001;2024", "Line 3: The population is “10000001”, not a whole number of people."),
        ("0201011;38280;24", "Line 3: The year is “24”, not a year that has begun."),
        ("0201011;38280;2027", "Line 3: The year is “2027”, not a year that has begun."),
        ("0201011;38280;1998", "Line 3: The year is “1998”, not a year that has begun."),
        ("0201022;1;2024", "Line 3: The code 0201022 is there twice for 2024."),
        ("0201011;38280", "Line 3: 2 values, but 3 columns."),
    ],
)
def test_a_bad_line_refuses_the_whole_file(clock, line, sentence):
    content = f"{HEADER}0201022;15000;2024\r\n{line}\r\n".encode()

    assert refusal(content) == sentence
    assert population("0201022") == (None, None)
