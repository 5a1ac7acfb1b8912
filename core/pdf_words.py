"""The words of a PDF that somebody sent, read by a program of its own (``core.pdf_reading``) within narrow limits."""

import logging
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

logger = logging.getLogger(__name__)

READING = Path(__file__).with_name("pdf_reading.py")
SECONDS = 4
"""Somebody waits for the page, and on SQLite everybody who writes."""
AT_ONCE = 2

_readers = BoundedSemaphore(AT_ONCE)


def words_of(data: bytes, *, whole: bool = False) -> str:
    """Of the first pages, or of the ``whole`` document. Empty where there are none, as in a scan, and where the file cannot be read or takes too long."""
    if not _readers.acquire(timeout=SECONDS):
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file goes in as data
            [sys.executable, "-I", str(READING), *(["--whole"] if whole else [])],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        logger.warning("a PDF took longer than %s s to read", SECONDS)
        return ""
    finally:
        _readers.release()
    if done.returncode != 0:
        logger.info("the words of a PDF could not be read, bytes=%s", len(data))
        return ""
    return done.stdout.decode(errors="replace")
