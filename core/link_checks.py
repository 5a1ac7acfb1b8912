"""Whether a link still leads somewhere, asked so that nobody can send this server where it must not go.

The addresses come from people, so each is taken for hostile: only http and https on their usual ports, no user and password,
only hosts of the public internet. A name is resolved once, every address it has is judged, and the connection goes to
the address that was judged: a name that answers otherwise a moment later changes nothing. Each redirect is a new
address, judged like the first. Of an answer only its head is read, never more than 64 KB of it; the whole look takes at most
ten seconds, however slowly anything drips. Nothing is sent but the request itself: no cookie, no name, no referrer.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from core.i18n import _l
from core.labels import LabelledEnum

MOST_BYTES = 64 * 1024
MOST_SECONDS = 10.0
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
USER_AGENT = "GromadaLinkCheck/1.0"

MOVED = frozenset({301, 302, 303, 307, 308})
WANTS_SOMEBODY = frozenset({401, 402, 403, 406, 407, 408, 425, 429, 451})
"""There is something, for people or for others: nothing is known of it."""
NO_SUCH_RANGE = 416

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
Judge = Callable[[Address], bool]

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of the old internet, as the new one reaches them (RFC 6052)."""


class Answer(LabelledEnum):
    WORKS = "works", _l("It works")
    CLOSED = "closed", _l("The server turns automatic checks away")
    GONE = "gone", _l("There is no such page any more")
    BROKEN = "broken", _l("The server answers with an error")
    SILENT = "silent", _l("Nobody answers there")
    UNKNOWN_HOST = "unknown_host", _l("There is no such address")
    INSECURE = "insecure", _l("Its certificate is not valid")
    ASTRAY = "astray", _l("It leads on and on")
    REFUSED = "refused", _l("It leads to an address that is not checked")


@dataclass(frozen=True)
class Finding:
    answer: Answer
    status: int | None = None


