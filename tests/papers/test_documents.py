"""A paper as PDF and DOCX: the same words, accessible, with number and code on every page; text stays text."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from core.file_kinds import FileKind, check_file
from core.i18n import in_language
from papers.content import frozen
from papers.documents import paper_docx, paper_pdf
from papers.documents.code import address_of
from papers.documents.parts import pieces
from papers.filling import GAP
from papers.kinds import PaperKind, placeholders
from papers.markup import read_text
from programme.logos import add_logo
from tests.support.documents import png, text_of_pdf

HOSTILE = [
    "{{7*7}} ${7*7} #{7*7}", '#import "@preview/cetz:0.1.0": *', '#read("/etc/passwd")', "*b* _i_ `c` @a <b>", "{number}",
    '"); #sys.inputs.data', "[lines: 5]", "<w:t>x</w:t> &amp; ]]>", "=cmd|' /C calc'!A0", "%(number)s {page}",
]  # fmt: skip


def spaced(words: str) -> str:
    return " ".join(words.replace("\u200b", "").split())


def pdf_words(paper: Any) -> str:
    return spaced(text_of_pdf(paper_pdf(paper).printed()))


def docx_words(paper: Any) -> str:
    file = Document(io.BytesIO(paper_docx(paper)))
    return spaced(
        " ".join("".join(part.itertext(qn("w:t"))) + " " for part in file.element.body.iter(qn("w:p")))
    )


def elements(part: Any) -> Iterator[Any]:
    if isinstance(part, pikepdf.Array):
        for one in part:
            yield from elements(one)
    elif isinstance(part, pikepdf.Dictionary):
        if "/S" in part:
            yield part
        if "/K" in part:
            yield from elements(part["/K"])


def opened(paper: Any) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(paper_pdf(paper).printed()))


@pytest.mark.parametrize("kind", PaperKind)
def test_both_documents_say_the_same(paper, kind):
    made = paper(kind)
    parts = [made.content["title"], *(words for block in made.content["blocks"] for words in block["texts"])]
    pieces = [
        spaced(piece)
        for words in parts
        for one in words.replace("…", ".").split("....")
        for piece in one.split(". ")
    ]
    wanted = [piece.strip(". ") for piece in pieces if piece.strip(". ")]

    in_pdf, in_docx = pdf_words(made), docx_words(made)

    assert [words for words in wanted if words not in in_pdf] == []
    assert [words for words in wanted if words not in in_docx] == []


@pytest.mark.parametrize(("language", "spoken"), [("pl", "pl"), ("en", "en")])
def test_the_pdf_says_that_and_how_it_is_accessible(paper, language, spoken):
    with in_language(language):
        made = paper(PaperKind.AGREEMENT)
    pdf = opened(made)

    with pdf.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], metadata["dc:title"]) == ("1", made.title)
    assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, spoken)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_both_documents_bear_the_logos_with_their_words(paper, make):
    with in_language("pl"):
        made = paper(PaperKind.AGREEMENT)
    words = {"pl": "Unia Europejska", "en": "European Union"}
    add_logo(png(60, 20), "eu.png", words, actor=make.admin())

    pdf = opened(made)
    told = [str(one["/Alt"]) for one in elements(pdf.Root.StructTreeRoot) if "/Alt" in one]
    footer = Document(io.BytesIO(paper_docx(made))).sections[0].footer
    shown = [one.get("descr") for one in footer._element.iter(qn("wp:docPr"))]

    assert (told[-1], shown) == ("Unia Europejska", ["Unia Europejska"])
    check_file(paper_docx(made), "paper.docx", kinds=(FileKind.DOCX,))


def test_a_paper_in_one_language_stays_in_it_whoever_opens_it(paper):
    with in_language("pl"):
        made = paper(PaperKind.AGREEMENT)
    with in_language("en"):
        words = pdf_words(made)

    assert "Unii Europejskiej" in words
    assert "European Union" not in words


@pytest.mark.parametrize("kind", PaperKind)
def test_headings_lists_tables_and_the_code_are_tagged(paper, kind):
    pdf = opened(paper(kind))
    everything = list(elements(pdf.Root.StructTreeRoot))
    tags = [str(one["/S"]) for one in everything]

    assert tags.count("/H1") == 1
    has_table = kind in (PaperKind.AGREEMENT, PaperKind.ATTENDANCE)
    assert ({"/Table", "/THead", "/TH"} <= set(tags)) is has_table
    assert [str(one["/Alt"]) for one in everything if "/Alt" in one] == [
        "QR code: the page of paper GP/2026/0001, where the signed scan is sent"
    ]


def test_number_code_pages_and_funding_stand_on_every_page(paper):
    made = paper(PaperKind.AGREEMENT)
    pdf = opened(made)
    pages = [spaced(page.replace("\n", " ")) for page in text_of_pdf(paper_pdf(made).printed()).split("\f")]
    words = " ".join(pages)

    assert len(pdf.pages) == 2
    assert words.count("GP/2026/0001") == 2 * len(pdf.pages)
    assert ("Page 1 of 2" in words, "Page 2 of 2" in words) == (True, True)
    assert words.count("co-financed by the European Union") == len(pdf.pages)


def test_the_code_leads_to_the_page_of_the_paper(app, paper):
    made = paper()

    assert address_of(made) == f"http://localhost/p/{made.token}"


def test_the_same_paper_gives_the_same_file(paper):
    made = paper(PaperKind.ATTENDANCE)

    assert paper_pdf(made).printed() == paper_pdf(made).printed()
    with zipfile.ZipFile(io.BytesIO(paper_docx(made))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 4, 15, 12, 0, 0)}
    assert paper_docx(made) == paper_docx(made)


def test_the_docx_has_real_headings_table_heads_and_a_language(paper):
    with in_language("pl"):
        made = paper(PaperKind.ATTENDANCE)
    data = paper_docx(made)
    file = Document(io.BytesIO(data))
    styles = [one.style.name for one in file.paragraphs if one.style]

    assert (styles[0], "Heading 1" in styles) == ("Title", True)
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in file.tables[0].rows] == [True] + [
        False
    ] * 12
    assert file.core_properties.title == made.title
    assert {one.get(qn("w:val")) for one in file.styles.element.iter(qn("w:lang"))} == {"pl-PL"}
    header = file.sections[0].header
    assert "GP/2026/0001" in [one.text for one in header.paragraphs]
    assert all("GP/2026/0001" in one.get("descr") for one in header._element.iter(qn("wp:docPr")))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith(".xml"):
                etree.fromstring(parts.read(name))


def test_empty_rows_of_a_list_are_numbered(paper):
    file = Document(io.BytesIO(paper_docx(paper(PaperKind.ATTENDANCE))))

    assert [row.cells[0].text for row in file.tables[0].rows] == ["No.", *(f"{n}." for n in range(1, 13))]


def test_where_one_writes_by_hand_nothing_is_read_aloud_dot_by_dot(paper):
    made = paper(PaperKind.CONSULTATION)

    words = pdf_words(made) + docx_words(made)
    assert ("...." in words, "…" in words) == (False, False)


def test_a_full_stop_behind_a_gap_stays_one(paper):
    made = paper(PaperKind.MINUTES)

    assert [pieces(words) for words in ("A ….", "A …………, b", "A ........ b")] == [
        [("A ….", 0)],
        [("A ", 0), ("", 12), (", b", 0)],
        [("A ", 0), ("", 8), (" b", 0)],
    ]
    assert pieces(f"no. {GAP}.")[-1] == (".", 0)
    assert "Number of people: ." in pdf_words(made)


def test_markup_and_braces_stay_the_text_they_are(make, partnership, leader, paper):
    for words in HOSTILE:
        organisation = make.organisation(words, municipality=partnership.municipality)
        make.member(partnership, organisation, joined_on=date(2026, 4, 1))

    made = paper(PaperKind.AGREEMENT)

    in_pdf, in_docx = pdf_words(made), docx_words(made)
    wanted = [spaced(words) for words in HOSTILE]
    assert [words for words in wanted if words.replace(" ", "") not in in_pdf.replace(" ", "")] == []
    assert [words for words in wanted if words not in in_docx] == []
    assert "49" not in in_pdf + in_docx


def test_control_characters_and_unknown_letters_stop_no_document(paper):
    made = paper(PaperKind.CONSULTATION)
    made.content = frozen(read_text("# T\x07\n\na\x00b 漢字", names=placeholders(PaperKind.CONSULTATION)))

    assert "ab □□" in pdf_words(made)
    assert "ab 漢字" in docx_words(made)


def test_both_documents_come_back_as_files_that_are_taken(paper):
    made = paper(PaperKind.AGREEMENT)

    assert check_file(paper_docx(made), "GP-2026-0001.docx") is FileKind.DOCX
    assert check_file(paper_pdf(made).printed(), "GP-2026-0001.pdf") is FileKind.PDF
