"""Mail against a real server: everything promised arrives, once if that can be, and says what it should."""

import dataclasses
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from core import mail, sending
from core.database import db
from core.mail import MailStatus, OutboxMail
from tests.support.processes import free_port

TEMPLATE = "accounts/mail/password_changed"


@dataclasses.dataclass(frozen=True)
class Recipient:
    mail_address: str = "leader@gromada.example"
    mail_name: str = "Żaneta Gęś"
    mail_language: str = "en"


@pytest.fixture
def smtp(app, config, smtp_server, monkeypatch):
    """The mail server, and the application set to send through it."""
    use_server(app, config, monkeypatch, port=smtp_server.port)
    return smtp_server


def use_server(app, config, monkeypatch, *, port):
    settings = dataclasses.replace(config, smtp_host="127.0.0.1", smtp_port=port, smtp_security="none")
    monkeypatch.setitem(app.config, "GROMADA", settings)


def promise(key="first", recipient=None, **details):
    mail.queue(recipient or Recipient(), TEMPLATE, dedupe_key=key, **details)
    db.session.commit()


def promise_raw(key="raw", **changes):
    """A mail as an unlucky caller may have made it."""
    promise(key)
    db.session.execute(update(OutboxMail).where(OutboxMail.dedupe_key == key).values(**changes))
    db.session.commit()


def the_mail(key="first"):
    db.session.rollback()
    return db.session.query(OutboxMail).filter_by(dedupe_key=key).one()


# --- What is promised ------------------------------------------------------------------------------------


def test_a_promise_is_kept_for_the_recipient_in_their_language(app, outbox):
    mail.queue(Recipient(mail_language="en"), TEMPLATE, dedupe_key="changed:1")

    (promised,) = outbox()

    assert promised.subject == "Your password was changed"
    assert promised.to_address == "leader@gromada.example"
    assert promised.language == "en"
    assert promised.status is MailStatus.QUEUED
    assert "http://localhost/forgot-password" in promised.body


def test_the_same_promise_twice_is_one_mail(app, outbox):
    promise("changed:1")
    promise("changed:1")

    assert [promised.dedupe_key for promised in outbox()] == ["changed:1"]


def test_a_change_that_is_rolled_back_leaves_no_mail(app, outbox):
    mail.queue(Recipient(), TEMPLATE, dedupe_key="changed:1")
    db.session.rollback()

    assert outbox() == []


def test_links_begin_with_our_own_address_whatever_host_is_asked(app):
    with app.test_request_context("/", base_url="http://evil.example"):
        link = mail.link_to("accounts.new_password", token="abc")

    assert link == "http://localhost/new-password/abc"


def test_only_our_own_addresses_become_links_and_nothing_becomes_markup(app):
    written = OutboxMail(body="<b>See</b> http://localhost/people\nnot http://evil.example/x\n\n- one\n- two")

    assert str(written.html) == (
        '<p>&lt;b&gt;See&lt;/b&gt; <a href="http://localhost/people">http://localhost/people</a>'
        "<br>not http://evil.example/x</p>\n<ul><li>one</li><li>two</li></ul>"
    )


def test_a_line_that_is_set_in_belongs_to_the_item_above_and_dashes_below_a_line_make_a_heading(app):
    written = OutboxMail(body="1. Remarks\n----------\n\n- one\n  more of it\n- two")

    assert str(written.html) == "<h2>1. Remarks</h2>\n<ul><li>one<br>more of it</li><li>two</li></ul>"


# --- What arrives ----------------------------------------------------------------------------------------


def test_a_mail_arrives_as_text_and_as_html(smtp):
    promise()

    assert sending.send_due() == 1
    (arrived,) = smtp.mails
    text, html = (part.get_content() for part in arrived.iter_parts())
    assert arrived["Subject"] == "Your password was changed"
    assert arrived["To"] == "Żaneta Gęś <leader@gromada.example>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert text.startswith("Good morning, Żaneta Gęś,")
    assert '<html lang="en">' in html
    assert "Municipal partnerships for digital education" in html
    assert the_mail().status is MailStatus.SENT


