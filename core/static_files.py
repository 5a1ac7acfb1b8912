"""Style sheets, scripts, pictures and fonts: named by their content, kept by browsers for a year, sent compressed."""

import os
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from flask import Flask, Response, abort, current_app, request
from werkzeug.security import safe_join

from core.compression import COMPRESSED, packed, takes_gzip

YEAR = 365 * 24 * 3600
WEEK = 7 * 24 * 3600
LOOK_AGAIN = 1.0
"""Seconds after which a page looks again whether a file has changed: it names a dozen of them."""
SMALLEST = 9
"""Compressed once, as small as can be."""

FONT = ".woff2"
"""A style sheet names its fonts without a version, so nobody else may name one, or a browser would fetch it twice."""


@dataclass(frozen=True)
class Asset:
    data: bytes
    version: str
    media_type: str
    read_at: int
    """When the file had last changed."""

    @cached_property
    def compressed(self) -> bytes | None:
        """Made when it is first sent: a page only needs the name."""
        return packed(self.data, level=SMALLEST) if self.media_type in COMPRESSED else None


class Address(NamedTuple):
    url: str
    looked_at: float
    """On the clock that only goes forward, in seconds."""


def init_static_files(app: Flask) -> None:
    app.view_functions["static"] = _serve
    app.url_defaults(_with_version)
    app.extensions[_KEY] = {}
    app.extensions[_ADDRESSES] = {}
    app.jinja_env.globals["static_file"] = static_file


_KEY = "gromada_static_files"
_ADDRESSES = "gromada_static_addresses"


def _with_version(endpoint: str, values: dict[str, Any]) -> None:
    """``/static/css/gromada.css?v=6f1c…``: another content is another address."""
    if endpoint == "static" and not values["filename"].endswith(FONT):
        asset = _asset(values["filename"])
        if asset is not None:
            values["v"] = asset.version


def static_file(name: str) -> str:
    """What ``url_for`` would say; every page names a dozen files, and nothing has to be looked up for them."""
    known: dict[tuple[str, str], Address] = current_app.extensions[_ADDRESSES]
    key = (request.script_root, name)
    address, moment = known.get(key), monotonic()
    if address is None or moment - address.looked_at > LOOK_AGAIN:
        address = known[key] = Address(_address_of(name), moment)
    return address.url


def _address_of(name: str) -> str:
    path = f"{request.script_root}{current_app.static_url_path}/{name}"
    asset = None if name.endswith(FONT) else _asset(name)
    return f"{path}?v={asset.version}" if asset else path


def _asset(name: str) -> Asset | None:
    """Read once, and again when the file has changed."""
    path = safe_join(current_app.static_folder or "", name) or ""
    known: dict[str, Asset] = current_app.extensions[_KEY]
    asset = known.get(name)
    try:
        changed = os.stat(path).st_mtime_ns  # noqa: PTH116 (a page asks ten times, and a Path takes its time)
        if asset is None or asset.read_at != changed:
            asset = known[name] = _read(Path(path), changed)
    except OSError:
        return None
    return asset


def _read(path: Path, changed: int) -> Asset:
    data = path.read_bytes()
    media_type = guess_type(path.name)[0] or "application/octet-stream"
    return Asset(data, sha256(data).hexdigest()[:16], media_type, changed)


def _serve(filename: str) -> Response:
    asset = _asset(filename)
    if asset is None:
        abort(HTTPStatus.NOT_FOUND)
    response = Response(asset.data, mimetype=asset.media_type)
    if asset.compressed is not None:
        response.vary.add("Accept-Encoding")
        if takes_gzip():
            response.set_data(asset.compressed)
            response.headers["Content-Encoding"] = "gzip"
    response.set_etag(f"{asset.version}{'-gzip' if 'Content-Encoding' in response.headers else ''}")
    response.cache_control.public = True
    is_named = request.args.get("v") == asset.version
    response.cache_control.max_age = YEAR if is_named else WEEK if filename.endswith(FONT) else 0
    if is_named:
        response.cache_control.immutable = True
    response.make_conditional(request)
    return response
