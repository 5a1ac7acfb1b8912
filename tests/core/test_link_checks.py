"""Looking at links on behalf of people, against real servers on this machine that lie, stall and never end.

Every address here is of this machine. Of its many, 127.0.0.1 stands for the public internet and 127.0.0.2 for a machine
that nobody outside may reach: the tests hand the checker a judge that says so.
"""

import ipaddress
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from core.link_checks import Answer, Finding, LinkChecker, is_public

OUTSIDE, INSIDE = "127.0.0.1", "127.0.0.2"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
Script = Callable[[socket.socket, bytes], None]


class Server:
    """Answers each connection as its script says, and keeps what it was asked."""

    def __init__(self, script: Script, host: str = OUTSIDE) -> None:
        self.script, self.asked = script, list[str]()
        self.tls: ssl.SSLContext | None = None
        self.listener = socket.create_server((host, 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                visitor, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(visitor,), daemon=True).start()

    def _answer(self, plain: socket.socket) -> None:
        try:
            visitor = self.tls.wrap_socket(plain, server_side=True) if self.tls else plain
        except OSError:
            plain.close()
            return  # whoever asked did not trust the certificate
        with visitor, suppress(OSError):  # whoever asked may have had enough
            head = b""
            while b"\r\n\r\n" not in head and (part := visitor.recv(4096)):
                head += part
            self.asked.append(head.decode("latin-1"))
            self.script(visitor, head)

    def url(self, path: str = "/", host: str = OUTSIDE) -> str:
        return f"http://{host}:{self.port}{path}"

    def methods(self) -> list[str]:
        return [head.split(" ", 1)[0] for head in self.asked]


@contextmanager
def serving(script: Script | bytes, host: str = OUTSIDE) -> Iterator[Server]:
    server = Server(_saying(script) if isinstance(script, bytes) else script, host)
    try:
        yield server
    finally:
        server.listener.close()


def _saying(answer: bytes) -> Script:
    return lambda visitor, head: visitor.sendall(answer)


def moved_to(url: str, status: int = 302) -> bytes:
    return f"HTTP/1.1 {status} Moved\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n".encode()


def says(status: int) -> bytes:
    return f"HTTP/1.1 {status} So it is\r\nContent-Length: 0\r\n\r\n".encode()


def checker(
    *servers: Server, resolve=lambda host, port: [host], seconds: float = 5.0, tls=None
) -> LinkChecker:
    return LinkChecker(
        tls=tls,
        resolve=resolve,
        judge=lambda address: str(address) == OUTSIDE,
        ports=[server.port for server in servers],
        seconds=seconds,
    )


# --- What an answer means --------------------------------------------------------------------------------


def test_a_link_that_works_is_asked_for_its_head_alone_and_told_nothing_but_who_asks():
    with serving(OK) as server:
        finding = checker(server).check(server.url("/film?v=1 a#part"))

    assert finding == Finding(Answer.WORKS, 200)
    (asked,) = server.asked
    assert asked.split("\r\n") == [
        "HEAD /film?v=1%20a HTTP/1.1", f"Host: {OUTSIDE}:{server.port}", "Accept-Encoding: identity",
        "User-Agent: GromadaLinkCheck/1.0", "Accept: */*", "Connection: close", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (204, Answer.WORKS), (206, Answer.WORKS), (304, Answer.WORKS), (401, Answer.CLOSED), (403, Answer.CLOSED),
        (404, Answer.GONE), (410, Answer.GONE), (416, Answer.WORKS), (429, Answer.CLOSED), (500, Answer.BROKEN),
        (503, Answer.BROKEN),
    ],
)  # fmt: skip
def test_each_answer_has_its_meaning(status, answer):
    with serving(says(status)) as server:
        assert checker(server).check(server.url()) == Finding(answer, status)


def test_what_a_head_does_not_find_is_asked_for_once_more_by_its_first_bytes():
    def badly(visitor: socket.socket, head: bytes) -> None:
        visitor.sendall(says(405 if head.startswith(b"HEAD") else 206))

    with serving(badly) as server:
        finding = checker(server).check(server.url())

    assert finding == Finding(Answer.WORKS, 206)
    assert server.methods() == ["HEAD", "GET"]
    assert "\r\nRange: bytes=0-65535\r\n" in server.asked[1]


