"""The words of a PDF that somebody sent, read by a program of its own (``core.pdf_reading``) within narrow limits."""

from pathlib import Path

from core.bounded_reading import read_apart

READING = Path(__file__).with_name("pdf_reading.py")
SECONDS = 4
"""Somebody waits for the page, and on SQLite everybody who writes."""


def words_of(data: bytes, *, whole: bool = False) -> str:
    """Of the first pages, or of the ``whole`` document. Empty where there are none, as in a scan, and where the file cannot be read or takes too long."""
    words = read_apart(READING, data, *(["--whole"] if whole else []), seconds=SECONDS)
    return (words or b"").decode(errors="replace")
