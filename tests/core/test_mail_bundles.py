"""What can wait comes in one mail: nothing is left out, nothing comes twice."""

import dataclasses
from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from accounts.models import User
from core import mail, sending
from core.database import db
from core.mail import MailStatus, OutboxMail, stop_mails_to
from core.mail_bundles import compose_due
from core.mail_forgetting import due, forget_mails
from tests.support.at_once import at_once

CAN_WAIT = "accounts/mail/role_granted"


@pytest.fixture
def smtp(app, config, smtp_server, monkeypatch):
    settings = dataclasses.replace(
        config, smtp_host="127.0.0.1", smtp_port=smtp_server.port, smtp_security="none"
    )
    monkeypatch.setitem(app.config, "GROMADA", settings)
    return smtp_server


@pytest.fixture
def ewa(make):
    return make.user("Ewa Nowak", email="ewa@gromada.example")


def promise(person: User, *things: str, actor: object = None) -> None:
    for thing in things:
        mail.queue(
            person,
            CAN_WAIT,
            dedupe_key=f"{person.id}:{thing}",
            role=SimpleNamespace(label=thing),
            actor=actor,
        )
    db.session.commit()


def states() -> Sequence[tuple[str, MailStatus]]:
    db.session.rollback()
    rows = db.session.execute(select(OutboxMail.subject, OutboxMail.status).order_by(OutboxMail.id))
    return [(subject, status) for subject, status in rows]


def next_morning(clock):
    clock.tick(hours=24)
    compose_due()


def test_before_the_morning_nothing_goes_out(smtp, clock, ewa):
    promise(ewa, "one", "two")
    clock.tick(hours=18)

    assert (compose_due(), sending.send_due()) == (0, 0)


def test_three_things_come_in_one_mail_with_everything_in_it(smtp, clock, ewa):
    promise(ewa, "reader", "writer", "judge")
    next_morning(clock)

    assert (sending.send_due(), sending.send_due(), compose_due()) == (1, 0, 0)
    (arrived,) = smtp.mails
    text, html = (part.get_content().replace("\r\n", "\n") for part in arrived.iter_parts())
    assert arrived["Subject"] == "3 things from the programme, first: Your new role: reader"
    assert text.count("Good morning") == 1
    for number, thing in enumerate(("reader", "writer", "judge"), 1):
        assert f"{number}. Your new role: {thing}\n------" in text
        assert f"You have a new role in the programme: {thing}." in text
        assert f">{number}. Your new role: {thing}</h2>" in html
    assert text.count("http://localhost/sign-in\n") == 3
    assert "http://localhost/account#mails" in text
    assert [status for _, status in states()] == [MailStatus.SENT] * 4


def test_a_single_thing_comes_as_itself(smtp, clock, ewa):
    promise(ewa, "reader")
    next_morning(clock)
    sending.send_due()

    assert [mail["Subject"] for mail in smtp.mails] == ["Your new role: reader"]


def test_what_is_promised_in_the_morning_after_it_comes_the_next_day(smtp, clock, ewa):
    promise(ewa, "one", "two")
    next_morning(clock)
    promise(ewa, "three")
    sending.send_due()
    assert (compose_due(), len(smtp.mails)) == (0, 1)

    next_morning(clock)
    sending.send_due()

    assert [mail["Subject"] for mail in smtp.mails[1:]] == ["Your new role: three"]


def test_after_days_without_the_job_there_is_one_mail_and_not_one_for_each_day(smtp, clock, ewa):
    for day in ("one", "two", "three"):
        promise(ewa, day)
        clock.tick(hours=24)
    compose_due()
    sending.send_due()

    assert [mail["Subject"].partition(":")[0] for mail in smtp.mails] == [
        "3 things from the programme, first"
    ]


def test_everybody_gets_their_own_in_their_own_language(smtp, clock, make, ewa):
    other = make.user("Jan Kowal", email="jan@gromada.example", language="pl")
    promise(ewa, "one", "two")
    promise(other, "three", "four")
    next_morning(clock)
    sending.send_due()

    said = {mail["To"].addresses[0].addr_spec: str(mail.get_body().get_content()) for mail in smtp.mails}
    assert set(said) == {"ewa@gromada.example", "jan@gromada.example"}
    assert "three" in said["jan@gromada.example"]
    assert "three" not in said["ewa@gromada.example"]
    assert said["ewa@gromada.example"].count("Good morning") == 1
    assert said["jan@gromada.example"].count("Dzień dobry") == 1
    assert {mail["Content-Language"] for mail in smtp.mails} == {"en", "pl"}


def test_answers_go_to_the_one_who_caused_all_of_it_else_to_the_office(smtp, clock, make, ewa):
    one, other = make.user("One"), make.user("Other")
    promise(ewa, "a", "b", actor=one)
    next_morning(clock)
    promise(ewa, "c", actor=one)
    promise(ewa, "d", actor=other)
    next_morning(clock)
    sending.send_due()

    assert [str(mail["Reply-To"]) for mail in smtp.mails] == [one.email, mail.the_post().office_address()]


def test_it_goes_to_the_address_of_that_morning(smtp, clock, ewa):
    promise(ewa, "one", "two")
    ewa.notification_email = "new@gromada.example"
    db.session.commit()
    next_morning(clock)
    sending.send_due()

    assert smtp.recipients == [["new@gromada.example"]]


def test_whoever_was_suspended_meanwhile_gets_nothing_and_the_mails_say_so(smtp, clock, ewa):
    promise(ewa, "one", "two")
    ewa.is_active = False
    db.session.commit()
    next_morning(clock)

    assert sending.send_due() == 0
    assert [status for _, status in states()] == [MailStatus.STOPPED] * 2


def test_two_jobs_at_one_moment_make_one_bundle(app, clock, ewa):
    promise(ewa, "one", "two", "three")
    clock.tick(hours=24)

    at_once(app, compose_due, compose_due, moment=clock.now)

    assert [status for _, status in states()] == [MailStatus.BUNDLED] * 3 + [MailStatus.QUEUED]


def test_a_bundle_that_is_refused_says_so_of_itself_and_its_parts_are_kept(smtp, clock, ewa):
    promise(ewa, "one", "two")
    next_morning(clock)
    smtp.refuse["RCPT"] = "550 no such person"
    sending.send_due()

    assert [status for _, status in states()] == [MailStatus.BUNDLED, MailStatus.BUNDLED, MailStatus.FAILED]


def test_parts_of_a_bundle_that_never_goes_out_are_emptied_after_a_year_and_those_of_one_that_waits_are_not(
    clock, make, ewa
):
    jan = make.user("Jan Kowal", email="jan@gromada.example")
    for person in (ewa, jan):
        promise(person, "one", "two")
    next_morning(clock)
    stop_mails_to(ewa.id)
    db.session.commit()
    clock.tick(days=366)

    assert due() == 3
    assert forget_mails() == "3 emptied"

    left = db.session.scalars(select(OutboxMail.recipient_id).where(OutboxMail.body != "")).all()
    assert left == [jan.id] * 3