def test_what_was_sent_is_not_sent_again(smtp):
    promise()
    sending.send_due()

    assert sending.send_due() == 0
    assert len(smtp.mails) == 1


def test_a_repeat_of_one_mail_has_the_same_message_id_and_another_mail_another(smtp):
    promise("first")
    promise("second")
    sending.send_due()
    db.session.execute(update(OutboxMail).values(status=MailStatus.QUEUED))
    db.session.commit()
    sending.send_due()

    first, second, again_first, again_second = (arrived["Message-ID"] for arrived in smtp.mails)

    assert (first, second) == (again_first, again_second)
    assert first != second
    assert first.endswith("@gromada.example>")


def test_without_a_mail_server_mails_wait(app):
    promise()

    assert sending.send_due() == 0
    assert the_mail().attempts == 0


# --- What goes wrong -------------------------------------------------------------------------------------


def test_a_temporary_refusal_is_tried_again_after_growing_pauses(smtp, clock):
    promise()
    smtp.refuse["RCPT"] = "450 try later"
    pauses = []
    for _ in range(7):
        sending.send_due()
        pauses.append(the_mail().next_attempt_at - clock.now)
        clock.move_to(the_mail().next_attempt_at)

    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 10, 10, 10)]
    smtp.refuse.clear()
    assert sending.send_due() == 1


def test_before_its_time_a_mail_is_not_tried_again(smtp, clock):
    promise()
    smtp.refuse["RCPT"] = "450 try later"
    sending.send_due()
    smtp.refuse.clear()
    clock.tick(seconds=59)

    assert sending.send_due() == 0


def test_after_two_days_of_refusals_it_is_given_up(smtp, clock):
    promise()
    smtp.refuse["RCPT"] = "450 try later"
    began = clock.now
    while clock.now - began <= timedelta(days=2):
        sending.send_due()
        assert the_mail().status is MailStatus.QUEUED
        clock.tick(hours=3)
    sending.send_due()

    assert the_mail().status is MailStatus.FAILED


def test_an_old_mail_is_still_tried_when_nothing_was_sent_for_days(smtp, clock):
    promise()
    clock.tick(days=5)
    smtp.refuse["RCPT"] = "450 try later"
    sending.send_due()

    assert the_mail().status is MailStatus.QUEUED


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_a_refusal_for_good_ends_it_at_once(smtp, command):
    promise()
    smtp.refuse[command] = "550 no such person"
    sending.send_due()

    assert the_mail().status is MailStatus.FAILED
    assert the_mail().attempts == 1
    assert "no such person" in the_mail().last_error


def test_a_refusal_of_the_sender_is_our_fault_and_tried_again(smtp):
    promise()
    smtp.refuse["MAIL"] = "550 who are you"
    sending.send_due()

    assert the_mail().status is MailStatus.QUEUED


def test_a_dead_server_costs_no_mail_an_attempt_and_everything_goes_out_after_it(
    app, config, monkeypatch, clock
):
    for key in ("first", "second"):
        promise(key, Recipient(mail_address=f"{key}@gromada.example"))
    use_server(app, config, monkeypatch, port=free_port())
    ended = clock.now + timedelta(hours=72)
    while clock.now < ended:
        sending.send_due()
        clock.tick(hours=1)

    assert [(the_mail(key).attempts, the_mail(key).status) for key in ("first", "second")] == [
        (0, MailStatus.QUEUED),
        (0, MailStatus.QUEUED),
    ]
    assert "ConnectionRefusedError" in the_mail().last_error


def test_all_is_out_soon_after_a_server_comes_back(smtp, app, config, monkeypatch, clock):
    promise()
    working = app.config["GROMADA"]
    use_server(app, config, monkeypatch, port=free_port())
    sending.send_due()
    monkeypatch.setitem(app.config, "GROMADA", working)
    clock.tick(minutes=1)

    assert sending.send_due() == 1


