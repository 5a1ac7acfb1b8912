"""Addresses that people type in for others to open."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from core.errors import DomainError
from core.i18n import _l
from core.link_checks import is_public

NOT_OUTSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
"""Ends of names that only a network of one's own knows."""


class NotPublic(DomainError):
    """``field`` is the form's that holds the address."""

    def __init__(self, field: str = "url") -> None:
        super().__init__(
            _l("Enter a whole address that everybody can open, beginning with https:// or http://.")
        )
        self.field = field


def is_web_address(text: str) -> bool:
    """What a browser opens as a page: no address that runs something, none without a host."""
    return _parts(text) is not None


def is_public_address(text: str) -> bool:
    """One that everybody can open: no name of an inner network, no number of one, no user and password."""
    parts = _parts(text)
    if parts is None or parts.username is not None or parts.password is not None:
        return False
    host = (parts.hostname or "").rstrip(".")
    try:
        return is_public(ipaddress.ip_address(host))
    except ValueError:
        has_letters = not host.rpartition(".")[2].isdigit()  # 127.1 is a number too
        return "." in host and has_letters and not f".{host}".endswith(NOT_OUTSIDE)


def _parts(text: str) -> SplitResult | None:
    if any(letter.isspace() or not letter.isprintable() for letter in text):
        return None
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 (an impossible one is a ValueError)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None