def test_nobody_there_and_no_such_name_are_failures():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gone = free.getsockname()[1]
    nobody = LinkChecker(resolve=lambda host, port: [OUTSIDE], judge=lambda _: True, ports=[gone])

    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    assert nobody.check(f"http://gone.example:{gone}/") == Finding(Answer.SILENT)
    assert LinkChecker(resolve=unknown).check("https://no.example/") == Finding(Answer.UNKNOWN_HOST)


def test_a_server_that_speaks_something_else_is_a_failure():
    with serving(b"220 mail.example ESMTP\r\n") as server:
        assert checker(server).check(server.url()) == Finding(Answer.SILENT)


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate that only this test made: for the server, and for a checker that trusts it."""
    made, key = (str(tmp_path_factory.mktemp("tls") / name) for name in ("made.pem", "key.pem"))
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        key,
        "-out",
        made,
    ]
    names = ["-subj", "/CN=films.example", "-addext", "subjectAltName=DNS:films.example"]
    subprocess.run([*command, *names], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made, key)
    return server, ssl.create_default_context(cafile=made)


def test_a_certificate_must_be_valid_and_of_the_name_that_was_asked(own_certificate):
    behind_tls, trusting = own_certificate
    with serving(OK) as server:
        server.tls = behind_tls
        anybody, trusts = (
            checker(server, resolve=lambda *_: [OUTSIDE]),
            checker(server, resolve=lambda *_: [OUTSIDE], tls=trusting),
        )
        named, otherwise = (f"https://{host}:{server.port}/" for host in ("films.example", "other.example"))

        assert trusts.check(named) == Finding(Answer.WORKS, 200)
        assert trusts.check(otherwise) == Finding(Answer.INSECURE)
        assert anybody.check(named) == Finding(Answer.INSECURE)
    assert server.methods() == ["HEAD"]


# --- Where nobody sends this server ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::",
        "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::",
        "2001:0:1:2:3:4:80ff:fffe", "::127.0.0.1", "2001:db8::1", str(ipaddress.IPv4Address(0)),
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_internet_is_none_for_us(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_one_of_the_public_internet_is(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://a.example/", "ftp://a.example/", "javascript:alert(1)", "data:text/html,hi", "",
        "//a.example/", "https://", "https:///path", "http://user:word@a.example/", "http://user@a.example/",
        "http://:word@a.example/", "http://a.example:22/", "http://a.example:8080/", "http://a.example:0/",
        "http://a.example:99999/", "http://a.example:x/", "http://[::1/", "https://" + "a" * 64 + ".example/",
        "http://[fe80::1%25eth0]/", "http://127.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/",
    ],
)  # fmt: skip
def test_no_other_scheme_port_secret_or_host_is_ever_asked(url):
    assert LinkChecker(resolve=lambda host, port: [host]).check(url) == Finding(Answer.REFUSED)


@pytest.mark.parametrize("spelled", ["2130706433", "0x7f000001", "017700000001", "127.1", "localhost"])
def test_this_machine_is_refused_however_it_is_spelled(spelled):
    """The system's own resolver reads these spellings; what it makes of them is judged."""

    def as_the_system(host: str, port: int) -> list[str]:
        return ["127.0.0.1" if host == "localhost" else socket.inet_ntoa(socket.inet_aton(host))]

    assert LinkChecker(resolve=as_the_system).check(f"http://{spelled}/") == Finding(Answer.REFUSED)


def test_a_name_with_one_address_inside_is_refused_altogether():
    with serving(OK) as server:
        mixed = checker(server, resolve=lambda host, port: [OUTSIDE, INSIDE])

        assert mixed.check(server.url(host="mixed.example")) == Finding(Answer.REFUSED)
        assert server.asked == []


