"""Text on its way into a cell: what the file has no place for, and what must not become a formula."""

import re

LONGEST_TEXT = 32_767
"""Characters a cell can hold."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet program takes what begins so for a formula when somebody types it."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_READS_AS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def safe_text(text: str) -> str:
    """The text as a cell can hold it: what XML has no place for is left out, the rest reads back as it was.

    ``_x0041_`` is how the file format writes a letter by its number; typed by a person it is just text.
    """
    return _READS_AS_ESCAPE.sub("_x005F_", _NOT_IN_XML.sub("", text))[:LONGEST_TEXT]
