"""The pages about a consultation, as the animator, the leader and the office live them."""

from datetime import date

import pytest
from sqlalchemy import select

from accounts.models import User
from animators.consultations.models import Consultation, ConsultationStatus, FollowUp, Side
from animators.consultations.services import dispute
from core.database import db
from core.mail import OutboxMail
from tests.support.reading import found

REPORT = {
    "people_count": "12",
    "topics": ["general_plan", "funding"],
    "summary": "We wrote down the needs.",
    "steps-0-text": "Send the list of rooms",
    "steps-0-due_on": "2026-05-05",
}


def fresh(consultation: Consultation) -> Consultation:
    db.session.expire_all()
    return db.session.get_one(Consultation, consultation.id)


def mails(what: str) -> list[OutboxMail]:
    key = f"consultation-{what}:"
    return list(
        db.session.scalars(
            select(OutboxMail).where(OutboxMail.dedupe_key.startswith(key)).order_by(OutboxMail.id)
        )
    )


def test_the_animator_reports_and_the_leader_confirms_from_the_mail_without_signing_in(
    visit, held, animator, leader
):
    page = visit(as_=animator).open(f"/consultations/{held.id}")
    assert page.headings[0] == "Visit 1, Ostrowice"

    done = page.follow("Report the visit").submit("Send the report", **REPORT)

    assert "The report is on its way to the partnership." in done.text
    assert "The partnership may dispute it until 22 Apr 2026, 12:00; then it confirms itself." in done.text
    (mail,) = mails("reported")
    assert mail.to_address == leader.email
    for said in (
        "4 h",
        "12",
        "We wrote down the needs.",
        "Send the list of rooms (The partnership, until 5 May 2026)",
    ):
        assert said in mail.body
    link = found(r"button, without signing in:\s+http://localhost(/do/\S+)", mail.body)
    confirmed = visit().open(link).submit("Confirm the report")
    assert "The report is confirmed. Thank you." in confirmed.text
    after = fresh(held)
    assert (after.status, after.confirmed_by, after.topics) == (
        ConsultationStatus.CONFIRMED, Side.LEADER, ["general_plan", "funding"],
    )  # fmt: skip


def test_the_leader_disputes_from_the_mail_and_the_office_decides(visit, reported, leader, animator, office):
    (mail,) = mails("reported")
    link = found(r"also without signing in:\s+http://localhost(/do/\S+)", mail.body)

    page = visit().open(link)
    page.submit("Dispute the report", reason="It was two hours")

    assert fresh(reported).dispute_reason == "It was two hours"
    assert sorted(one.to_address for one in mails("disputed")) == sorted([animator.email, office.email])
    listed = visit(as_=office).open("/consultations/disputes")
    assert "It was two hours" in listed.text
    decide = listed.follow("Ostrowice, 14 Apr 2026")
    decide.submit("Decide", outcome="corrected", minutes="2:00", note="Both agree on two hours")
    after = fresh(reported)
    assert (after.status, after.actual_minutes, after.confirmed_by) == (
        ConsultationStatus.CONFIRMED, 120, Side.OFFICE,
    )  # fmt: skip
    assert sorted(one.to_address for one in mails("settled")) == sorted([animator.email, leader.email])
    assert "2 h instead of 4 h" in mails("settled")[0].body


def test_the_form_gives_one_more_row_without_a_script_and_keeps_what_was_typed(visit, held, animator):
    page = visit(as_=animator).open(f"/consultations/{held.id}/report")

    more = page.submit("One more row", expect=422, **REPORT)

    fields = dict(more.form("Send the report").pairs())
    assert "steps-2-text" in fields
    assert (fields["steps-0-text"], fields["summary"]) == (
        "Send the list of rooms",
        "We wrote down the needs.",
    )
    assert fresh(held).status is ConsultationStatus.AGREED
    more.submit("Send the report", **{"steps-2-text": "Ask the school", "steps-2-owner": "animator"})
    steps = db.session.scalars(select(FollowUp).order_by(FollowUp.id)).all()
    assert [(one.text, one.owner, one.due_on) for one in steps] == [
        ("Send the list of rooms", Side.LEADER, date(2026, 5, 5)),
        ("Ask the school", Side.ANIMATOR, None),
    ]


def test_an_unusual_length_needs_a_note_and_is_saved_then(visit, held, animator):
    page = visit(as_=animator).open(f"/consultations/{held.id}/report")

    asked = page.submit("Send the report", expect=422, minutes="2:59", **REPORT)
    asked.submit("Send the report", length_note="The library closed at noon")

    assert "2 h 59 min is far from the usual 4 h" in asked.text
    after = fresh(held)
    assert (after.actual_minutes, after.length_note) == (179, "The library closed at noon")


def test_the_pot_is_shown_before_saving_and_over_it_a_reason_is_asked_for(
    visit, partnership, visit_of, reported, animator
):
    second = visit_of(partnership, number=2)
    page = visit(as_=animator).open(f"/consultations/{second.id}/report")
    assert "Visits: with this all of 8 h is used." in page.text

    asked = page.submit("Send the report", expect=422, minutes="270", **REPORT)
    asked.submit("Send the report", over_reason="Two groups came")

    assert "30 min go over the pot" in asked.text
    after = fresh(second)
    assert (after.status, after.over_budget_minutes) == (ConsultationStatus.REPORTED, 30)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("minutes", "-30", "Minutes cannot be negative."),
        ("minutes", "0", "at least 1 minute"),
        ("minutes", "1.25", "Enter whole minutes"),
        ("minutes", "10000", "Enter at most 1,440 minutes"),
        ("people_count", "0", "a number from 1 to 10,000"),
        ("day", "2026-04-16", "is still to come"),
        ("day", "0001-01-01", "Enter a day from 1 Jan 1990 to 31 Dec 2036."),
        ("topics", [], "Choose at least one topic"),
        ("summary", "", "Write in a few sentences what the visit brought"),
        ("steps-0-due_on", "2026-04-01", "cannot be due before"),
    ],
)
def test_each_slip_has_its_sentence(visit, held, animator, field, value, sentence):
    page = visit(as_=animator).open(f"/consultations/{held.id}/report")

    refused = page.submit("Send the report", expect=422, **{**REPORT, field: value})

    assert sentence in refused.text
    assert fresh(held).status is ConsultationStatus.AGREED


