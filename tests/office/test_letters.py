"""Letters to the leaders of many municipalities: one mail each, looked at before, kept with every partnership."""

import re

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from core.mail import OutboxFile, OutboxMail
from core.mail_text import as_html
from core.sending import as_message
from office.letters.models import Letter, LetterDelivery
from tests.make import Make
from tests.support.documents import pdf
from tests.support.forms import Upload
from tests.visit import Page, Visits

TEXT = "Good morning {{leader}},\n\n{{ gmina }} stands at {{tasks}}.\n\n{{missing}}"


@pytest.fixture
def office(make: Make):
    person = make.office()
    person.language = "en"
    db.session.commit()
    return person


@pytest.fixture
def partnerships(make: Make):
    """Two with a leader, one without."""
    found = [
        make.partnership(municipality=make.municipality(name), leader=make.user(leader))
        for name, leader in (("Łąki", "Zenon Wilk"), ("Żary", "Łucja Śliwa"))
    ]
    return [*found, make.partnership(municipality=make.municipality("Brody"), led=False)]


def drafted(
    visit: Visits, office, *, subject: str = "About {{municipality}}", body: str = TEXT, **files
) -> Page:
    page = visit(as_=office).open("/office/board/write?whole=1")
    return page.submit("See how it reads", subject=subject, body=body, **files)


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.to_name)))


def test_each_leader_gets_one_mail_with_their_own_words(visit: Visits, office, partnerships):
    page = drafted(visit, office)

    after = page.submit("Send 2 mails")

    assert "2 mails go out." in after.text
    assert [(one.to_name, one.subject, one.reply_to) for one in mails()] == [
        ("Zenon Wilk", "About Łąki", office.email),
        ("Łucja Śliwa", "About Żary", office.email),
    ]
    assert "Good morning Zenon Wilk,\n\nŁąki stands at 0 of 7." in mails()[0].body


def test_the_page_before_sending_shows_each_reader_what_they_will_read(visit: Visits, office, partnerships):
    page = drafted(visit, office)
    first = page.tree.xpath("//div[contains(@class, 'letter')]")[0].text_content()

    other = visit(as_=office).open(f"{page.url}?partnership={partnerships[1].id}")

    assert "About Łąki" in first
    assert "Good morning Zenon Wilk," in first
    assert "Good morning Łucja Śliwa," in other.text
    assert mails() == []


def test_a_test_goes_to_the_writer_alone(visit: Visits, office, partnerships):
    drafted(visit, office).submit("Send a test to me")

    assert [(one.to_address, one.subject) for one in mails()] == [(office.email, "Test: About Łąki")]
    assert db.session.scalars(select(Letter)).one().is_draft


def test_a_letter_is_sent_once(visit: Visits, office, partnerships):
    page = drafted(visit, office)
    form = page.form("Send 2 mails")
    page.submit("Send 2 mails")

    again = page.visitor.send(form, expect=409)

    assert "This letter has been sent" in again.text
    assert len(mails()) == 2


def test_it_is_read_again_on_the_partnerships_page_and_stands_in_its_history(
    visit: Visits, office, partnerships
):
    drafted(visit, office).submit("Send 2 mails")
    leader = partnerships[0].terms[0].user
    leader.language = "en"
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnerships[0].id}/letters")
    history = visit(as_=leader).open(f"/partnerships/{partnerships[0].id}/history")

    assert "About Łąki" in page.text
    assert "Good morning Zenon Wilk," in page.text
    assert "Łucja" not in page.text
    assert "The programme office wrote to the leader" in history.text
    assert "About Łąki" in history.text
    visit(as_=leader).open(f"/partnerships/{partnerships[1].id}/letters", expect=404)


def test_files_go_along_and_are_kept(visit: Visits, office, partnerships, app):
    data = pdf(words="Program")
    page = drafted(visit, office, file_1=Upload(data, "program.pdf"))
    page.submit("Send 2 mails")
    leader = partnerships[0].terms[0].user

    letters = visit(as_=leader).open(f"/partnerships/{partnerships[0].id}/letters")
    kept = visit(as_=leader).open(letters.links["program.pdf"]).data
    message = as_message(mails()[0], app.config["GROMADA"])

    attached = [(one.get_filename(), one.get_content()) for one in message.iter_attachments()]
    assert attached == [("program.pdf", data)]
    assert kept == data
    assert len(db.session.scalars(select(OutboxFile.file_id).distinct()).all()) == 1


