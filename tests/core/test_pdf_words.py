"""The words of a stranger's PDF are read by a program of its own, which nothing in the file can hold up."""

import zlib
from time import monotonic

import pytest

from core import pdf_words
from core.pdf_words import words_of
from tests.support.documents import pdf


def stream(content: bytes, *, filters: bytes = b"/FlateDecode") -> bytes:
    return b"<< /Filter %s /Length %d >>\nstream\n%s\nendstream" % (filters, len(content), content)


def a_pdf_whose_page_is(content: bytes) -> bytes:
    """The same document with other content on its page."""
    return pdf(objects=[content]).replace(b"/Contents 4 0 R", b"/Contents 7 0 R")


def test_the_words_of_a_document_are_read():
    assert words_of(pdf(words="Nr GP/2026/0007")).strip() == "Nr GP/2026/0007"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no PDF at all",
        pdf()[:200],
        pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
        pdf().replace(b"/Parent 2 0 R", b"/Parent 3 0 R"),
        b"%PDF-1.7\n" + b"[" * 200_000 + b"\n%%EOF",
    ],
    ids=["empty", "other", "cut off", "its own child", "its own parent", "deep"],
)
def test_a_file_that_cannot_be_read_has_no_words_that_matter(data):
    assert "GP/" not in words_of(data)


def test_a_page_that_unpacks_without_end_takes_little_time():
    bomb = zlib.compress(zlib.compress(b"\0" * 200_000_000))

    began = monotonic()
    words = words_of(a_pdf_whose_page_is(stream(bomb, filters=b"[/FlateDecode /FlateDecode]")))

    assert words.strip("\0 \n") == ""
    assert monotonic() - began < 2 * pdf_words.SECONDS


def test_a_page_of_endless_words_is_cut_short():
    page = b"BT /F1 9 Tf " + b"(word) Tj " * 400_000 + b"ET"

    assert len(words_of(a_pdf_whose_page_is(stream(zlib.compress(page))))) <= 50_000


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(pdf_words, "SECONDS", 0.001)

    assert words_of(pdf(words="GP/2026/0007")) == ""
