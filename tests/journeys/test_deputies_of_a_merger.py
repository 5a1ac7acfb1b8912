"""Deputies of a partnership that merges help on as long as they were to: nobody comes back, stays longer or is forgotten."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.audit import story_of
from core.database import db
from municipalities import followers
from municipalities.services.changing import apply_change, decide
from papers.kinds import PaperKind
from papers.models import PaperState
from papers.services.making import make_paper
from partnerships.events import PartnershipEvent
from partnerships.models import AssignmentKind, LeaderTerm, TermKind
from tests.journeys.test_municipality_changes import rows_of
from tests.municipalities.ostrowice import Drawsko

TODAY = date(2026, 4, 15)
IN_FIVE_DAYS = TODAY + timedelta(days=5)


@pytest.fixture
def drawsko(make, clock) -> Drawsko:
    return Drawsko(make)


def helping(partnership) -> list[tuple[object, ...]]:
    """Who is deputy today or later, and on which days."""
    db.session.expire_all()
    return [
        (term.user.name, term.starts_on, term.ends_on, term.can_submit)
        for term in partnership.terms
        if term.kind == "deputy" and (term.ends_on is None or term.ends_on >= TODAY)
    ]


def terms() -> list[tuple[object, ...]]:
    table = LeaderTerm.__table__
    return [tuple(row) for row in db.session.execute(select(table).order_by(table.c.id))]


def test_deputies_keep_their_days_and_whoever_was_done_stays_done(drawsko, make):
    make.term(drawsko.ostrowice, make.user("Był Zastępcą"), ends_on=TODAY - timedelta(days=1))
    make.term(drawsko.ostrowice, make.user("Na Okres"), ends_on=IN_FIVE_DAYS, can_submit=True)
    make.term(drawsko.ostrowice, make.user("Od Maja"), starts_on=date(2026, 5, 1), ends_on=date(2026, 6, 4))
    before = terms()

    change = drawsko.merged()

    assert helping(drawsko.drawsko) == [
        ("Ala Zastępca", TODAY, None, False),
        ("Na Okres", TODAY, IN_FIVE_DAYS, False),
        ("Od Maja", date(2026, 5, 1), date(2026, 6, 4), False),
    ]
    assert helping(drawsko.ostrowice) == []

    drawsko.undo(change)

    assert terms() == before


def test_who_helps_the_successor_on_some_of_those_days_helps_on_the_others_too(drawsko, make):
    both, later = make.user("Tu i Tam"), make.user("Potem i Tam")
    make.term(drawsko.ostrowice, both)
    make.term(drawsko.drawsko, both, ends_on=IN_FIVE_DAYS)
    make.term(drawsko.ostrowice, later, ends_on=IN_FIVE_DAYS)
    make.term(drawsko.drawsko, later, starts_on=date(2026, 5, 1))
    before = terms()

    change = drawsko.merged()

    assert [(name, first, last) for name, first, last, _can in helping(drawsko.drawsko)] == [
        ("Tu i Tam", date(2024, 1, 1), IN_FIVE_DAYS),
        ("Ala Zastępca", TODAY, None),
        ("Potem i Tam", TODAY, IN_FIVE_DAYS),
        ("Tu i Tam", IN_FIVE_DAYS + timedelta(days=1), None),
        ("Potem i Tam", date(2026, 5, 1), None),
    ]

    drawsko.undo(change)

    assert terms() == before


def test_a_deputy_without_end_helps_before_and_after_the_days_on_which_they_do_already(drawsko, make):
    person = make.user("Tu i Tam")
    make.term(drawsko.ostrowice, person)
    make.term(drawsko.drawsko, person, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31))

    drawsko.merged()

    assert [(first, last) for name, first, last, _can in helping(drawsko.drawsko) if name == "Tu i Tam"] == [
        (TODAY, date(2026, 4, 30)),
        (date(2026, 5, 1), date(2026, 5, 31)),
        (date(2026, 6, 1), None),
    ]


def test_a_term_to_come_that_ends_with_its_partnership_stays_in_the_history(drawsko, make):
    make.term(drawsko.ostrowice, make.user("Od Maja"), starts_on=date(2026, 5, 1), ends_on=date(2026, 6, 4))

    drawsko.merged()

    [(event, personal)] = [
        (event, personal)
        for event, personal in story_of(drawsko.ostrowice)
        if event.event == PartnershipEvent.TERM_TAKEN_BACK
    ]
    assert personal["note"] == "Od Maja"
    assert event.data["before"] == {"starts_on": "2026-05-01", "ends_on": "2026-06-04"}


def test_a_term_to_come_comes_back_also_where_others_were_appointed_elsewhere_meanwhile(drawsko, make):
    make.term(drawsko.ostrowice, make.user("Od Maja"), starts_on=date(2026, 5, 1))
    make.assignment(
        drawsko.ostrowice.municipality, make.animator(), kind=AssignmentKind.COVER, starts_on=date(2026, 5, 1)
    )  # fmt: skip
    before = rows_of("leader_term", "animator_assignment")
    change = drawsko.divided()
    decide(change, {"successor": "close"}, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()
    make.term(make.partnership(), make.user())

    drawsko.undo(change)

    after = rows_of("leader_term", "animator_assignment")
    assert [row for table, rows in before.items() for row in rows if row not in after[table]] == []


def test_the_preview_names_deputies_to_come(drawsko, make):
    make.term(drawsko.ostrowice, make.user("Od Maja"), starts_on=date(2026, 5, 1))

    change = drawsko.divided()

    said = [line.text for topic in followers.preview(change) for line in topic.lines]
    assert "Deputy from 1 May 2026: Od Maja" in said


def test_a_paper_of_a_term_to_come_lets_go_of_it_and_gets_it_back(drawsko, make):
    ostrowice = drawsko.ostrowice
    leader = next(term for term in ostrowice.terms if term.kind == "leader")
    leader.ends_on = IN_FIVE_DAYS
    coming = make.term(
        ostrowice, make.user("Od Maja"), kind=TermKind.LEADER, starts_on=IN_FIVE_DAYS + timedelta(days=1)
    )
    paper = make_paper(PaperKind.APPOINTMENT, ostrowice, coming, actor=drawsko.office)
    db.session.commit()
    before, coming_id = terms(), coming.id

    change = drawsko.merged()
    db.session.expire_all()
    assert (paper.state, paper.term) == (PaperState.VOID, None)

    drawsko.undo(change)

    assert terms() == before
    assert (paper.state, paper.term_id) == (PaperState.TO_SIGN, coming_id)
