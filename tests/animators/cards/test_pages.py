"""The pages of work cards, as the animator and the office use them."""

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from accounts.models import User
from accounts.roles import Role
from animators.cards import jobs
from animators.cards.documents import LINES
from animators.cards.models import CardLine, Work, WorkCard
from animators.cards.services import entering, reminding
from animators.cards.services.entering import Entry
from animators.cards.workflow import CardStatus
from core.database import db
from tests.animators.cards.working import APRIL, MARCH, begun, consultation, locked, submitted


@pytest.fixture(autouse=True)
def _time(clock):
    clock.move_to(datetime(2026, 4, 30, 10, tzinfo=UTC))


@pytest.fixture
def place(make):
    return make.partnership().municipality


def the_line() -> CardLine:
    db.session.expire_all()
    return db.session.scalars(select(CardLine)).one()


def test_from_the_first_line_to_a_locked_card(visit, make, place):
    animator, office = make.animator("Ola Żak"), make.office()
    consultation(animator, place, date(2026, 4, 2), 30)
    mine = visit(as_=animator).open("/cards").submit("Begin the card of this month")

    form = mine.visitor.open(f"{mine.url}/lines/new")
    card = form.submit("Save", kind="travel", day="2026-04-02", minutes="1:30", km="87", note="Opole")
    assert (the_line().minutes, the_line().km, the_line().note) == (90, 87, "Opole")
    submitted_card = card.submit("Submit the card")

    assert "The card is submitted" in submitted_card.text
    theirs = visit(as_=office).open("/office/cards?month=2026-04").follow("Ola Żak")
    locked_card = theirs.submit("It is right").submit("Lock the card")
    assert "Nothing changes it any more" in locked_card.text
    assert not {"Return the card", "It is right", "Lock the card"} & {
        *locked_card.buttons,
        *locked_card.links,
    }
    reader = PdfReader(io.BytesIO(theirs.visitor.open(f"{mine.url}/card.pdf").data))
    assert "Opole" in reader.pages[0].extract_text()


def test_a_returned_card_says_why(visit, make, place):
    animator = make.animator()
    consultation(animator, place, date(2026, 4, 2), 30)
    card = submitted(begun(animator, APRIL))

    page = visit(as_=make.office()).open(f"/cards/{card.id}").follow("Return the card")
    assert "Say what has to be corrected" in page.submit("Return the card", reason=" ", expect=422).text
    page.submit("Return the card", reason="Brakuje dojazdu do Łąk")

    assert "Brakuje dojazdu do Łąk" in visit(as_=animator).open(f"/cards/{card.id}").text


def test_a_line_is_changed_and_taken_off(visit, make):
    animator = make.animator()
    card = begun(animator, APRIL)
    line = entering.add_line(card, Entry(date(2026, 4, 2), Work.TRAVEL, 60, 40, "Opole"), actor=animator)
    db.session.commit()

    form = visit(as_=animator).open(f"/cards/{card.id}").follow("Opole")
    form.submit("Save", minutes="75")
    assert (the_line().minutes, the_line().km) == (75, 40)
    form.visitor.open(f"/cards/{card.id}/lines/{line.id}").submit("Take the line off")

    assert db.session.scalars(select(CardLine)).all() == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"minutes": "-60"}, "Minutes cannot be negative"),
        ({"minutes": "0"}, "at least 1 minute"),
        ({"minutes": "10,5"}, "Enter whole minutes"),
        ({"minutes": "10 000"}, "10,000 minutes would be"),
        ({"km": "-5"}, "Kilometres cannot be negative"),
        ({"km": "2001"}, "more than 2,000 km"),
        ({"km": "1.5"}, "Enter a whole number, for example 90"),
        ({"day": "2026-05-01"}, "still to come"),
        ({"day": "2026-03-31"}, "This card is for"),
        ({"minutes": "", "km": ""}, "Enter minutes, or kilometres"),
        ({"note": "PESEL 44051401359"}, "A PESEL number stood here"),
        ({"correction": "takes"}, "earlier month whose card was submitted"),
    ],
)
def test_a_slip_is_shown_where_it_was_made(visit, make, fields, words):
    card = begun(make.animator(), APRIL)
    page = visit(as_=card.animator).open(f"/cards/{card.id}/lines/new")

    answer = page.submit(
        "Save", expect=422, **{"kind": "travel", "day": "2026-04-02", "minutes": "60", "note": "x", **fields}
    )

    assert words in answer.text
    assert db.session.scalars(select(CardLine)).all() == []


def test_another_line_from_the_page_gone_back_to_is_entered_on_the_second_try(visit, make):
    card = begun(make.animator(), APRIL)
    page = visit(as_=card.animator).open(f"/cards/{card.id}/lines/new")
    there = {"kind": "travel", "day": "2026-04-02", "minutes": "60", "km": "40", "note": "Opole – Łąki"}
    page.submit("Save", **there)

    asked = page.submit("Save", expect=422, **{**there, "note": "Łąki – Opole"})
    asked.submit("Save")

    assert "From this form another line was entered already." in asked.text
    entered = db.session.scalars(select(CardLine.note).order_by(CardLine.id)).all()
    assert entered == ["Opole – Łąki", "Łąki – Opole"]


def test_an_earlier_card_is_corrected_by_form(visit, make, place):
    animator = make.animator()
    consultation(animator, place, date(2026, 3, 2), 30)
    submitted(begun(animator, MARCH))
    card = begun(animator, APRIL)
    page = visit(as_=animator).open(f"/cards/{card.id}/lines/new")

    page.submit(
        "Save",
        kind="travel",
        day="2026-03-02",
        minutes="30",
        km="20",
        note="Wpisano dwa razy",
        correction="takes",
    )

    assert (the_line().minutes, the_line().km, the_line().is_correction) == (-30, -20, True)


