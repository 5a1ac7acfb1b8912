"""Views of the board under a name: one's own, shared with the office, and the one the board opens with."""

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from office.board_views.models import BoardView
from tests.make import Make
from tests.visit import Page, Visits

ASKED = "stage=draft&column=tasks&column=leader&sort=-since"


@pytest.fixture
def office(make: Make):
    make.partnership(municipality=make.municipality("Łąki"))
    return make.office()


def saved(visit: Visits, person, name: str = "Drafts", **ticked: bool) -> Page:
    page = visit(as_=person).open(f"/office/board?{ASKED}")
    return page.submit("Save this view", name=name, **ticked)


def test_a_view_keeps_filter_order_and_columns(visit: Visits, office):
    page = saved(visit, office)

    assert page.url == f"/office/board?{ASKED}"
    link = visit(as_=office).open("/office/board?view=all").links["Drafts"]
    assert link == f"/office/board?{ASKED}"
    assert page.tree.xpath("//nav[@class='board-views']//a[@aria-current]")[0].text_content() == "Drafts"


def test_the_board_opens_with_the_default_and_one_can_leave_it(visit: Visits, office):
    saved(visit, office, is_default=True)

    assert visit(as_=office).open("/office/board").url == f"/office/board?{ASKED}"
    assert "column" not in visit(as_=office).open("/office/board?view=all").url


def test_of_two_defaults_the_later_one_holds(visit: Visits, office):
    saved(visit, office, is_default=True)
    visit(as_=office).open("/office/board?leader=none").submit(
        "Save this view", name="Alone", is_default=True
    )

    assert visit(as_=office).open("/office/board").url == "/office/board?leader=none"
    views = db.session.execute(select(BoardView.name, BoardView.is_default).order_by(BoardView.name)).all()
    assert [tuple(one) for one in views] == [("Alone", True), ("Drafts", False)]


def test_only_what_is_shared_is_seen_by_others(visit: Visits, office, make: Make):
    saved(visit, office, "Mine")
    saved(visit, office, "Ours", is_shared=True)
    other = make.office()

    page = visit(as_=other).open("/office/board/views")

    assert "Ours" in page.links
    assert "Mine" not in page.links
    mine = db.session.scalars(select(BoardView).where(BoardView.name == "Mine")).one()
    visit(as_=other).open(f"/office/board/views/{mine.id}", expect=404)


def test_somebody_elses_default_does_not_open_my_board(visit: Visits, office, make: Make):
    saved(visit, office, is_shared=True, is_default=True)

    assert visit(as_=make.office()).open("/office/board").url == "/office/board"


def test_a_view_is_renamed_and_removed_and_the_history_knows(visit: Visits, office):
    saved(visit, office)
    page = visit(as_=office).open("/office/board/views").follow("Change Drafts")

    page.submit("Save", name="Drafts of today", is_shared=True)
    visit(as_=office).open("/office/board/views").follow("Change Drafts of today").submit("Remove this view")

    assert db.session.scalars(select(BoardView)).all() == []
    events = db.session.scalars(
        select(AuditEvent.event).where(AuditEvent.event.startswith("board_view.")).order_by(AuditEvent.id)
    ).all()
    assert events == ["board_view.kept", "board_view.changed", "board_view.removed"]


def test_one_person_has_no_two_views_of_one_name(visit: Visits, office):
    saved(visit, office)

    page = visit(as_=office).open(f"/office/board?{ASKED}")
    form = page.form("Save this view")
    form.fill("name", "Drafts")
    again = page.visitor.send(form, expect=422)

    assert "You have a view of this name already." in again.text


def test_a_view_holds_nothing_that_the_board_does_not_know(visit: Visits, office):
    page = visit(as_=office).open(f"/office/board?{ASKED}")
    form = page.form("Save this view")
    form.fill("name", "Drafts")
    form.fill("question", "stage=draft&next=https://evil.example/&id=1&page=3")

    page.visitor.send(form, expect=303)

    assert db.session.scalars(select(BoardView.question)).one() == "stage=draft"


def test_views_are_for_the_office(visit: Visits, office, make: Make):
    for person in (make.animator(), make.admin()):
        visit(as_=person).open("/office/board/views", expect=403)
