"""Addresses: how a sign-in name is written, and which places a link may lead to."""

import ipaddress
from urllib.parse import urlsplit

from core.text import clean


def sign_in_name(email: str) -> str:
    """One way of writing an address: lower case, one composition of letters, the domain as mail servers write it.

    Never refuses: what is no address simply belongs to nobody.
    """
    name, at, domain = clean(email).lower().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return clean(email).lower()
    return f"{name}{at}{domain}"


def is_mail_address(email: str) -> bool:
    """One address that mail can be sent to; whether anybody is there only mail can tell."""
    from email_validator import EmailNotValidError, validate_email  # only where an address is typed

    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def own_path(wanted: str | None, otherwise: str = "/") -> str:
    """Where to go on to, if it is a place of ours: a path, never another host, never something that runs."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or len(wanted) > 2000:
        return otherwise
    if "\\" in wanted or any(letter.isspace() or not letter.isprintable() for letter in wanted):
        return otherwise
    parts = urlsplit(wanted)
    return otherwise if parts.scheme or parts.netloc else wanted


def network_of(address: str | None) -> str:
    """What counts as one place: an address, or for IPv6 its /64, which one household or office has whole."""
    try:
        place = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if place.version == 6:
        return str(ipaddress.ip_network((place, 64), strict=False))
    return str(place)
