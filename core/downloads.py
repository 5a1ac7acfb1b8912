"""Files on their way to a reader: to be kept under their own name, whatever letters it has."""

import unicodedata
from urllib.parse import quote

from flask import Response

_NOT_DECOMPOSED = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss"})


def to_keep(data: bytes, *, name: str, content_type: str) -> Response:
    """Never shown in the page's own place: a browser keeps it, of the kind that is said and no other."""
    response = Response(data, content_type=content_type)
    call_it(response, name)
    return response


def call_it(response: Response, name: str) -> None:
    """The name in full (RFC 6266), and in plain letters for programs that know no others; headers hold only those."""
    plain = _in_plain_letters(name)
    more = {} if plain == name else {"filename*": f"UTF-8''{quote(name, safe='')}"}
    response.headers.set("Content-Disposition", "attachment", filename=plain, **more)


def _in_plain_letters(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.translate(_NOT_DECOMPOSED))
    kept = "".join(letter for letter in decomposed if " " <= letter <= "~" and letter not in '"\\')
    stem, dot, ending = kept.rpartition(".")
    return f"{stem.strip() or 'file'}{dot}{ending}" if dot else kept.strip() or "file"
