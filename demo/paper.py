"""Small real documents for files that somebody sent: set once, used wherever one like it is needed."""

from datetime import UTC, datetime
from functools import cache

from core.records import Section, record_pdf, text

MOMENT = datetime(2026, 1, 2, 9, tzinfo=UTC)
"""The same for all, so that they are the same file in every demonstration."""


@cache
def small_pdf(title: str) -> bytes:
    words = "Dokument przykładowy programu demonstracyjnego. Osoby i podpisy są zmyślone."
    return record_pdf(title, "", [Section("", [text(words)])], author="Gromada", funding="", moment=MOMENT)
