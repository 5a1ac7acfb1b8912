"""Secrets: words that stand in one place of the data only, and betray it wherever they come up again."""

import io
import re
import zipfile

from werkzeug.datastructures import Headers

_MARKER = re.compile(r"zsecret([a-z]+?)xz")
_ZIP = b"PK\x03\x04"


def marked(secret: str) -> str:
    """``Zsecretadraftplanxz``. Letters only, so that it survives addresses, slugs, folding and every kind of cell."""
    return f"Zsecret{secret}xz"


HOSTILE = """"'><img src=x onerror=alert(1)>{{7*7}}"""
"""Would do something on a page that forgot to escape it, or was made from it as a template."""


def hostile(secret: str) -> str:
    """The same for places where people write as they like."""
    return f"{marked(secret)}{HOSTILE}"


def came_alive(text: str) -> bool:
    """A page shows what somebody typed as if it were ours."""
    return "<img src=x" in text or "xz&#34;&#39;&gt;&lt;img src=x onerror=alert(1)&gt;49" in text


def secrets_in(body: bytes, headers: Headers | None = None) -> set[str]:
    """Every secret in an answer: its page or the parts of its file, and its headers."""
    told = "\n".join(f"{name}: {value}" for name, value in headers or ())
    return set(_MARKER.findall(f"{_text(body)}\n{told}".lower()))


def _text(body: bytes) -> str:
    if not body.startswith(_ZIP):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        return "\n".join(file.read(name).decode(errors="replace") for name in file.namelist())
