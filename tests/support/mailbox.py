"""A mail server on the loopback address that keeps what it is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.support.processes import free_port


class Mailbox:
    """Received mails as they came, with the addresses of the envelope. ``refuse`` makes it answer with an error."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.refuse: str | None = None
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []

    def clear(self) -> None:
        self.refuse = None
        self.mails.clear()
        self.recipients.clear()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuse:
            return self.refuse
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox(free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