class _Failed(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


def is_public(address: Address) -> bool:
    """An address of the public internet, and none that hides another one inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _translated(address)
        if address.teredo is not None:
            return False
        if inner is not None:
            return is_public(inner)
    unfit = (
        address.is_private, address.is_loopback, address.is_link_local, address.is_multicast, address.is_reserved,
        address.is_unspecified, getattr(address, "is_site_local", False),
    )  # fmt: skip
    return address.is_global and not any(unfit)


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None


def resolve(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Place:
    """Where one address leads: its parts, checked, and nothing looked up yet."""

    scheme: str
    host: str
    port: int
    target: str
    """What is asked of the server."""


class LinkChecker:
    """``resolve``, ``judge`` and ``ports`` are there for tests, which have no other host than this machine."""

    def __init__(
        self,
        *,
        resolve: Resolve = resolve,
        judge: Judge = is_public,
        ports: Sequence[int] = tuple(PORTS.values()),
        seconds: float = MOST_SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._resolve, self._judge, self._ports, self._seconds = resolve, judge, frozenset(ports), seconds
        self._tls = tls or ssl.create_default_context()

    def check(self, url: str) -> Finding:
        """Never raises, whatever the link and whatever answers there."""
        deadline = time.monotonic() + self._seconds
        try:
            return self._follow(url, deadline)
        except _Failed as failure:
            return Finding(failure.answer)

    def _follow(self, url: str, deadline: float) -> Finding:
        for _turn in range(MOST_REDIRECTS + 1):
            place = self._place(url)
            addresses = self._addresses(place, deadline)
            status, leads_to = self._ask(place, addresses, deadline)
            if status not in MOVED or not leads_to:
                return Finding(_meaning(status), status)
            url = _joined(url, leads_to)
        raise _Failed(Answer.ASTRAY)

    def _place(self, url: str) -> Place:
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS.get(parts.scheme, 0)
            host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
        except ValueError:  # an impossible port, or host (a UnicodeError is one)
            raise _Failed(Answer.REFUSED) from None
        has_secret = parts.username is not None or parts.password is not None
        if parts.scheme not in PORTS or not host or has_secret or port not in self._ports:
            raise _Failed(Answer.REFUSED)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
        return Place(parts.scheme, host, port, f"{path}?{query}" if query else path)

    def _addresses(self, place: Place, deadline: float) -> list[Address]:
        """All that the name has; where one of them is none of the public internet, none is used."""
        try:
            found = [ipaddress.ip_address(one.partition("%")[0]) for one in self._look_up(place, deadline)]
        except ValueError:
            raise _Failed(Answer.REFUSED) from None
        if not found:
            raise _Failed(Answer.UNKNOWN_HOST)
        if not all(self._judge(address) for address in found):
            raise _Failed(Answer.REFUSED)
        return found

    def _look_up(self, place: Place, deadline: float) -> Sequence[str]:
        """A resolver knows no deadline of ours: one that hangs is left behind."""
        found: list[Sequence[str]] = []

        def ask() -> None:
            with suppress(OSError, UnicodeError):
                found.append(self._resolve(place.host, place.port))

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(max(0.0, deadline - time.monotonic()))
        if asking.is_alive():
            raise _Failed(Answer.SILENT)
        return found[0] if found else []

    def _ask(self, place: Place, addresses: Sequence[Address], deadline: float) -> tuple[int, str | None]:
        """HEAD first; some servers know it badly, so what it does not find is asked for once more as people do."""
        status, leads_to = self._request("HEAD", place, addresses, deadline)
        if status < 400:
            return status, leads_to
        return self._request("GET", place, addresses, deadline)

    def _request(
        self, method: str, place: Place, addresses: Sequence[Address], deadline: float
    ) -> tuple[int, str | None]:
        connection = _Pinned(place, self._connect(place, addresses, deadline), deadline)
        more = {"Range": f"bytes=0-{MOST_BYTES - 1}"} if method == "GET" else {}
        try:
            connection.request(
                method,
                place.target,
                headers={"User-Agent": USER_AGENT, "Accept": "*/*", "Connection": "close", **more},
            )
            response = connection.getresponse()
            return response.status, response.getheader("Location")
        except ssl.SSLError:
            raise _Failed(Answer.INSECURE) from None
        except (OSError, http.client.HTTPException, ValueError):
            raise _Failed(Answer.SILENT) from None
        finally:
            connection.close()

    def _connect(self, place: Place, addresses: Sequence[Address], deadline: float) -> socket.socket:
        """To an address that was judged, and to no name: nothing is looked up again."""
        for address in addresses:
            try:
                plain = socket.create_connection((str(address), place.port), timeout=_left(deadline))
            except OSError:
                continue
            return self._secured(plain, place, deadline) if place.scheme == "https" else plain
        raise _Failed(Answer.SILENT)

    def _secured(self, plain: socket.socket, place: Place, deadline: float) -> socket.socket:
        try:
            plain.settimeout(_left(deadline))
            return self._tls.wrap_socket(plain, server_hostname=place.host)
        except OSError as error:  # of a certificate and of a connection alike
            plain.close()
            unfit = isinstance(error, ssl.SSLError)
            raise _Failed(Answer.INSECURE if unfit else Answer.SILENT) from None


class _Pinned(http.client.HTTPConnection):
    """On a connection that stands already; whatever is read of it is counted and has an end."""

    def __init__(self, place: Place, sock: socket.socket, deadline: float) -> None:
        super().__init__(place.host, place.port)
        if place.port == PORTS[place.scheme]:
            self.port = self.default_port  # so that the head names the host alone
        self.sock: Any = _Bounded(sock, deadline)

    def connect(self) -> None:
        raise OSError("one connection is enough")


class _Bounded:
    """As much of a socket as an HTTP connection uses."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(_left(self._deadline))
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._deadline), buffer_size=4096)

    def close(self) -> None:
        self._sock.close()


class _Reader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline, self._room = sock, deadline, MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Refuses to read on past the limit, and past the deadline, however little comes at a time."""
        if self._room <= 0:
            raise OSError("more than anybody needs")
        self._sock.settimeout(_left(self._deadline))
        number = self._sock.recv_into(memoryview(buffer)[: self._room])
        self._room -= number
        return number


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time is up")
    return left


def _joined(url: str, leads_to: str) -> str:
    try:
        return urljoin(url, leads_to)
    except ValueError:
        raise _Failed(Answer.REFUSED) from None


def _meaning(status: int) -> Answer:
    if 200 <= status < 400 or status == NO_SUCH_RANGE:
        return Answer.WORKS
    if status in WANTS_SOMEBODY:
        return Answer.CLOSED
    return Answer.GONE if status < 500 else Answer.BROKEN
