"""Texts of papers: plain lines with a few marks; whatever is no text of a paper is refused with its line."""

import pytest

from core.i18n import LANGUAGES
from papers.clause import check_clause
from papers.kinds import ABOUT_THE_PARTNERSHIP, ABOUT_THE_SUBJECT, FORMS, PaperKind, placeholders
from papers.markup import CLAUSE, Block, BlockKind, Text, Unreadable, filled, read_text, rows_of
from papers.names import NAMES
from papers.texts import _file

NAMES_HERE = ("municipality", "agenda", "summary")
WRONG = [
    ("", 1, "a title is missing"),
    ("Only words", 1, "a title is missing"),
    ("# One\n\n# Two", 3, "a title (# ) stands once, at the top."),
    ("Words\n\n# Title", 3, "a title (# ) stands once, at the top."),
    ("# T\n\n{mayor}", 3, "{mayor} is not known here"),
    ("# T\n\n{{7*7}}", 3, "a brace stands alone"),
    ("# T\nwords }", 2, "a brace stands alone"),
    ("# T\n{ municipality }", 2, "a brace stands alone"),
    ("# T\n\n[boxes 3]", 3, "this is no mark"),
    ("# T\n[lines: many]", 2, "lines take a number from 1 to 60."),
    ("# T\n[lines: 61]", 2, "lines take a number from 1 to 60."),
    ("# T\n[table: No. | Name]", 2, "a table takes a number of rows from 1 to 60."),
    ("# T\n[table 999: No. | Name]", 2, "a table takes a number of rows from 1 to 60."),
    (f"# T\n[lines: {'9' * 5_000}]", 2, "lines take a number from 1 to 60."),
    (f"# T\n[table {'9' * 5_000}: No. | Name]", 2, "a table takes a number of rows from 1 to 60."),
    ("# T\n[table 3: No. | | Name]", 2, "between the strokes stands a text"),
    ("# T\n[signatures: a|b|c|d|e|f|g|h|i]", 2, "at most 8 of them"),
    ("# T\n" + "x" * 20_001, 1, "the text is longer than 20000 letters."),
]


@pytest.fixture(autouse=True)
def _words(app):
    """Sentences are in English."""


@pytest.mark.parametrize(("body", "line", "problem"), WRONG)
def test_what_is_no_text_is_refused_with_its_line(body, line, problem):
    with pytest.raises(Unreadable) as refused:
        read_text(body, names=NAMES_HERE)

    assert str(refused.value).startswith(f"Line {line}: ")
    assert problem in str(refused.value)


def test_marks_become_blocks():
    body = (
        "# Title\n\nWords\nmore\n\n## Head\n- one\n- two\n[signatures: A | B]\n[table 2: No. | Name]\n"
        "[members: No. | Partner]\n[lines: 3]"
    )

    assert read_text(body, names=()) == Text(
        "Title",
        (
            Block(BlockKind.TEXT, ("Words\nmore",)),
            Block(BlockKind.HEADING, ("Head",)),
            Block(BlockKind.POINTS, ("one", "two")),
            Block(BlockKind.SIGNATURES, ("A", "B")),
            Block(BlockKind.TABLE, ("No.", "Name"), 2),
            Block(BlockKind.MEMBERS, ("No.", "Partner")),
            Block(BlockKind.LINES, (), 3),
        ),
    )


def test_what_is_put_in_is_never_read_again():
    text = read_text("# T\n\n{municipality}", names=NAMES_HERE)

    put = filled(text, {"municipality": "{agenda} {{7*7}}\n## x", "agenda": "secret"}, gap="....")

    assert put.blocks == (Block(BlockKind.TEXT, ("{agenda} {{7*7}}\n## x",)),)


@pytest.mark.parametrize(
    ("words", "put"),
    [
        ("Partnerstwo „{municipality}” w", "Partnerstwo „Partnerstwo «Gmina online»” w"),
        ("The partnership “{municipality}” of", "The partnership “Partnerstwo ‘Gmina online’” of"),
        ("{municipality}, „i”", "Partnerstwo „Gmina online”, „i”"),
    ],
)
def test_quotes_inside_quotes_look_otherwise(words, put):
    text = read_text(f"# T\n\n{words}", names=NAMES_HERE)

    done = filled(text, {"municipality": "Partnerstwo „Gmina online”"}, gap="....")

    assert done.blocks[0].texts == (put,)