def test_a_card_of_somebody_else_is_not_found(visit, make, place):
    card = begun(make.animator(), APRIL)
    other = visit(as_=make.animator())

    for address in (
        f"/cards/{card.id}",
        f"/cards/{card.id}/card.pdf",
        f"/cards/{card.id}/lines/new",
        "/cards/999",
    ):
        other.open(address, expect=404)


def test_whose_contract_ended_still_submits_the_last_card(visit, make, place):
    animator = make.holder(Role.ANIMATOR, ends_on=date(2026, 4, 29))
    consultation(animator, place, date(2026, 4, 2), 30)
    card = begun(animator, APRIL)

    visit(as_=animator).open(f"/cards/{card.id}").submit("Submit the card")

    db.session.expire_all()
    assert db.session.get_one(WorkCard, card.id).status is CardStatus.SUBMITTED


# --- The office ----------------------------------------------------------------------------------------------


def names(rows: list[list[str]]) -> dict[str, str]:
    return {row[0]: row[1] for row in rows[1:]}


def test_the_office_sees_who_has_submitted(visit, make, place):
    office = make.office()
    done, open_, none = make.animator("Anna Done"), make.animator("Ola Open"), make.animator("Zenon None")
    make.holder(Role.ANIMATOR, "Former", ends_on=date(2026, 2, 28))
    consultation(done, place, date(2026, 3, 2), 30)
    locked(begun(done, MARCH), office)
    begun(open_, MARCH)

    page = visit(as_=office).open("/office/cards?month=2026-03")

    advising = db.session.scalars(select(User.name).where(User.name.like("Animator %"))).all()
    assert names(page.tables[0]) == {
        "Anna Done": "Locked", "Ola Open": "Still open", none.name: "Not begun", **dict.fromkeys(advising, "Not begun"),
    }  # fmt: skip
    assert "Remind 3 people" in page.buttons


def test_those_who_owe_a_card_get_one_mail_a_day(visit, make, outbox, clock):
    office, owing = make.office(), make.animator()
    page = visit(as_=office).open("/office/cards?month=2026-04")

    first = page.submit("Remind one person")
    again = page.submit("Remind one person")
    assert "One reminder is on its way." in first.text
    assert "Nobody is reminded anew: it was done today already, or they want no reminders." in again.text
    assert [mail.to_address for mail in outbox()] == [owing.mail_address]
    assert "April 2026" in outbox()[0].subject
    clock.tick(days=1)
    visit(as_=office).open("/office/cards?month=2026-04").submit("Remind one person")

    assert len(outbox()) == 2


def test_the_workbook_of_a_month_has_what_was_submitted(visit, make, place):
    office, animator = make.office(), make.animator("Ola Żak")
    consultation(animator, place, date(2026, 3, 2), 30)
    submitted(begun(animator, MARCH))
    waiting = begun(make.animator(), MARCH)
    entering.add_line(waiting, Entry(date(2026, 3, 3), Work.TRAVEL, 60), actor=waiting.animator)
    db.session.commit()

    data = visit(as_=office).open("/office/cards.xlsx?month=2026-03").data

    assert [(row.animator, row.day, row.minutes) for row in LINES.read(data).rows] == [
        ("Ola Żak", date(2026, 3, 2), 30)
    ]


@pytest.mark.parametrize("month", ["", "2026-13", "1999-01", "2031-01", "x", "2026-4", "２０２６-04"])
def test_any_other_month_is_the_last_one_that_is_over(visit, make, month):
    assert "March 2026" in visit(as_=make.office()).open(f"/office/cards?month={month}").text


def test_lists_ask_the_same_however_long_they_are(visit, make, place, count_queries):
    office, animator = make.office(), make.animator()

    def filled(month: date) -> None:
        for one in (animator, make.animator()):
            consultation(one, place, month, 30)
            submitted(begun(one, month))

    counts = []
    for months in ([MARCH], [date(2026, 2, 1), date(2026, 1, 1)]):
        for month in months:
            filled(month)
        visitors = visit(as_=animator), visit(as_=office)
        for visitor, address in zip(visitors, ("/cards", "/office/cards?month=2026-03"), strict=True):
            visitor.open(address)
            with count_queries() as queries:
                visitor.open(address)
            counts.append(queries.count)
        consultation(make.animator(), place, MARCH, 30)

    assert counts[:2] == counts[2:]


# --- Jobs ----------------------------------------------------------------------------------------------------


def test_a_card_is_begun_for_everybody_each_month(app, make, clock):
    animators = {make.animator().id, make.animator().id}
    clock.move_to(datetime(2026, 5, 1, 1, tzinfo=UTC))

    assert (jobs.begin_cards_of_the_month(), jobs.begin_cards_of_the_month()) == ("2 begun", "0 begun")

    cards = db.session.scalars(select(WorkCard)).all()
    assert {(card.animator_id, card.month) for card in cards} == {
        (one, date(2026, 5, 1)) for one in animators
    }


def test_a_card_that_is_owed_is_reminded_of_once(make, clock, outbox, place):
    owing, done = make.animator(), make.animator()
    consultation(done, place, date(2026, 4, 2), 30)
    submitted(begun(done, APRIL))
    begun(owing, APRIL)
    clock.move_to(datetime(2026, 5, 4, 10, tzinfo=UTC))

    reminding.remind_in_time()
    assert outbox() == []
    clock.tick(days=1)
    reminding.remind_in_time()
    clock.tick(days=1)
    jobs.remind_of_cards()

    assert [mail.to_address for mail in outbox()] == [owing.mail_address]
