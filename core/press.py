"""The printing press: a small program of its own that sets one document and ends.

It is started by ``core.printing`` for each document, knows nothing of the application and opens nothing but
the folder of such templates and the fonts. Setting a page keeps tens of megabytes, which end with it, and text that takes too
long is stopped without harm to anybody else.
"""

import json
import re
import resource
import sys
from pathlib import Path
from typing import Any, Literal

import typst

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates" / "documents"
FONTS = ROOT / "static" / "vendor" / "inter"

SECONDS, MEMORY = 20, 2 * 1024**3
"""More than any document within the limits of what people may write needs."""
STANDARD: Literal["ua-1"] = "ua-1"
PIXELS_PER_INCH = 72
"""One point of a picture's template is one pixel."""

UNKNOWN_LETTERS = re.compile(
    r"[^\n\x20-\x7e\xa0-\u017f\u0401-\u045f\u0490\u0491\u2009-\u2014\u2018-\u201e\u2022\u2026\u20ac]"
)
"""Beyond these it depends on the letter whether the fonts have it."""
STAND_IN = "□"


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(printed(json.load(sys.stdin.buffer)))


def printed(order: dict[str, Any]) -> bytes:
    """A document that its standard refuses for a letter no font has is set again with a mark in such places."""
    try:
        return _set(order)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    order["data"] = {**_known(order["data"]), "replaced": True}
    return _set(order)


def _set(order: dict[str, Any]) -> bytes:
    is_picture = order["format"] == "png"
    made = typst.compile(
        TEMPLATES / order["template"],
        root=TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(order["data"], ensure_ascii=False)},
        format=order["format"],
        timestamp=order["moment"],
        ppi=PIXELS_PER_INCH if is_picture else None,
        pdf_standards=None if is_picture else STANDARD,
    )
    if not isinstance(made, bytes):
        raise TypeError("one document, one file")
    return made


def _known(part: Any) -> Any:
    if isinstance(part, str):
        return UNKNOWN_LETTERS.sub(STAND_IN, part)
    if isinstance(part, list):
        return [_known(one) for one in part]
    if isinstance(part, dict):
        return {key: _known(one) for key, one in part.items()}
    return part


if __name__ == "__main__":
    main()
