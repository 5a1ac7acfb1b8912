import smtplib
from email.message import EmailMessage

import pytest


def a_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Zażółć gęślą jaźń"
    mail["From"] = "gromada@gromada.example"
    mail["To"] = "leader@gromada.example"
    mail.set_content("First line\n.\n..and a line that begins with points\n")
    return mail


def test_a_mail_arrives_as_it_was_sent(smtp_server):
    with smtplib.SMTP("127.0.0.1", smtp_server.port) as connection:
        connection.send_message(a_mail())

    assert smtp_server.recipients == [["leader@gromada.example"]]
    assert [mail["Subject"] for mail in smtp_server.mails] == ["Zażółć gęślą jaźń"]
    assert smtp_server.mails[0].get_content() == "First line\r\n.\r\n..and a line that begins with points\r\n"


def test_a_recipient_can_be_refused(smtp_server):
    smtp_server.refuse["RCPT"] = "550 no such person"

    with (
        smtplib.SMTP("127.0.0.1", smtp_server.port) as connection,
        pytest.raises(smtplib.SMTPRecipientsRefused),
    ):
        connection.send_message(a_mail())

    assert smtp_server.mails == []


def test_the_server_can_hang_up_after_the_mail(smtp_server):
    smtp_server.refuse["DATA"] = ""

    with (
        pytest.raises(smtplib.SMTPServerDisconnected),
        smtplib.SMTP("127.0.0.1", smtp_server.port) as connection,
    ):
        connection.send_message(a_mail())

    assert smtp_server.mails == []
