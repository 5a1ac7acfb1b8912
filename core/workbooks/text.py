"""Text of a cell as people see it: escapes decoded, nothing invisible that a database or a page cannot hold."""

import re

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_DROPPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
ESCAPED_LENGTH = len("_x0041_")


def cell_text(raw: str, limit: int) -> str | None:
    """The text of a cell, or None if it is longer than a cell can hold."""
    if len(raw) > limit * ESCAPED_LENGTH:
        return None
    text = clean_text(raw)
    return text if len(text) <= limit else None


def clean_text(raw: str) -> str:
    """Decode ``_x0041_`` and drop control characters, however they came in; tabs and line breaks stay."""
    if (raw.isprintable() and "_x" not in raw) or not _UNSAFE.search(raw):
        return raw
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), raw)
    whole = decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _DROPPED.sub("", whole.replace("\r\n", "\n").replace("\r", "\n"))
