"""A paper as a DOCX, for who wants to change a word before it is signed: real headings, lists and table heads."""

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from core.clock import local
from papers.documents.code import code_png
from papers.documents.parts import Frame, frame_of, pieces, text_of
from papers.markup import Block, BlockKind, rows_of
from papers.models import Paper
from programme.logo_copies import millimetres

FONT = "Calibri"
BLUE, INK, SOFT = RGBColor(0x0B, 0x4F, 0x8A), RGBColor(0x24, 0x21, 0x1D), RGBColor(0x5D, 0x56, 0x4D)
TEXT_WIDTH = 166
"""Of an A4 page between its margins, in millimetres."""
MOST_DOTS = 60
NUMBER_WIDTH = 12


def word_file(paper: Paper) -> bytes:
    text, frame = text_of(paper), frame_of(paper)
    file = Document()
    _set_up(file, paper, frame, text.title)
    _head(file, paper, frame)
    _foot(file, paper, frame)
    file.add_paragraph(text.title, style="Title")
    for block in text.blocks:
        _add(file, block)
    out = io.BytesIO()
    file.save(out)
    return _timeless(out, paper.made_at)


def _timeless(file: io.BytesIO, moment: datetime) -> bytes:
    """The same paper gives the same file whenever it is asked for: its parts are as old as the paper."""
    out = io.BytesIO()
    day = local(moment).timetuple()[:6]
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, date_time=day)
            packed.writestr(part, parts.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _set_up(file: DocumentFile, paper: Paper, frame: Frame, title: str) -> None:
    about = file.core_properties
    about.title, about.author, about.subject = title, frame.programme, paper.number
    about.language, about.comments = paper.language, ""
    about.created = about.modified = paper.made_at.replace(tzinfo=None)
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    section.header_distance = section.footer_distance = Mm(10)
    for name, size, colour in (("Normal", 11, INK), ("Title", 21, INK), ("Heading 1", 13, BLUE)):
        _style(file, name, size, colour)
    _speak(file, paper.language)


def _style(file: DocumentFile, name: str, size: int, colour: RGBColor) -> None:
    style: Any = file.styles[name]
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:hAnsi"), FONT)
    fonts.set(qn("w:cs"), FONT)
    if name == "Title":
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)


def _speak(file: DocumentFile, language: str) -> None:
    """The language in which it is read aloud and checked for spelling."""
    for speech in file.styles.element.iter(qn("w:lang")):
        speech.set(qn("w:val"), {"pl": "pl-PL", "en": "en-GB"}.get(language, language))


def _head(file: DocumentFile, paper: Paper, frame: Frame) -> None:
    """On every page the code and the number below it: a scan of any page can be told."""
    header = file.sections[0].header
    first = header.paragraphs[0]
    first.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    first.paragraph_format.space_after = Pt(0)
    first.add_run().add_picture(io.BytesIO(code_png(paper)), width=Mm(21))
    for words in first._p.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        words.set("descr", frame.code_words)
    second = header.add_paragraph(paper.number)
    second.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    second.runs[0].bold = True
    second.runs[0].font.size = Pt(9)
    third = header.add_paragraph(frame.programme)
    third.runs[0].font.size, third.runs[0].font.color.rgb = Pt(9), BLUE


def _foot(file: DocumentFile, paper: Paper, frame: Frame) -> None:
    foot = file.sections[0].footer.paragraphs[0]
    if frame.logos:
        _logos(foot, frame)
        foot = file.sections[0].footer.add_paragraph()
    foot.add_run(f"{frame.funding}  {paper.number}  ")
    before, _number, rest = frame.page.partition("{number}")
    between, _all, after = rest.partition("{all}")
    foot.add_run(before)
    _counted(foot, "PAGE")
    foot.add_run(between)
    _counted(foot, "NUMPAGES")
    foot.add_run(after)
    for run in foot.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), SOFT


def _logos(paragraph: Paragraph, frame: Frame) -> None:
    """Beside each other, each with its words for who does not see it."""
    for logo in frame.logos:
        run = paragraph.add_run()
        size = millimetres(logo.picture)
        shape = run.add_picture(io.BytesIO(logo.picture.data), width=Mm(size["width"]))
        for words in shape._inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            words.set("descr", logo.words)
        paragraph.add_run("   ")


def _counted(paragraph: Paragraph, what: str) -> None:
    """A field that the word processor fills in."""
    run = paragraph.add_run()
    for kind, words in (("begin", None), (None, what), ("separate", None), ("shown", "1"), ("end", None)):
        if kind == "shown":
            part = OxmlElement("w:t")
            part.text = words
        elif kind is None:
            part = OxmlElement("w:instrText")
            part.text = words
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _add(file: DocumentFile, block: Block) -> None:
    if block.kind is BlockKind.HEADING:
        file.add_heading(block.texts[0], level=1)
    elif block.kind is BlockKind.TEXT:
        _say(file.add_paragraph(), block.texts[0])
    elif block.kind is BlockKind.POINTS:
        for point in block.texts:
            _say(file.add_paragraph(style="List Bullet"), point)
    elif block.kind is BlockKind.SIGNATURES:
        _signatures(file, block.texts)
    elif block.kind is BlockKind.TABLE:
        _table(file, block)
    elif block.kind is BlockKind.LINES:
        for _line in range(block.rows):
            _bordered(file.add_paragraph(), "bottom").paragraph_format.space_before = Pt(14)


def _say(paragraph: Paragraph, words: str) -> None:
    """Lines stay lines; where somebody writes by hand is an underlined gap."""
    for text, dots in pieces(words):
        if dots:
            paragraph.add_run("\u00a0" * min(dots * 2, MOST_DOTS * 2)).underline = True
        else:
            for number, line in enumerate(text.split("\n")):
                if number:
                    paragraph.add_run().add_break()
                paragraph.add_run(line)


def _signatures(file: DocumentFile, roles: tuple[str, ...]) -> None:
    """One below the other: each a line with its role, in the order in which it is read aloud."""
    for role in roles:
        line = _bordered(file.add_paragraph(), "top")
        line.paragraph_format.space_before = Pt(44)
        line.paragraph_format.right_indent = Mm(TEXT_WIDTH / 2)
        line.paragraph_format.keep_together = True
        _say(line, role)
        for run in line.runs:
            run.font.size, run.font.color.rgb = Pt(9), SOFT


def _table(file: DocumentFile, block: Block) -> None:
    rows = rows_of(block)
    table = file.add_table(rows=1 + len(rows), cols=len(block.texts), style="Table Grid")
    table.autofit = False
    is_narrow = len(block.texts) > 2
    others = (TEXT_WIDTH - NUMBER_WIDTH * is_narrow) / (len(block.texts) - is_narrow)
    for at, column in enumerate(table.columns):
        column.width = Mm(NUMBER_WIDTH if is_narrow and at == 0 else others)
    for line, cells in zip(table.rows, [block.texts, *rows], strict=True):
        line.height = Mm(9)
        _whole(line, is_head=line._tr is table.rows[0]._tr)
        for cell, column, words in zip(line.cells, table.columns, cells, strict=True):
            cell.width = column.width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            _say(paragraph, words)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    file.add_paragraph()


def _whole(row: Any, *, is_head: bool) -> None:
    """No row is cut in two by a page, and the head stands on each of them."""
    properties = row._tr.get_or_add_trPr()
    properties.insert(0, OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _bordered(paragraph: Paragraph, side: str) -> Paragraph:
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "8A8177")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
    return paragraph
