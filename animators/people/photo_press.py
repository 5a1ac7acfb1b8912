"""A small program of its own that makes a portrait of a photo: square, small, and nothing left of what cameras add.

Started by ``animators.people.photos`` for each photo. It reads the photo from its input and writes a PNG; it knows nothing of
the application, and a picture made to eat memory ends with this process.
"""

import resource
import sys
import tempfile
from pathlib import Path

import typst

SIDE = 320
"""Dots: twice what a page shows, for sharp screens."""
SECONDS, MEMORY = 15, 2 * 1024**3

PAGE = f"""#set page(width: {SIDE}pt, height: {SIDE}pt, margin: 0pt)
#image("photo", width: 100%, height: 100%, fit: "cover")
"""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(portrait(sys.stdin.buffer.read(), sys.argv[1]))


def portrait(photo: bytes, kind: str) -> bytes:
    """``kind``: ``jpg`` or ``png``. The way a telephone was held is heeded."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"photo.{kind}").write_bytes(photo)
        page = Path(folder, "page.typ")
        page.write_text(PAGE.replace('"photo"', f'"photo.{kind}"'))
        made = typst.compile(page, root=Path(folder), format="png", ppi=72, ignore_system_fonts=True)
    if not isinstance(made, bytes):
        raise TypeError("one page, one picture")
    return made


if __name__ == "__main__":
    main()
