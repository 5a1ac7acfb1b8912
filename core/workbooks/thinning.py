"""Takes empty rows and cells out of a sheet's XML before it is parsed.

Formatting a whole sheet leaves a million of them behind, in honest files too. Taking them out as text is several times
faster than parsing them, and changes nothing: only an element that is empty, and directly followed by one that says
itself where it stands, or by the end of its row.
"""

import re
from collections.abc import Iterable, Iterator

_PREFIX = rb"(?:[A-Za-z0-9]{1,20}:)?"
_ATTRIBUTES = rb'(?: [A-Za-z0-9:]{1,40}="[^"<>]*")*+ ?'


def _empty(name: bytes, *, followed_by: bytes) -> re.Pattern[bytes]:
    tag = _PREFIX + name
    return re.compile(b"<" + tag + _ATTRIBUTES + b"(?:/>|></" + tag + b">)(?=" + followed_by + b")")


_NEXT_CELL = b"<" + _PREFIX + b'c r="|</' + _PREFIX + b"row>"
_NEXT_ROW = b"<" + _PREFIX + b'row r="'
_EMPTY_CELL = _empty(b"c", followed_by=_NEXT_CELL)
_EMPTY_ROW = _empty(b"row", followed_by=_NEXT_ROW)

_CHARACTER_DATA = b"<!["
_IN_ASCII = re.compile(rb"(?:\xef\xbb\xbf)?<[?A-Za-z]")
"""Whatever encoding a declaration names, the parser takes it only if tags are written in these bytes."""

_EMPTY_LOOKS = (b"/>", b'"></', b'" ></', b"<c></", b"<row></")
"""Where none of them stands nothing is empty, and four times as fast known as by looking for empty cells."""

_LONGEST_TAG = 1024 * 1024


def without_empty(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same sheet in fewer bytes, as long as its bytes can be told to be tags."""
    rest = b""
    is_clear: bool | None = None
    for chunk in chunks:
        block = rest + chunk
        if is_clear is None:
            is_clear = bool(_IN_ASCII.match(block))
        # What looks like a tag inside character data is text that somebody wrote.
        is_clear = is_clear and _CHARACTER_DATA not in block and len(rest) <= _LONGEST_TAG
        end = block.rfind(b">") + 1 if is_clear else len(block)
        yield _thinned(block[:end]) if is_clear else block
        rest = block[end:]
    yield rest


def _thinned(block: bytes) -> bytes:
    if not any(map(block.__contains__, _EMPTY_LOOKS)):
        return block
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", block))
