"""Documents as real programs write them are taken, and nothing else passes because it looks a little like them."""

import pytest

from core.file_kinds import Fault, FileKind, UnacceptableFile, check_file
from tests.support import documents

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/media/image1.tmp", documents.png()),
        ("word/media/image1.jpg&ehk=aB3", documents.jpeg()),
        ("word/media/image1.png?ver=1", documents.png()),
        ("word/media/image1.pdf", documents.pdf()),
        ("word/media/image1", b"\1\0\0\0" + b"\x6c" * 36 + b" EMF"),
        ("word/media/image2", b""),
        ("word/media/image1.pict", b"\0" * 600),
        ("word/media/image1.svg", DRAWING),
        ("word/media/media1.m4a", b"\0\0\0\x20ftypM4A "),
        ("word/embeddings/Rysunek.vsdx", b"PK\3\4"),
        ("word/attachedToolbars.bin", b"\0"),
        ("word/printerSettings/printerSettings1.bin", b"\0"),
        ("[trash]/0000.dat", b"\xff" * 40),
    ],
)
def test_what_word_writes_into_a_document_is_taken(part, content):
    assert check_file(documents.docx({part: content}), "umowa.docx") is FileKind.DOCX


CARRIED = (
    b"<< /Type /Filespec /F (a.xml) /EF << /F 9 0 R >> >>",
    b"<< /Type /Filespec /F (a.xml) /EF 9 0 R >>",
    documents.packed_objects(b"6 0 << /Type /Filespec /EF 9 0 R >>"),
)
LISTED = b"<< /Type /Catalog /Names << /EmbeddedFiles 7 0 R >> /DSS 8 0 R >>"


@pytest.mark.parametrize("range_as", documents.RANGES)
@pytest.mark.parametrize("carried", CARRIED)
def test_what_is_signed_is_taken_with_what_was_signed_along(carried, range_as):
    signed = documents.signed(documents.pdf(objects=[carried]), range_as=range_as)
    twice = documents.signed(signed, range_as=range_as)
    proved = documents.added_to(twice, LISTED)

    for data in (signed, twice, proved):
        assert check_file(data, "umowa.pdf") is FileKind.PDF


@pytest.mark.parametrize("carried", CARRIED)
def test_a_second_signature_may_bring_its_own_file(carried):
    data = documents.signed(documents.signed(documents.pdf()), carried)

    assert check_file(data, "umowa.pdf") is FileKind.PDF


def only_said(carried: bytes) -> dict[str, bytes]:
    """Files that carry another one and have no signature over it."""
    plain, signature = documents.pdf(objects=[carried]), documents.pkcs7_signature().hex().encode()
    whole = documents.signed(plain)
    return {
        "no signature": documents.pdf(objects=[carried]),
        "the word in a text": documents.pdf(words="/ByteRange", objects=[carried]),
        "numbers of no place": documents.pdf(objects=[b"<< /ByteRange [0 10 20 30] >>", carried]),
        "no signature in its place": whole.replace(b"<3082", b"<0000"),
        "as a signature begins": documents.signed(plain, contents=b"30" + b" " * 300),
        "longer than its place": documents.signed(plain, contents=signature[:-20]),
        "something behind the signature": documents.signed(plain, contents=signature + b"4d5a"),
        "a range past the end": whole.replace(b"[0 ", b"[0 9"),
        "put in after signing": documents.added_to(documents.signed(documents.pdf()), carried),
    }


@pytest.mark.parametrize("carried", CARRIED)
@pytest.mark.parametrize("case", only_said(b""))
def test_what_no_signature_stands_over_is_refused(carried, case):
    with pytest.raises(UnacceptableFile) as refused:
        check_file(only_said(carried)[case], "umowa.pdf")

    assert refused.value.fault is Fault.SOMETHING_BEHIND