def test_a_time_that_the_clocks_leap_over_is_told_so(visit, held, animator):
    page = visit(as_=animator).open(f"/consultations/{held.id}/report")

    refused = page.submit("Send the report", expect=422, **{**REPORT, "day": "2026-03-29", "time": "02:30"})

    assert "02:30 does not exist" in refused.text


def test_whoever_is_not_around_learns_nothing_of_it(visit, make, reported):
    strangers = [make.partnership().leader(date(2026, 4, 15)), make.animator(), make.user()]

    answers = [
        visit(as_=person).client.get(f"/consultations/{reported.id}").status_code for person in strangers
    ]

    assert answers == [404, 404, 403]


def test_a_place_and_words_with_markup_stay_words(visit, held, animator, leader):
    held.place = "<script>alert(1)</script>"
    page = visit(as_=animator).open(f"/consultations/{held.id}/report")

    done = page.submit("Send the report", **{**REPORT, "summary": "<b>bold</b> {{ 7*7 }}"})

    assert "<script>alert" not in done.html
    assert "<b>bold</b> {{ 7*7 }}" in done.text


def test_next_steps_are_ticked_on_either_page(visit, reported, leader, partnership, clock):
    on_page = visit(as_=leader).open(f"/consultations/{reported.id}/next-steps")
    on_page.submit("Save", text="Find a room", owner="leader", due_on="2026-04-20")
    clock.tick(days=6)

    late = visit(as_=leader).open(f"/partnerships/{partnership.id}/next-steps")
    ticked = late.submit("Tick as done: Find a room")

    assert "Overdue since 20 Apr 2026" in late.text
    assert ticked.url == f"/partnerships/{partnership.id}/next-steps"
    assert "Done on 21 Apr 2026" in ticked.text
    assert ticked.submit("Not done after all: Find a room").buttons[-1] == "Tick as done: Find a room"


def test_the_form_to_print_is_one_page_with_what_is_known(visit, held, animator):
    answer = visit(as_=animator).client.get(f"/consultations/{held.id}/form.pdf")

    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=ostrowice-1.pdf"
    text = text_of(answer.data)
    assert len(text) == 1
    for known in (
        "Ostrowice",
        "Biblioteka",
        "Ewa Nowak",
        "Anna Lis",
        "8 h of 8 h",
        "Visit 1",
        "14 Apr 2026, 10:00",
    ):
        assert known in text[0]


def text_of(pdf: bytes) -> list[str]:
    from io import BytesIO

    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_the_page_asks_the_database_as_often_whatever_was_agreed(visit, reported, animator, count_queries):
    visitor = visit(as_=animator)
    visitor.open(f"/consultations/{reported.id}")
    with count_queries() as before:
        visitor.open(f"/consultations/{reported.id}")
    for number in range(3):
        reported.follow_ups.append(FollowUp(text=f"Step {number}", owner=Side.OFFICE))
    db.session.commit()

    with count_queries() as after:
        visitor.open(f"/consultations/{reported.id}")

    assert after.count == before.count


def test_a_dispute_waits_on_the_list_of_the_office_alone(visit, reported, leader, office, animator):
    dispute(reported, "Not so", actor=leader, side=Side.LEADER)

    assert "Not so" in visit(as_=office).open("/consultations/disputes").text
    for person in (leader, animator):
        assert visit(as_=person).client.get("/consultations/disputes").status_code == 403
        assert visit(as_=person).client.get(f"/consultations/{reported.id}/decide").status_code == 403


def test_the_animator_corrects_and_the_partnership_is_asked_again(visit, reported, animator, clock):
    clock.tick(hours=2)
    page = visit(as_=animator).open(f"/consultations/{reported.id}/correct")

    page.submit("Save the correction", minutes="230", reason="Ten minutes were a break")

    after = fresh(reported)
    assert (after.actual_minutes, after.status, after.reported_at) == (
        230, ConsultationStatus.REPORTED, clock.now,
    )  # fmt: skip
    assert len(mails("reported")) == 2
    assert "Ten minutes were a break" in visit(as_=animator).open(f"/consultations/{reported.id}").text


def test_a_leader_confirms_only_the_report_that_stood_on_the_page(visit, reported, animator, leader, clock):
    page = visit(as_=leader).open(f"/consultations/{reported.id}")
    clock.tick(minutes=5)
    visit(as_=animator).open(f"/consultations/{reported.id}/correct").submit(
        "Save the correction", minutes="300", reason="It was longer"
    )

    told = page.submit("Confirm")
    waits = fresh(reported).status
    told.submit("Confirm")

    assert "Someone has already moved this on. Look at where it stands now and decide again." in told.text
    assert "5 h" in told.text
    assert waits is ConsultationStatus.REPORTED
    assert fresh(reported).status is ConsultationStatus.CONFIRMED


def person(person_id: int) -> User:
    return db.session.get_one(User, person_id)
