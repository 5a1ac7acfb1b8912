"""Answers travel compressed where that is worth it. Why this is safe beside secrets: docs/decisions/0009."""

import gzip
import secrets
from io import BytesIO

from flask import Flask, Response, request

COMPRESSED = frozenset(
    {
        "application/javascript", "application/json", "image/svg+xml", "text/css", "text/csv", "text/html",
        "text/javascript", "text/plain",
    }
)  # fmt: skip
WORTH_IT = 1024
"""Bytes; what is smaller goes in one packet anyway."""
LEVEL = 4
"""Of a page: higher ones take twice the time for a few per cent."""
PADDING = 64
"""At most so many bytes are added at random, so that the length of a page tells nothing about what stands in it."""


def init_compression(app: Flask) -> None:
    app.after_request(_compress)


def takes_gzip() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def packed(data: bytes, *, level: int, name: str = "") -> bytes:
    """The same data always give the same bytes; a name makes them longer, and every program skips it."""
    target = BytesIO()
    with gzip.GzipFile(name, "wb", level, target, mtime=0) as file:
        file.write(data)
    return target.getvalue()


def _compress(response: Response) -> Response:
    if response.mimetype not in COMPRESSED or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    data = response.get_data()
    if "Content-Encoding" in response.headers or len(data) < WORTH_IT or not takes_gzip():
        return response
    response.set_data(packed(data, level=LEVEL, name=secrets.token_hex(secrets.randbelow(PADDING // 2) + 1)))
    response.headers["Content-Encoding"] = "gzip"
    return response
