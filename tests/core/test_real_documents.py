"""Documents as real programs write them are taken, and nothing else passes because it looks a little like them."""

import pytest

from core.file_kinds import FileKind, check_file
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
