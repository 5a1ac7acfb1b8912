"""A mail server on the loopback address that keeps what it is given."""

import socket
import socketserver
import ssl
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

RESET = "reset"


class Mailbox(socketserver.ThreadingTCPServer):
    """Received mails as they came, with the addresses of the envelope.

    Plain SMTP without sign-in; with a ``tls`` context it takes mail only encrypted: by STARTTLS, or from the first byte where
    it is ``at_once``. ``refuse["RCPT"] = "550 no such person"`` answers that command so until
    ``clear``; an answer to ``"DATA"`` is given after the whole mail has come, one to ``"DATA-START"`` before it,
    ``"TAKEN"`` after it was taken, and ``"CONNECT"`` greets. An empty answer hangs up instead, and ``RESET`` breaks the
    connection off as a machine does that dies. ``delay["RCPT"] = 2`` waits so long before that answer.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, tls: ssl.SSLContext | None = None, *, at_once: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.tls, self.at_once = tls, at_once
        self.talks = 0
        self._lock = threading.Lock()
        self.port = int(self.server_address[1])
        self.clear()

    def clear(self) -> None:
        self.refuse: dict[str, str] = {}
        self.delay: dict[str, float] = {}
        self.mails: list[EmailMessage] = []
        self.senders: list[str] = []
        self.recipients: list[list[str]] = []

    def talking(self, more: int) -> None:
        with self._lock:
            self.talks += more

    def wait_until_spoken_to(self) -> None:
        deadline = time.monotonic() + 2
        while not self.talks and time.monotonic() < deadline:
            time.sleep(0.001)

    def wait_until_taken(self, count: int) -> None:
        deadline = time.monotonic() + 2
        while len(self.mails) < count and time.monotonic() < deadline:
            time.sleep(0.001)

    def wait_until_quiet(self) -> None:
        """Nobody is being spoken to any more: what was sent has been taken."""
        deadline = time.monotonic() + 10
        while self.talks and time.monotonic() < deadline:
            time.sleep(0.001)
        assert self.talks == 0

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up or is killed in the middle is what some tests are about."""

    def take(self, sender: str, recipients: list[str], content: bytes) -> None:
        self.senders.append(sender)
        self.recipients.append(recipients)
        self.mails.append(message_from_bytes(content, policy=policy.default))


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox
    is_encrypted = False

    def setup(self) -> None:
        super().setup()
        if self.server.at_once:
            self._encrypt()

    def finish(self) -> None:
        super().finish()
        if self.is_encrypted:
            self.connection.close()

    def _encrypt(self) -> None:
        assert self.server.tls is not None
        self.connection = self.server.tls.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        self.is_encrypted = True

    def handle(self) -> None:
        self.sender, self.recipients = "", list[str]()
        self.server.talking(1)
        try:
            going_on = self._say(self._wanted("CONNECT", "220 mailbox of the tests"))
            while going_on and (line := self.rfile.readline()).endswith(b"\n"):
                command, _, argument = line.decode().strip().partition(" ")
                going_on = self._answer(command.upper(), argument)
        finally:
            self.server.talking(-1)

    def _wanted(self, command: str, usual: str) -> str:
        time.sleep(self.server.delay.get(command, 0))
        return self.server.refuse.get(command, usual)

    def _answer(self, command: str, argument: str) -> bool:
        if command in self.server.refuse and command != "DATA":
            return self._say(self._wanted(command, ""))
        if command != "DATA":
            time.sleep(self.server.delay.get(command, 0))
        if self.server.tls is not None and not self.is_encrypted:
            return self._in_the_clear(command)
        if command == "MAIL":
            self.sender, self.recipients = _address(argument), []
        elif command == "RCPT":
            self.recipients.append(_address(argument))
        elif command == "DATA":
            return self._take_mail()
        return self._say("221 bye" if command == "QUIT" else "250 OK") and command != "QUIT"

    def _in_the_clear(self, command: str) -> bool:
        if command == "EHLO":
            return self._say("250-mailbox of the tests\r\n250 STARTTLS")
        if command != "STARTTLS":
            return self._say("530 encrypt first")
        self._say("220 go on")
        self._encrypt()
        return True

    def _take_mail(self) -> bool:
        opening = self._wanted("DATA-START", "354 go on")
        if not opening.startswith("354"):
            return self._say(opening)
        self._say(opening)
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                return False  # whoever wrote it is gone: half a mail is none
            lines.append(line)
        if "DATA" in self.server.refuse:
            return self._say(self._wanted("DATA", ""))
        time.sleep(self.server.delay.get("DATA", 0))
        content = b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)
        self.server.take(self.sender, self.recipients, content)
        return self._say(self._wanted("TAKEN", "250 taken"))

    def _say(self, answer: str) -> bool:
        """False ends the conversation."""
        if answer == RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return False
        if answer:
            self.wfile.write(f"{answer}\r\n".encode())
        return bool(answer)


def _address(argument: str) -> str:
    """``FROM:<a@gromada.example> SIZE=12`` -> ``a@gromada.example``."""
    return argument.partition("<")[2].partition(">")[0]


@contextmanager
def running_mailbox(tls: ssl.SSLContext | None = None, *, at_once: bool = False) -> Iterator[Mailbox]:
    with Mailbox(tls, at_once=at_once) as mailbox:
        thread = threading.Thread(target=mailbox.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield mailbox
        finally:
            mailbox.shutdown()
            thread.join()
