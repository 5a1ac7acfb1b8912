"""Certificates: issued once to those who took part long enough, told of, printed, checked, revoked."""

from datetime import timedelta

import pytest

from core.database import db
from core.i18n import in_language
from programme import logos
from tests.support.documents import png, text_of_pdf
from tests.webinars.attendance.conftest import WAS, held, office, report_of, seat_of
from webinars.attendance import by_hand, reports
from webinars.certificates import jobs, queries, services
from webinars.certificates.documents import certificate_pdf
from webinars.certificates.errors import RevokedAlready
from webinars.certificates.models import Certificate
from webinars.models import Attendance, AttendanceSource, WebinarStatus

__all__ = ["held", "office"]

EMAIL = "lucja@wies.example"


@pytest.fixture
def person(make):
    return make.user("Łucja Anna Gęś-Żak", email=EMAIL)


@pytest.fixture
def came(held, office, person):
    """``came(60)``: the report says so many minutes; a second one corrects it."""
    webinar = held()

    def save(minutes):
        reports.save(reports.take_in(webinar, report_of(("Ł", EMAIL, minutes)), actor=office), actor=office)
        db.session.commit()
        return webinar

    return save


def all_of_them():
    db.session.expire_all()
    return [
        (one.minutes, one.stands, one.revoke_reason)
        for one in db.session.query(Certificate).order_by(Certificate.id)
    ]


def issued(came, minutes=60):
    came(minutes)
    assert jobs.issue_certificates() == "1 issued"
    return db.session.query(Certificate).order_by(Certificate.id.desc()).first()


# --- Issuing ---------------------------------------------------------------------------------------------


def test_whoever_took_part_long_enough_gets_one_and_not_two(came):
    came(45)

    assert [jobs.issue_certificates() for _ in range(2)] == ["1 issued", "0 issued"]
    assert all_of_them() == [(45, True, None)]


def test_whoever_left_too_early_gets_none(came):
    came(44)

    assert jobs.issue_certificates() == "0 issued"


def test_one_mail_tells_of_all_that_came_at_once(make, held, office, person, outbox, app):
    for title in ("Bezpieczne hasła", "Zdrowie w sieci"):
        webinar = held(title)
        by_hand.tick(webinar, [seat_of(webinar, person).id], actor=office)
    db.session.commit()

    assert jobs.issue_certificates() == "2 issued"
    (mail,) = [one for one in outbox() if one.to_address == EMAIL]

    assert mail.subject == "Your 2 certificates are here"
    assert mail.held_until is not None
    assert "Bezpieczne hasła, 14 Apr 2026: http" in mail.body
    assert "Zdrowie w sieci, 14 Apr 2026: http" in mail.body


@pytest.mark.parametrize(("counts", "number"), [(True, 1), (False, 0)])
def test_a_watched_recording_counts_where_the_series_says_so(make, held, person, counts, number):
    webinar = held()
    webinar.series.recording_counts = counts
    row = Attendance(
        webinar=webinar, user=person, municipality=make.municipality(), source=AttendanceSource.RECORDING
    )
    db.session.add(row)
    db.session.commit()

    assert jobs.issue_certificates() == f"{number} issued"
    assert [one.by_recording for one in db.session.query(Certificate)] == [True] * number


@pytest.mark.parametrize(
    "values", [{"taken_over": True}, {"status": WebinarStatus.CANCELLED}, {"is_outside": True}]
)
def test_nothing_is_issued_for_what_was_not_ours_or_not_held(held, office, person, values):
    webinar = held(**values)
    by_hand.tick(webinar, [seat_of(webinar, person).id], actor=office)
    db.session.commit()

    assert jobs.issue_certificates() == "0 issued"


def test_a_corrected_report_revokes_what_is_no_longer_so_and_the_right_one_follows(came):
    issued(came, 60)

    came(70)
    assert all_of_them() == [(60, False, None)]
    assert jobs.issue_certificates() == "1 issued"
    came(20)

    assert all_of_them() == [(60, False, None), (70, False, None)]
    assert jobs.issue_certificates() == "0 issued"


def test_what_the_office_has_revoked_is_not_issued_again(came, office):
    certificate = issued(came)

    services.revoke(certificate, reason="Zamiana osób", actor=office)
    db.session.commit()

    assert jobs.issue_certificates() == "0 issued"
    assert all_of_them() == [(60, False, "Zamiana osób")]
    with pytest.raises(RevokedAlready):
        services.revoke(certificate, reason="Jeszcze raz", actor=office)


# --- One's own -------------------------------------------------------------------------------------------


