"""The outbox of the office: what waits, what went wrong, and what to do about it."""

import pytest
from sqlalchemy import select, update

from core import mail, mail_addresses, mail_forgetting, sending
from core.audit import AuditEvent
from core.database import db
from core.mail import MailStatus, OutboxMail
from core.mail_addresses import BouncedAddress

TEMPLATE = "accounts/mail/password_changed"


@pytest.fixture
def office(make):
    return make.office()


@pytest.fixture
def promise(make):
    """``promise("Ewa", status=...)``: a mail to somebody with an account."""

    def promised(name: str = "Ewa", *, status: MailStatus = MailStatus.QUEUED, key: str = "") -> OutboxMail:
        address = f"{name.lower()}@gromada.example"
        person = make.user(name, email=address) if not known(address) else known(address)
        mail.queue(person, TEMPLATE, dedupe_key=key or name)
        db.session.execute(
            update(OutboxMail).where(OutboxMail.dedupe_key == (key or name)).values(status=status)
        )
        db.session.commit()
        return db.session.scalars(select(OutboxMail).where(OutboxMail.dedupe_key == (key or name))).one()

    return promised


def known(address):
    from accounts.queries import person_by_email

    return person_by_email(address)


def reload(record):
    db.session.rollback()
    db.session.refresh(record)
    return record


def events():
    db.session.rollback()
    names = db.session.scalars(
        select(AuditEvent.event).where(AuditEvent.event.startswith("mail.")).order_by(AuditEvent.id)
    )
    return list(names)


def subjects(page):
    return [" ".join(each.text_content().split()) for each in page.tree.xpath("//tbody//td[1]")]


def test_the_list_is_narrowed_by_state_recipient_and_subject_and_counts_each_state(visit, office, promise):
    promise("Ewa", status=MailStatus.FAILED)
    promise("Jan", status=MailStatus.SENT)
    promise("Ola", status=MailStatus.SENT)
    visitor = visit(as_=office)

    shown = {
        question: subjects(visitor.open(f"/office/mail{question}"))
        for question in ("", "?state=failed", "?q=jan", "?q=PASSWORD+ola", "?q=nobody", "?state=x")
    }

    ewa, jan, ola = (f"{name}{name.lower()}@gromada.example" for name in ("Ewa", "Jan", "Ola"))
    assert shown == {
        "": [ola, jan, ewa], "?state=failed": [ewa], "?q=jan": [jan], "?q=PASSWORD+ola": [ola], "?q=nobody": [],
        "?state=x": [ola, jan, ewa],
    }  # fmt: skip
    counts = [
        each.text_content() for each in visitor.open("/office/mail").tree.xpath("//ul[@class='stages']//a")
    ]
    assert counts == ["Sent 2", "Could not be sent 1"]


@pytest.mark.parametrize("words", ["łucja", "ŁUCJA", "Żak", "żak"])
def test_a_name_is_found_in_small_letters_and_in_capitals(visit, office, make, words):
    mail.queue(make.user("Łucja Żak", email="lz@gromada.example"), TEMPLATE, dedupe_key="one")
    mail.queue(make.user("Jan Nowak"), TEMPLATE, dedupe_key="two")
    db.session.commit()

    assert subjects(visit(as_=office).open("/office/mail", q=words)) == ["Łucja Żaklz@gromada.example"]


def test_however_many_mails_there_are_the_page_asks_the_same(visit, office, promise, count_queries):
    visitor = visit(as_=office)
    figures = []
    for names in (("A",), ("B", "C", "D")):
        for name in names:
            promise(name)
            db.session.add(BouncedAddress(address=f"{name.lower()}@gromada.example"))
        db.session.commit()
        with count_queries() as queries:
            visitor.open("/office/mail")
        figures.append(queries.count)

    assert figures[0] == figures[1]


