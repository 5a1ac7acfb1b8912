"""Mails in the partnership's file: all that went out about it, and nothing that was not meant for its readers."""

from datetime import date

import pytest

from animators.advice.services.requests import Question, ask
from animators.consultations.models import Channel
from core.database import db
from core.mail import MailStatus, OutboxMail
from core.mail_forgetting import KEPT, forget_mails
from core.uploads import SentFile
from dossier.collecting import file_of
from municipalities.models import MunicipalityChange
from municipalities.workflow import ChangeKind
from office.letters.services import draft_letter, send_letter, try_letter
from office.reminding import lacking
from partnerships.changes.succession import Course
from partnerships.models import LeaderTerm
from partnerships.notices import tell_followed
from plans.notices import tell_review_moved
from plans.workflow import PlanStatus
from tests.support.documents import pdf

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def partnership(make):
    return make.partnership("Together", leader=make.user("Anna Lis"))


def sent() -> None:
    db.session.query(OutboxMail).update({"status": MailStatus.SENT})
    db.session.commit()


def mails_in_file(partnership, reader) -> dict[str, bytes]:
    return {one.name: one.data for one in file_of(partnership, reader) if one.folder == "05-mails"}


def test_the_phone_of_who_asked_for_advice_stays_with_who_advised(make, partnership, visit):
    leader, successor = partnership.leader(TODAY), make.user("Ewa Maj")
    leader.phone = "600 100 200"
    asked = Question(topic="annual_plan", question="How many?", channel=Channel.PHONE)
    ask(partnership, asked, key="k", actor=leader)
    db.session.get_one(LeaderTerm, partnership.terms[0].id).ends_on = date(2026, 4, 14)
    make.term(partnership, successor, starts_on=TODAY, kind=partnership.terms[0].kind)
    sent()
    db.session.expire_all()

    mails = b"".join(mails_in_file(partnership, successor).values()).decode("utf-8-sig")

    assert "How many?" in mails
    assert "600 100 200" not in mails
    assert "600 100 200" in "".join(one.body for one in db.session.query(OutboxMail))


def test_what_went_along_with_a_letter_lies_beside_it(make, partnership):
    office, data = make.office(), pdf(words="Programme")
    letter = draft_letter(
        subject="About it", body="Good morning", files=[SentFile("program.pdf", data)],
        partnership_ids=[partnership.id], actor=office,
    )  # fmt: skip
    send_letter(letter, actor=office)
    sent()

    mails = mails_in_file(partnership, partnership.leader(TODAY))

    assert [name.partition("-")[2].split("-", 3)[-1] for name in mails] == ["about-it.txt", "program.pdf"]
    assert data in mails.values()


def test_a_letter_that_its_writer_only_tried_is_in_nobodys_file(make, partnership):
    office = make.office()
    letter = draft_letter(
        subject="Not yet decided", body="Draft", files=[], partnership_ids=[partnership.id], actor=office
    )
    (one,) = lacking([partnership.id])
    try_letter(letter, one, actor=office)
    sent()

    assert db.session.query(OutboxMail).filter_by(to_address=office.mail_address).count() == 1
    assert mails_in_file(partnership, partnership.leader(TODAY)) == {}


def test_that_a_review_went_over_to_the_animator_is_in_the_file_of_the_partnership(make, partnership):
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=partnership)
    db.session.query(OutboxMail).delete()
    tell_review_moved(version, make.animator("Jan Wilk"))
    sent()

    (mail,) = mails_in_file(partnership, partnership.leader(TODAY)).values()

    assert "Jan Wilk" in mail.decode("utf-8-sig")


def test_what_became_of_it_as_municipalities_changed_is_in_the_file_of_the_partnership(make, partnership):
    merged = make.partnership("Apart")
    change = MunicipalityChange(id=1, kind=ChangeKind.MERGE, effective_on=TODAY, row_version=1)
    course = Course(successor=partnership, merged=[merged])
    tell_followed(change, course, [merged.leader(TODAY)], actor=make.office())
    sent()

    mails = mails_in_file(partnership, partnership.leader(TODAY)).values()

    assert len(mails) == 2
    assert all("Merged into it: Apart." in mail.decode("utf-8-sig") for mail in mails)


def test_of_a_mail_of_long_ago_the_file_says_that_its_words_are_gone(make, partnership, clock):
    asked = Question(topic="annual_plan", question="How many?", channel=Channel.PHONE)
    ask(partnership, asked, key="k", actor=partnership.leader(TODAY))
    sent()
    clock.tick(days=KEPT.days + 1)
    forget_mails()

    (mail,) = mails_in_file(partnership, make.office()).values()

    text = mail.decode("utf-8-sig")
    assert "<>" not in text
    assert "are no longer kept" in text
