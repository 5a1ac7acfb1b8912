"""The commands an administrator types. They share the application context of the test, so they speak English here."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select

from core.database import db
from municipalities.change_queries import drafts
from municipalities.followers import still_open
from municipalities.models import Municipality
from municipalities.queries import register_is_of
from municipalities.workflow import ChangeKind
from tests.municipalities.register import RegisterFile, full_register, small_register, unit

IN_2019 = date(2019, 1, 1)


@pytest.fixture
def run(app, tmp_path):
    """``run(file, "--dry-run")`` imports a register file as the command line does."""

    def run_command(content: RegisterFile | bytes, *options: str, command: str = "import") -> Result:
        path: Path = tmp_path / "register.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.csv())
        result: Result = app.test_cli_runner().invoke(args=["municipalities", command, str(path), *options])
        return result

    return run_command


def said(result: Result) -> list[str]:
    """Lines of the answer; how long it took is another number every time."""
    return re.sub(r"Done in [0-9.,]+ s", "Done in 0 s", result.output).splitlines()


def number_of_municipalities() -> int:
    return db.session.scalar(select(func.count()).select_from(Municipality)) or 0


def test_the_first_import_says_what_came_in(run):
    result = run(small_register())

    assert said(result) == [
        "Register of 1 Jan 2018: 5 voivodeships, 6 counties, 11 municipalities.",
        "New: 11. Renamed: 0. Another type: 0. Another code: 0. Back: 0. Ended: 0. Unchanged: 0.",
        "The file is taken in. It changes no known municipality.",
        "Done in 0 s.",
    ]
    assert (result.exit_code, number_of_municipalities()) == (0, 11)


def test_the_same_file_again_says_that_nothing_is_to_do(run):
    run(small_register())

    result = run(small_register())

    assert said(result) == [
        "Register of 1 Jan 2018: 5 voivodeships, 6 counties, 11 municipalities.",
        "New: 0. Renamed: 0. Another type: 0. Another code: 0. Back: 0. Ended: 0. Unchanged: 11.",
        "The register says so already, or the changes wait already.",
        "Done in 0 s.",
    ]


def test_every_change_is_said_and_proposed(run):
    run(small_register())
    after = (
        small_register(IN_2019)
        .without("3203052")
        .renamed("0201011", "Bolesławiec Miasto")
        .recoded("0201032", "0201033")
        .having_county("0265", "Wałbrzych")
        .recoded("0221091", "0265011")
        .having("3203072", "Nowa Wieś")
    )

    result = run(after, "--same", "0221091=0265011", "--allow-ending", "10")

    assert said(result) == [
        "Register of 1 Jan 2019: 5 voivodeships, 7 counties, 11 municipalities.",
        "  county         0265               – → Wałbrzych",
        "  new            3203072            Nowa Wieś (rural municipality, drawski county)",
        (
            "  renamed        0201011            Bolesławiec (urban municipality, bolesławiecki county) → "
            "Bolesławiec Miasto (urban municipality, bolesławiecki county)"
        ),
        (
            "  another type   0201032 → 0201033  Gromadka (rural municipality, bolesławiecki county) → "
            "Gromadka (urban-rural municipality, bolesławiecki county)"
        ),
        (
            "  another code   0221091 → 0265011  Wałbrzych (urban municipality, wałbrzyski county) → "
            "Wałbrzych (urban municipality, Wałbrzych, a city with county rights)"
        ),
        "  ended          3203052            Ostrowice (rural municipality, drawski county)",
        "New: 1. Renamed: 1. Another type: 1. Another code: 1. Back: 0. Ended: 1. Unchanged: 7.",
        "The file is taken in. Proposed as changes of municipalities, for the office to look at and apply: 4.",
        "Done in 0 s.",
    ]
    assert [(change.kind, [unit.name for unit in change.sources]) for change in drafts()] == [
        (ChangeKind.RENAME, ["Bolesławiec"]),
        (ChangeKind.CODE, ["Gromadka"]),
        (ChangeKind.CODE, ["Wałbrzych"]),
        (ChangeKind.ABOLISH, ["Ostrowice"]),
    ]
    assert (unit("0201011").name, unit("3203052").valid_to) == ("Bolesławiec", None)
    assert (result.exit_code, register_is_of()) == (0, IN_2019)


def test_a_dry_run_shows_the_same_and_changes_nothing(run):
    run(small_register())

    result = run(small_register(IN_2019).renamed("0201011", "Bolesławiec Miasto"), "--dry-run")

    assert said(result)[1:] == [
        (
            "  renamed        0201011            Bolesławiec (urban municipality, bolesławiecki county) → "
            "Bolesławiec Miasto (urban municipality, bolesławiecki county)"
        ),
        "New: 0. Renamed: 1. Another type: 0. Another code: 0. Back: 0. Ended: 0. Unchanged: 10.",
        "The file is taken in. Proposed as changes of municipalities, for the office to look at and apply: 1.",
        "Only tried out: nothing was changed.",
    ]
    found = unit("0201011")
    assert (result.exit_code, found.name, register_is_of()) == (0, "Bolesławiec", date(2018, 1, 1))
    assert drafts() == []


def test_an_undecided_pair_waits_with_its_question(run):
    run(small_register())

    result = run(small_register(IN_2019).having_county("0265", "Wałbrzych").recoded("0221091", "0265011"))

    assert said(result)[2:] == [
        (
            "  decide         0221091 → 0265011  Wałbrzych (urban municipality, wałbrzyski county) → "
            "Wałbrzych (urban municipality, Wałbrzych, a city with county rights)"
        ),
        "New: 0. Renamed: 0. Another type: 0. Another code: 0. Back: 0. Ended: 0. Unchanged: 10.",
        "The file is taken in. Proposed as changes of municipalities, for the office to look at and apply: 1.",
        "Done in 0 s.",
    ]
    [change] = drafts()
    assert [(one.label, [value for value, _words in one.choices]) for one in still_open(change)] == [
        ("Is it the same municipality under the new code 0265011?", ["yes", "no"])
    ]
    assert (result.exit_code, register_is_of()) == (0, IN_2019)


def test_what_touches_nobody_may_be_applied_at_once(run):
    run(small_register())
    after = small_register(IN_2019).without("3203052").renamed("0201011", "Bolesławiec Miasto")
    after = after.having_county("0265", "Wałbrzych").recoded("0221091", "0265011")

    result = run(after, "--allow-ending", "10", "--apply-unused")

    assert said(result)[-3:] == [
        "The file is taken in. Proposed as changes of municipalities, for the office to look at and apply: 3.",
        "Applied at once, as they touch nobody in the programme: 2.",
        "Done in 0 s.",
    ]
    assert (unit("0201011").name, unit("3203052").valid_to) == ("Bolesławiec Miasto", date(2018, 12, 31))
    assert [change.decisions for change in drafts()] == [{"same": None}]


def test_a_pair_may_be_declined(run):
    run(small_register())
    after = small_register(IN_2019).having_county("0265", "Wałbrzych").recoded("0221091", "0265011")

    result = run(after, "--different", "0221091=0265011", "--allow-ending", "10", "--apply-unused")

    assert said(result)[-4:] == [
        "New: 1. Renamed: 0. Another type: 0. Another code: 0. Back: 0. Ended: 1. Unchanged: 10.",
        "The file is taken in. Proposed as changes of municipalities, for the office to look at and apply: 1.",
        "Applied at once, as they touch nobody in the programme: 1.",
        "Done in 0 s.",
    ]
    old, new = unit("0221091"), unit("0265011")
    assert (old.valid_to, new.valid_from, old.id == new.id) == (date(2018, 12, 31), IN_2019, False)


def test_the_zip_is_taken_as_it_was_published(run):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("TERC_Urzedowy_2018-01-01.csv", small_register().csv())

    result = run(packed.getvalue())

    assert (result.exit_code, number_of_municipalities()) == (0, 11)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Error: The ZIP must hold exactly one file, a CSV or an XML. Nothing was changed."),
        (
            {"a.csv": b"x", "b.xml": b"x"},
            "Error: The ZIP must hold exactly one file, a CSV or an XML. Nothing was changed.",
        ),
        (
            {"a.csv": bytes(21 * 1024 * 1024)},
            "Error: The file in the ZIP is far larger than the register of the country. Nothing was changed.",
        ),
    ],
)
def test_a_zip_of_another_kind_is_refused(run, files, sentence):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", b"nothing")
        for name, content in files.items():
            archive.writestr(name, content)

    result = run(packed.getvalue())

    assert (result.exit_code, said(result), number_of_municipalities()) == (1, [sentence], 0)


def test_a_damaged_zip_is_refused(run):
    result = run(b"PK\x03\x04 and nothing more")

    assert said(result) == [
        "Error: The ZIP is damaged or locked. Take the file as it was published. Nothing was changed."
    ]


def test_a_file_of_one_region_stops_the_import(run):
    run(full_register(date(2018, 1, 1)))
    one_region = full_register(IN_2019)
    one_region = one_region.without(*(code for code in one_region.units if not code.startswith("02")))

    result = run(one_region)

    assert result.exit_code == 1
    assert said(result)[-1].startswith("Error: 2,3")
    assert said(result)[-1].endswith("(as a command: --allow-ending 94). Nothing was changed.")
    assert db.session.scalars(select(Municipality).where(Municipality.valid_to.is_not(None))).all() == []


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (b"nothing", (), ("Error: Line 1: The columns are not named here: WOJ, POW, GMI, RODZ, NAZWA, STAN_NA, with "
         "semicolons between them. Nothing was changed.")),
        (small_register(), ("--same", "221091=0265011"),
         "Error: Invalid value for '--same': two codes of seven digits with = between them, such as 0221091=0265011"),
        (small_register(), ("--allow-ending", "101"),
         "Error: Invalid value for '--allow-ending': 101.0 is not in the range 0<=x<=100."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_a_sentence(run, content, options, sentence):
    result = run(content, *options)

    assert said(result)[-1] == sentence
    assert (result.exit_code != 0, number_of_municipalities()) == (True, 0)


def test_a_file_that_is_not_there_is_named(app):
    result = app.test_cli_runner().invoke(args=["municipalities", "import", "nowhere.csv"])

    assert said(result)[-1] == "Error: Invalid value for 'FILE': File 'nowhere.csv' does not exist."


def test_population_comes_in_by_its_own_command(run):
    run(small_register())

    result = run(b"code;population;year\n0201011;38280;2024\n", command="population")

    assert said(result) == [
        "Population changed: 1. The same: 0. A newer year is known: 0.",
        "Done in 0 s.",
    ]
    found = unit("0201011")
    assert found.population_in_words == "38,280 (2024)"


def test_population_may_be_tried_out(run):
    run(small_register())

    result = run(b"code;population;year\n0201011;38280;2024\n", "--dry-run", command="population")

    assert said(result)[-1] == "Only tried out: nothing was changed."
    found = unit("0201011")
    assert found.population_in_words == "not known"


def test_a_bad_line_of_population_changes_nothing(run):
    run(small_register())

    result = run(b"code;population;year\n0201011;38280;2024\n9901011;1;2024\n", command="population")

    assert said(result) == [
        "Error: Line 3: No municipality has or had the code 9901011. Nothing was changed."
    ]
    found = unit("0201011")
    assert (result.exit_code, found.population) == (1, None)
