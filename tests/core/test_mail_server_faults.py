"""A mail server that refuses, hangs, hangs up or dies at any point of the conversation: no mail is lost over it."""

import dataclasses
import ssl
import subprocess
from contextlib import ExitStack
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from core import mail, sending
from core.database import db
from core.mail import MailStatus, OutboxMail
from tests.support.mailbox import RESET, Mailbox, running_mailbox
from tests.support.processes import free_port

POINTS = ("CONNECT", "EHLO", "MAIL", "RCPT", "DATA-START", "DATA", "TAKEN")
FAULTS = {
    "says not now": "451 not now", "closes down": "421 closing down", "says never": "550 never", "hangs up": "",
    "dies": RESET,
}  # fmt: skip
ENDS_IT = {
    ("RCPT", "says never"),
    ("DATA-START", "says never"),
    ("DATA", "says never"),
    ("TAKEN", "says never"),
}
"""What the server says of this very mail, and for good."""
COMES_TWICE = {("TAKEN", fault) for fault in FAULTS if fault != "says never"}
"""It was taken, and nobody told us so."""


@pytest.fixture
def smtp(app, config, smtp_server, monkeypatch):
    settings = dataclasses.replace(
        config, smtp_host="127.0.0.1", smtp_port=smtp_server.port, smtp_security="none"
    )
    monkeypatch.setitem(app.config, "GROMADA", settings)
    monkeypatch.setattr(sending, "TIMEOUT_SECONDS", 0.3)
    return smtp_server


def promise(key="first"):
    to = SimpleNamespace(mail_address=f"{key}@gromada.example", mail_name="Ewa", mail_language="en")
    mail.queue(to, "accounts/mail/password_changed", dedupe_key=key)
    db.session.commit()


def statuses():
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMail.status).order_by(OutboxMail.id)))


def after_the_outage(clock):
    clock.tick(minutes=11)
    return sending.send_due()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("point", POINTS)
def test_whatever_goes_wrong_no_mail_is_lost(smtp, clock, point, fault):
    promise()
    smtp.refuse[point] = FAULTS[fault]
    if point == "EHLO":
        smtp.refuse["HELO"] = FAULTS[fault]

    assert sending.send_due() == 0
    smtp.wait_until_quiet()
    smtp.refuse.clear()
    if (point, fault) in ENDS_IT:
        assert statuses() == [MailStatus.FAILED], "it waits for somebody to look at it"
        return
    assert statuses() == [MailStatus.QUEUED]

    assert after_the_outage(clock) == 1
    assert statuses() == [MailStatus.SENT]
    assert len(smtp.mails) == (2 if (point, fault) in COMES_TWICE else 1)
    assert len({message["Message-ID"] for message in smtp.mails}) == 1


@pytest.mark.parametrize("point", POINTS[:-1])
def test_a_server_that_hangs_is_given_up_after_a_bounded_time_and_nothing_is_lost(smtp, clock, point):
    promise()
    smtp.delay[point] = 0.6

    assert sending.send_due() == 0
    assert statuses() == [MailStatus.QUEUED]
    smtp.wait_until_quiet()
    smtp.delay.clear()

    assert after_the_outage(clock) == 1
    smtp.wait_until_quiet()
    came = len(smtp.mails)
    assert came == (2 if point == "DATA" else 1), "of a mail that was on its way nobody can know"
    assert len({message["Message-ID"] for message in smtp.mails}) == 1


def test_a_server_that_dies_between_two_mails_leaves_the_rest_for_later(smtp, clock):
    for key in ("first", "second", "third"):
        promise(key)
    smtp.refuse["TAKEN"] = RESET

    assert sending.send_due() == 0
    smtp.wait_until_quiet()
    smtp.refuse.clear()
    assert after_the_outage(clock) == 3
    assert sorted(str(to) for (to,) in smtp.recipients) == [
        "first@gromada.example", "first@gromada.example", "second@gromada.example", "third@gromada.example",
    ]  # fmt: skip


def test_an_outage_of_two_hours_is_made_up_within_a_quarter_of_an_hour_in_order(
    app, config, smtp_server, monkeypatch, clock
):
    working = dataclasses.replace(
        config, smtp_host="127.0.0.1", smtp_port=smtp_server.port, smtp_security="none"
    )
    monkeypatch.setitem(app.config, "GROMADA", dataclasses.replace(working, smtp_port=free_port()))
    ends_at = clock.now + timedelta(hours=2)
    while clock.now < ends_at:
        promise(f"mail-{clock.now:%H%M}")
        sending.send_due()
        clock.tick(minutes=5)
    monkeypatch.setitem(app.config, "GROMADA", working)
    while clock.now < ends_at + timedelta(minutes=15):
        sending.send_due()
        clock.tick(minutes=1)

    assert statuses() == [MailStatus.SENT] * 24
    assert [one.partition("@")[0] for (one,) in smtp_server.recipients] == sorted(
        one.partition("@")[0] for (one,) in smtp_server.recipients
    )


# --- Encryption ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate that nobody has vouched for."""
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        (
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(made)),
        ),
        check=True,
        capture_output=True,
    )
    return key, made


@pytest.fixture
def encrypted(app, config, certificate, monkeypatch):
    """``encrypted("starttls")``: a server that speaks so, and the application set to it."""
    with ExitStack() as running:

        def begin(how: str) -> Mailbox:
            key, made = certificate
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(made, key)
            mailbox = running.enter_context(running_mailbox(context, at_once=how == "tls"))
            settings = dataclasses.replace(
                config, smtp_host="localhost", smtp_port=mailbox.port, smtp_security=how
            )
            monkeypatch.setitem(app.config, "GROMADA", settings)
            return mailbox

        yield begin


@pytest.mark.parametrize("how", ["starttls", "tls"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_no_mail(encrypted, how):
    box = encrypted(how)
    promise()

    assert sending.send_due() == 0
    assert (box.mails, statuses()) == ([], [MailStatus.QUEUED])
    assert "CERTIFICATE_VERIFY_FAILED" in (db.session.scalar(select(OutboxMail.last_error)) or "")


@pytest.mark.parametrize("how", ["starttls", "tls"])
def test_a_server_with_a_good_certificate_gets_it_encrypted(encrypted, certificate, monkeypatch, how):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    box = encrypted(how)
    promise()

    assert sending.send_due() == 1
    assert (len(box.mails), statuses()) == (1, [MailStatus.SENT])


def test_a_server_that_knows_no_encryption_gets_no_mail_where_it_is_wanted(
    app, config, smtp_server, monkeypatch
):
    settings = dataclasses.replace(
        config, smtp_host="127.0.0.1", smtp_port=smtp_server.port, smtp_security="starttls"
    )
    monkeypatch.setitem(app.config, "GROMADA", settings)
    promise()

    assert sending.send_due() == 0
    assert (smtp_server.mails, statuses()) == ([], [MailStatus.QUEUED])
