"""What the office and a funder see of reports, and the files they take along."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.roles import Role
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core.database import db
from meetings.models import PartnershipMeeting
from partnerships.workflow import PartnershipStatus
from reporting import differences, freezing
from tests.reporting.evidence import advise, first_quarter, meet
from tests.support.documents import text_of_pdf


def figures(page) -> dict[str, str]:
    return {row[0].split("\n")[0].strip(): row[1].split()[0] for row in page.tables[0][1:]}


def test_the_office_closes_freezes_and_sends_a_period(visit, office, places):
    reports = visit(as_=office).open("/office/reports")

    closing = reports.submit("Begin closing: Quarter 1 of 2026")
    kept = closing.submit("Freeze the figures")
    sent = kept.submit("Mark as sent to the funder")

    assert ("The figures are frozen." in kept.text, "Sent to the funder" in sent.text) == (True, True)


def test_a_frozen_figure_leads_to_its_rows(visit, office, places, frozen):
    page = visit(as_=office).open(f"/office/reports/{frozen.id}/rows/meeting_people")

    assert [row[1] for row in page.tables[0][1:]] == ["12", "12", "12"]


def test_a_later_correction_stands_beside_the_figure(visit, office, frozen):
    meeting = db.session.scalars(db.select(PartnershipMeeting)).first()
    meeting.people_count = 20
    db.session.commit()
    differences.notice_differences()
    db.session.commit()

    page = visit(as_=office).open(f"/office/reports/{frozen.id}")
    rows = visit(as_=office).open(f"/office/reports/{frozen.id}/rows/meeting_people")

    assert "1 figure would be different now" in page.text
    assert ("It would be 44" in rows.text, "12 then, 20 now" in rows.text) == (True, True)


def test_a_correction_of_minutes_is_said_in_hours_like_the_figure(visit, office, frozen):
    call = db.session.scalars(db.select(Consultation).where(Consultation.channel == Channel.PHONE)).first()
    call.actual_minutes = 75
    db.session.commit()
    differences.notice_differences()
    db.session.commit()

    page = visit(as_=office).open(f"/office/reports/{frozen.id}")
    rows = visit(as_=office).open(f"/office/reports/{frozen.id}/rows/remote_minutes")

    told = next(row for row in page.tables[0] if row[0].startswith("Time of remote consultations"))
    assert [cell.split(" min")[0] for cell in told[1:]] == ["1 h 30", "2 h 15"]
    assert ("It would be 2 h 15 min" in rows.text, "30 min then, 1 h 15 min now" in rows.text) == (True, True)


def test_a_funder_sees_frozen_periods_and_no_others(make, visit, office, places, frozen):
    funder = make.holder(Role.FUNDER)
    second = next(one for one in freezing.periods_begun() if not one.is_kept)
    freezing.begin_closing(second, actor=office)
    db.session.commit()
    visitor = visit(as_=funder)

    assert visitor.open("/office/reports").text.count("Quarter") == 1
    visitor.open(f"/office/reports/{frozen.id}")
    visitor.open(f"/office/reports/{second.id}", expect=404)
    visitor.open("/office/reports/activity", expect=403)
    visitor.open(f"/office/reports/{frozen.id}/closing", expect=403)


def cells(sheet: Any) -> list[tuple[Any, ...]]:
    """Below the heading."""
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_the_workbook_says_what_the_page_says(visit, office, places, frozen):
    visitor = visit(as_=office)
    page = visitor.open(f"/office/reports/{frozen.id}")
    book = load_workbook(io.BytesIO(visitor.open(f"/office/reports/{frozen.id}/report.xlsx").data))

    counted: dict[str, Any] = {row[0]: row[1] for row in cells(book["Figures"])}
    evidence: dict[str, int] = {}
    for name, _kind, _id, _place, amount in cells(book["Evidence"]):
        evidence[name] = evidence.get(name, 0) + amount
    assert counted["People at meetings"] == 36
    assert {name: value for name, value in counted.items() if value} == evidence
    assert all(name in page.text for name in counted)
    about = dict(cells(book["About"]))
    assert (about["Period"], "European Union" in about["Funding"]) == ("1 Jan 2026 – 31 Mar 2026", True)
    assert about["Fingerprint"] == frozen.content_hash


def test_the_document_names_period_figures_and_fingerprint(visit, office, places, frozen):
    said = text_of_pdf(visit(as_=office).open(f"/office/reports/{frozen.id}/report.pdf").data)

    assert "Report: Quarter 1 of 2026" in said
    assert "People at meetings" in said
    assert frozen.content_hash[:12] in said.replace("\u200b", "").replace("\n", "")


def test_a_report_for_any_days_counts_what_lies_in_them(visit, office, places):
    page = visit(as_=office).open("/office/reports/activity", first="2026-02-01", last="2026-02-28")

    assert "36" in page.text
    assert "Meetings of partnerships" in page.text


def test_days_that_are_not_in_order_are_said(visit, office):
    page = visit(as_=office).open("/office/reports/activity", first="2026-03-01", last="2026-02-01")

    assert "The last day lies before the first." in page.text


@pytest.fixture
def closing_period(office, places):
    for partnership in places:
        advise(partnership, Channel.PHONE, 20, ConsultationStatus.LOGGED)
    period = first_quarter()
    freezing.begin_closing(period, actor=office)
    db.session.commit()
    return period


def test_the_closing_list_names_what_is_not_confirmed(visit, office, closing_period):
    page = visit(as_=office).open(f"/office/reports/{closing_period.id}/closing")

    assert [row[3] for row in page.tables[0][1:]] == ["Leader", "Leader", "Leader"]


def test_the_closing_list_asks_nobody_to_record_a_meeting_of_a_partnership_that_is_closed(
    visit, office, places, closing_period
):
    for partnership in places[:2]:
        meet(partnership, date(2026, 3, 3), None)
    places[0].status, places[0].closed_on = PartnershipStatus.CLOSED, date(2026, 4, 1)
    db.session.commit()

    page = visit(as_=office).open(f"/office/reports/{closing_period.id}/closing")

    lacking = [row[1] for row in page.tables[0][1:] if "Meeting not recorded" in row[0]]
    assert lacking == [places[1].municipality.name]


def test_everybody_is_chased_by_one_mail_a_day(visit, office, closing_period, outbox):
    page = visit(as_=office).open(f"/office/reports/{closing_period.id}/closing")

    told = page.submit("Write to all who can complete it")
    told.submit("Write to all who can complete it")

    mails = [mail for mail in outbox() if "missing for the report" in mail.subject]
    assert (len(mails), "3 people are written to." in told.text) == (3, True)
    assert all(mail.reply_to == office.mail_address for mail in mails)