def test_a_point_that_is_a_lone_name_has_as_many_points_as_lines():
    text = read_text("# T\n- {agenda}\n- {municipality}", names=NAMES_HERE)

    put = filled(text, {"agenda": "Welcome\n\n- Dates"}, gap="....")

    assert put.blocks[0].texts == ("Welcome", "Dates", "....")


@pytest.mark.parametrize(
    ("values", "kinds"),
    [({"summary": "Agreed"}, [BlockKind.TEXT, BlockKind.TEXT]), ({}, [BlockKind.LINES, BlockKind.TEXT])],
)
def test_either_the_words_or_room_to_write_them(values, kinds):
    text = read_text("# T\n\n{summary}\n\n[lines: 3]\n\nEnd", names=NAMES_HERE)

    assert [block.kind for block in filled(text, values, gap="....").blocks] == kinds


def test_a_table_of_members_has_a_row_for_each_and_some_to_spare():
    text = read_text("# T\n[members: No. | Partner | Signs | Signature]", names=())

    put = filled(text, {}, members=[("Library", "head"), ("School", "")], gap="....")

    assert rows_of(put.blocks[0]) == [
        ("1.", "Library", "head", ""),
        ("2.", "School", "", ""),
        ("3.", "", "", ""),
        ("4.", "", "", ""),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PaperKind)
def test_the_texts_of_the_programme_can_be_read(kind, language):
    text = read_text(_file("mocarze", kind, language), names=placeholders(kind))

    assert any(block.kind in (BlockKind.SIGNATURES, BlockKind.TABLE) for block in text.blocks)


@pytest.mark.parametrize("kind", PaperKind)
def test_both_languages_of_a_text_have_the_same_parts(kind):
    texts = [read_text(_file("mocarze", kind, one), names=placeholders(kind)) for one in LANGUAGES]
    shapes = [[(block.kind, len(block.texts), block.rows) for block in text.blocks] for text in texts]

    assert shapes[0] == shapes[1]


def test_the_attendance_list_has_its_information_clause():
    for language, words in (("pl", "art. 6 ust. 1 lit. e RODO"), ("en", "Article 6(1)(e) of the GDPR")):
        assert words in _file("mocarze", PaperKind.ATTENDANCE, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in PaperKind if FORMS[kind].has_clause])
def test_the_programmes_own_clause_says_what_it_has_to(kind, language):
    check_clause(_file("mocarze", kind, language))


CLAUSED = "# T\n\n[information clause]\n\n"


@pytest.mark.parametrize(
    ("body", "line", "problem"),
    [
        ("# A", 1, "the information clause is missing. Write [information clause]"),
        ("# T\n{operator} {programme} GDPR complaint\n" + CLAUSE, 3, "does not say who the controller is"),
        (
            f"{CLAUSED}{{programme}}, GDPR, complain",
            3,
            "does not say who the controller is. Write {operator}.",
        ),
        (
            f"{CLAUSED}{{operator}}, GDPR, complain",
            3,
            "does not say for what the data is. Write {programme}.",
        ),
        (f"{CLAUSED}{{operator}}, {{programme}}, skarga", 3, "does not name its legal basis"),
        (f"{CLAUSED}{{operator}}, {{programme}}, RODO", 3, "does not tell people their rights"),
    ],
)
def test_a_clause_that_leaves_something_out_is_refused(body, line, problem):
    with pytest.raises(Unreadable) as refused:
        check_clause(body)

    assert str(refused.value).startswith(f"Line {line}: ")
    assert problem in str(refused.value)


def test_where_the_clause_begins_leaves_no_trace_on_the_paper():
    put = filled(read_text(f"{CLAUSED}Words", names=()), {}, gap="....")

    assert put.blocks == (Block(BlockKind.TEXT, ("Words",)),)


def test_every_name_is_explained():
    known = {*ABOUT_THE_PARTNERSHIP, *(name for names in ABOUT_THE_SUBJECT.values() for name in names)}

    assert known == set(NAMES)
    assert set(FORMS) == set(PaperKind)