def test_a_name_that_answers_otherwise_a_moment_later_changes_nothing():
    """Looked up once for each address of the way; the connection goes to what was judged."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return [OUTSIDE if len(asked) == 1 else INSIDE]

    with serving(says(404)) as outside, Server(_saying(OK), INSIDE).listener:
        finding = checker(outside, resolve=rebinding).check(outside.url(host="rebinding.example"))

    assert finding == Finding(Answer.GONE, 404)
    assert (asked, outside.methods()) == (["rebinding.example"], ["HEAD", "GET"])
    assert f"Host: rebinding.example:{outside.port}\r\n" in outside.asked[0]


# --- Redirects -------------------------------------------------------------------------------------------


def test_a_redirect_is_followed_and_judged_like_any_address():
    with serving(OK, INSIDE) as inside, serving(moved_to(inside.url("/secret", INSIDE))) as outside:
        finding = checker(outside, inside).check(outside.url())

    assert finding == Finding(Answer.REFUSED)
    assert (outside.methods(), inside.asked) == (["HEAD"], [])


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://a.example/", "http://user:word@a.example/", "http://[::1/"]
)
def test_a_redirect_leads_to_no_other_scheme_and_takes_no_secret(target):
    with serving(moved_to(target)) as server:
        assert checker(server).check(server.url()) == Finding(Answer.REFUSED)


def test_a_redirect_within_the_server_works_and_a_name_there_is_looked_up_anew():
    def onward(visitor: socket.socket, head: bytes) -> None:
        visitor.sendall(moved_to("/there", 308) if head.startswith(b"HEAD /here") else OK)

    with serving(onward) as server:
        assert checker(server).check(server.url("/here")) == Finding(Answer.WORKS, 200)
        assert server.asked[1].startswith("HEAD /there ")


@pytest.mark.parametrize(("steps", "answer"), [(5, Answer.WORKS), (6, Answer.ASTRAY)])
def test_five_redirects_are_followed_and_no_more(steps, answer):
    def onward(visitor: socket.socket, head: bytes) -> None:
        number = int(head.split(b" ")[1].strip(b"/"))
        visitor.sendall(moved_to(f"/{number + 1}") if number < steps else OK)

    with serving(onward) as server:
        assert checker(server).check(server.url("/0")).answer is answer
        assert len(server.asked) == 6


def test_a_cookie_is_never_sent_back():
    def with_cookie(visitor: socket.socket, head: bytes) -> None:
        answer = moved_to("/in") if b" /out " in head else OK
        visitor.sendall(answer.replace(b"\r\n", b"\r\nSet-Cookie: who=you; Path=/\r\n", 1))

    with serving(with_cookie) as server:
        assert checker(server).check(server.url("/out")) == Finding(Answer.WORKS, 200)
        assert [head for head in server.asked if "cookie" in head.lower()] == []


# --- Answers without an end ------------------------------------------------------------------------------


def test_of_an_endless_body_nothing_is_read():
    def endless(visitor: socket.socket, head: bytes) -> None:
        visitor.sendall(b"HTTP/1.1 %b\r\n\r\n" % (b"405 No" if head.startswith(b"HEAD") else b"200 OK"))
        while head.startswith(b"GET"):
            visitor.sendall(b"x" * 65536)

    with serving(endless) as server:
        started = time.monotonic()
        finding = checker(server).check(server.url())

    assert finding == Finding(Answer.WORKS, 200)
    assert time.monotonic() - started < 4


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 200_000,
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %b\r\n" % (number, b"a" * 5000) for number in range(60)),
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000,
    ],
    ids=["one huge header", "many large headers", "thousands of headers", "go on, go on"],
)
def test_a_head_without_an_end_is_a_failure(head):
    with serving(head + b"\r\n") as server:
        assert checker(server).check(server.url()) == Finding(Answer.SILENT)


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\nX: "], ids=["says nothing", "drips"])
def test_a_slow_server_is_left_when_the_time_is_up(begin):
    """Each drop comes within any patience for a single one; only the whole has an end."""

    def slowly(visitor: socket.socket, head: bytes) -> None:
        visitor.sendall(begin)
        while True:
            time.sleep(0.1)
            visitor.sendall(b"a" if begin else b"")

    with serving(slowly) as server:
        started = time.monotonic()
        finding = checker(server, seconds=0.6).check(server.url())
        took = time.monotonic() - started

    assert finding == Finding(Answer.SILENT)
    assert took < 2


def test_redirects_and_names_that_take_their_time_share_the_same_patience():
    def sleepy(visitor: socket.socket, head: bytes) -> None:
        time.sleep(0.3)
        visitor.sendall(moved_to("/again"))

    def hangs(host: str, port: int) -> list[str]:
        time.sleep(3)
        return [OUTSIDE]

    with serving(sleepy) as server:
        started = time.monotonic()
        answers = [
            checker(server, seconds=0.7).check(server.url()).answer,
            checker(server, seconds=0.3, resolve=hangs).check(server.url(host="slow.example")).answer,
        ]
        took = time.monotonic() - started

    assert answers == [Answer.SILENT, Answer.SILENT]
    assert took < 2
