"""The tests' own guard: nothing outside this machine is reached."""

import socket
import urllib.request

import pytest

from tests.support.network import NetworkIsClosed


def test_another_machine_cannot_be_reached_by_address():
    with pytest.raises(NetworkIsClosed, match=r"192\.0\.2\.1"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))


def test_another_machine_cannot_be_reached_by_name():
    with pytest.raises(NetworkIsClosed, match=r"gromada\.example"):
        urllib.request.urlopen("http://gromada.example/")


def test_this_machine_can():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as visitor:
        visitor.connect(server.getsockname())

        assert visitor.getpeername() == server.getsockname()