def test_opening_a_mail_is_remembered_and_shows_no_link_that_acts_for_its_reader(visit, office, make):
    secret = "s" * 43
    body = f"http://localhost/do/{secret} http://localhost/invitation/{secret} http://localhost/new-password/{secret}"
    kept = OutboxMail(
        dedupe_key="x",
        to_address="a@gromada.example",
        to_name="A",
        language="en",
        subject="Links",
        body=f"{body}\n",
    )
    db.session.add(kept)
    db.session.commit()

    page = visit(as_=office).open(f"/office/mail/{kept.id}")

    assert secret not in page.text
    assert "http://localhost/do/…" in page.text
    assert events() == ["mail.opened"]


def test_a_mail_about_what_only_a_leader_and_their_animator_share_is_not_shown(visit, office, promise):
    kept = promise()
    kept.template, kept.body = "plans/mail/feedback_given", "Between us\n"
    db.session.commit()

    page = visit(as_=office).open(f"/office/mail/{kept.id}")

    assert "Between us" not in page.text
    assert "Its text is shown to nobody else" in page.text


def test_what_failed_is_sent_again_to_the_address_of_today(visit, office, promise):
    kept = promise(status=MailStatus.FAILED)
    person = known("ewa@gromada.example")
    person.notification_email = "new@gromada.example"
    db.session.commit()

    visit(as_=office).open(f"/office/mail/{kept.id}").submit("Send it again")

    again = reload(kept)
    assert (again.status, again.to_address, again.attempts) == (MailStatus.QUEUED, "new@gromada.example", 0)
    assert events() == ["mail.opened", "mail.sent_again", "mail.opened"]


@pytest.mark.parametrize("status", [MailStatus.QUEUED, MailStatus.SENT, MailStatus.HELD])
def test_what_is_on_its_way_or_arrived_cannot_be_sent_again(visit, office, promise, status):
    kept, other = promise("Ewa", status=MailStatus.FAILED), promise("Jan")
    page = visit(as_=office).open(f"/office/mail/{kept.id}")
    kept.status = status
    db.session.commit()

    answer = page.submit("Send it again", expect=409)

    assert "there is nothing to send again" in answer.text
    assert (reload(kept).status, reload(other).status) == (status, MailStatus.QUEUED)


def test_what_was_emptied_after_a_year_is_neither_sent_again_nor_said_to_be_private(
    visit, office, promise, clock
):
    kept = promise(status=MailStatus.FAILED)
    visitor = visit(as_=office)
    before = visitor.open(f"/office/mail/{kept.id}")
    clock.tick(days=366)
    mail_forgetting.forget_mails()
    visitor = visit(as_=office)

    page = visitor.open(f"/office/mail/{kept.id}")

    assert {"Send it again", "It came back"} <= set(before.buttons)
    assert not {"Send it again", "It came back"} & set(page.buttons)
    assert "Emptied of words and addresses" in page.text
    assert "between a leader and their animator" not in page.text
    with pytest.raises(mail_addresses.MailForgotten):
        mail_addresses.send_again(kept, actor=office)
    with pytest.raises(mail_addresses.MailForgotten):
        mail_addresses.mark_bounced(kept, actor=office)


@pytest.mark.parametrize("status", [MailStatus.FAILED, MailStatus.BOUNCED, MailStatus.STOPPED])
def test_nothing_is_sent_again_to_whose_account_is_suspended(visit, office, promise, status):
    kept = promise(status=status)
    page = visit(as_=office).open(f"/office/mail/{kept.id}")
    person = known("ewa@gromada.example")
    person.is_active = False
    db.session.commit()

    refused = page.submit("Send it again", expect=409)

    assert "The account of this person is suspended" in refused.text
    assert reload(kept).status is status
    assert "Send it again" not in visit(as_=office).open(f"/office/mail/{kept.id}").buttons
    person.is_active = True
    db.session.commit()
    page.submit("Send it again")
    assert reload(kept).status is MailStatus.QUEUED


# --- What comes back -------------------------------------------------------------------------------------


@pytest.fixture
def smtp(app, config, smtp_server, monkeypatch):
    import dataclasses

    settings = dataclasses.replace(
        config, smtp_host="127.0.0.1", smtp_port=smtp_server.port, smtp_security="none"
    )
    monkeypatch.setitem(app.config, "GROMADA", settings)
    return smtp_server