def test_my_certificates_stand_in_one_list_and_on_the_webinars_page(visit, came, person):
    certificate = issued(came)

    page = visit(as_=person).open("/certificates")
    assert "Bezpieczne hasła" in page.links
    assert f"14 Apr 2026, 60 minutes, {certificate.number}" in page.text
    answer = page.visitor.open(page.links[f"PDF {certificate.number}"])
    assert answer.data.startswith(b"%PDF")
    shown = page.visitor.open(page.links["Bezpieczne hasła"])
    assert shown.links["Your certificate (PDF)"] == f"/certificates/{certificate.id}.pdf"


def test_nobody_else_opens_it_but_the_office(visit, make, came, office):
    certificate = issued(came)
    address = f"/certificates/{certificate.id}.pdf"

    visit(as_=make.user()).open(address, expect=404)
    assert visit(as_=office).open(address).data.startswith(b"%PDF")


def test_a_revoked_one_is_gone_from_the_list(visit, came, person, office):
    certificate = issued(came)
    page = visit(as_=office).open(f"/office/certificates/{certificate.id}/revoke")
    assert "Fill in this field" in page.submit("Revoke the certificate", expect=422).text

    page = page.submit("Revoke the certificate", reason="Zamiana osób")

    assert "The certificate is revoked." in page.text
    assert "No certificate yet" in visit(as_=person).open("/certificates").text
    visit(as_=person).open(f"/certificates/{certificate.id}.pdf", expect=404)


# --- The paper -------------------------------------------------------------------------------------------


def test_the_paper_says_who_took_part_in_what(came, office):
    """The press refuses to make one that breaks PDF/UA-1: each picture has its words."""
    certificate = issued(came)
    plain = certificate_pdf(certificate)
    logos.add_logo(png(40, 20), "eu.png", {"pl": "Unia Europejska", "en": "European Union"}, actor=office)

    with in_language("en"):
        order = certificate_pdf(certificate)
        data = order.printed()

    said = "".join(text_of_pdf(data).split())
    for part in (
        "Certificate of attendance", "took part in the webinar", "60 minutes", "14 Apr 2026", "Łucja Anna Gęś-Żak",
        "Bezpieczne hasła", certificate.number, "co-financed by the European Union",
    ):  # fmt: skip
        assert "".join(part.split()) in said
    assert [one["words"] for one in order.data["logos"]] == ["European Union"]
    assert len(data) > len(plain.printed())


# --- Anybody ---------------------------------------------------------------------------------------------

PAGES = {"en": "/en/certificates", "pl": "/pl/zaswiadczenia"}


@pytest.mark.parametrize("language", PAGES)
def test_the_public_page_shows_no_name_beyond_initials(visit, came, language):
    certificate = issued(came)

    page = visit().open(f"{PAGES[language]}/{certificate.token}")

    assert "ŁG" in page.text
    assert "Bezpieczne hasła" in page.text
    assert not [word for word in ("Łucja", "Gęś", "Żak", EMAIL) if word in page.html]


def test_number_and_day_are_the_other_way(visit, came):
    certificate = issued(came)
    form = visit().open("/en/certificates")

    page = form.submit("Check the certificate", number=certificate.number, held_on="2026-04-14")
    assert "This certificate is valid" in page.text

    for number, day in (
        (certificate.number, "2026-04-15"), ("W/2026/99999", "2026-04-14"), ("W/2025/00001", "2026-04-14"),
        ("x", "2026-04-14"), ("W/²/1", "2026-04-14"), ("W/2026/" + "9" * 30, "2026-04-14"),
    ):  # fmt: skip
        page = form.submit("Check the certificate", expect=404, number=number, held_on=day)
        assert "There is no certificate with this number for a webinar on this day." in page.text


def test_guessing_days_ends_in_a_pause(visit, came):
    certificate = issued(came)
    form = visit().open("/en/certificates")

    for day in range(1, 12):
        form.submit(
            "Check the certificate",
            expect=404 if day < 11 else 429,
            number=certificate.number,
            held_on=f"2026-03-{day:02}",
        )

    page = form.submit("Check the certificate", expect=429, number=certificate.number, held_on="2026-04-14")
    assert "Try again in a quarter of an hour." in page.text


def test_a_revoked_one_says_so_without_the_reason(visit, came, office):
    certificate = issued(came)
    services.revoke(certificate, reason="Zamiana osób", actor=office)
    db.session.commit()

    page = visit().open(f"/en/certificates/{certificate.token}")

    assert "This certificate is not valid any more It was revoked on 15 Apr 2026." in page.text
    assert "Zamiana" not in page.html
    visit().open("/en/certificates/" + "x" * 32, expect=404)


def test_a_webinar_with_a_new_title_leaves_the_paper_as_it_was(came):
    certificate = issued(came)
    certificate.webinar.title = "Inny tytuł"
    certificate.webinar.starts_at = WAS + timedelta(days=1)
    db.session.commit()

    found = queries.certificate_by_token(certificate.token)

    assert (found.title, found.held_on.isoformat()) == ("Bezpieczne hasła", "2026-04-14")
