"""Addresses that the frame of every page shows: they depend on nothing but the names given, so each is built once."""

from typing import Any

from flask import Flask, current_app, has_request_context, request, url_for

_KEY = "gromada_standing_urls"


def init_standing_urls(app: Flask) -> None:
    app.extensions[_KEY] = {}
    app.jinja_env.globals["standing_url"] = standing_url


def standing_url(endpoint: str, **names: Any) -> str:
    """What ``url_for`` says. Only for pages of everybody: an address that holds a record would be kept for ever."""
    root = request.script_root if has_request_context() else None
    kept: dict[tuple[Any, ...], str] = current_app.extensions[_KEY]
    key = (root, endpoint, *names.items())
    found = kept.get(key)
    if found is None:
        found = kept[key] = url_for(endpoint, **names)
    return found
