"""Addresses of public pages as they are passed on and told to search engines: nothing in them tells where they came from."""

from urllib.parse import parse_qsl, urlencode

ASKED = frozenset(
    {
        "q",
        "voivodeship",
        "kind",
        "size",
        "sort",
        "topic",
        "words",
        "series",
        "year",
        "form",
        "recorded",
        "status",
        "life_area",
        "skill",
        "audience",
        "price",
        "sheet",
        "page",
    }
)
"""What our own pages ask for. Whatever somebody else hung on an address, to follow who opens it, is not of it."""


def plain_address(address: str) -> str:
    path, _mark, asked = address.partition("?")
    kept = [(name, value) for name, value in parse_qsl(asked) if name in ASKED]
    return f"{path}?{urlencode(kept)}" if kept else path
