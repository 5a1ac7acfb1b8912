"""The network is closed while tests run: only the loopback address and sockets of this machine answer."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

LOCAL_NAMES = frozenset({"", "localhost"})


class NetworkIsClosed(BaseException):
    """Not an ``Exception`` on purpose: code that survives a failed connection must not hide the attempt."""


def close_network() -> None:
    """Refuse every address but this machine's own, for the rest of the process."""
    for method in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, method, _guarded(getattr(socket.socket, method)))
    find_addresses = socket.getaddrinfo

    def find_local_addresses(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_unless_local(host)
        return find_addresses(host, *args, **kwargs)

    socket.getaddrinfo = find_local_addresses


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *args: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_unless_local(args[-1][0])
        return method(self, *args)

    return guarded


def _refuse_unless_local(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host or ""
    try:
        is_local = name in LOCAL_NAMES or ipaddress.ip_address(name).is_loopback
    except ValueError:
        is_local = False
    if not is_local:
        raise NetworkIsClosed(f"a test tried to reach {name!r}")