def test_after_a_bounce_mails_to_that_address_wait_until_somebody_says_that_it_works(
    visit, office, promise, smtp
):
    came_back = promise()
    sending.send_due()
    visitor = visit(as_=office)

    visitor.open(f"/office/mail/{came_back.id}").submit("It came back")
    waiting, other = promise("Ewa", key="second"), promise("Jan")
    sending.send_due()

    assert [reload(one).status for one in (came_back, waiting, other)] == [
        MailStatus.BOUNCED, MailStatus.QUEUED, MailStatus.SENT,
    ]  # fmt: skip
    page = visitor.open("/office/mail")
    assert "1 mail waits" in page.text
    assert "Address came back" in page.text
    page.submit("It works again")
    assert sending.send_due() == 1
    assert reload(waiting).status is MailStatus.SENT
    assert db.session.scalars(select(BouncedAddress)).all() == []


def test_when_the_address_is_corrected_what_waited_goes_to_the_new_one(visit, office, promise, smtp):
    came_back = promise()
    sending.send_due()
    visitor = visit(as_=office)
    visitor.open(f"/office/mail/{came_back.id}").submit("It came back")
    waiting = promise("Ewa", key="second")
    person = known("ewa@gromada.example")

    page = visitor.open(f"/people/{person.id}")
    assert "Mail to this person came back" in page.text
    done = page.submit("Correct the address", notification_email="new@gromada.example")

    assert "Mails that waited are on their way." in done.text
    assert "Mail to this person came back" not in done.text
    assert (sending.send_due(), reload(waiting).to_address) == (1, "new@gromada.example")


def test_the_person_learns_on_the_account_page_that_mail_came_back(visit, make):
    person = make.user(email="ewa@gromada.example")
    db.session.add(BouncedAddress(address="ewa@gromada.example"))
    db.session.commit()

    assert "came back" in visit(as_=person).open("/account").text


def test_whoever_reads_the_mailbox_notes_a_bounce_by_command(app, promise):
    came_back = promise(status=MailStatus.SENT)
    runner = app.test_cli_runner()

    noted = runner.invoke(args=["mail", "bounced", "EWA@gromada.example", "--reason", "550 gone"])
    unknown = runner.invoke(args=["mail", "bounced", "nobody@gromada.example"])

    assert noted.output == "nothing is sent to EWA@gromada.example until it is corrected or cleared\n"
    assert reload(came_back).status is MailStatus.BOUNCED
    kept = db.session.scalars(select(BouncedAddress)).one()
    assert (kept.address, kept.reason) == ("ewa@gromada.example", "550 gone")
    assert (unknown.exit_code, "No mail was ever sent to this address" in unknown.output) == (1, True)


def test_no_address_stands_in_the_lasting_part_of_the_history(visit, office, promise):
    came_back = promise(status=MailStatus.SENT)
    visit(as_=office).open(f"/office/mail/{came_back.id}").submit("It came back")

    db.session.rollback()
    data = db.session.scalars(select(AuditEvent.data).where(AuditEvent.event == "mail.bounced")).one()
    assert "gromada.example" not in str(data)


# --- How every mail reads --------------------------------------------------------------------------------


def test_every_mail_is_listed_and_shown_in_each_language(visit, office):
    visitor = visit(as_=office)

    listed = visitor.open("/office/mail/templates")
    page = visitor.open("/office/mail/templates/plans.returned")

    assert "plans/mail/returned" in listed.text
    assert "Lipowa Dolina: your plan was returned for changes" in page.text
    assert [part.get("lang") for part in page.tree.xpath("//div[@lang]")] == ["pl", "en"]
    assert "Remarks:" in page.text
    assert "Uwagi:" in page.text


def test_a_mail_program_s_view_brings_its_own_styles_and_runs_nothing(visit, office):
    answer = visit(as_=office).open("/office/mail/templates/plans.returned/en.html")

    policy = answer.response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "sandbox" in policy


def test_nothing_else_is_a_template(visit, office):
    visitor = visit(as_=office)

    for path in ("plans.nothing", "..", "plans.returned/xx.html"):
        visitor.open(f"/office/mail/templates/{path}", expect=404)
