"""Initiatives for everybody, their feed, and the office's pages."""

from datetime import date
from xml.etree import ElementTree

import pytest

from core.database import db
from initiatives import services
from initiatives.models import InitiativeStatus, Level
from initiatives.workflow import InitiativeAction

pytestmark = pytest.mark.usefixtures("clock")
TODAY = date(2026, 4, 15)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def followed(office, entered):
    initiative = entered()
    services.follow_up(
        initiative, day=TODAY, text="Rada się zebrała.", action=InitiativeAction.DECIDE, actor=office
    )
    db.session.commit()
    return initiative


def test_everybody_sees_them_by_status_with_counts(entered, followed, visit):
    entered("Kursy dla sołtysów")

    page = visit().open("/en/initiatives")

    assert page.headings[1:] == ["1. Sieć w świetlicach", "2. Kursy dla sołtysów"]
    assert all(said in page.text for said in ("All (2)", "Proposed (1)", "Decision taken (1)"))
    assert page.follow("Decision taken (1)").headings[1:] == ["1. Sieć w świetlicach"]
    assert visit().open("/en/initiatives?status=stopped").headings[1:] == ["No initiative stands there"]
    assert len(visit().open("/en/initiatives?status=x").headings) == 3


def test_before_there_are_any_the_page_says_what_will_be_there(visit):
    assert "What is planned will stand here" in visit().open("/en/initiatives").text


def test_the_page_of_one_tells_what_became_of_it_and_names_nobody(followed, visit):
    page = visit().open(f"/pl/inicjatywy/{followed.id}")

    assert "Rada się zebrała." in page.text
    assert "Marta Nowak" not in page.text
    assert f'value="http://localhost/pl/inicjatywy/{followed.id}"' in page.html
    visit().open("/pl/inicjatywy/999", expect=404)


def test_the_feed_tells_what_is_new_the_latest_first(office, followed, visit, clock):
    clock.tick(hours=1)
    services.follow_up(followed, day=TODAY, text="Ruszyły <prace>.", action=None, actor=office)
    db.session.commit()

    answer = visit().open("/en/initiatives/feed.atom")
    feed = ElementTree.fromstring(answer.data)  # noqa: S314 (made by ourselves)

    entries = feed.findall(f"{ATOM}entry")
    assert answer.response.mimetype == "application/atom+xml"
    assert [(one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}summary")) for one in entries] == [
        ("Sieć w świetlicach", "Ruszyły <prace>."),
        ("Sieć w świetlicach: decision taken", "Rada się zebrała."),
    ]


def test_a_second_note_of_the_same_day_changes_the_page_on_the_day_it_is_written(
    office, followed, visit, clock
):
    clock.tick(days=20)
    services.follow_up(followed, day=TODAY, text="Jest protokół.", action=None, actor=office)
    db.session.commit()

    assert "Last change: 5 May 2026" in visit().open(f"/en/initiatives/{followed.id}").text
    sitemap = ElementTree.fromstring(visit().open("/sitemap.xml").data)  # noqa: S314 (made by ourselves)
    changed = {one[0].text: one[1].text for one in sitemap if one[1].text}
    assert changed[f"http://localhost/pl/inicjatywy/{followed.id}"] == "2026-05-05"
    assert changed["http://localhost/pl/inicjatywy"] == "2026-05-05"


def test_search_engines_are_told_of_them(followed, visit):
    assert f"http://localhost/pl/inicjatywy/{followed.id}<" in visit().open("/sitemap.xml").html


def test_the_office_enters_one_puts_it_right_and_follows_it_up(office, visit):
    page = visit(as_=office).open("/office/initiatives").follow("Add an initiative")
    page = page.submit(
        "Save",
        title="Sieć",
        purpose="Internet blisko domu.",
        decision_maker="Rada",
        actor="Gminy",
        level="local",
    )
    assert page.headings[0] == "1. Sieć"
    page = page.follow("Edit").submit("Save", number="7", title="Sieć w świetlicach")
    assert page.headings[0] == "7. Sieć w świetlicach"
    page = page.follow("Follow up").submit("Save", day="2026-04-14", text="Jest zgoda.", action="decide")

    assert "Whoever asked for news of initiatives is told." in page.text
    assert "Jest zgoda." in page.text
    assert "Marta Nowak" in page.text
    assert "Decision taken" in visit().open("/en/initiatives").text


def test_a_follow_up_that_is_not_right_says_so_and_keeps_nothing(office, entered, visit):
    initiative = entered()
    page = visit(as_=office).open(f"/office/initiatives/{initiative.id}/follow-up")

    page = page.submit("Save", expect=422, day="2026-04-16", text="Jutro.")

    assert "That day is still to come" in page.text
    assert services.last_update_on(initiative) is None


def test_who_saves_last_undoes_nothing_that_somebody_else_put_right(office, entered, visit):
    initiative = entered()
    path = f"/office/initiatives/{initiative.id}/edit"
    first, second = visit(as_=office).open(path), visit(as_=office).open(path)
    first.submit("Save", actor="Powiaty", level="local")

    told = second.submit("Save", expect=422, title="Sieć")
    assert "Saved meanwhile: Powiaty" in told.text
    told.submit("Save")

    db.session.refresh(initiative)
    assert (initiative.title, initiative.actor, initiative.level) == ("Sieć", "Powiaty", Level.LOCAL)


def test_of_two_who_move_it_on_at_once_the_second_is_told(office, entered, visit):
    initiative = entered()
    left_open = visit(as_=office).open(f"/office/initiatives/{initiative.id}/follow-up")
    services.follow_up(initiative, day=TODAY, text="Stop.", action=InitiativeAction.STOP, actor=office)
    db.session.commit()

    left_open.submit("Save", expect=422, text="Jest zgoda.", action="decide")

    db.session.refresh(initiative)
    assert initiative.status is InitiativeStatus.STOPPED


def test_one_that_was_forgotten_is_marked(office, entered, visit, clock):
    initiative = entered()
    clock.tick(days=190)

    assert "to be followed up" in visit(as_=office).open("/office/initiatives").text
    assert (
        "Nobody has followed it up for long"
        in visit(as_=office).open(f"/office/initiatives/{initiative.id}").text
    )


@pytest.mark.parametrize("path", ["/en/initiatives", "/office/initiatives", "/en/initiatives/feed.atom"])
def test_lists_take_as_many_queries_for_one_as_for_many(office, entered, visit, count_queries, path):
    visitor = visit(as_=office)

    def looked() -> int:
        with count_queries() as queries:
            visitor.open(path)
        return len(queries.statements)

    def told(title: str) -> None:
        services.follow_up(entered(title), day=TODAY, text="Trwa.", action=None, actor=office)
        db.session.commit()

    told("Pierwsza")
    looked()
    few = looked()
    for number in range(6):
        told(f"Kolejna {number}")

    assert looked() == few


def test_nobody_but_the_office_follows_them_up(make, visit, entered):
    initiative = entered()
    for person in (make.user(), make.animator()):
        visitor = visit(as_=person)
        for path in (
            "",
            "/new",
            f"/{initiative.id}",
            f"/{initiative.id}/edit",
            f"/{initiative.id}/follow-up",
        ):
            visitor.open(f"/office/initiatives{path}", expect=403)
