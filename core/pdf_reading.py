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
PAGES, LETTERS = 5, 50_000
WHOLE_PAGES, WHOLE_LETTERS = 80, 600_000
"""Of a whole document, when it is asked for: ``--whole``."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    pages, letters = (WHOLE_PAGES, WHOLE_LETTERS) if "--whole" in sys.argv else (PAGES, LETTERS)
    resource.setrlimit(resource.RLIMIT_FSIZE, (letters * 4, letters * 4))
    words = words_of(sys.stdin.buffer.read(), pages=pages, letters=letters)
    sys.stdout.buffer.write(words.encode("utf-8", "replace"))


def words_of(data: bytes, *, pages: int, letters: int) -> str:
    """Of the first pages, each cut short."""
    reader = PdfReader(io.BytesIO(data))
    return "\n".join(page.extract_text()[:letters] for page in islice(reader.pages, pages))[:letters]


if __name__ == "__main__":
    main()
