"""A small program that reads the words of one PDF and ends.

It is started by ``core.pdf_words`` for each file, knows nothing of the application and opens nothing: what comes in is
a stranger's file, which may be made to take for ever or to fill the memory.
"""

import io
import resource
import sys
from itertools import islice

from pypdf import PdfReader

SECONDS, MEMORY = 3, 1024**3
PAGES = 5
LETTERS = 50_000


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LETTERS * 4, LETTERS * 4))
    sys.stdout.buffer.write(words_of(sys.stdin.buffer.read()).encode("utf-8", "replace"))


def words_of(data: bytes) -> str:
    """Of the first pages, each cut short."""
    reader = PdfReader(io.BytesIO(data))
    return "\n".join(page.extract_text()[:LETTERS] for page in islice(reader.pages, PAGES))[:LETTERS]


if __name__ == "__main__":
    main()
