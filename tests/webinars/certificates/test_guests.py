"""Certificates of guests: by a link in a mail as long as their name is kept, checked by their initials ever after."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.database import db
from tests.support.at_once import at_once
from tests.support.documents import text_of_pdf
from tests.webinars.attendance.conftest import WAS, guest_of, held, office, report_of
from webinars.attendance import reports
from webinars.certificates import jobs, services
from webinars.certificates.models import Certificate
from webinars.models import Webinar
from webinars.registrations import guest_links
from webinars.registrations import jobs as registrations
from webinars.registrations.models import LinkPurpose, WebinarRegistration

__all__ = ["held", "office"]

EMAIL, NAME = "zofia@klub.example", "Zofia Maria Ćwiek"
ENDS = WAS + timedelta(minutes=90)


@pytest.fixture
def came(held, office):
    """``came(60)``: the report of the platform knows a guest's address; a second one corrects it."""
    webinar: Webinar = held()
    guest_of(webinar, NAME, EMAIL)

    def save(minutes: int) -> Webinar:
        report = reports.take_in(webinar, report_of(("zosia", EMAIL, minutes)), actor=office)
        reports.save(report, actor=office)
        db.session.commit()
        return webinar

    return save


@pytest.fixture
def link(came, outbox):
    """The page in the mail about a certificate."""
    came(60)
    assert jobs.issue_certificates() == "1 issued"
    return link_in(outbox())


def link_in(mails) -> str:
    found = re.search(r"http://localhost(/en/certificates/yours/\S+)", mails[-1].body)
    assert found
    return found[1]


def only() -> Certificate:
    db.session.expire_all()
    return db.session.scalars(select(Certificate)).one()


# --- Issued ------------------------------------------------------------------------------------------------


def test_a_guest_known_by_their_address_is_told_once(came, outbox):
    came(60)

    assert [jobs.issue_certificates() for _turn in range(2)] == ["1 issued", "0 issued"]

    [mail] = outbox()
    assert (mail.to_address, mail.subject) == (EMAIL, "Your certificate: Bezpieczne hasła")
    assert "The link works until 14 May 2026." in mail.body
    assert (only().user_id, only().guest_initials, only().minutes) == (None, "ZĆ", 60)


def test_a_guest_who_left_too_early_gets_none(came):
    came(44)

    assert jobs.issue_certificates() == "0 issued"


def test_whose_name_is_forgotten_before_attendance_is_settled_gets_none(came, clock):
    came(60)
    clock.move_to(ENDS + timedelta(days=31))
    registrations.forget()

    assert jobs.issue_certificates() == "0 issued"


def test_two_jobs_at_once_issue_one(app, came, outbox):
    came(60)
    seat_id = db.session.scalars(select(WebinarRegistration.id)).one()

    def issue() -> str:
        seat = db.session.get_one(WebinarRegistration, seat_id)
        return "none" if services.issue_to_guest(seat) is None else "issued"

    assert at_once(app, issue, issue) == ["issued", "none"]
    assert len(outbox()) == 1


# --- The link ----------------------------------------------------------------------------------------------


def test_the_link_opens_a_page_with_the_paper_in_their_name(visit, link):
    page = visit().open(link)

    assert NAME in page.text
    paper = page.visitor.open(page.links["Download the certificate (PDF)"])
    assert paper.data.startswith(b"%PDF")
    assert "ZofiaMariaĆwiek" in "".join(text_of_pdf(paper.data).split())


def test_anybody_who_checks_it_sees_initials_only(visit, link):
    page = visit().open(f"/en/certificates/{only().token}")

    assert "This certificate is valid" in page.text
    assert "ZĆ" in page.text
    assert not [word for word in ("Zofia", "Ćwiek", EMAIL) if word in page.html]


def test_thirty_days_after_the_webinar_name_and_link_are_gone_and_the_check_stays(visit, link, clock):
    clock.move_to(ENDS + timedelta(days=30))
    visit().open(link, expect=410)
    registrations.forget()

    visit().open(link, expect=404)
    page = visit().open(f"/en/certificates/{only().token}")
    assert "This certificate is valid" in page.text
    assert "ZĆ" in page.text
    assert only().name is None


def test_a_corrected_report_leads_the_same_link_to_the_right_paper(visit, came, link, outbox):
    came(70)
    assert "This certificate cannot be opened any more" in visit().open(link, expect=410).text
    assert jobs.issue_certificates() == "1 issued"

    assert "70 minutes" in visit().open(link).text
    assert "70 minutes" in visit().open(link_in(outbox())).text


def test_what_the_office_revokes_is_neither_opened_nor_issued_again(visit, office, link):
    page = visit(as_=office).open(f"/office/webinars/{only().webinar_id}/attendance")
    page = page.follow("Revoke")
    assert NAME in page.text
    page.submit("Revoke the certificate", reason="Pomyłka")

    for address in (link, f"{link}/certificate.pdf"):
        visit().open(address, expect=410)
    assert jobs.issue_certificates() == "0 issued"


def test_links_for_other_purposes_and_unknown_ones_open_nothing(visit, link):
    seat = db.session.scalars(select(WebinarRegistration)).one()
    other = guest_links.issue(seat, LinkPurpose.SEAT, until=ENDS + timedelta(days=9))
    db.session.commit()

    visit().open(f"/en/certificates/yours/{other}", expect=404)
    visit().open(link.replace("/certificates/yours/", "/seat/"), expect=404)
    client = visit().client
    answers = [client.get(f"/en/certificates/yours/{number:043}").status_code for number in range(62)]
    assert (set(answers[:59]), answers[61]) == ({404}, 429)