def test_a_server_that_hangs_up_after_the_mail_gets_it_again_under_the_same_id(smtp, clock):
    promise()
    smtp.refuse["DATA"] = ""
    sending.send_due()
    assert the_mail().status is MailStatus.QUEUED
    smtp.refuse.clear()
    clock.tick(minutes=1)

    sending.send_due()

    assert the_mail().status is MailStatus.SENT
    assert len(smtp.mails) == 1


def test_what_is_stopped_while_others_go_out_before_it_does_not_go_out(smtp, make, monkeypatch):
    person = make.user("Ewa Nowak")
    promise("first")
    promise("second", person)
    connect = sending.connect

    def while_it_connects(config):
        mail.stop_mails_to(person.id)
        db.session.commit()
        return connect(config)

    monkeypatch.setattr(sending, "connect", while_it_connects)

    assert sending.send_due() == 1
    assert [str(arrived["To"]) for arrived in smtp.mails] == ["Żaneta Gęś <leader@gromada.example>"]
    assert the_mail("second").status is MailStatus.STOPPED


def test_a_mail_behind_one_to_the_same_person_waits_and_others_do_not(smtp, clock):
    promise("first")
    smtp.refuse["RCPT"] = "450 try later"
    sending.send_due()
    smtp.refuse.clear()
    promise("second")
    promise("other", Recipient(mail_address="other@gromada.example"))

    sending.send_due()
    assert [arrived["To"] for arrived in smtp.mails] == ["Żaneta Gęś <other@gromada.example>"]
    clock.tick(minutes=1)
    sending.send_due()

    assert smtp.recipients == [["other@gromada.example"], *[["leader@gromada.example"]] * 2]


# --- What people try -------------------------------------------------------------------------------------

HEADERS = {
    "MIME-Version", "Subject", "From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted", "Content-Language",
    "Content-Type",
}  # fmt: skip


@pytest.mark.parametrize(
    "injected",
    [
        "Ewa\r\nBcc: everybody@gromada.example",
        "Ewa\nBcc: everybody@gromada.example",
        "Ewa\r\n\r\nanother body",
        "=?utf-8?q?Ewa=0D=0ABcc=3A_everybody=40gromada=2Eexample?=",
        "Ewa\u2028Bcc: everybody@gromada.example",
        "x" * 5000,
    ],
)
def test_no_name_becomes_a_header_or_a_recipient(smtp, injected):
    promise(recipient=Recipient(mail_name=injected), reply_to="office@gromada.example")

    sending.send_due()

    (arrived,) = smtp.mails
    assert set(arrived.keys()) == HEADERS
    assert len(arrived["To"].addresses) == 1
    assert smtp.recipients == [["leader@gromada.example"]]


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example,c@d.example",
        "a@b.example\r\nRCPT TO:<c@d.example>",
        "<a@b.example> c@d.example",
        "nobody",
        "",
    ],
)
def test_what_is_not_one_address_receives_nothing_and_holds_nobody_up(smtp, address):
    promise_raw("bad", to_address=address)
    promise("good")

    sending.send_due()

    assert the_mail("bad").status is MailStatus.FAILED
    assert smtp.recipients == [["leader@gromada.example"]]


def test_an_address_in_letters_of_our_own_is_reached_by_its_domain(smtp):
    promise(recipient=Recipient(mail_address="biuro@xn--d-uga0v4h.example"))

    sending.send_due()

    assert smtp.recipients == [["biuro@xn--d-uga0v4h.example"]]


@pytest.mark.parametrize(
    "title", ["Plan\r\nBcc: everybody@gromada.example", "=?utf-8?q?Plan=0D=0ABcc=3A?=", "x" * 5000]
)
def test_a_subject_stays_one_short_line(smtp, title):
    role = SimpleNamespace(label=title)
    mail.queue(Recipient(), "accounts/mail/role_granted", dedupe_key="role", role=role, actor=None)
    db.session.commit()

    sending.send_due()

    (arrived,) = smtp.mails
    assert set(arrived.keys()) == HEADERS
    assert arrived["Subject"] == f"Your new role: {title}".replace("=?", "= ?").splitlines()[0][:200]
    assert smtp.recipients == [["leader@gromada.example"]]