def test_a_file_is_judged_by_its_content(visit: Visits, office, partnerships):
    page = visit(as_=office).open("/office/board/write?whole=1")

    refused = page.submit(
        "See how it reads", expect=422, subject="S", body="B", file_1=Upload(b"<html><script>", "a.pdf")
    )

    assert "its content is a web page" in refused.text
    assert db.session.scalars(select(Letter)).all() == []


def test_files_too_large_for_a_letter_are_refused_with_the_limit_of_one(visit: Visits, office, partnerships):
    large = pdf() + b" " * 16 * 1024 * 1024

    page = visit(as_=office).open("/office/board/write?whole=1")
    page = page.submit("See how it reads", expect=413, subject="S", body="B", file_1=Upload(large, "a.pdf"))

    assert "Send files of at most 5 MB each and 15 MB together." in page.text


@pytest.mark.parametrize(
    ("subject", "body", "said"),
    [
        ("Hello", "{{password}}", "There is no such placeholder: {{password}}."),
        ("{{ 7*7 }}", "Text", "There is no such placeholder: {{ 7*7 }}."),
        ("{{config.SECRET_KEY}}", "Text", "There is no such placeholder: {{config.SECRET_KEY}}."),
        ("{{missing}}", "Text", "it belongs in the text"),
    ],
)
def test_only_what_is_on_the_list_is_filled_in(visit: Visits, office, partnerships, subject, body, said):
    page = visit(as_=office).open("/office/board/write?whole=1")

    refused = page.submit("See how it reads", expect=422, subject=subject, body=body)

    assert said in refused.text


def test_what_looks_like_markup_or_a_placeholder_in_a_name_stays_text(visit: Visits, office, make: Make):
    name = "<script>alert(1)</script> {{animator}} {% raw %}"
    make.partnership(municipality=make.municipality("Łąki"), leader=make.user(name))

    page = drafted(visit, office, body="For {{leader}} <b>bold</b>")
    page.submit("Send one mail")

    mail = mails()[0]
    assert f"For {name} <b>bold</b>" in mail.body
    assert "<script>" not in str(as_html(mail.body))
    assert "&lt;script&gt;" in str(as_html(mail.body))
    assert not re.search(r"<script>alert|<b>bold", page.html)


def test_a_letter_to_nobody_is_refused(visit: Visits, office, make: Make):
    make.partnership(municipality=make.municipality("Brody"), led=False)

    page = drafted(visit, office)

    assert "Send one mail" not in page.buttons
    assert "nobody leads it today" in page.text


def test_a_draft_can_be_changed_and_thrown_away(visit: Visits, office, partnerships):
    page = drafted(visit, office, file_1=Upload(pdf(), "program.pdf"))
    letter = db.session.scalars(select(Letter)).one()
    removed = letter.files[0].id

    changed = page.follow("Change").submit("See how it reads", subject="New", body="Words", removed=[removed])
    assert "New" in changed.text
    assert "program.pdf" not in changed.text
    changed.submit("Throw away")

    assert db.session.scalars(select(Letter)).all() == []
    assert db.session.scalars(select(LetterDelivery)).all() == []


def test_whom_a_letter_goes_to_is_what_was_ticked(visit: Visits, office, partnerships):
    ticked = f"id={partnerships[1].id}&id={partnerships[2].id}"

    visit(as_=office).open(f"/office/board/write?{ticked}").submit(
        "See how it reads", subject="S", body="B"
    ).submit("Send one mail")

    assert [one.to_name for one in mails()] == ["Łucja Śliwa"]


def test_every_letter_is_in_the_history_of_its_own(visit: Visits, office, partnerships):
    drafted(visit, office).submit("Send 2 mails")

    events = db.session.scalars(
        select(AuditEvent.event).where(AuditEvent.event.startswith("letter.")).order_by(AuditEvent.id)
    ).all()
    assert events == ["letter.drafted", "letter.written_to", "letter.written_to", "letter.sent"]


def test_only_the_office_writes(visit: Visits, office, partnerships):
    page = drafted(visit, office)
    leader = partnerships[0].terms[0].user

    for address in ("/office/letters", "/office/board/write?whole=1", "/office/board/remind?whole=1"):
        visit(as_=leader).open(address, expect=403)
    visit(as_=leader).open(page.url, expect=403)


def test_a_long_list_of_readers_takes_no_more_queries(visit: Visits, office, make: Make, count_queries):
    for _ in range(3):
        make.partnership()
    few_page, counts = drafted(visit, office), []
    for _ in range(45):
        make.partnership()
    many_page = drafted(visit, office)

    for page in (few_page, many_page):
        with count_queries() as queries:
            page.visitor.open(page.url)
        counts.append(queries.count)

    assert counts[0] == counts[1], counts
