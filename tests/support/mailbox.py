"""A mail server on the loopback address that keeps what it is given."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Mailbox(socketserver.ThreadingTCPServer):
    """Received mails as they came, with the addresses of the envelope.

    Plain SMTP without TLS and sign-in. ``refuse["RCPT"] = "550 no such person"`` answers that command so until
    ``clear``; an answer to ``"DATA"`` is given after the whole mail has come. An empty answer hangs up instead.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.port = int(self.server_address[1])
        self.clear()

    def clear(self) -> None:
        self.refuse: dict[str, str] = {}
        self.mails: list[EmailMessage] = []
        self.senders: list[str] = []
        self.recipients: list[list[str]] = []

    def take(self, sender: str, recipients: list[str], content: bytes) -> None:
        self.senders.append(sender)
        self.recipients.append(recipients)
        self.mails.append(message_from_bytes(content, policy=policy.default))


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.sender, self.recipients = "", list[str]()
        going_on = self._say("220 mailbox of the tests")
        while going_on and (line := self.rfile.readline()):
            command, _, argument = line.decode().strip().partition(" ")
            going_on = self._answer(command.upper(), argument)

    def _answer(self, command: str, argument: str) -> bool:
        if command in self.server.refuse and command != "DATA":
            return self._say(self.server.refuse[command])
        if command == "MAIL":
            self.sender, self.recipients = _address(argument), []
        elif command == "RCPT":
            self.recipients.append(_address(argument))
        elif command == "DATA":
            return self._take_mail()
        return self._say("221 bye" if command == "QUIT" else "250 OK") and command != "QUIT"

    def _take_mail(self) -> bool:
        self._say("354 go on")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        if "DATA" in self.server.refuse:
            return self._say(self.server.refuse["DATA"])
        content = b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)
        self.server.take(self.sender, self.recipients, content)
        return self._say("250 taken")

    def _say(self, answer: str) -> bool:
        """False ends the conversation."""
        if answer:
            self.wfile.write(f"{answer}\r\n".encode())
        return bool(answer)


def _address(argument: str) -> str:
    """``FROM:<a@gromada.example> SIZE=12`` -> ``a@gromada.example``."""
    return argument.partition("<")[2].partition(">")[0]


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    with Mailbox() as mailbox:
        thread = threading.Thread(target=mailbox.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield mailbox
        finally:
            mailbox.shutdown()
            thread.join()
