"""Whatever a name, a subject or an address holds: the mail has our headers, our recipient, and no more."""

from email import message_from_bytes, policy
from email.errors import HeaderParseError
from smtplib import SMTP
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock, mail, sending
from core.database import db
from core.mail import OutboxMail, one_line

HEADERS = {
    "MIME-Version", "Subject", "From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted", "Content-Language",
    "Content-Type", "List-Unsubscribe", "List-Unsubscribe-Post",
}  # fmt: skip
ALWAYS = HEADERS - {"Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"}
NASTY = (
    "\r\nBcc: all@evil.example", "\nBcc: all@evil.example", "\r\n\r\nbody", "=?utf-8?q?=0D=0ABcc=3A?=",
    "=?utf-8?b?DQpCY2M6IGFsbEBldmlsLmV4YW1wbGU=?=", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e",
    "\0", "\x7f", ",", ";", "<", ">", '"', "\\", "(", ")", "@", ":", " ", "\t", "\u202e", "\ufeff", "é", "ł", "\U0001f600",
    "a@b.example", "x" * 300, "=?", "?=", "%0d%0a",
)  # fmt: skip
text = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(NASTY), max_size=8).map("".join), st.tuples(
    st.text(max_size=20), st.sampled_from(NASTY), st.text(max_size=20)).map("".join))  # fmt: skip
address = st.one_of(st.just("ewa@gromada.example"), text)

often = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def as_received(mail_row: OutboxMail, config) -> Any:
    """As the other end reads it: written as smtplib writes it, and taken apart again."""
    sent = []

    class Wire(SMTP):
        def __init__(self) -> None:
            super().__init__()
            self.esmtp_features = {}

        def sendmail(self, from_addr, to_addrs, msg, mail_options=(), rcpt_options=()):
            sent.append((to_addrs, msg))
            return {}

        def ehlo_or_helo_if_needed(self) -> None:
            return None

    message = sending.as_message(mail_row, config)
    Wire().send_message(message, from_addr=config.mail_from, to_addrs=[mail_row.to_address])
    ((to_addrs, raw),) = sent
    assert to_addrs == [mail_row.to_address]
    return message_from_bytes(raw, policy=policy.default)


@often
@given(name=text, subject=text, reply_to=st.one_of(st.none(), address))
def test_a_promised_mail_has_our_headers_and_one_recipient_whatever_it_was_made_of(
    app, config, name, subject, reply_to
):
    to = SimpleNamespace(mail_address="ewa@gromada.example", mail_name=name, mail_language="en")
    mail.queue(
        to, "accounts/mail/role_granted", dedupe_key="one", role=SimpleNamespace(label=subject), actor=None,
        reply_to=reply_to, unsubscribe_url="http://localhost/mails/stop/" + "x" * 200,
    )  # fmt: skip
    db.session.flush()
    row = db.session.query(OutboxMail).one()
    try:
        received = as_received(row, config)
    except (
        ValueError,
        IndexError,
        HeaderParseError,
    ):  # what the job marks as failed for good: it never leaves
        assert reply_to not in (None, "ewa@gromada.example")
        return
    finally:
        db.session.rollback()

    assert set(received.keys()) <= HEADERS
    assert set(received.keys()) >= ALWAYS
    assert len(received.keys()) == len(set(received.keys()))
    assert [one.addr_spec for one in received["To"].addresses] == ["ewa@gromada.example"]
    assert [one.addr_spec for one in received["From"].addresses] == [config.mail_from]
    assert len(received["Reply-To"].addresses if received["Reply-To"] else ()) <= 1
    assert received["List-Unsubscribe"] == "<http://localhost/mails/stop/" + "x" * 200 + ">"
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "evil" not in str(received["To"].addresses[0].addr_spec)


@often
@given(written=text)
def test_what_becomes_a_header_is_one_line_without_signs_that_nobody_sees(written):
    line = one_line(written)

    assert line.splitlines() in ([], [line])
    assert line.isprintable()
    assert "=?" not in line
    assert one_line(line) == line


@often
@given(to=text)
def test_what_is_not_one_address_reaches_nobody(app, config, to):
    row = OutboxMail(
        dedupe_key="one", to_address=one_line(to), to_name="Ewa", subject="Hello", body="Hello\n", language="en",
        created_at=clock.now(),
    )  # fmt: skip
    try:
        received = as_received(row, config)
    except (ValueError, IndexError, HeaderParseError, UnicodeError):
        return

    assert [one.addr_spec for one in received["To"].addresses] == [row.to_address]
